// KeyStore: the private keys of a home, each in a file of its own, sealed under the home's key
// (docs/formats/home.md).
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"
#include "crypto/private_key.h"

namespace shomei::home {

class KeyStore {
 public:
  // Makes the folder's home key. conflict "file_exists" when there is one.
  static Result<KeyStore> create(const std::filesystem::path& folder);
  // not_found "file_missing"; malformed "home_key_form".
  static Result<KeyStore> open(const std::filesystem::path& folder);

  // conflict "file_exists": a key is never overwritten.
  Result<crypto::PrivateKey> generate(std::string_view name, crypto::KeyType type) const;
  Result<crypto::PrivateKey> load(std::string_view name) const;  // refused "seal_broken"

  const SecretBytes& card_key() const { return card_key_; }  // seals card files

 private:
  KeyStore(std::filesystem::path folder, SecretBytes home_key);
  std::filesystem::path path_of(std::string_view name) const;
  std::filesystem::path folder_;
  SecretBytes home_key_;
  SecretBytes card_key_;
};

}  // namespace shomei::home
