#include "authority/serial.h"

#include "crypto/random.h"

namespace shomei::authority {
namespace {

constexpr std::size_t kRandomBytes = 8;
constexpr std::size_t kOutsideBytes = 16;
constexpr std::uint64_t kFirstSequential = 0x01000000;
constexpr std::uint64_t kLastSequential = 0xFFFFFFFF;

}  // namespace

pki::SerialNumber random_serial() {
  while (true) {
    const Bytes random = crypto::random_bytes(kRandomBytes);
    const bool fits_32_bits = random[0] == 0 && random[1] == 0 && random[2] == 0 && random[3] == 0;
    if (!fits_32_bits) return *pki::SerialNumber::of_magnitude(random);
  }
}

pki::SerialNumber serial_outside_the_space() {
  Bytes random = crypto::random_bytes(kOutsideBytes);
  random[0] = static_cast<std::uint8_t>((random[0] & 0x3F) | 0x40);
  return *pki::SerialNumber::of_magnitude(random);
}

Result<pki::SerialNumber> sequential_serial(std::uint64_t count, const Authority& authority) {
  if (count > kLastSequential - kFirstSequential + 1)
    return refused("serials_used_up", {{"authority", authority.name()}});
  Bytes magnitude;
  append_u32(magnitude, static_cast<std::uint32_t>(kFirstSequential + count - 1));
  return pki::SerialNumber::of_magnitude(magnitude);
}

Result<pki::SerialNumber> next_serial(const Profile& profile, const Authority& authority,
                                      const journal::Journal& journal) {
  if (profile.serial_form == SerialForm::random_64) return random_serial();
  SHOMEI_TRY(auto transaction, journal.begin());
  SHOMEI_TRY(const auto count, transaction.rows().next_number(authority.serial_space()));
  SHOMEI_CHECK(transaction.commit());
  return sequential_serial(count, authority);
}

}  // namespace shomei::authority
