#include "card/reading/personal_reader.h"

#include "card/client/exchange.h"
#include "card/client/verify.h"
#include "card/instruction.h"
#include "card/pin_form.h"

namespace shomei::card::reading {
namespace {

using client::exchange;
using client::unexpected;

constexpr std::uint8_t kThatRecord = 0x04;

std::string_view name(ApplicationId application) {
  switch (application) {
    case ApplicationId::face:
      return "card_face";
    case ApplicationId::input_helper:
      return "input_helper";
    case ApplicationId::common:
      return "common";
    default:
      return "other";
  }
}

Error absent(FileId file) {
  Bytes id;
  append_u16(id, file);
  return not_found("card_file_absent", {{"file", to_hex_upper(id)}});
}

}  // namespace

Result<void> PersonalReader::select(ApplicationId id) {
  SHOMEI_TRY(const bool present, client::has_application(transport_, application(id).name));
  if (!present) return not_found("application_absent", {{"application", std::string(name(id))}});
  return {};
}

Result<void> PersonalReader::select_present(FileId file) {
  SHOMEI_TRY(const bool present, client::select_file(transport_, file));
  if (!present) return absent(file);
  return {};
}

Result<std::optional<unsigned>> PersonalReader::tries_left(PinId pin) {
  SHOMEI_CHECK(select_present(place_of(pin).file));
  return client::ask_tries(transport_, tries_max(pin));
}

Result<void> PersonalReader::verify(PinId pin, const SecretBytes& digits) {
  if (!is_pin_form(pin, digits.reveal_text()))
    return malformed("digits_form", {{"digits", std::to_string(entry_of(pin).bytes_max)}});
  SHOMEI_CHECK(select_present(place_of(pin).file));
  return client::give_pin(transport_, digits.reveal());
}

Result<Bytes> PersonalReader::read_file(FileId file) {
  SHOMEI_CHECK(select_present(file));
  Bytes content;
  while (content.size() <= kDataFileBytesMax) {
    const Command command{.ins = ins::kReadBinary,
                          .p1 = static_cast<std::uint8_t>(content.size() >> 8),
                          .p2 = static_cast<std::uint8_t>(content.size()),
                          .le = kShortAnswerMax};
    SHOMEI_TRY(const auto answer, exchange(transport_, command));
    if (answer.word == sw::kSecurityStatus) return refused("pin_needed");
    if (answer.word == sw::kWrongOffset) break;
    if (answer.word != sw::kDone) return unexpected(command, answer.word);
    append(content, answer.data);
    if (answer.data.size() < kShortAnswerMax) break;
  }
  if (content.empty()) return absent(file);
  return content;
}

Result<Bytes> PersonalReader::read_record(FileId file) {
  SHOMEI_CHECK(select_present(file));
  const Command command{.ins = ins::kReadRecord, .p1 = 1, .p2 = kThatRecord, .le = kShortAnswerMax};
  SHOMEI_TRY(auto answer, exchange(transport_, command));
  if (answer.word == sw::kSecurityStatus) return refused("pin_needed");
  if (answer.word == sw::kRecordNotFound) return absent(file);
  if (answer.word != sw::kDone) return unexpected(command, answer.word);
  return std::move(answer.data);
}

}  // namespace shomei::card::reading
