// Checkpoint: origin, size and root of the tree (C2SP tlog-checkpoint), signed as a note (C2SP signed-note)
// with an Ed25519 key of its own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "crypto/digest.h"
#include "crypto/signer.h"

namespace shomei::journal {

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  crypto::Sha256 root{};
};

// The verifier key of signed-note: "<name>+<8 hex digits of key id>+<base64 of 01 and the 32 key bytes>".
std::string encode_verifier_key(std::string_view name, const crypto::PublicKey& key);
struct VerifierKey {
  std::string name;
  ByteArray<4> id{};
  crypto::PublicKey key;
};
Result<VerifierKey> parse_verifier_key(std::string_view text);  // malformed "verifier_key_form"

// A text of lines as a signed note of that key name, and the text of one that the key has signed; for what
// else the journal's key vouches for. The text ends with a line feed. malformed "checkpoint_origin_form";
// "checkpoint_form", refused "checkpoint_unsigned". The view is into `note`.
Result<std::string> sign_note(std::string_view text, std::string_view name, crypto::Signer& signer);
Result<std::string_view> open_note(std::string_view note, const VerifierKey& key);

Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, crypto::Signer& signer);
// Parses the note and verifies the signature of that key: malformed "checkpoint_form", refused
// "checkpoint_unsigned".
Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key);

}  // namespace shomei::journal
