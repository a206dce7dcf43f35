// Settings: shomei.toml as typed values. Unknown keys are refused, so that a misspelt one does not pass in
// silence.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "authority/crl_settings.h"
#include "authority/profile.h"
#include "base/result.h"
#include "counter/office.h"
#include "home/acts_settings.h"
#include "home/keys/key_settings.h"
#include "home/status_settings.h"
#include "home/store_settings.h"
#include "officers/admission.h"
#include "rules/settings.h"

namespace shomei::home {

inline constexpr int kHomeFormat = 1;

struct Address {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;
};

struct Settings {
  bool demo = true;  // the clock may be moved, synthetic people live here
  std::string journal_origin = "shomei.demo/journal";
  Address status{"127.0.0.1", 8440};
  Address authority{"127.0.0.1", 8441};
  Address metrics{"127.0.0.1", 8442};
  StatusSettings status_service;
  authority::Profile profile;
  authority::CrlSettings crl;
  std::chrono::seconds ocsp_validity{900};
  std::uint16_t card_blocked_word = 0x6984;           // jpki-facts 1.6
  std::uint16_t card_secure_messaging_word = 0x6882;  // jpki-facts 1.4
  bool card_hides_empty_files = true;
  bool attestation_required = true;  // else a key may come without proof that a card made it
  rules::Settings rules;
  counter::Directory directory;
  KeySettings keys;
  ActsSettings acts;
  StoreSettings store;
  officers::Settings officers;
};

// malformed "settings_form" {what, line}, "setting_unknown" {key, line}, "setting_value" {key, wanted};
// refused "settings_newer" {found, known}; what read_acts_settings.h, keys/read_key_settings.h and
// store_settings.h say of their tables.
Result<Settings> parse_settings(std::string_view toml);

// The settings file that `init` writes: a demo with one municipality and one office, every setting commented.
std::string default_settings_text(const Address& status, const Address& authority, const Address& metrics);

// A TOML basic string, in its quotes.
std::string toml_string(std::string_view text);

Result<Address> parse_address(std::string_view text);  // "127.0.0.1:8440"; malformed "address_text_form"
std::string format_address(const Address& address);

}  // namespace shomei::home
