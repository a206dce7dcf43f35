// OCSP requests (RFC 6960 section 4.1, nonces after RFC 9654): what a status service reads from strangers,
// and what our own clients send. Sizes are bounded before anything else is looked at.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "pki/serial_number.h"

namespace shomei::pki {

inline constexpr std::size_t kOcspRequestBytesMax = 8 * 1024;
inline constexpr std::size_t kOcspSinglesMax = 64;
inline constexpr std::size_t kOcspNonceBytesMax = 128;  // RFC 9654 2.1; at least 1

// Names one certificate by digests of its issuer's name and key. Equal values with other DER (NULL parameters
// present or absent) are possible: clients compare bytes, so an answer repeats `der`.
struct CertId {
  enum class Hash { sha1, sha256, other };
  Hash hash = Hash::sha1;
  Bytes issuer_name_hash;
  Bytes issuer_key_hash;
  SerialNumber serial;
  Bytes der;
  bool operator==(const CertId&) const = default;
};

struct OcspRequest {
  std::vector<CertId> wanted;  // 1 to kOcspSinglesMax
  std::optional<Bytes> nonce;  // 1 to kOcspNonceBytesMax bytes
};

// malformed "ocsp_request_form", "extension_list_form", "der_form", "serial_form".
// requestorName and a signature are allowed and not looked into: anyone may ask.
Result<OcspRequest> parse_ocsp_request(ByteView der);
Result<CertId> take_cert_id(der::Reader& reader);

// The identifier of the certificate `serial` of the issuer with that name and key.
// `issuer_key_bits` is the content of its subjectPublicKey. `hash` is sha1 or sha256.
CertId make_cert_id(CertId::Hash hash, ByteView issuer_name_der, ByteView issuer_key_bits,
                    const SerialNumber& serial);
Bytes encode_ocsp_request(std::span<const CertId> wanted, const std::optional<Bytes>& nonce);

}  // namespace shomei::pki
