// EF 0002 of the card face, what is printed on it: FF20{DF21 offsets, DF22 birth date, DF23 sex, DF24 card's
// key, DF25 name PNG, DF26 address PNG, DF27 photo JPEG 2000, DF28 signature, DF29 expiry, DF2A security code
// PNG}. The signature is over the SHA-256 values of three parts (DF22 to DF24; DF25 and DF26; DF27), so that
// a terminal can verify the first part and never see the photo. The expiry and the code are not signed. That
// is how test cards were measured; jpki-facts 1.7 has the list of fields alone.
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "card/contents/attributes.h"
#include "card/contents/face_records.h"
#include "card/contents/file_signer.h"
#include "crypto/digest.h"
#include "crypto/public_key.h"

namespace shomei::card::contents {

struct CardFace {
  std::string born;  // YYYYMMDD; 00 or 0000 for a part that nobody knows
  Sex sex = Sex::not_known;
  crypto::PublicKey key;
  Bytes name;               // PNG
  Bytes address;            // PNG
  Bytes photo;              // JPEG 2000
  std::string valid_until;  // YYYYMMDD
  Bytes security_code;      // PNG
  Bytes signature;
  Bytes digests;  // of the three parts, as they stand in the file: 96 bytes

  // refused "signature_wrong".
  Result<void> verify(const crypto::PublicKey& signer) const {
    return verify_digests(signer, digests, signature);
  }
};

// Fills in signature and digests.
Result<void> sign_card_face(CardFace& face, const FileSigner& signer);
Bytes encode_card_face(const CardFace& face);
// malformed "card_content_form", "public_key_form".
Result<CardFace> parse_card_face(ByteView file);

}  // namespace shomei::card::contents
