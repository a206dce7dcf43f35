#include "card/contents/personal_files.h"

#include <algorithm>

#include "base/limits.h"
#include "card/contents/application_info.h"
#include "card/contents/attributes.h"
#include "card/contents/card_face.h"
#include "card/contents/card_keys.h"
#include "card/contents/common_record.h"
#include "card/contents/digits.h"
#include "card/contents/face_records.h"
#include "card/contents/integrity_record.h"
#include "card/contents/names.h"
#include "card/contents/reference_numbers.h"
#include "der/reader.h"

namespace shomei::card::contents {
namespace {

// What the info files name as their key; that of a real card is not the one that signs (UNCONFIRMED which).
constexpr std::string_view kInputInfoKeyId = "9000034";
constexpr std::string_view kFaceInfoKeyId = "9000024";
// READ BINARY reaches 32 KiB of a file (a 15-bit offset).
constexpr std::size_t kImagesBytesMax = 30 * 1024;

Error bad_member(std::string_view member) {
  return malformed("card_person_form", {{"member", std::string(member)}});
}

// Characters are what is counted, so bytes that are none must not pass for none at all.
bool is_text(std::string_view text, std::size_t characters_max) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return der::is_utf8(view(text)) &&
         static_cast<std::size_t>(std::ranges::count_if(text, begins)) <= characters_max;
}

Result<void> check_person(const Person& person) {
  if (person.name.empty() || !is_text(person.name, limits::kNameCharactersMax)) return bad_member("name");
  if (!is_text(person.address, limits::kAddressCharactersMax)) return bad_member("address");
  if (!is_number(person.number)) return bad_member("number");
  if (!are_digits(person.municipality, kMunicipalityDigits)) return bad_member("municipality");
  if (!are_digits(person.serial, kSerialDigits)) return bad_member("serial");
  if (!are_digits(person.security_code, kSecurityCodeDigits)) return bad_member("security_code");
  return {};
}

Result<void> check_images(const FaceImages& images) {
  std::size_t total = 0;
  for (const auto* image :
       {&images.name, &images.address, &images.photo, &images.number, &images.security_code}) {
    if (image->empty()) return bad_member("image");
    total += image->size();
  }
  if (total > kImagesBytesMax) return bad_member("image");
  return {};
}

class Files {
 public:
  explicit Files(ByteView application) : application_(to_bytes(application)) {}
  void add(FileId file, Bytes content) { files_.push_back({application_, file, std::move(content)}); }
  std::vector<PersonalFile> take() { return std::move(files_); }

 private:
  Bytes application_;
  std::vector<PersonalFile> files_;
};

// The card's key, or where it has none of that use the signer's: the field must be there.
const crypto::PublicKey& presence_key(const CardKeys& keys, const FileIssuer& issuer) {
  return keys.presence ? *keys.presence : issuer.signer.public_key();
}

Result<std::vector<PersonalFile>> input_helper_files(const Person& person, const CardKeys& keys,
                                                     const FileIssuer& issuer) {
  namespace ef = input_helper_file;
  const Bytes number = encode_number(person.number);
  const Bytes attributes =
      encode_attributes({person.name, person.address, day_digits(person.born), person.sex});
  SHOMEI_TRY(const auto integrity, make_integrity_record(issuer.signer, number, attributes));
  SHOMEI_TRY(const auto signed_key, make_signed_key(issuer.signer, presence_key(keys, issuer)));
  Files files(kInputHelperApplication);
  files.add(ef::kNumber, number);
  files.add(ef::kAttributes, attributes);
  files.add(ef::kIntegrity, encode_integrity_record(integrity));
  files.add(ef::kCertificate, encode_cv_certificate(issuer.input_helper));
  files.add(ef::kInfo, encode_input_info({.key = key_id(kInputInfoKeyId)}));
  files.add(ef::kSignedKey, encode_signed_key(signed_key));
  return files.take();
}

Result<std::vector<PersonalFile>> face_files(const Person& person, const FaceImages& images,
                                             const CardKeys& keys, const FileIssuer& issuer) {
  namespace ef = face_file;
  const auto& key = presence_key(keys, issuer);
  const auto born = day_digits(person.born);
  CardFace face{.born = born,
                .sex = person.sex,
                .key = key,
                .name = images.name,
                .address = images.address,
                .photo = images.photo,
                .valid_until = day_digits(person.card_valid_until),
                .security_code = images.security_code};
  SHOMEI_CHECK(sign_card_face(face, issuer.signer));
  SHOMEI_TRY(const auto age, make_age_record(issuer.signer, born, key));
  SHOMEI_TRY(const auto number, make_number_image(issuer.signer, images.number, key));
  Files files(kFaceApplication);
  files.add(ef::kAge, encode_age_record(age));
  files.add(ef::kFace, encode_card_face(face));
  files.add(ef::kInfo,
            encode_face_info({.key = key_id(kFaceInfoKeyId), .municipality = person.municipality}));
  files.add(ef::kCertificate, encode_cv_certificate(issuer.face));
  files.add(ef::kNumberImage, encode_number_image(number));
  return files.take();
}

}  // namespace

Result<std::vector<PersonalFile>> personal_files(const Person& person, const FaceImages& images,
                                                 const CardKeys& keys, const FileIssuer& issuer) {
  SHOMEI_CHECK(check_person(person));
  SHOMEI_CHECK(check_images(images));
  SHOMEI_TRY(auto files, input_helper_files(person, keys, issuer));
  SHOMEI_TRY(auto face, face_files(person, images, keys, issuer));
  std::ranges::move(face, std::back_inserter(files));
  const auto valid_until = day_digits(person.card_valid_until);
  files.push_back({to_bytes(ByteView(kCommonApplication)), common_file::kRecord,
                   encode_common_record({person.serial, person.municipality, valid_until})});
  files.push_back(
      {to_bytes(ByteView(kIssuerDomain)), domain_data::kMunicipality, to_bytes(view(person.municipality))});
  files.push_back({to_bytes(ByteView(kIssuerDomain)), domain_data::kValidUntil, to_bytes(view(valid_until))});
  return files;
}

Result<std::vector<FixedPin>> fixed_pins(const Person& person) {
  SHOMEI_CHECK(check_person(person));
  SHOMEI_TRY(const auto b,
             reference_number_b(person.born, int{person.card_valid_until.year()}, person.security_code));
  using Sources = std::vector<std::pair<ApplicationId, FileId>>;
  // None of them has a name or an address, which change more often than the numbers. A card's security code
  // is the same for ever.
  const Sources number{{ApplicationId::input_helper, input_helper_file::kNumber}};
  const Sources birth{{ApplicationId::face, face_file::kAge}};
  const Sources birth_and_card{birth.front(), {ApplicationId::issuer_domain, domain_data::kValidUntil}};
  std::vector<FixedPin> pins;
  const auto add = [&](ByteView application, FileId file, std::string_view digits, const Sources& made_of) {
    pins.push_back({to_bytes(application), file, SecretBytes::of_text(digits), made_of});
  };
  add(kInputHelperApplication, input_helper_file::kReferenceA, person.number, number);
  add(kInputHelperApplication, input_helper_file::kReferenceB, b, birth_and_card);
  add(kFaceApplication, face_file::kReferenceA, person.number, number);
  add(kFaceApplication, face_file::kReferenceB, b, birth_and_card);
  add(kFaceApplication, face_file::kBirthDate, birth_date_key(person.born), birth);
  return pins;
}

}  // namespace shomei::card::contents
