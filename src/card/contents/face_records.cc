#include "card/contents/face_records.h"

#include "card/contents/digits.h"
#include "card/contents/rsa_key.h"
#include "card/contents/tlv.h"

namespace shomei::card::contents {
namespace {

// Both files are one value, the card's key and a signature over the two.
struct Tags {
  Tag file;
  Tag value;
  Tag key;
  Tag signature;
};

constexpr Tags kAge{0xFF10, 0xDF11, 0xDF12, 0xDF13};
constexpr Tags kNumber{0xFF40, 0xDF41, 0xDF42, 0xDF43};

struct Parsed {
  Bytes value;
  crypto::PublicKey key;
  SignedPart part;
};

Result<SignedPart> make(const Tags& tags, const FileSigner& signer, ByteView value,
                        const crypto::PublicKey& key) {
  return sign_part(
      signer, concatenate({encode_object(tags.value, value), encode_object(tags.key, encode_rsa_key(key))}));
}

Bytes encode(const Tags& tags, const SignedPart& part) {
  return encode_object(tags.file, concatenate({part.message, encode_object(tags.signature, part.signature)}));
}

Result<Parsed> parse(const Tags& tags, ByteView file) {
  SHOMEI_TRY(const auto fields, Fields::parse(file, tags.file));
  SHOMEI_TRY(const auto value, fields.value(tags.value));
  SHOMEI_TRY(const auto key_bytes, fields.value(tags.key));
  SHOMEI_TRY(auto key, parse_rsa_key(key_bytes));
  SHOMEI_TRY(auto message, fields.between(tags.value, tags.signature));
  SHOMEI_TRY(const auto signature, fields.value(tags.signature));
  return Parsed{to_bytes(value), std::move(key), {std::move(message), to_bytes(signature)}};
}

}  // namespace

Result<AgeRecord> make_age_record(const FileSigner& signer, std::string_view born,
                                  const crypto::PublicKey& card_key) {
  SHOMEI_TRY(auto part, make(kAge, signer, view(born), card_key));
  return AgeRecord{std::string(born), card_key, std::move(part)};
}

Bytes encode_age_record(const AgeRecord& record) {
  return encode(kAge, record.part);
}

Result<AgeRecord> parse_age_record(ByteView file) {
  SHOMEI_TRY(auto parsed, parse(kAge, file));
  SHOMEI_TRY(auto born, parse_digits(parsed.value, 8));
  return AgeRecord{std::move(born), std::move(parsed.key), std::move(parsed.part)};
}

Result<NumberImage> make_number_image(const FileSigner& signer, ByteView image,
                                      const crypto::PublicKey& card_key) {
  SHOMEI_TRY(auto part, make(kNumber, signer, image, card_key));
  return NumberImage{to_bytes(image), card_key, std::move(part)};
}

Bytes encode_number_image(const NumberImage& image) {
  return encode(kNumber, image.part);
}

Result<NumberImage> parse_number_image(ByteView file) {
  SHOMEI_TRY(auto parsed, parse(kNumber, file));
  if (parsed.value.size() > kImageBytesMax) return bad_content("a picture is too large");
  return NumberImage{std::move(parsed.value), std::move(parsed.key), std::move(parsed.part)};
}

}  // namespace shomei::card::contents
