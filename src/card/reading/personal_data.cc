#include "card/reading/personal_data.h"

#include "card/contents/card_keys.h"
#include "card/contents/integrity_record.h"
#include "card/contents/names.h"

namespace shomei::card::reading {
namespace {

using contents::IntegrityRecord;
namespace face_file = contents::face_file;
namespace helper_file = contents::input_helper_file;

static_assert(face_file::kCertificate == helper_file::kCertificate);

Result<IntegrityRecord> read_integrity(PersonalReader& reader) {
  SHOMEI_TRY(const auto file, reader.read_file(helper_file::kIntegrity));
  return contents::parse_integrity_record(file);
}

}  // namespace

std::string_view name(Vouching vouching) {
  return vouching == Vouching::root ? "root" : "card_alone";
}

Result<FilesSigner> read_signer(PersonalReader& reader, const std::optional<crypto::PublicKey>& root) {
  SHOMEI_TRY(const auto file, reader.read_file(face_file::kCertificate));
  SHOMEI_TRY(const auto certificate, contents::parse_cv_certificate(file));
  if (root && !certificate.verify(*root))
    return refused("card_signer_unknown", {{"root", to_hex_upper(certificate.issuer)}});
  return FilesSigner{certificate.public_key(), certificate.issuer,
                     root ? Vouching::root : Vouching::card_alone};
}

Result<std::string> read_number(PersonalReader& reader, const FilesSigner& signer) {
  SHOMEI_TRY(const auto file, reader.read_file(helper_file::kNumber));
  SHOMEI_TRY(auto number, contents::parse_number(file));
  SHOMEI_TRY(const auto record, read_integrity(reader));
  SHOMEI_CHECK(record.verify_number(file, signer.key));
  return number;
}

Result<contents::ParsedAttributes> read_attributes(PersonalReader& reader, const FilesSigner& signer) {
  SHOMEI_TRY(const auto file, reader.read_file(helper_file::kAttributes));
  SHOMEI_TRY(auto parsed, contents::parse_attributes(file));
  SHOMEI_TRY(const auto record, read_integrity(reader));
  SHOMEI_CHECK(record.verify_attributes(file, signer.key));
  return parsed;
}

Result<crypto::PublicKey> read_session_key(PersonalReader& reader) {
  SHOMEI_TRY(const auto file, reader.read_file(helper_file::kSessionKey));
  return contents::parse_session_key(file);
}

Result<contents::AgeRecord> read_age(PersonalReader& reader, const FilesSigner& signer) {
  SHOMEI_TRY(const auto file, reader.read_file(face_file::kAge));
  SHOMEI_TRY(auto record, contents::parse_age_record(file));
  SHOMEI_CHECK(record.part.verify(signer.key));
  return record;
}

Result<contents::CardFace> read_face(PersonalReader& reader, const FilesSigner& signer) {
  SHOMEI_TRY(const auto file, reader.read_file(face_file::kFace));
  SHOMEI_TRY(auto face, contents::parse_card_face(file));
  SHOMEI_CHECK(face.verify(signer.key));
  return face;
}

Result<contents::NumberImage> read_number_image(PersonalReader& reader, const FilesSigner& signer) {
  SHOMEI_TRY(const auto file, reader.read_file(face_file::kNumberImage));
  SHOMEI_TRY(auto image, contents::parse_number_image(file));
  SHOMEI_CHECK(image.part.verify(signer.key));
  return image;
}

Result<contents::CommonRecord> read_common_record(PersonalReader& reader) {
  SHOMEI_TRY(const auto record, reader.read_record(contents::common_file::kRecord));
  return contents::parse_common_record(record);
}

}  // namespace shomei::card::reading
