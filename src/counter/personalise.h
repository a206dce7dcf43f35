// What the terminal at the counter does with a born card: PINs, key pairs, the proof that the card holds
// them, and the certificates when they are there. The private keys never leave the card.
#pragma once

#include <vector>

#include "base/secret.h"
#include "card/client/personaliser.h"
#include "card/client/terminal.h"
#include "pki/certificate_kind.h"

namespace shomei::counter {

struct CardPins {
  SecretBytes user_authentication;  // four digits
  SecretBytes signature;            // 6 to 16 of A-Z and 0-9; empty when no signature certificate is issued

  const SecretBytes& of(pki::CertificateKind kind) const {
    return kind == pki::CertificateKind::signature ? signature : user_authentication;
  }
};

// Sets the PIN, makes the key pair and lets the card sign a request for that challenge: PKCS#10 in DER.
Result<Bytes> make_key_and_request(card::Transport& card, pki::CertificateKind kind, const SecretBytes& pin,
                                   std::string_view challenge);

struct CardCertificate {
  pki::CertificateKind kind{};
  Bytes certificate;
  Bytes authority;
};

// Writes the certificates and makes the card operational, for ever.
Result<void> finish_card(card::Transport& card, const std::vector<CardCertificate>& certificates);

}  // namespace shomei::counter
