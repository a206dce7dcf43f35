#include "issuer/token_serial.h"

#include <algorithm>

#include "crypto/digest.h"

namespace shomei::issuer {
namespace {

crypto::Sha256 derived(std::string_view use, const CardId& card) {
  return crypto::sha256({view(use), Bytes{0}, view(card.text())});
}

}  // namespace

TokenSerial token_serial_of(const CardId& card) {
  const auto hash = derived("shomei token serial v1", card);
  TokenSerial serial{};
  // Two bytes a digit: the ten are equally likely but for one part in six thousand.
  for (std::size_t i = 0; i < serial.size(); ++i)
    serial[i] = static_cast<std::uint8_t>('0' + (hash[2 * i] << 8 | hash[2 * i + 1]) % 10);
  return serial;
}

Diversification diversification_of(const CardId& card) {
  const auto hash = derived("shomei card diversification v1", card);
  Diversification data{};
  std::copy_n(hash.begin(), data.size(), data.begin());
  return data;
}

}  // namespace shomei::issuer
