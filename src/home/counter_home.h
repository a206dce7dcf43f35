// CounterHome: the folder of a counter without keys: settings, virtual cards, and the key that seals them. No
// authority, no register and no journal is in it; whoever takes it can issue nothing. Any home can be opened
// as one.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "home/card_box.h"
#include "home/key_store.h"
#include "home/keys/secrets.h"
#include "home/layout.h"
#include "home/settings.h"

namespace shomei::home {

// `authority` is where it asks ("unix:/path", "https://host:port"); the passphrase, if there is one, seals
// the key of its cards. The home appears whole under its name or not at all. conflict "home_exists";
// malformed "passphrase_short", "place_form" (it cannot stand in settings).
Result<void> create_counter_home(const std::filesystem::path& root, const std::string& authority,
                                 const SecretBytes* passphrase = nullptr);

class CounterHome {
 public:
  // Reads the settings. not_found "home_missing"; what parse_settings says.
  static Result<std::unique_ptr<CounterHome>> open(const std::filesystem::path& root);

  const Layout& layout() const { return layout_; }
  const Settings& settings() const { return settings_; }
  // Opens what seals the cards. What KeyStore::open and secrets.h say.
  Result<CardBox> card_box(const AskSecret& ask);

 private:
  CounterHome(Layout layout, Settings settings)
      : layout_(std::move(layout)), settings_(std::move(settings)) {}
  Layout layout_;
  Settings settings_;
  std::optional<KeyStore> keys_;
};

}  // namespace shomei::home
