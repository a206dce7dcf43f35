// A signed text with the certificate of who signed it: a JWS (RFC 7515) in its flattened JSON form. RS256 for
// RSA keys, ES256 and ES384 for keys on P-256 and P-384 (RFC 7518 3.1), EdDSA for Ed25519 (RFC 8037).
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/signer.h"

namespace shomei::status {

struct Jws {
  std::string payload;  // the text that was signed
  std::string type;     // "typ" of the header: what the text is
  std::string algorithm;
  Bytes certificate;  // DER: the first of "x5c"; there is one
  Bytes signature;    // as JWS has it: of ECDSA r and s behind one another
  std::string signing_input;
};

inline constexpr std::size_t kJwsBytesMax = 12 * 1024 * 1024;

// One JSON object in one line, without a line feed.
Result<std::string> sign_jws(std::string_view payload, std::string_view type, ByteView certificate,
                             crypto::Signer& signer);
// Of the one form that sign_jws writes, line feeds at its end excepted. malformed "jws_form" {what}.
Result<Jws> parse_jws(std::string_view text);
// refused "signature_wrong"; malformed "jws_form" where the algorithm is not that of the key.
Result<void> verify_jws(const Jws& jws, const crypto::PublicKey& key);

// RFC 4648 section 5, without padding, as RFC 7515 section 2 has it.
std::string to_base64url(ByteView bytes);
Result<Bytes> from_base64url(std::string_view text);  // malformed "base64_form"

}  // namespace shomei::status
