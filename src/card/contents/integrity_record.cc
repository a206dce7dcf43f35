#include "card/contents/integrity_record.h"

#include <algorithm>

#include "card/contents/attributes.h"
#include "card/contents/tlv.h"

namespace shomei::card::contents {
namespace {

constexpr Tag kRecord = 0xFF30;
constexpr Tag kNumberDigest = 0xDF31;
constexpr Tag kAttributesDigest = 0xDF32;
constexpr Tag kSignature = 0xDF33;

Result<crypto::Sha256> parse_digest(const Fields& fields, Tag tag) {
  SHOMEI_TRY(const auto value, fields.value(tag));
  crypto::Sha256 digest{};
  if (value.size() != digest.size()) return bad_content("a digest is not of 32 bytes");
  std::ranges::copy(value, digest.begin());
  return digest;
}

Error changed(std::string_view file) {
  return refused("card_file_changed", {{"file", std::string(file)}});
}

}  // namespace

Result<void> IntegrityRecord::verify_number(ByteView number_file, const crypto::PublicKey& signer) const {
  if (crypto::sha256(number_file) != number) return changed("0001");
  return part.verify(signer);
}

Result<void> IntegrityRecord::verify_attributes(ByteView attributes_file,
                                                const crypto::PublicKey& signer) const {
  SHOMEI_TRY(const auto input, attributes_digest_input(attributes_file));
  if (crypto::sha256(input) != attributes) return changed("0002");
  return part.verify(signer);
}

Result<IntegrityRecord> make_integrity_record(const FileSigner& signer, ByteView number_file,
                                              ByteView attributes_file) {
  SHOMEI_TRY(const auto input, attributes_digest_input(attributes_file));
  IntegrityRecord record{crypto::sha256(number_file), crypto::sha256(input), {}};
  SHOMEI_TRY(record.part,
             sign_part(signer, concatenate({encode_object(kNumberDigest, record.number),
                                            encode_object(kAttributesDigest, record.attributes)})));
  return record;
}

Bytes encode_integrity_record(const IntegrityRecord& record) {
  return encode_object(kRecord,
                       concatenate({record.part.message, encode_object(kSignature, record.part.signature)}));
}

Result<IntegrityRecord> parse_integrity_record(ByteView file) {
  SHOMEI_TRY(const auto fields, Fields::parse(file, kRecord));
  IntegrityRecord record;
  SHOMEI_TRY(record.number, parse_digest(fields, kNumberDigest));
  SHOMEI_TRY(record.attributes, parse_digest(fields, kAttributesDigest));
  SHOMEI_TRY(const auto signature, fields.value(kSignature));
  SHOMEI_TRY(record.part.message, fields.between(kNumberDigest, kSignature));
  record.part.signature = to_bytes(signature);
  return record;
}

}  // namespace shomei::card::contents
