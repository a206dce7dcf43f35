// KeyPlaces: the rings of keys that a home's settings name, and the one way to a private key of the home. A
// token is opened when the first key on it is asked for. Safe from several threads.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "crypto/key_ring.h"
#include "crypto/pkcs11/token.h"
#include "home/keys/key_settings.h"
#include "home/keys/secrets.h"

namespace shomei::home {

class KeyPlaces {
 public:
  // `files` and `settings` are borrowed.
  KeyPlaces(crypto::KeyRing& files, const KeySettings& settings, AskSecret ask)
      : files_(files), settings_(settings), ask_(std::move(ask)) {}

  const KeySettings& settings() const { return settings_; }

  // The ring at that place. What secrets.h and crypto/pkcs11/token.h say.
  Result<crypto::KeyRing*> ring(const KeyPlace& place);

  // The key of that name, where the settings say. not_found "key_missing"; refused "key_elsewhere" {name,
  // place, found} when it rests in another place of the settings.
  Result<std::unique_ptr<crypto::Signer>> open(KeyUse use, std::string_view key_name);
  Result<bool> has(KeyUse use, std::string_view key_name);
  // conflict "key_exists", also when another place has one of that name.
  Result<std::unique_ptr<crypto::Signer>> generate(KeyUse use, std::string_view key_name,
                                                   crypto::KeyType type);
  // The first place of the settings, other than that one, whose ring has a key of that name. Tokens that do
  // not answer, or whose PIN a person would have to type, are passed over.
  std::optional<KeyPlace> found_elsewhere(const KeyPlace& than, std::string_view key_name);

  // Of a token that is open or can be opened.
  Result<crypto::pkcs11::TokenDescription> describe(const std::string& token_name);

  // The number of the responder's latest key, 0 when it has none, and that key.
  Result<unsigned> latest_responder(std::string_view authority);

 private:
  struct OpenToken {
    std::shared_ptr<crypto::pkcs11::Token> token;
    std::unique_ptr<crypto::KeyRing> ring;
  };
  Result<const OpenToken*> open_token(const std::string& token_name);

  crypto::KeyRing& files_;
  const KeySettings& settings_;
  AskSecret ask_;
  std::mutex mutex_;  // of tokens_
  std::map<std::string, OpenToken, std::less<>> tokens_;
};

}  // namespace shomei::home
