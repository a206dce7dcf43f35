// What a card says about its holder, each piece only when it is asked for, and held against who signed it.
// The application is selected and its PIN or reference number verified before. Errors: PersonalReader's;
// malformed "card_content_form"; refused "card_file_changed" {file} and "signature_wrong" when the signer has
// not signed what the card holds.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "card/contents/attributes.h"
#include "card/contents/card_face.h"
#include "card/contents/common_record.h"
#include "card/contents/cv_certificate.h"
#include "card/contents/face_records.h"
#include "card/reading/personal_reader.h"
#include "crypto/public_key.h"

namespace shomei::card::reading {

// Who vouches for the key that signs the card's files: a root that the caller has from elsewhere, or nobody
// but the card. In the second case the files belong together, and that is all.
enum class Vouching { root, card_alone };
std::string_view name(Vouching vouching);  // "root", "card_alone"

struct FilesSigner {
  crypto::PublicKey key;
  contents::KeyId root{};  // which root the card's certificate names
  Vouching vouching = Vouching::card_alone;
};

// From EF 0004 of the application that is selected. refused "card_signer_unknown" {root} when the root that
// was given has not signed it.
Result<FilesSigner> read_signer(PersonalReader& reader, const std::optional<crypto::PublicKey>& root);

// Of the input helper. The number: PIN or reference number A; the attributes: PIN or B.
Result<std::string> read_number(PersonalReader& reader, const FilesSigner& signer);
Result<contents::ParsedAttributes> read_attributes(PersonalReader& reader, const FilesSigner& signer);
// To which a terminal encrypts the key of a sealed session. Behind the PIN; nobody vouches for it.
Result<crypto::PublicKey> read_session_key(PersonalReader& reader);

// Of the card face. Age: birth date; face: A or B; the number's picture: A.
Result<contents::AgeRecord> read_age(PersonalReader& reader, const FilesSigner& signer);
Result<contents::CardFace> read_face(PersonalReader& reader, const FilesSigner& signer);
Result<contents::NumberImage> read_number_image(PersonalReader& reader, const FilesSigner& signer);

// Of the common application: free, and not signed.
Result<contents::CommonRecord> read_common_record(PersonalReader& reader);

}  // namespace shomei::card::reading
