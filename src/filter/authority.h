// Authority: one generation in a filter, and how a verifier finds it.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "crypto/digest.h"
#include "filter/cursor.h"
#include "pki/certificate.h"

namespace shomei::filter {

// An authority by its name and its key, as OCSP names it: the same whichever certificate of that key a
// verifier has (a link certificate, say).
struct Issuer {
  crypto::Sha256 subject{};  // of the DER of its name
  crypto::Sha256 key{};      // of the content of its subjectPublicKey
  bool operator==(const Issuer&) const = default;
};
Issuer issuer_of(const pki::Certificate& authority);

struct Authority {
  std::string name;              // "signature-1"
  crypto::Sha256 certificate{};  // of its DER
  Issuer issuer;
  bool operator==(const Authority&) const = default;
};
Authority authority_of(std::string_view name, const pki::Certificate& certificate);

inline constexpr std::size_t kAuthoritiesMax = 64;

// refused "filter_authorities_unfit" {what}: too many, a name that is not 1 to 64 visible ASCII characters,
// or two of one name or of one issuer.
Result<void> check_authorities(std::span<const Authority> authorities);

void append_authority(Bytes& to, const Authority& authority);
Result<Authority> take_authority(Cursor& cursor);

}  // namespace shomei::filter
