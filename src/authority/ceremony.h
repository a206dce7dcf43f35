// The ceremony: how an authority comes into being, and how it appoints the responder that answers for it.
#pragma once

#include "authority/authority.h"
#include "authority/profile.h"
#include "journal/transaction.h"

namespace shomei::authority {

// The self-signed certificate of jpki-facts 2.1, from `now` to 23:59:59 JST of the day before its tenth
// anniversary.
Result<pki::Certificate> make_authority_certificate(const Profile& profile, pki::CertificateKind kind,
                                                    const pki::SerialNumber& serial, crypto::Signer& signer,
                                                    Instant now);

// Makes generation `generation` and records it: rows and entry in one transaction. conflict
// "authority_exists".
Result<journal::AuthorityRecord> found_authority(const Profile& profile, pki::CertificateKind kind,
                                                 std::uint32_t generation, crypto::Signer& signer,
                                                 journal::Journal& journal);

// A certificate for answering OCSP in the authority's name: digitalSignature, OCSPSigning, nocheck (RFC
// 6960 4.2.2.2). It ends with the authority at the latest.
Result<pki::Certificate> make_responder_certificate(const Authority& authority,
                                                    const crypto::PublicKey& responder,
                                                    const pki::SerialNumber& serial, Instant now,
                                                    std::chrono::seconds validity);

// The same under a random number.
Result<pki::Certificate> appoint_responder(const Authority& authority, const crypto::PublicKey& responder,
                                           Instant now, std::chrono::days validity);

}  // namespace shomei::authority
