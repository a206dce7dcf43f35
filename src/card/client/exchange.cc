#include "card/client/exchange.h"

#include "card/instruction.h"

namespace shomei::card::client {
namespace {

// ISO/IEC 7816-4 table 6: 61xx, xx bytes wait; 6Cxx, ask for xx. Zero stands for 256.
bool holds_back(StatusWord word) {
  return (word & 0xFF00) == 0x6100;
}
bool names_length(StatusWord word) {
  return (word & 0xFF00) == 0x6C00;
}
std::uint32_t length_in(StatusWord word) {
  return (word & 0xFF) == 0 ? kShortAnswerMax : word & 0xFFU;
}

Result<Answer> exchange_once(Transport& transport, const Command& command, std::size_t bytes_max) {
  SHOMEI_TRY(const auto bytes, transport.transmit(encode_command(command).reveal()));
  auto answer = parse_answer(bytes);
  if (!answer || answer->data.size() > bytes_max) return unexpected(command, answer ? answer->word : 0);
  return answer;
}

}  // namespace

Error unexpected(const Command& command, StatusWord word) {
  Bytes status;
  append_u16(status, word);
  const Parameters p{{"sw", to_hex_upper(status)},
                     {"command", to_hex_upper(Bytes{command.cla, command.ins, command.p1, command.p2})}};
  return word == sw::kMemoryFailure ? unavailable("card_memory", p) : malformed("card_answer", p);
}

Result<Answer> exchange(Transport& transport, const Command& command) {
  const std::size_t asked = command.le.value_or(0);
  SHOMEI_TRY(auto answer, exchange_once(transport, command, asked));
  if (names_length(answer.word) && command.le && length_in(answer.word) <= asked) {
    Command again = command;
    again.le = length_in(answer.word);
    SHOMEI_TRY(answer, exchange_once(transport, again, asked));
  }
  while (holds_back(answer.word)) {
    const Command more{.ins = ins::kGetResponse, .le = length_in(answer.word)};
    const std::size_t room = asked - answer.data.size();
    if (room == 0) return unexpected(command, answer.word);
    SHOMEI_TRY(const auto part, exchange_once(transport, more, room));
    if (part.data.empty()) return unexpected(command, part.word);
    append(answer.data, part.data);
    answer.word = part.word;
  }
  return answer;
}

Result<Bytes> expect_done(Transport& transport, const Command& command) {
  SHOMEI_TRY(auto answer, exchange(transport, command));
  if (answer.word != sw::kDone) return unexpected(command, answer.word);
  return std::move(answer.data);
}

// Not by `exchange`: a card of another kind may answer with data that were not asked for, or hold some back.
// What a card with the application says is 9000 (jpki-facts 1.4).
Result<bool> has_application(Transport& transport, ByteView name) {
  const Command command{
      .ins = ins::kSelect, .p1 = kSelectApplication, .p2 = kSelectWithoutAnswer, .data = name};
  SHOMEI_TRY(const auto bytes, transport.transmit(encode_command(command).reveal()));
  const auto answer = parse_answer(bytes);
  return answer && answer->word == sw::kDone && answer->data.empty();
}

Result<void> select_application(Transport& transport) {
  SHOMEI_TRY(const bool present, has_application(transport, kJpkiApplication));
  if (!present) return not_found("not_a_jpki_card");
  return {};
}

Result<bool> select_file(Transport& transport, FileId id) {
  Bytes name;
  append_u16(name, id);
  const Command command{.ins = ins::kSelect, .p1 = kSelectFile, .p2 = kSelectWithoutAnswer, .data = name};
  SHOMEI_TRY(const auto answer, exchange(transport, command));
  if (answer.word != sw::kDone && answer.word != sw::kFileNotFound) return unexpected(command, answer.word);
  return answer.word == sw::kDone;
}

}  // namespace shomei::card::client
