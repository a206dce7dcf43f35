#include "app/card_pins.h"

#include <algorithm>

#include "app/pin_questions.h"
#include "card/client/pin_input.h"
#include "cli/prompt.h"

namespace shomei::app {
namespace {

using card::Kind;

Result<SecretBytes> ask_old_pin(card::PinId pin, texts::Language language) {
  SHOMEI_TRY(const auto typed, cli::ask_secret(pin_question(pin, PinWord::old, language)));
  return card::client::card_form(pin, typed);
}

Result<std::vector<SecretBytes>> lines_of(const cli::Invocation& invocation, const char* option,
                                          std::size_t count_min, std::size_t count_max) {
  SHOMEI_TRY(auto lines, cli::read_secret_lines(invocation.get(option), count_max));
  if (lines.size() < count_min) return malformed("pins_missing", {{"file", invocation.get(option)}});
  return lines;
}

}  // namespace

Result<counter::CardPins> pins_from(const cli::Invocation& invocation, const std::vector<Kind>& kinds) {
  counter::CardPins pins;
  if (kinds.empty()) return pins;
  std::vector<SecretBytes> lines;
  const bool signature = std::ranges::count(kinds, Kind::signature) > 0;
  const bool from_file = invocation.has("pins");
  if (from_file) {
    SHOMEI_TRY(lines, lines_of(invocation, "pins", signature ? 2 : 1, 2));
  }
  for (const auto kind : {Kind::user_authentication, Kind::signature}) {
    if (std::ranges::count(kinds, kind) == 0) continue;
    auto& pin = kind == Kind::signature ? pins.signature : pins.user_authentication;
    SHOMEI_TRY(pin, from_file ? card::client::card_form(kind, lines[kind == Kind::signature ? 1 : 0])
                              : ask_new_pin(card::pin_id(kind), PinWord::present, invocation.language));
  }
  return pins;
}

Result<card::PinId> pin_kind_from(const cli::Invocation& invocation) {
  const auto named = invocation.get("kind");
  if (const auto pin = card::holder_pin(named)) return *pin;
  return malformed("pin_unknown", {{"name", named}});
}

Result<SecretBytes> new_pin_from(const cli::Invocation& invocation, card::PinId pin) {
  if (!invocation.has("pin")) return ask_new_pin(pin, PinWord::renewed, invocation.language);
  SHOMEI_TRY(const auto lines, lines_of(invocation, "pin", 1, 1));
  return card::client::card_form(pin, lines[0]);
}

Result<ChangedPin> changed_pin_from(const cli::Invocation& invocation, card::PinId pin) {
  ChangedPin pins;
  if (!invocation.has("pins")) {
    SHOMEI_TRY(pins.old_pin, ask_old_pin(pin, invocation.language));
    SHOMEI_TRY(pins.new_pin, ask_new_pin(pin, PinWord::renewed, invocation.language));
    return pins;
  }
  SHOMEI_TRY(const auto lines, lines_of(invocation, "pins", 2, 2));
  SHOMEI_TRY(pins.old_pin, card::client::card_form(pin, lines[0]));
  SHOMEI_TRY(pins.new_pin, card::client::card_form(pin, lines[1]));
  return pins;
}

}  // namespace shomei::app
