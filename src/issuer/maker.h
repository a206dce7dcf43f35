// CardMaker: the authority that says of a card that it was made by us. It certifies the attestation key of
// each card (P-256) once, at the factory, under the card's token serial number; with that key the card proves
// that another key was made inside it (attestation.h). It certifies no person and no other authority.
#pragma once

#include <string_view>

#include "base/calendar.h"
#include "base/result.h"
#include "crypto/signer.h"
#include "issuer/token_serial.h"
#include "pki/certificate.h"

namespace shomei::issuer {

// Of 30 years, self-signed: CN=Card Maker under the organization.
Result<pki::Certificate> make_maker_certificate(std::string_view organization, crypto::Signer& signer,
                                                Instant from);

class CardMaker {
 public:
  // `signer` is borrowed. malformed as parse_certificate says; internal "maker_key_differs" when it is not
  // the key of the certificate.
  static Result<CardMaker> open(ByteView certificate, crypto::Signer& signer);

  const pki::Certificate& certificate() const { return certificate_; }

  // For a card that is being made: its subject's serialNumber is the token serial. It holds as long as the
  // maker's own: a card's key is made once.
  Result<pki::Certificate> certify(const crypto::PublicKey& attestation_key, const TokenSerial& serial,
                                   Instant from) const;

 private:
  CardMaker(pki::Certificate certificate, crypto::Signer& signer)
      : certificate_(std::move(certificate)), signer_(&signer) {}
  pki::Certificate certificate_;
  crypto::Signer* signer_;
};

}  // namespace shomei::issuer
