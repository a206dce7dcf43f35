// The dialogues of the issuer with a card, as scripts: what is asked, and what of the answers goes to the one
// who asked, who says how it goes on. docs/formats/card-issuer.md has the bytes.
#pragma once

#include <functional>
#include <string>

#include "issuer/attestation.h"
#include "issuer/card_status.h"
#include "issuer/session.h"

namespace shomei::issuer {

using Next = std::function<Result<Script>()>;

inline Result<Script> over() {
  return Script{};
}

Script ask_status(std::function<Result<Script>(CardStatus)> then);

// The card makes a key pair that waits beside the one in use, attests it, and signs a request for the
// challenge with it.
struct KeyProof {
  Bytes pkcs10;
  Attestation attestation;
};
// `certificate` is of the card's attestation key: Session::attestation_certificate().
Script make_key(card::Kind kind, std::string challenge, Bytes certificate,
                std::function<Result<Script>(KeyProof)> then);
// The key that waits is forgotten.
Script drop_pending_key(card::Kind kind, Next then);

struct FileContent {
  card::ApplicationId application{};
  card::FileId file = 0;
  Bytes content;
};
// Each is stored whole or not at all, in their order. A certificate takes the key that waits into use.
Script write_files(std::vector<FileContent> files, Next then);

// The card lets its holder set each of the PINs once, until its power goes. Carries no PIN.
Script open_pins(const std::vector<card::PinId>& pins, Next then);
struct FixedPin {
  card::ApplicationId application{};
  card::FileId file = 0;
  std::string digits;  // made of what is printed on the card, and not of anybody's choosing
};
Script set_fixed_pins(const std::vector<FixedPin>& pins, Next then);

// For ever. refused "card_incomplete" when a PIN, key or certificate is missing where another one is there.
Script make_operational(Next then);

}  // namespace shomei::issuer
