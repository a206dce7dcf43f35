#include "app/card_session.h"

#include <algorithm>
#include <array>

#include "app/number.h"
#include "card/client/error_family.h"
#include "pki/certificate_kind.h"

namespace shomei::app {
namespace {

using card::Kind;

constexpr std::string_view kPatience = "20";
constexpr std::uint64_t kSecondsMax = 24 * 60 * 60;
// Whose own sentence says what else to do: nothing of them was the card's word.
constexpr std::array<std::string_view, 4> kWithOwnAdvice{"prompt_cancelled", "pins_differ", "pin_last_try",
                                                         "card_several"};

Result<std::chrono::seconds> patience(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto seconds, parse_number(invocation.get("wait", kPatience)));
  return std::chrono::seconds(std::min(seconds, kSecondsMax));
}

}  // namespace

Result<Kind> kind_option(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto kind, pki::parse_certificate_kind(invocation.get("kind")));
  return kind == pki::CertificateKind::signature ? Kind::signature : Kind::user_authentication;
}

Result<card::pcsc::HeldCard> hold_reader(const cli::Invocation& invocation, const std::string& reader) {
  SHOMEI_TRY(const auto seconds, patience(invocation));
  return card::pcsc::hold_card(reader, seconds);
}

Result<void> hold_reader_again(const cli::Invocation& invocation, card::pcsc::HeldCard& card) {
  SHOMEI_TRY(const auto seconds, patience(invocation));
  return card::pcsc::hold_again(card, seconds);
}

Result<CardSession> CardSession::open(const cli::Invocation& invocation) {
  SHOMEI_TRY(auto held, hold_reader(invocation, invocation.get("reader")));
  CardSession session(std::move(held));
  SHOMEI_CHECK(session.terminal().select_jpki());
  return session;
}

std::string said(const cli::Invocation& invocation, std::string_view en, std::string_view ja) {
  return std::string(invocation.language == texts::Language::ja ? ja : en);
}

Result<cli::Output> with_family(Result<cli::Output> outcome) {
  if (outcome) return outcome;
  Error error = std::move(outcome).error();
  const auto family = card::client::family_of(error);
  error = std::move(error).with("family", std::string(name(family)));
  Error hint;
  if (family == card::client::ErrorFamily::retryable)
    hint.code = "card_error_retryable";
  else if (std::ranges::find(kWithOwnAdvice, error.code) != kWithOwnAdvice.end())
    return error;
  else if (error.fault == Fault::refused || error.fault == Fault::internal)
    hint.code = "card_error_fatal";
  else
    return error;  // its own sentence says how to mend it
  return std::move(error).with("would_pass_code", std::string(hint.code));
}

}  // namespace shomei::app
