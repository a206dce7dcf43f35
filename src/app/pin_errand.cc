#include "app/pin_errand.h"

#include <algorithm>
#include <climits>

#include "app/card_session.h"
#include "app/number.h"
#include "app/pin_questions.h"
#include "card/client/holder_pin.h"
#include "card/client/pin_transport.h"
#include "card/client/terminal.h"
#include "card/pcsc/readers.h"
#include "cli/print.h"
#include "cli/prompt.h"

namespace shomei::app {
namespace {

using card::Kind;
using card::PinId;
using card::client::Terminal;

Result<void> ask_for_last_try(const std::string& reader, texts::Language language) {
  SHOMEI_TRY(const auto answer, cli::ask_secret(of_reader(reader) + last_try_question(language)));
  if (answer.reveal_text() != "yes") return refused("pin_last_try");
  return {};
}

// A card that does not say which certificates it has may have that of the PIN.
Result<void> expect_certificate(card::Transport& to, PinId pin) {
  Terminal terminal(to);
  SHOMEI_CHECK(terminal.select_jpki());
  const auto available = terminal.availability();
  if (!available) return {};
  const bool there = pin == PinId::signature ? available->signature : available->user_authentication;
  return there ? Result<void>() : Result<void>(not_found("certificate_absent"));
}

}  // namespace

Result<void> run_pin_errand(const cli::Invocation& invocation, card::pcsc::HeldCard& card,
                            const PinErrand& errand) {
  const bool typed = !invocation.has(errand.pin_option) && !invocation.has(kPinFdOption.name);
  if (errand.changes || !typed) SHOMEI_CHECK(expect_one_card(invocation));
  card::client::PinTransport transport(*card.transport);
  SHOMEI_TRY(const auto tries, errand.ask_card(transport));
  card.let_go();
  SHOMEI_CHECK(may_spend_try(invocation, card.transport->reader(), tries, errand.pin_option));
  SHOMEI_TRY(const auto pin, errand.ask_person(tries));
  SHOMEI_CHECK(hold_reader_again(invocation, card));
  SHOMEI_TRY(const auto tries_now, errand.ask_card(transport));
  if (tries_now < tries)
    return conflict("pin_tries_changed", {{"tries", std::to_string(tries_now.value_or(0))}});
  card.transport->reset_at_end();
  return errand.send(transport, pin);
}

Result<void> verify_pin(const cli::Invocation& invocation, card::pcsc::HeldCard& card, Kind kind) {
  const PinErrand errand{
      .ask_card = [&](card::Transport& to) { return tries_of(to, card::pin_id(kind)); },
      .ask_person =
          [&, reader = card.transport->reader()](std::optional<unsigned> tries) {
            return read_pin(
                invocation, "pin", "pin-fd",
                of_reader(reader) + question_about(card::pin_id(kind), tries, invocation.language));
          },
      .send = [&](card::Transport& to, const SecretBytes& pin) { return Terminal(to).verify(kind, pin); }};
  return run_pin_errand(invocation, card, errand);
}

Result<void> expect_one_card(const cli::Invocation& invocation) {
  if (!invocation.get("reader").empty()) return {};
  SHOMEI_TRY(const auto readers, card::pcsc::reader_states());
  const auto cards = std::ranges::count_if(readers, &card::pcsc::ReaderState::card_present);
  return cards > 1 ? Result<void>(refused("card_several")) : Result<void>();
}

Result<std::optional<unsigned>> tries_of(card::Transport& to, PinId pin) {
  if (pin != PinId::input_helper) SHOMEI_CHECK(expect_certificate(to, pin));
  return card::client::tries_left(to, pin);
}

Result<void> may_spend_try(const cli::Invocation& invocation, const std::string& reader,
                           std::optional<unsigned> tries, std::string_view pin_option) {
  if (tries == 0U) return refused("pin_blocked");
  if (tries > 1U) return {};
  if (invocation.has("last-try")) {
    cli::print_raw("shomei: " + of_reader(reader) + last_try_warning(invocation.language) + "\n", false);
    return {};
  }
  if (invocation.has(pin_option) || invocation.has("pin-fd")) return refused("pin_last_try");
  return ask_for_last_try(reader, invocation.language);
}

Result<SecretBytes> read_pin(const cli::Invocation& invocation, std::string_view file_option,
                             std::string_view descriptor_option, std::string_view question) {
  if (invocation.has(descriptor_option)) {
    if (invocation.has(file_option))
      return malformed("pin_given_twice", {{"option", "--" + std::string(file_option)},
                                           {"other", "--" + std::string(descriptor_option)}});
    SHOMEI_TRY(const auto number, parse_number(invocation.get(descriptor_option)));
    SHOMEI_TRY(auto line, cli::read_secret_line(static_cast<int>(std::min<std::uint64_t>(number, INT_MAX))));
    if (!line) return malformed("pins_missing", {{"file", "/dev/fd/" + std::to_string(number)}});
    return *std::move(line);
  }
  const std::string file = invocation.get(file_option);
  if (file.empty()) return cli::ask_secret(question);
  SHOMEI_TRY(auto lines, cli::read_secret_lines(file, 1));
  if (lines.empty()) return malformed("pins_missing", {{"file", file}});
  return std::move(lines.front());
}

}  // namespace shomei::app
