// The public key that a command line names: by a file with it, with a certificate or with the private key, or
// by its fingerprint alone.
#pragma once

#include <optional>
#include <vector>

#include "cli/command.h"
#include "crypto/private_key.h"
#include "crypto/public_key.h"

namespace shomei::app {

struct NamedKey {
  crypto::Sha256 fingerprint{};  // SHA-256 of the SubjectPublicKeyInfo
  std::optional<crypto::PublicKey> key = {};
  std::optional<crypto::PrivateKey> private_key = {};
};

std::vector<cli::Option> key_options();
inline constexpr cli::Option kPrivateKeyOption{
    "private-key", "FILE",
    "the leaked private key itself, PEM (- reads it from stdin): it proves the compromise, and is not kept"};

// malformed "key_unclear" when none or several are given; "fingerprint_form"; with {file} "pem_form",
// "private_key_form" and what parsing says.
Result<NamedKey> named_key(const cli::Invocation& invocation);

}  // namespace shomei::app
