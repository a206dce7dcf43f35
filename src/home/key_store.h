// KeyStore: the private keys of a home that rest in its keys folder, each in a file of its own, sealed under
// a key that is derived from the home's (docs/formats/home.md).
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"
#include "crypto/key_ring.h"
#include "home/keys/home_key.h"

namespace shomei::home {

class KeyStore final : public crypto::KeyRing {
 public:
  // Makes the folder's home key, sealed under the passphrase if there is one. conflict "file_exists" when
  // there is a home key.
  static Result<KeyStore> create(const std::filesystem::path& folder,
                                 const SecretBytes* passphrase = nullptr);
  // What read_home_key says.
  static Result<KeyStore> open(const std::filesystem::path& folder, const AskPassphrase& ask);

  // Beyond a ring's errors: refused "seal_broken", and what files/file.h says.
  Result<std::unique_ptr<crypto::Signer>> generate(std::string_view name, crypto::KeyType type) override;
  Result<std::unique_ptr<crypto::Signer>> open(std::string_view name) override;
  Result<bool> has(std::string_view name) override;
  // Two processes may want it for the first time at the same moment: whoever comes second takes what the
  // other has made.
  Result<std::unique_ptr<crypto::Signer>> open_or_generate(std::string_view name, crypto::KeyType type);

  // Random bytes that are no key pair: conflict "key_exists"; not_found "key_missing", refused "seal_broken".
  Result<void> create_secret(std::string_view name, const SecretBytes& secret);
  Result<SecretBytes> open_secret(std::string_view name);

  const SecretBytes& card_key() const { return card_key_; }  // seals card files

 private:
  KeyStore(std::filesystem::path folder, const SecretBytes& home_key);
  std::filesystem::path path_of(std::string_view name) const;
  Result<void> keep(std::string_view name, ByteView plain);
  std::filesystem::path folder_;
  SecretBytes sealing_key_;
  SecretBytes card_key_;
};

}  // namespace shomei::home
