#include "app/card_session.h"

#include <algorithm>

#include "app/number.h"
#include "app/pin_questions.h"
#include "card/client/error_family.h"
#include "cli/print.h"
#include "cli/prompt.h"
#include "pki/certificate_kind.h"

namespace shomei::app {
namespace {

using card::Kind;
using card::client::Terminal;

constexpr std::string_view kPatience = "20";
constexpr std::uint64_t kSecondsMax = 24 * 60 * 60;

Result<void> ask_for_last_try(texts::Language language) {
  SHOMEI_TRY(const auto answer, cli::ask_secret(last_try_question(language)));
  if (answer.reveal_text() != "yes") return refused("pin_last_try");
  return {};
}

}  // namespace

Result<Kind> kind_option(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto kind, pki::parse_certificate_kind(invocation.get("kind")));
  return kind == pki::CertificateKind::signature ? Kind::signature : Kind::user_authentication;
}

Result<card::pcsc::HeldCard> hold_reader(const cli::Invocation& invocation, const std::string& reader) {
  SHOMEI_TRY(const auto seconds, parse_number(invocation.get("wait", kPatience)));
  return card::pcsc::hold_card(reader, std::chrono::seconds(std::min(seconds, kSecondsMax)));
}

Result<CardSession> CardSession::open(const cli::Invocation& invocation) {
  SHOMEI_TRY(auto held, hold_reader(invocation, invocation.get("reader")));
  CardSession session(std::move(held));
  SHOMEI_CHECK(session.terminal().select_jpki());
  return session;
}

Result<SecretBytes> read_pin(const cli::Invocation& invocation, std::string_view file_option,
                             std::string_view descriptor_option, std::string_view question) {
  std::string file = invocation.get(file_option);
  if (invocation.has(descriptor_option)) {
    SHOMEI_TRY(const auto descriptor, parse_number(invocation.get(descriptor_option)));
    file = "/dev/fd/" + std::to_string(descriptor);
  }
  if (file.empty()) return cli::ask_secret(question);
  SHOMEI_TRY(auto lines, cli::read_secret_lines(file, 1));
  if (lines.empty()) return malformed("pins_missing", {{"file", file}});
  return std::move(lines.front());
}

Result<void> may_spend_try(const cli::Invocation& invocation, Terminal& terminal, Kind kind) {
  SHOMEI_TRY(const auto tries, terminal.tries_left(kind));
  return may_spend_try(invocation, tries, "pin");
}

Result<void> may_spend_try(const cli::Invocation& invocation, unsigned tries, std::string_view pin_option) {
  if (tries == 0) return refused("pin_blocked");
  if (tries > 1) return {};
  if (invocation.has("last-try")) {
    cli::print_raw("shomei: this is the last try; a wrong PIN blocks the card\n", false);
    return {};
  }
  if (invocation.has(pin_option) || invocation.has("pin-fd")) return refused("pin_last_try");
  return ask_for_last_try(invocation.language);
}

Result<void> verify_pin(const cli::Invocation& invocation, Terminal& terminal, Kind kind) {
  SHOMEI_CHECK(may_spend_try(invocation, terminal, kind));
  SHOMEI_TRY(const auto tries, terminal.tries_left(kind));
  SHOMEI_TRY(const auto pin,
             read_pin(invocation, "pin", "pin-fd", question_about(kind, tries, invocation.language)));
  return terminal.verify(kind, pin);
}

Result<cli::Output> with_family(Result<cli::Output> outcome) {
  if (outcome) return outcome;
  Error error = std::move(outcome).error();
  const auto family = card::client::family_of(error);
  error = std::move(error).with("family", std::string(name(family)));
  Error hint;
  if (family == card::client::ErrorFamily::retryable)
    hint.code = "card_error_retryable";
  else if (error.fault == Fault::refused || error.fault == Fault::internal)
    hint.code = "card_error_fatal";
  else
    return error;  // its own sentence says how to mend it
  return std::move(error).with("would_pass_code", std::string(hint.code));
}

}  // namespace shomei::app
