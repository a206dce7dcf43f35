// The serial number is of the profile's form. 64 random bits, of which one number shows no more than that
// it does not fit 32 (those belong to the authorities and to sequential numbers); or four bytes from
// 01000000 on.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

constexpr std::size_t kRandomBytesMax = 8;
constexpr std::size_t kSequentialBytes = 4;

bool holds(const Reading& r) {
  ByteView magnitude = r.serial;
  while (!magnitude.empty() && magnitude[0] == 0) magnitude = magnitude.subspan(1);
  if (r.in.profile.serial_form == SerialForm::random_64)
    return magnitude.size() > kSequentialBytes && magnitude.size() <= kRandomBytesMax;
  return magnitude.size() == kSequentialBytes;
}

}  // namespace

constinit const Lint kSerialForm{.id = "serial_form",
                                 .citation = "docs/decisions/0004-serial-numbers.md",
                                 .demand = "the serial number is of the profile's form",
                                 .demand_ja = "発行番号がプロファイルの形式である",
                                 .holds = holds};

}  // namespace shomei::authority::lints
