// CertificationRequest: PKCS#10 (RFC 2986), the form in which a terminal brings a key and the proof that the
// card holds its private half. The challenge (RFC 2985 5.4.1, challengePassword) ties the proof to one act:
// an old request proves nothing for a new one.
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/public_key.h"

namespace shomei::pki {

struct CertificationRequest {
  crypto::PublicKey key;
  std::string challenge;
};

// CertificationRequestInfo with an empty subject: what the card signs.
Bytes encode_request_info(const crypto::PublicKey& key, std::string_view challenge);

// Parses and verifies the proof of possession: malformed "request_form", refused "possession_unproven" when
// the signature is not the key's own or the challenge is another one.
Result<CertificationRequest> verify_request(ByteView der, std::string_view challenge);

// The key of a request that any tool has made (`openssl req -new`), once the signature has proven that its
// maker holds it; subject and attributes say nothing. malformed "csr_form"; refused "possession_unproven".
Result<crypto::PublicKey> verify_plain_request(ByteView der);

}  // namespace shomei::pki
