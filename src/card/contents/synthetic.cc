// Numbers for people and cards that do not exist. Each is derived by a digest under a label of its own, so
// that the same card has the same numbers whenever its files are written, and none tells another.
#include "card/contents/common_record.h"
#include "card/contents/personal_files.h"
#include "card/contents/reference_numbers.h"
#include "crypto/digest.h"

namespace shomei::card::contents {
namespace {

std::string digits_from(std::string_view label, ByteView from, std::size_t count) {
  const auto digest = crypto::sha256({view(label), Bytes{0}, from});
  std::string digits;
  for (std::size_t i = 0; i < count; ++i) digits.push_back(static_cast<char>('0' + digest.at(i) % 10));
  return digits;
}

}  // namespace

std::string synthetic_number(ByteView from) {
  auto digits = digits_from("shomei-synthetic-number", from, kNumberDigits - 1);
  digits.push_back(check_digit(digits));
  return digits;
}

std::string synthetic_security_code(ByteView from) {
  return digits_from("shomei-synthetic-security-code", from, kSecurityCodeDigits);
}

std::string synthetic_serial(ByteView from) {
  return digits_from("shomei-synthetic-serial", from, kSerialDigits);
}

}  // namespace shomei::card::contents
