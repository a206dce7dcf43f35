#include "card/client/verify.h"

#include "card/instruction.h"

namespace shomei::card::client {
namespace {

constexpr StatusWord kNothingSaid = 0x6300;

Error refused_pin(StatusWord word) {
  const unsigned tries = word & 0xF;
  if (sw::is_blocked(word) || tries == 0) return refused("pin_blocked");
  return refused("pin_wrong", {{"tries", std::to_string(tries)}});
}

}  // namespace

Result<std::optional<unsigned>> ask_tries(Transport& transport, unsigned tries_max) {
  using Tries = std::optional<unsigned>;
  const Command command{.ins = ins::kVerify, .p2 = kCurrentFile};
  SHOMEI_TRY(const auto answer, exchange(transport, command));
  if (answer.word == sw::kDone) return Tries(tries_max);
  if (answer.word == kNothingSaid) return Tries();
  if (sw::is_blocked(answer.word)) return Tries(0);
  if (!sw::is_tries_left(answer.word)) return unexpected(command, answer.word);
  return Tries(answer.word & 0xFU);
}

Result<void> give_pin(Transport& transport, ByteView pin, std::uint8_t reference) {
  const Command command{.ins = ins::kVerify, .p2 = reference, .data = pin};
  SHOMEI_TRY(const auto answer, exchange(transport, command));
  if (sw::is_blocked(answer.word) || sw::is_tries_left(answer.word)) return refused_pin(answer.word);
  if (answer.word != sw::kDone) return unexpected(command, answer.word);
  return {};
}

Result<void> replace_pin(Transport& transport, ByteView old_pin, ByteView new_pin) {
  SHOMEI_CHECK(give_pin(transport, old_pin));
  SHOMEI_CHECK(expect_done(
      transport,
      {.ins = ins::kChangeReferenceData, .p1 = kNewDataAlone, .p2 = kCurrentFile, .data = new_pin}));
  return {};
}

}  // namespace shomei::card::client
