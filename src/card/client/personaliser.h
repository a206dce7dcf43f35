// Personaliser: makes an operational card out of a born one (docs/formats/card-personalisation.md). In this
// order: select, PINs, key pairs; the authority certifies the keys; certificates, availability, finish.
// While the card is in this phase a Terminal on the same transport can verify and sign, so that the card
// proves that it has the private keys.
// Errors: as Terminal's; refused "card_personalised" when the card is past this phase.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "card/application.h"
#include "card/client/availability.h"
#include "card/kind.h"
#include "card/transport.h"
#include "crypto/public_key.h"

namespace shomei::card::client {

class Personaliser {
 public:
  explicit Personaliser(Transport& transport) : transport_(transport) {}

  Result<void> select_jpki();
  // With every try. malformed "pin_form", "password_form".
  Result<void> set_pin(Kind kind, const SecretBytes& pin);
  // The private key is made in the card and never leaves it. Drops the certificate of the key before.
  Result<crypto::PublicKey> generate_key_pair(Kind kind);
  Result<void> write_certificate(Kind kind, ByteView der) { return write(certificate_file(kind), der); }
  Result<void> write_authority_certificate(Kind kind, ByteView der) {
    return write(authority_file(kind), der);
  }
  Result<void> set_availability(Availability availability);
  // For ever. refused "card_incomplete" when a PIN, key or certificate is missing where another one is there.
  Result<void> finish();

 private:
  Result<void> write(FileId id, ByteView der);

  Transport& transport_;
};

}  // namespace shomei::card::client
