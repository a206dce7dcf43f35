// OCSP responses of the basic type (RFC 6960 section 4.2, in the shape that RFC 5019 asks for: every answer
// has its nextUpdate). What a status service signs, and what whoever validates reads.
#pragma once

#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/calendar.h"
#include "base/result.h"
#include "crypto/algorithm.h"
#include "pki/ocsp_request.h"
#include "pki/revocation_reason.h"
#include "pki/signed_object.h"

namespace shomei::pki {

struct Good {
  bool operator==(const Good&) const = default;
};
struct Unknown {
  bool operator==(const Unknown&) const = default;
};
struct Revoked {
  Instant at;
  std::optional<RevocationReason> reason;  // unspecified is written as none
  bool operator==(const Revoked&) const = default;
};
using CertificateStatus = std::variant<Good, Revoked, Unknown>;

struct SingleResponse {
  CertId id;  // encoded as its `der`, byte for byte
  CertificateStatus status;
  Instant this_update;
  std::optional<Instant> next_update;
  std::optional<Instant> archive_cutoff;  // RFC 6960 4.4.4: states are kept since then, past expiry
  bool operator==(const SingleResponse&) const = default;
};

struct ResponderByKey {
  Bytes key_hash;  // SHA-1 of the key's bits
  bool operator==(const ResponderByKey&) const = default;
};
struct ResponderByName {
  Bytes name_der;
  bool operator==(const ResponderByName&) const = default;
};

struct ResponseData {
  std::variant<ResponderByKey, ResponderByName> responder;
  Instant produced_at;
  std::vector<SingleResponse> singles;
  std::optional<Bytes> nonce;
  bool operator==(const ResponseData&) const = default;
};

Bytes encode_response_data(const ResponseData& data);  // what is signed
// The successful OCSPResponse around it; `certificate_der` proves the signer's right to answer.
Bytes encode_ocsp_response(ByteView response_data_der, crypto::SignatureAlgorithm algorithm,
                           ByteView signature, ByteView certificate_der);

// OCSPResponseStatus of an answer that has nothing signed in it.
enum class OcspTrouble : std::uint8_t {
  malformed_request = 1,
  internal_error = 2,
  try_later = 3,
  sig_required = 5,  // 4 is not used
  unauthorized = 6,
};
Bytes encode_ocsp_trouble(OcspTrouble trouble);

struct BasicResponse {
  ResponseData data;
  // What the signature is over, and the signature.
  Bytes data_der;
  crypto::SignatureAlgorithm algorithm = crypto::SignatureAlgorithm::rsa_pkcs1_sha256;
  Bytes signature;
  std::vector<Bytes> certificates;
};
using OcspResponse = std::variant<OcspTrouble, BasicResponse>;

inline constexpr std::size_t kOcspResponseBytesMax = 64 * 1024;

// malformed "ocsp_response_form", "extension_list_form", "der_form", "serial_form", "algorithm_unknown",
// "instant_form". The signature is not verified.
Result<OcspResponse> parse_ocsp_response(ByteView der);

}  // namespace shomei::pki
