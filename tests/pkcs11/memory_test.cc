// A PIN is nowhere in the memory of the process once it was used.
#include <fstream>
#include <sstream>

#include "tests/pkcs11/module_fixture.h"

namespace shomei::pkcs11 {
namespace {

using Pkcs11Memory = Module;

// The PINs as they never stand in a program's text: each character moved by one.
SecretBytes unmoved(std::string_view moved) {
  Bytes bytes = to_bytes(moved);
  for (auto& byte : bytes) --byte;
  return SecretBytes::adopt(std::move(bytes));
}

// How often a text, moved by one, stands in these bytes. memchr: there are hundreds of megabytes.
std::size_t times_in(std::string_view bytes, std::string_view moved) {
  std::size_t times = 0;
  const char first = static_cast<char>(moved[0] - 1);
  for (auto at = bytes.find(first); at != bytes.npos && at + moved.size() <= bytes.size();
       at = bytes.find(first, at + 1)) {
    std::size_t same = 1;
    while (same < moved.size() && bytes[at + same] == moved[same] - 1) ++same;
    times += same == moved.size();
  }
  return times;
}

// In all that this process can write; blocks overlap by more than a PIN. Not in ASan's shadow.
std::size_t times_in_memory(std::string_view moved) {
  std::ifstream maps("/proc/self/maps");
  std::ifstream memory("/proc/self/mem", std::ios::binary);
  std::size_t times = 0;
  std::vector<char> block(1 << 20);
  for (std::string line; std::getline(maps, line);) {
    std::uint64_t from = 0, to = 0;
    char dash = 0;
    std::string rights;
    std::istringstream(line) >> std::hex >> from >> dash >> to >> rights;
    if (!rights.starts_with("rw") || to - from > (std::uint64_t{1} << 30)) continue;
    for (std::uint64_t at = from; at < to; at += block.size() - 64) {
      memory.clear();
      memory.seekg(static_cast<std::streamoff>(at));
      memory.read(block.data(), static_cast<std::streamsize>(std::min<std::uint64_t>(block.size(), to - at)));
      times += times_in({block.data(), static_cast<std::size_t>(memory.gcount())}, moved);
    }
  }
  return times;
}

constexpr std::string_view kMovedPassword = "RY8[Q3LE";       // QX7ZP2KD
constexpr std::string_view kMovedNewPassword = "[X:L6WK3IC";  // ZW9K5VJ2HB

TEST_F(Pkcs11Memory, HoldsNoPinAfterItsUse) {
  const auto session = open(kSignSlot, CKF_RW_SESSION);
  {
    const auto old_pin = unmoved(kMovedPassword), new_pin = unmoved(kMovedNewPassword);
    const auto data = [](const SecretBytes& pin) { return const_cast<unsigned char*>(pin.reveal().data()); };
    ASSERT_EQ(C_SetPIN(session, data(old_pin), old_pin.size(), data(new_pin), new_pin.size()), CKR_OK);
    ASSERT_EQ(C_Login(session, CKU_USER, data(new_pin), new_pin.size()), CKR_OK);
    ASSERT_EQ(begin_signing(session, CKM_SHA256_RSA_PKCS), CKR_OK);
    ASSERT_EQ(C_Login(session, CKU_CONTEXT_SPECIFIC, data(new_pin), new_pin.size()), CKR_OK);
    EXPECT_GE(times_in_memory(kMovedNewPassword), 1U) << "what is looked for is found";
  }
  EXPECT_EQ(sign(session, "hello"), CKR_OK);
  EXPECT_EQ(times_in_memory(kMovedNewPassword), 0U);
}

}  // namespace
}  // namespace shomei::pkcs11
