// Authority: one generation of one of the two authorities, with its certificate and the way to its key.
#pragma once

#include <optional>

#include "base/result.h"
#include "crypto/signer.h"
#include "journal/certificate_record.h"
#include "pki/certificate.h"

namespace shomei::authority {

// The last day in JST that lies within the certificate's validity whole: what its key signs may end then.
Date last_whole_day(const pki::Certificate& certificate);

// Whether nothing is signed in its name any more: from its last second on, so that nothing begins as it ends.
bool has_ended(const pki::Certificate& certificate, Instant now);

class Authority {
 public:
  // `signer` is borrowed. internal "authority_key_differs" when it is not the key of the certificate.
  static Result<Authority> open(const journal::AuthorityRecord& record, crypto::Signer& signer);

  const std::string& name() const { return record_.name; }  // "signature-1"
  pki::CertificateKind kind() const { return record_.kind; }
  const std::string& serial_space() const { return record_.serial_space; }
  const pki::Certificate& certificate() const { return certificate_; }
  const pki::Name& subject() const { return certificate_.tbs.subject; }
  crypto::Signer& signer() const { return *signer_; }

  // A key of its own for the revocation lists, with a certificate of the same name that this authority signed
  // (RFC 5280 6.3.3 f). `signer` is borrowed. refused "crl_certificate_unfit" {authority, what}.
  Result<void> sign_lists_with(pki::Certificate certificate, crypto::Signer& signer);
  // The authority's own, unless sign_lists_with was called.
  const pki::Certificate& list_certificate() const {
    return list_certificate_ ? *list_certificate_ : certificate_;
  }
  crypto::Signer& list_signer() const { return list_signer_ ? *list_signer_ : *signer_; }

  // refused "authority_ended" {authority, ended}.
  Result<void> expect_not_ended(Instant now) const;
  Date last_whole_day() const { return authority::last_whole_day(certificate_); }

 private:
  Authority(journal::AuthorityRecord record, pki::Certificate certificate, crypto::Signer& signer)
      : record_(std::move(record)), certificate_(std::move(certificate)), signer_(&signer) {}
  journal::AuthorityRecord record_;
  pki::Certificate certificate_;
  crypto::Signer* signer_;
  std::optional<pki::Certificate> list_certificate_;
  crypto::Signer* list_signer_ = nullptr;
};

// Which serial numbers may not meet: those of one issuer name, whatever the generation.
std::string serial_space_of(const pki::Name& issuer);

// Signs a to-be-signed certificate and verifies what the key has made of it before anyone sees it.
Result<pki::Certificate> sign_certificate(ByteView tbs_der, crypto::Signer& signer);

}  // namespace shomei::authority
