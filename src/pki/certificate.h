// TbsCertificate is what an authority signs; Certificate is a signed one, read strictly (RFC 5280
// section 4.1).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/calendar.h"
#include "base/result.h"
#include "crypto/algorithm.h"
#include "crypto/public_key.h"
#include "pki/extension.h"
#include "pki/name.h"
#include "pki/serial_number.h"

namespace shomei::pki {

struct TbsCertificate {
  SerialNumber serial;
  crypto::SignatureAlgorithm algorithm{};
  Name issuer;
  Instant not_before;
  Instant not_after;
  Name subject;
  crypto::PublicKey key;
  std::vector<Extension> extensions;  // in the order of the encoding

  // Null when there is none of that kind.
  const Extension* find(const der::Oid& id) const;
};

struct Certificate {
  TbsCertificate tbs;
  Bytes tbs_der;  // the bytes that the signature covers
  Bytes signature;
  Bytes der;  // the whole
};

Bytes encode_tbs(const TbsCertificate& tbs);

// malformed "certificate_form", or what the parts say. Version 3 only; an extension may come once; both
// algorithm fields must be the same; at most limits::kCertificateBytesMax.
Result<Certificate> parse_certificate(ByteView der);
Result<TbsCertificate> parse_tbs(ByteView der);

// The mathematics alone: whether `authority_key` signed it.
Result<void> verify_signature(const Certificate& certificate, const crypto::PublicKey& authority_key);

std::string to_pem(std::string_view label, ByteView der);               // RFC 7468
Result<Bytes> from_pem(std::string_view label, std::string_view text);  // malformed "pem_form"

}  // namespace shomei::pki
