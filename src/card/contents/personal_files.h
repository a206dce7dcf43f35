// What a card's issuer writes into the card-face, input-helper and common applications and into its own
// domain for one person, and the keys of these applications that are not of the holder's choosing. Pure:
// nothing is read, drawn or sent. Source: jpki-facts 1.7 and 1.4; docs/formats/card-contents.md says what is
// ours where they are silent.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/calendar.h"
#include "base/result.h"
#include "base/secret.h"
#include "card/application.h"
#include "card/contents/cv_certificate.h"
#include "card/contents/file_signer.h"
#include "card/contents/sex.h"
#include "crypto/public_key.h"

namespace shomei::card::contents {

struct Person {
  std::string name;     // UTF-8, at most 100 characters; family and given name divided by U+3000
  std::string address;  // UTF-8, at most 200 characters, as the register prints it
  Sex sex = Sex::not_known;
  Date born;
  std::string number;        // twelve digits, the last one the check digit; also reference number A
  std::string municipality;  // five digits
  std::string serial;        // fifteen digits, the card's
  Date card_valid_until;
  std::string security_code;  // four digits, printed on the card; the end of reference number B
};

// Printed on the card and held by it as pictures; card/images draws them.
struct FaceImages {
  Bytes name;           // PNG
  Bytes address;        // PNG
  Bytes photo;          // JPEG 2000
  Bytes number;         // PNG
  Bytes security_code;  // PNG
};

// The card's own key that stands in its files, RSA-2048, with which it proves that they are its own. The key
// of sealed sessions (EF 0006 of the input helper) is the card's to make and to show. What stands in the
// files of a card that has none: docs/formats/card-contents.md.
struct CardKeys {
  std::optional<crypto::PublicKey> presence;
};

// Who signs what the files say: `signer`, whose key the two certificates (EF 0004) certify.
struct FileIssuer {
  FileSigner signer;
  CvCertificate face;
  CvCertificate input_helper;
};

struct PersonalFile {
  Bytes application;  // its name (AID)
  FileId file = 0;
  Bytes content;
};

struct FixedPin {
  Bytes application;
  FileId file = 0;
  SecretBytes value;  // digits
  // Files that say what the number is made of: one that says otherwise had another number.
  std::vector<std::pair<ApplicationId, FileId>> made_of;
};

// In the order in which they are written. malformed "card_person_form" {member}: what no card could hold;
// and what the signer says.
Result<std::vector<PersonalFile>> personal_files(const Person& person, const FaceImages& images,
                                                 const CardKeys& keys, const FileIssuer& issuer);

// Reference numbers A and B of both applications, and the age record's birth date.
Result<std::vector<FixedPin>> fixed_pins(const Person& person);

// A number with the right check digit that is derived from any bytes (a resident's identifier): registers of
// this project hold no national number, and a demo's people have none.
std::string synthetic_number(ByteView from);
// Likewise four digits and fifteen.
std::string synthetic_security_code(ByteView from);
std::string synthetic_serial(ByteView from);

}  // namespace shomei::card::contents
