#include "card/client/token_info.h"

#include "card/application.h"

namespace shomei::card::client {
namespace {

std::string text(ByteView field) {
  std::string shown;
  for (const auto byte : field) shown += byte >= 0x20 && byte < 0x7F ? static_cast<char>(byte) : '?';
  shown.erase(shown.find_last_not_of(' ') + 1);
  return shown;
}

std::uint32_t number(ByteView at) {
  return static_cast<std::uint32_t>(at[0]) << 24 | static_cast<std::uint32_t>(at[1]) << 16 |
         static_cast<std::uint32_t>(at[2]) << 8 | at[3];
}

}  // namespace

Result<TokenInfo> parse_token_info(ByteView content) {
  if (content.size() != kTokenInfoBytes)
    return malformed("card_file_form", {{"bytes", std::to_string(content.size())}});
  const auto text_at = [&](std::size_t offset, std::size_t bytes) {
    return text(content.subspan(offset, bytes));
  };
  const auto number_at = [&](std::size_t offset) { return number(content.subspan(offset, 4)); };
  return TokenInfo{.label = text_at(0, kTokenLabelBytes),
                   .manufacturer = text_at(32, 32),
                   .model = text_at(64, 16),
                   .serial = text_at(80, kTokenSerialBytes),
                   .flags = number_at(96),
                   .sessions_max = number_at(100),
                   .read_write_sessions_max = number_at(108),
                   .pin_characters_max = number_at(116),
                   .pin_characters_min = number_at(120),
                   .hardware_version = text_at(140, 2),
                   .firmware_version = text_at(142, 2)};
}

}  // namespace shomei::card::client
