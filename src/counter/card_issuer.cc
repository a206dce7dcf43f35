#include "counter/card_issuer.h"

#include <algorithm>

namespace shomei::counter {
namespace {

// A picture of 32 KiB goes in 16 commands, and a card has a dozen files.
constexpr int kTurnsMax = 500;

constexpr std::string_view kNames[kErrands] = {"open",   "open_pins", "make_key",
                                               "finish", "reset_pin", "change_pin"};

}  // namespace

std::string_view name(Errand::What what) {
  return kNames[static_cast<std::size_t>(what)];
}

std::optional<Errand::What> parse_errand(std::string_view name) {
  const auto* found = std::ranges::find(kNames, name);
  if (found == std::end(kNames)) return std::nullopt;
  return static_cast<Errand::What>(found - std::begin(kNames));
}

bool CardView::has_pin(card::Kind of) const {
  return std::ranges::find(pins_set, of) != pins_set.end();
}

Result<Outcome> carry_out(CardIssuer& issuer, card::Transport& card, const Errand& errand) {
  SHOMEI_TRY(auto turn, issuer.begin(errand));
  for (int turns = 0; !turn.outcome; ++turns) {
    if (turns == kTurnsMax || turn.commands.empty()) return malformed("errand_endless");
    std::vector<Bytes> answers;
    for (const auto& command : turn.commands) {
      SHOMEI_TRY(auto answer, card.transmit(command));
      answers.push_back(std::move(answer));
    }
    SHOMEI_TRY(turn, issuer.go_on(answers));
  }
  return *std::move(turn.outcome);
}

}  // namespace shomei::counter
