// What a chip signs to say that a key pair was made inside it and cannot leave it: its own words, of no
// standard (docs/formats/card-issuer.md). The chip makes the statement, the issuer makes it again and
// verifies.
#pragma once

#include "base/bytes.h"
#include "card/application.h"

namespace shomei::card {

inline constexpr std::size_t kAttestationChallengeBytesMin = 16;
inline constexpr std::size_t kAttestationChallengeBytesMax = 32;

struct AttestedKey {
  ByteView token_serial;  // 16 digits
  ApplicationId application = ApplicationId::jpki;
  FileId file = 0;     // of the private key
  ByteView challenge;  // of who asked
  ByteView spki;       // SubjectPublicKeyInfo
};

Bytes attestation_statement(const AttestedKey& key);

}  // namespace shomei::card
