#include "app/card_parts.h"

#include <nlohmann/json.hpp>

#include "app/card_session.h"
#include "app/card_trust.h"
#include "card/client/error_family.h"
#include "card/client/survey.h"

namespace shomei::app {
namespace {

using card::Kind;
using card::client::Availability;
using card::client::ErrorFamily;
using card::client::Terminal;
using card::pcsc::HeldCard;
using nlohmann::json;

// What the card holds or answers, and no trouble with the way to it.
bool is_of_card(const Error& error) {
  const bool of_content =
      error.fault == Fault::malformed || error.fault == Fault::not_found || error.code == "pin_needed";
  return of_content && card::client::family_of(error) == ErrorFamily::fatal;
}

// The first trouble of a part is kept; what is not of the card ends everything.
Result<void> note(const Error& error, json& part) {
  if (!is_of_card(error)) return error;
  if (!part.contains("error")) part["error"] = describe_trouble(error);
  return {};
}

json describe_token(const card::client::TokenInfo& token) {
  return {{"label", token.label},
          {"manufacturer", token.manufacturer},
          {"model", token.model},
          {"serial", token.serial},
          {"flags", token.flags},
          {"pin_characters_min", token.pin_characters_min},
          {"pin_characters_max", token.pin_characters_max},
          {"hardware_version", token.hardware_version},
          {"firmware_version", token.firmware_version}};
}

Result<void> add_token(Terminal& terminal, json& document) {
  document["token"] = nullptr;
  document["token_info"] = json::object();
  const auto token = terminal.token_info();
  if (!token) return note(token.error(), document["token_info"]);
  document["token"] = token->label;
  document["token_info"] = describe_token(*token);
  return {};
}

Result<json> describe_survey(card::Transport& transport) {
  SHOMEI_TRY(const auto found, card::client::survey(transport));
  json applications = json::object(), pins = json::array();
  for (const auto& application : found.applications)
    applications[std::string(application.name)] = application.present;
  for (const auto& pin : found.pins) {
    json row{{"application", pin.application}, {"name", pin.name}, {"tries_left", nullptr}};
    if (pin.tries_left) row["tries_left"] = *pin.tries_left;
    pins.push_back(std::move(row));
  }
  return json{{"applications", applications}, {"pins", pins}};
}

// A PIN without a certificate is not blocked: the card was never given it.
Result<void> add_tries(Terminal& terminal, Kind kind, json& part) {
  const auto tries = terminal.tries_left(kind);
  if (!tries) return note(tries.error(), part);
  if (*tries) part["tries_left"] = **tries;
  part["blocked"] = *tries == 0U && part["present"] != false;
  return {};
}

Result<void> add_certificate(Terminal& terminal, Kind kind, const Look& look, json& part) {
  const auto der = terminal.certificate(kind);
  if (!der) return note(der.error(), part);
  const auto described = describe_certificate(*der, kind, look.trust, look.now);
  if (!described) return note(described.error(), part);
  part.update(*described);
  return {};
}

// The user authentication certificate is free to read; the other one needs its password. The tries are asked
// for after the verification, which gives tries back.
Result<json> describe_kind(HeldCard& held, Kind kind, const Result<Availability>& available,
                           const Look& look) {
  Terminal terminal(*held.transport);
  json part{{"present", nullptr}, {"tries_left", nullptr}, {"blocked", nullptr}};
  if (available)
    part["present"] = kind == Kind::signature ? available->signature : available->user_authentication;
  else
    SHOMEI_CHECK(note(available.error(), part));
  const bool shown = kind == Kind::user_authentication || look.invocation.has("with-signature-certificate");
  const bool may_be_there = part["present"] != false;
  if (may_be_there && shown && kind == Kind::signature) SHOMEI_CHECK(verify_pin(look.invocation, held, kind));
  SHOMEI_CHECK(add_tries(terminal, kind, part));
  if (may_be_there && shown) SHOMEI_CHECK(add_certificate(terminal, kind, look, part));
  return part;
}

}  // namespace

json describe_trouble(const Error& error) {
  return {{"code", error.code}, {"family", name(card::client::family_of(error))}};
}

// The survey first: it leaves another application selected.
Result<json> describe_card(const std::string& reader, const Look& look) {
  SHOMEI_TRY(auto held, hold_reader(look.invocation, reader));
  Terminal terminal(*held.transport);
  SHOMEI_TRY(auto document, describe_survey(*held.transport));
  document["reader"] = reader;
  SHOMEI_CHECK(terminal.select_jpki());
  SHOMEI_CHECK(add_token(terminal, document));
  const auto available = terminal.availability();
  SHOMEI_TRY(document["signature"], describe_kind(held, Kind::signature, available, look));
  SHOMEI_TRY(document["user_authentication"],
             describe_kind(held, Kind::user_authentication, available, look));
  return document;
}

}  // namespace shomei::app
