#include "home/keys/key_settings.h"

#include <algorithm>

namespace shomei::home {
namespace {

constexpr std::size_t kNameMax = 64;
constexpr std::string_view kTokenLead = "token:";

constexpr std::pair<std::string_view, PinSource::From> kSources[] = {
    {"credential:", PinSource::From::credential},
    {"file:", PinSource::From::file},
    {"env:", PinSource::From::environment}};

}  // namespace

std::string_view name(KeyUse use) {
  static constexpr std::string_view kNames[] = {"authorities", "crl", "responders", "checkpoint"};
  return kNames[static_cast<std::size_t>(use)];
}

bool is_key_name(std::string_view text) {
  return !text.empty() && text.size() <= kNameMax && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

Result<KeyPlace> parse_key_place(std::string_view text) {
  if (text == "file") return KeyPlace{};
  if (text.starts_with(kTokenLead) && is_key_name(text.substr(kTokenLead.size())))
    return KeyPlace{std::string(text.substr(kTokenLead.size()))};
  return malformed("key_place_form", {{"text", std::string(text)}});
}

Result<PinSource> parse_pin_source(std::string_view text) {
  if (text == "ask") return PinSource{};
  for (const auto& [lead, from] : kSources) {
    const std::string rest(text.substr(std::min(lead.size(), text.size())));
    // A credential is a file in the folder of credentials, and nowhere else.
    const bool leads_away = from == PinSource::From::credential && rest.find('/') != std::string::npos;
    if (text.starts_with(lead) && !rest.empty() && !leads_away) return PinSource{from, rest};
  }
  return malformed("pin_source_form", {{"text", std::string(text)}});
}

KeyPlace KeySettings::place_of(KeyUse use, std::string_view key_name) const {
  const auto elsewhere = named.find(key_name);
  return elsewhere != named.end() ? elsewhere->second : of_use[static_cast<std::size_t>(use)];
}

const TokenSettings* KeySettings::token(std::string_view token_name) const {
  const auto found = std::ranges::find(tokens, token_name, &TokenSettings::name);
  return found == tokens.end() ? nullptr : &*found;
}

std::string crl_key_name(std::string_view authority) {
  return std::string(authority) + "-crl";
}

std::string responder_key_name(std::string_view authority, unsigned number) {
  return std::string(authority) + "-responder" + (number > 1 ? "-" + std::to_string(number) : "");
}

}  // namespace shomei::home
