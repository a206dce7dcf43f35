// Where the keys of a home rest: the tables [keys] and [[token]] of shomei.toml as values
// (docs/formats/home.md).
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace shomei::home {

// What a key is for. Each use has keys of its own; none is used for two.
enum class KeyUse { authorities, crl, responders, checkpoint };
inline constexpr std::array kKeyUses{KeyUse::authorities, KeyUse::crl, KeyUse::responders,
                                     KeyUse::checkpoint};
std::string_view name(KeyUse use);  // "authorities", "crl", "responders", "checkpoint"

// The keys folder of the home, or a token of the settings.
struct KeyPlace {
  std::string token;  // its name in [[token]]; empty: the keys folder
  bool in_files() const { return token.empty(); }
  std::string text() const { return in_files() ? "file" : "token:" + token; }
  bool operator==(const KeyPlace&) const = default;
};
Result<KeyPlace> parse_key_place(std::string_view text);  // malformed "key_place_form" {text}

// Where the PIN of a token comes from.
struct PinSource {
  enum class From { credential, file, environment, ask } from = From::ask;
  std::string name;  // of the credential or the variable, or the path of the file
  bool operator==(const PinSource&) const = default;
};
Result<PinSource> parse_pin_source(std::string_view text);  // malformed "pin_source_form" {text}

struct TokenSettings {
  std::string name;
  std::string module;  // path of its PKCS#11 module
  std::string label;   // of the token, or
  std::string serial;  // its serial number; of both, both must match
  PinSource pin;
};

struct KeySettings {
  std::array<KeyPlace, kKeyUses.size()> of_use;
  std::map<std::string, KeyPlace, std::less<>> named;  // keys that rest elsewhere than their use says
  std::vector<TokenSettings> tokens;
  std::chrono::days responder_validity{7};
  std::vector<std::string>
      known_bad;  // lists of bad keys (crypto/key_list.h); relative names start at the home

  KeyPlace place_of(KeyUse use, std::string_view key_name) const;
  const TokenSettings* token(std::string_view token_name) const;  // null: there is none
};

// The names of the keys of an authority: "signature-1", "signature-1-crl", "signature-1-responder", and of
// the responder's later keys "signature-1-responder-2", ...
std::string crl_key_name(std::string_view authority);
std::string responder_key_name(std::string_view authority, unsigned number);
inline constexpr std::string_view kCheckpointKeyName = "checkpoint";

// 1 to 64 of a-z, 0-9, '-' and '_': what names keys, tokens and, with them, files.
bool is_key_name(std::string_view text);

}  // namespace shomei::home
