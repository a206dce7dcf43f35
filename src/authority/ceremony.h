// The ceremony: how an authority comes into being, and how it appoints the responder that answers for it.
#pragma once

#include "authority/authority.h"
#include "authority/link.h"
#include "authority/profile.h"
#include "journal/transaction.h"

namespace shomei::authority {

// The self-signed certificate of jpki-facts 2.1, from `from` to 23:59:59 JST of the day before its tenth
// anniversary, or before that of another number of years.
Result<pki::Certificate> make_authority_certificate(const Profile& profile, pki::CertificateKind kind,
                                                    const pki::SerialNumber& serial, crypto::Signer& signer,
                                                    Instant from);

// The last second of an authority that begins then.
Instant end_of_authority(Instant from, int years);

std::string authority_name_of(pki::CertificateKind kind, std::uint32_t generation);  // "signature-1"

// Fields of the operator part of the entry that records a founding. Names that begin with "certificate" hold
// DER, as journal/part.h has it.
namespace founding_field {
inline constexpr std::string_view kAuthority = "authority";             // its name
inline constexpr std::string_view kCrlCertificate = "certificate_crl";  // DER, like the links
inline constexpr std::string_view kNewWithOld = "certificate_new_with_old";
inline constexpr std::string_view kOldWithNew = "certificate_old_with_new";
}  // namespace founding_field

struct Founding {
  std::uint32_t generation = 1;
  std::optional<Instant> from;               // the journal's clock when absent
  std::optional<crypto::PublicKey> crl_key;  // gets a certificate for signing lists
  const Authority* predecessor = nullptr;    // linked with it, both ways; borrowed
  LinkNumber link_number = LinkNumber::of_subject;
  ActId act;                // a random one when empty
  journal::Fields officer;  // further fields of the entry
};

struct Founded {
  journal::AuthorityRecord record;
  std::optional<Bytes> crl_certificate, new_with_old, old_with_new;  // DER
};

// Makes a generation with all its certificates and records it: row and entry in one transaction. conflict
// "authority_exists".
Result<Founded> found_generation(const Profile& profile, pki::CertificateKind kind, const Founding& founding,
                                 crypto::Signer& signer, journal::Journal& journal);
// The same of an entry that recorded it; none when the act is not in the journal.
Result<std::optional<Founded>> find_founded(journal::Rows& rows, const ActId& act);

// With nothing but its own certificate.
Result<journal::AuthorityRecord> found_authority(const Profile& profile, pki::CertificateKind kind,
                                                 std::uint32_t generation, crypto::Signer& signer,
                                                 journal::Journal& journal);

// A certificate for signing the authority's revocation lists and nothing else: of the authority's own name,
// cRLSign (RFC 5280 6.3.3 f). It ends with the authority.
Result<pki::Certificate> make_crl_certificate(const Authority& authority, const crypto::PublicKey& key,
                                              const pki::SerialNumber& serial);

// A certificate for answering OCSP in the authority's name: digitalSignature, OCSPSigning, nocheck (RFC
// 6960 4.2.2.2). It ends with the authority at the latest.
Result<pki::Certificate> make_responder_certificate(const Authority& authority,
                                                    const crypto::PublicKey& responder,
                                                    const pki::SerialNumber& serial, Instant now,
                                                    std::chrono::seconds validity);

// The same under a random number. refused "authority_ended": nobody answers for it any more.
Result<pki::Certificate> appoint_responder(const Authority& authority, const crypto::PublicKey& responder,
                                           Instant now, std::chrono::seconds validity);

}  // namespace shomei::authority
