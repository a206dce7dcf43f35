#include "home/keys/key_places.h"

namespace shomei::home {
namespace {

constexpr unsigned kResponderKeysMax = 10'000;  // no key is rolled over that often

}  // namespace

Result<const KeyPlaces::OpenToken*> KeyPlaces::open_token(const std::string& token_name) {
  const std::scoped_lock lock(mutex_);
  if (const auto open = tokens_.find(token_name); open != tokens_.end()) return &open->second;
  const auto* wanted = settings_.token(token_name);
  if (!wanted) return malformed("key_place_form", {{"text", KeyPlace{token_name}.text()}});
  SHOMEI_TRY(auto pin, pin_of(*wanted, ask_));
  SHOMEI_TRY(auto token,
             crypto::pkcs11::Token::open({wanted->module, wanted->label, wanted->serial, std::move(pin)}));
  auto ring = crypto::pkcs11::token_key_ring(token);
  const auto [at, added] = tokens_.emplace(token_name, OpenToken{std::move(token), std::move(ring)});
  return &at->second;
}

Result<crypto::KeyRing*> KeyPlaces::ring(const KeyPlace& place) {
  if (place.in_files()) return &files_;
  SHOMEI_TRY(const auto* open, open_token(place.token));
  return open->ring.get();
}

Result<crypto::pkcs11::TokenDescription> KeyPlaces::describe(const std::string& token_name) {
  SHOMEI_TRY(const auto* open, open_token(token_name));
  return open->token->describe();
}

std::optional<KeyPlace> KeyPlaces::found_elsewhere(const KeyPlace& than, std::string_view key_name) {
  std::vector<KeyPlace> places{KeyPlace{}};
  for (const auto& token : settings_.tokens)
    if (token.pin.from != PinSource::From::ask) places.push_back({token.name});
  for (const auto& place : places) {
    if (place == than) continue;
    const auto there = ring(place);
    if (!there) continue;
    if (const auto has = (*there)->has(key_name); has && *has) return place;
  }
  return std::nullopt;
}

Result<std::unique_ptr<crypto::Signer>> KeyPlaces::open(KeyUse use, std::string_view key_name) {
  const KeyPlace place = settings_.place_of(use, key_name);
  SHOMEI_TRY(auto* there, ring(place));
  auto key = there->open(key_name);
  if (key || key.error().code != "key_missing") return key;
  if (const auto found = found_elsewhere(place, key_name))
    return refused("key_elsewhere",
                   {{"name", std::string(key_name)}, {"place", place.text()}, {"found", found->text()}});
  return key;
}

Result<bool> KeyPlaces::has(KeyUse use, std::string_view key_name) {
  SHOMEI_TRY(auto* there, ring(settings_.place_of(use, key_name)));
  return there->has(key_name);
}

Result<std::unique_ptr<crypto::Signer>> KeyPlaces::generate(KeyUse use, std::string_view key_name,
                                                            crypto::KeyType type) {
  const KeyPlace place = settings_.place_of(use, key_name);
  if (const auto found = found_elsewhere(place, key_name)) return crypto::key_exists(key_name, found->text());
  SHOMEI_TRY(auto* there, ring(place));
  return there->generate(key_name, type);
}

Result<unsigned> KeyPlaces::latest_responder(std::string_view authority) {
  unsigned latest = 0;
  while (latest < kResponderKeysMax) {
    SHOMEI_TRY(const bool there, has(KeyUse::responders, responder_key_name(authority, latest + 1)));
    if (!there) break;
    ++latest;
  }
  return latest;
}

}  // namespace shomei::home
