// The procedure "block a key": from then on nothing is issued for it, whoever asks. For keys that somebody
// else has, or that are known to be weak.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "counter/parts.h"

namespace shomei::counter {

inline constexpr std::string_view kSharedPrime = "shared_prime";  // the cause of counter/shared_primes.h

// What a key signs to prove that whoever has it is not its holder alone, as text with the fingerprint of the
// key in it (RFC 8555 7.6 proves a compromise by a signature, too). A signature proves that the key was at
// hand, not whose hand it was: a card signs what it is given, so it is an officer who blocks and no machine.
std::string compromise_statement(const crypto::PublicKey& key);

struct BlockRequest {
  Officer officer;
  crypto::Sha256 key{};  // SHA-256 of its SubjectPublicKeyInfo
  std::string cause;     // as counter/recorded_text.h checks; it is kept, so it names nobody
  // The proof of compromise: a signature of the key over its statement, with the algorithm of its type.
  // Empty: the officer's word.
  std::optional<crypto::PublicKey> public_key = {};  // where there is a proof
  Bytes proof = {};
  std::vector<Bytes> factors = {};  // of counter/shared_primes.h
  bool revoke = false;              // its certificates too, for keyCompromise, on the ground "leak"
};

struct KeyState {
  journal::BlockedKey blocked;
  std::vector<journal::CertificateRecord> certificates;  // all that were ever issued for it
};

// All in one transaction. The same request again is answered with what stands now. malformed "cause_form";
// refused "compromise_unproven"; conflict "key_blocked_already", and what counter/request.h says; when a
// certificate is to be revoked and the rules refuse, that, with its trace, and nothing is blocked.
Result<KeyState> block_key(const Parts& parts, const BlockRequest& request);

// not_found "key_not_blocked" {key}.
Result<KeyState> find_blocked(journal::Rows& rows, const crypto::Sha256& key);

}  // namespace shomei::counter
