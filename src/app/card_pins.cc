#include "app/card_pins.h"

#include "card/client/pin_input.h"
#include "cli/prompt.h"

namespace shomei::app {
namespace {

using card::Kind;

Result<SecretBytes> ask(Kind kind, std::string_view question) {
  SHOMEI_TRY(const auto typed, cli::ask_secret(question));
  return card::client::card_form(kind, typed);
}

}  // namespace

Result<counter::CardPins> pins_from(const cli::Invocation& invocation, bool signature) {
  counter::CardPins pins;
  if (!invocation.has("pins")) {
    SHOMEI_TRY(pins.user_authentication,
               ask(Kind::user_authentication, "PIN for user authentication (4 digits): "));
    if (!signature) return pins;
    SHOMEI_TRY(pins.signature, ask(Kind::signature, "Password for signatures (6 to 16 of A-Z and 0-9): "));
    return pins;
  }
  SHOMEI_TRY(const auto lines, cli::read_secret_lines(invocation.get("pins"), 2));
  if (lines.size() < (signature ? 2U : 1U))
    return malformed("pins_missing", {{"file", invocation.get("pins")}});
  SHOMEI_TRY(pins.user_authentication, card::client::card_form(Kind::user_authentication, lines[0]));
  if (!signature) return pins;
  SHOMEI_TRY(pins.signature, card::client::card_form(Kind::signature, lines[1]));
  return pins;
}

}  // namespace shomei::app
