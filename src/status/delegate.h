// Delegate: the key that signs answers for one generation of an authority, and the certificate by which that
// very generation lets it (RFC 6960 4.2.2.2).
#pragma once

#include "base/result.h"
#include "crypto/signer.h"
#include "pki/certificate.h"
#include "status/status_list.h"

namespace shomei::status {

struct Delegate {
  const Authority* authority = nullptr;
  crypto::Signer* signer = nullptr;  // outlives the delegate
  pki::Certificate certificate;
};

// refused "status_delegate_unfit" unless the certificate was signed by exactly that generation, is for OCSP
// signing and holds the signer's key. Its days are looked at when it signs.
Result<Delegate> check_delegate(const Authority& authority, crypto::Signer& signer, ByteView certificate_der);

// The same of the certificate alone, for who checks an answer: that exactly this generation signed it, for
// answering in its place.
Result<void> check_delegate_certificate(std::string_view authority_name, const pki::Certificate& authority,
                                        const pki::Certificate& delegate);

}  // namespace shomei::status
