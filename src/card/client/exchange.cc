#include "card/client/exchange.h"

#include "card/instruction.h"

namespace shomei::card::client {
namespace {

constexpr std::uint8_t kByFileId = 0x02;
constexpr std::uint8_t kByApplicationName = 0x04;
constexpr std::uint8_t kNoAnswerData = 0x0C;

}  // namespace

Error unexpected(const Command& command, StatusWord word) {
  Bytes status;
  append_u16(status, word);
  const Parameters p{{"sw", to_hex_upper(status)},
                     {"command", to_hex_upper(Bytes{command.cla, command.ins, command.p1, command.p2})}};
  return word == sw::kMemoryFailure ? unavailable("card_memory", p) : malformed("card_answer", p);
}

Result<Answer> exchange(Transport& transport, const Command& command) {
  SHOMEI_TRY(const auto bytes, transport.transmit(encode_command(command).reveal()));
  auto answer = parse_answer(bytes);
  if (!answer || answer->data.size() > command.le.value_or(0))
    return unexpected(command, answer ? answer->word : 0);
  return answer;
}

Result<Bytes> expect_done(Transport& transport, const Command& command) {
  SHOMEI_TRY(auto answer, exchange(transport, command));
  if (answer.word != sw::kDone) return unexpected(command, answer.word);
  return std::move(answer.data);
}

Result<void> select_application(Transport& transport) {
  const Command command{
      .ins = ins::kSelect, .p1 = kByApplicationName, .p2 = kNoAnswerData, .data = kJpkiApplication};
  SHOMEI_TRY(const auto answer, exchange(transport, command));
  if (answer.word != sw::kDone) return not_found("not_a_jpki_card");
  return {};
}

Result<bool> select_file(Transport& transport, FileId id) {
  Bytes name;
  append_u16(name, id);
  const Command command{.ins = ins::kSelect, .p1 = kByFileId, .p2 = kNoAnswerData, .data = name};
  SHOMEI_TRY(const auto answer, exchange(transport, command));
  if (answer.word != sw::kDone && answer.word != sw::kFileNotFound) return unexpected(command, answer.word);
  return answer.word == sw::kDone;
}

}  // namespace shomei::card::client
