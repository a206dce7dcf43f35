// Secrets that open keys, and where they come from: systemd's credentials, a file, a variable, a person.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/secret.h"
#include "home/keys/key_settings.h"

namespace shomei::home {

struct SecretQuestion {
  enum class About { passphrase, token_pin } about{};
  std::string of;  // the home's folder, or the token's name
};
// Asks a person. Empty: nobody is there to be asked.
using AskSecret = std::function<Result<SecretBytes>(const SecretQuestion&)>;

// The first line of the file, without its line feed. not_found "file_missing"; unavailable
// "file_unreadable"; malformed "file_too_large" over 1024 bytes, "passphrase_form" when it is empty.
Result<SecretBytes> read_secret(const std::string& path);

// $CREDENTIALS_DIRECTORY/shomei-passphrase, else the file that $SHOMEI_PASSPHRASE_FILE names; none when
// neither is there.
Result<std::optional<SecretBytes>> passphrase_left_ready();

// passphrase_left_ready(), else asks; refused "passphrase_needed" {home} when nobody is there.
Result<SecretBytes> passphrase_of(const std::string& home, const AskSecret& ask);

// The password of a store's database. refused "store_password_needed" {source} when it is not where the
// settings say.
Result<SecretBytes> store_password_of(const PinSource& source);

// refused "token_pin_needed" {token, source} when it is not where the settings say.
Result<SecretBytes> pin_of(const TokenSettings& token, const AskSecret& ask);

}  // namespace shomei::home
