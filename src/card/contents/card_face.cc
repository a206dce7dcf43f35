#include "card/contents/card_face.h"

#include <vector>

#include "card/contents/digits.h"
#include "card/contents/offsets.h"
#include "card/contents/rsa_key.h"
#include "card/contents/tlv.h"

namespace shomei::card::contents {
namespace {

constexpr Tag kFace = 0xFF20;
constexpr Tag kOffsetTable = 0xDF21;
constexpr Tag kBorn = 0xDF22;
constexpr Tag kSex = 0xDF23;
constexpr Tag kKey = 0xDF24;
constexpr Tag kName = 0xDF25;
constexpr Tag kAddress = 0xDF26;
constexpr Tag kPhoto = 0xDF27;
constexpr Tag kSignature = 0xDF28;
constexpr Tag kValidUntil = 0xDF29;
constexpr Tag kSecurityCode = 0xDF2A;

std::vector<Bytes> signed_fields(const CardFace& face) {
  return {encode_object(kBorn, view(face.born)),
          encode_object(kSex, Bytes{static_cast<std::uint8_t>(face.sex)}),
          encode_object(kKey, encode_rsa_key(face.key)),
          encode_object(kName, face.name),
          encode_object(kAddress, face.address),
          encode_object(kPhoto, face.photo)};
}

Bytes digests_of(ByteView person, ByteView texts, ByteView photo) {
  return concatenate({crypto::sha256(person), crypto::sha256(texts), crypto::sha256(photo)});
}

Result<Bytes> parse_image(const Fields& fields, Tag tag) {
  SHOMEI_TRY(const auto value, fields.value(tag));
  if (value.size() > kImageBytesMax) return bad_content("a picture is too large");
  return to_bytes(value);
}

Result<Sex> parse_sex(const Fields& fields) {
  SHOMEI_TRY(const auto value, fields.value(kSex));
  const auto sex = value.size() == 1 ? sex_of_digit(value.front()) : std::nullopt;
  if (!sex) return bad_content("a digit for the sex that means nothing");
  return *sex;
}

Result<std::string> parse_day(const Fields& fields, Tag tag) {
  SHOMEI_TRY(const auto value, fields.value(tag));
  return parse_digits(value, 8);
}

Result<crypto::PublicKey> parse_key(const Fields& fields) {
  SHOMEI_TRY(const auto value, fields.value(kKey));
  return parse_rsa_key(value);
}

Result<void> parse_images(const Fields& fields, CardFace& face) {
  SHOMEI_TRY(face.name, parse_image(fields, kName));
  SHOMEI_TRY(face.address, parse_image(fields, kAddress));
  SHOMEI_TRY(face.photo, parse_image(fields, kPhoto));
  SHOMEI_TRY(face.security_code, parse_image(fields, kSecurityCode));
  return {};
}

Result<Bytes> parse_digests(const Fields& fields) {
  SHOMEI_TRY(const auto person, fields.between(kBorn, kName));
  SHOMEI_TRY(const auto texts, fields.between(kName, kPhoto));
  SHOMEI_TRY(const auto photo, fields.between(kPhoto, kSignature));
  return digests_of(person, texts, photo);
}

}  // namespace

Result<void> sign_card_face(CardFace& face, const FileSigner& signer) {
  const auto fields = signed_fields(face);
  face.digests = digests_of(concatenate({fields[0], fields[1], fields[2]}),
                            concatenate({fields[3], fields[4]}), fields[5]);
  SHOMEI_TRY(face.signature, signer.sign_digests(face.digests));
  return {};
}

Bytes encode_card_face(const CardFace& face) {
  auto fields = signed_fields(face);
  fields.push_back(encode_object(kSignature, face.signature));
  fields.push_back(encode_object(kValidUntil, view(face.valid_until)));
  fields.push_back(encode_object(kSecurityCode, face.security_code));
  return encode_with_offsets(kFace, kOffsetTable, fields, Offsets::of_file);
}

Result<CardFace> parse_card_face(ByteView file) {
  SHOMEI_TRY(const auto fields, Fields::parse(file, kFace));
  SHOMEI_TRY(auto born, parse_day(fields, kBorn));
  SHOMEI_TRY(const auto sex, parse_sex(fields));
  SHOMEI_TRY(auto key, parse_key(fields));
  CardFace face{.born = std::move(born), .sex = sex, .key = std::move(key)};
  SHOMEI_CHECK(parse_images(fields, face));
  SHOMEI_TRY(face.valid_until, parse_day(fields, kValidUntil));
  SHOMEI_TRY(const auto signature, fields.value(kSignature));
  face.signature = to_bytes(signature);
  SHOMEI_TRY(face.digests, parse_digests(fields));
  return face;
}

}  // namespace shomei::card::contents
