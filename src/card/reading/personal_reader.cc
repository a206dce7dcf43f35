#include "card/reading/personal_reader.h"

#include "card/client/exchange.h"
#include "card/instruction.h"
#include "card/pin_form.h"

namespace shomei::card::reading {
namespace {

using client::exchange;
using client::unexpected;

constexpr std::uint8_t kByApplicationName = 0x04;
constexpr std::uint8_t kNoAnswerData = 0x0C;
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

Error refused_pin(StatusWord word) {
  const unsigned tries = word & 0xF;
  if (sw::is_blocked(word) || tries == 0) return refused("pin_blocked");
  return refused("pin_wrong", {{"tries", std::to_string(tries)}});
}

}  // namespace

Result<void> PersonalReader::select(ApplicationId id) {
  const Command command{
      .ins = ins::kSelect, .p1 = kByApplicationName, .p2 = kNoAnswerData, .data = application(id).name};
  SHOMEI_TRY(const auto answer, exchange(transport_, command));
  if (answer.word != sw::kDone)
    return not_found("application_absent", {{"application", std::string(name(id))}});
  return {};
}

Result<void> PersonalReader::select_present(FileId file) {
  SHOMEI_TRY(const bool present, client::select_file(transport_, file));
  if (!present) return absent(file);
  return {};
}

Result<unsigned> PersonalReader::tries_left(PinId pin) {
  SHOMEI_CHECK(select_present(place_of(pin).file));
  const Command command{.ins = ins::kVerify, .p2 = kCurrentFile};
  SHOMEI_TRY(const auto answer, exchange(transport_, command));
  if (sw::is_blocked(answer.word)) return 0U;
  if (!sw::is_tries_left(answer.word)) return unexpected(command, answer.word);
  return static_cast<unsigned>(answer.word & 0xF);
}

Result<void> PersonalReader::verify(PinId pin, const SecretBytes& digits) {
  if (!is_pin_form(pin, digits.reveal_text()))
    return malformed("digits_form", {{"digits", std::to_string(entry_of(pin).bytes_max)}});
  SHOMEI_CHECK(select_present(place_of(pin).file));
  const Command command{.ins = ins::kVerify, .p2 = kCurrentFile, .data = digits.reveal()};
  SHOMEI_TRY(const auto answer, exchange(transport_, command));
  if (sw::is_blocked(answer.word) || sw::is_tries_left(answer.word)) return refused_pin(answer.word);
  if (answer.word != sw::kDone) return unexpected(command, answer.word);
  return {};
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
