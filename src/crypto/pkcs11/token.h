// Token: a PKCS#11 token (a hardware security module, SoftHSM) that this process is logged in to, and the
// ring of keys on it. Several tokens of several modules may be open at once; all calls are safe from several
// threads, each of which gets a session of its own from a bounded pool.
//
// What is lost comes back: when the token was reset or the module lost its sessions, the next operation logs
// in anew, looks its key up again and is tried once more. A module that no longer knows its token is ended
// and begun anew. Modules stay loaded until the process ends, and a process that forks may not use a token in
// the child (PKCS#11 2.40, 6.6.1: handles do not survive a fork).
//
// A PIN is never tried twice after the token called it wrong, in the whole process: tokens lock. Two Tokens
// may stand for one token; PKCS#11 knows one login a process, so the later one's PIN is not tried then.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "base/secret.h"
#include "crypto/key_ring.h"

namespace shomei::crypto::pkcs11 {

class Sessions;

struct TokenOptions {
  std::string module;  // the path of the PKCS#11 module
  std::string label;   // the token's label, or
  std::string serial;  // its serial number; of both, both must match
  SecretBytes pin;     // the user's, never the security officer's
};

struct TokenDescription {  // as the token itself says
  std::string label, serial, manufacturer, model;
  unsigned long slot = 0;
};

class Token {
 public:
  // Errors, each naming module and token: not_found "pkcs11_module_missing", malformed "pkcs11_module_form",
  // unavailable "pkcs11_module_failed", not_found "token_missing" (naming those that are there), conflict
  // "token_ambiguous", refused "token_pin_wrong", "token_pin_locked", "token_pin_final_try", unavailable
  // "token_failed", "token_lost".
  static Result<std::shared_ptr<Token>> open(TokenOptions options);

  TokenDescription describe() const;
  const std::shared_ptr<Sessions>& sessions() const { return sessions_; }  // for this folder

 private:
  explicit Token(std::shared_ptr<Sessions> sessions) : sessions_(std::move(sessions)) {}
  std::shared_ptr<Sessions> sessions_;
};

// Keys are found by their label. Beyond a ring's errors: conflict "key_ambiguous", not_found
// "token_public_key_missing", malformed "token_key_form", refused "token_mechanism_missing", unavailable
// "token_full", "token_busy", "token_lost", "token_failed", and internal "token_signature_wrong": every
// signature is verified before it is handed out.
std::unique_ptr<KeyRing> token_key_ring(const std::shared_ptr<Token>& token);

}  // namespace shomei::crypto::pkcs11
