// KeyRing: the port to a set of private keys that have names and a resting place (a folder of sealed files, a
// token). Generating never overwrites and nothing here deletes: a key that is lost takes an authority with
// it. Implementations are safe to call from several threads; a Signer may outlive the ring that opened it.
#pragma once

#include <memory>
#include <string_view>

#include "base/result.h"
#include "crypto/algorithm.h"
#include "crypto/signer.h"

namespace shomei::crypto {

class KeyRing {
 public:
  virtual ~KeyRing() = default;
  // Makes a key and keeps it under this name. conflict "key_exists" when the ring has one of that name.
  virtual Result<std::unique_ptr<Signer>> generate(std::string_view name, KeyType type) = 0;
  virtual Result<std::unique_ptr<Signer>> open(std::string_view name) = 0;  // not_found "key_missing"
  virtual Result<bool> has(std::string_view name) = 0;
};

// The errors of every ring: `where` is the folder, or the token's label.
Error key_exists(std::string_view name, std::string_view where);
Error key_missing(std::string_view name, std::string_view where);

}  // namespace shomei::crypto
