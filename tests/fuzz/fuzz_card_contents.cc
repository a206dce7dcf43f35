// Files of a foreign card: the first byte chooses the parser. What is accepted means the same when it is
// written and read again; what a signature is over is part of the file.
#include <cstdlib>

#include "card/contents/application_info.h"
#include "card/contents/attributes.h"
#include "card/contents/card_face.h"
#include "card/contents/card_keys.h"
#include "card/contents/common_record.h"
#include "card/contents/integrity_record.h"

using namespace shomei;
using namespace shomei::card::contents;

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

void number(ByteView file) {
  if (const auto digits = parse_number(file)) expect(parse_number(encode_number(*digits)) == *digits);
}
void attributes(ByteView file) {
  const auto parsed = parse_attributes(file);
  if (!parsed) return;
  expect(parse_attributes(encode_attributes(parsed->attributes))->attributes == parsed->attributes);
  expect(attributes_digest_input(file).has_value());
}
void integrity(ByteView file) {
  if (const auto record = parse_integrity_record(file)) expect(record->part.message.size() <= file.size());
}
void certificate(ByteView file) {
  const auto parsed = parse_cv_certificate(file);
  if (parsed) expect(parse_cv_certificate(encode_cv_certificate(*parsed)) == *parsed);
}
void info(ByteView file) {
  const auto face = parse_face_info(file);
  if (face) expect(parse_face_info(encode_face_info(*face)) == *face);
  const auto helper = parse_input_info(file);
  if (helper) expect(parse_input_info(encode_input_info(*helper)) == *helper);
}
void keys(ByteView file) {
  if (const auto key = parse_session_key(file)) expect(parse_session_key(encode_session_key(*key)) == *key);
  if (const auto key = parse_signed_key(file)) expect(key->part.message.size() <= file.size());
}
void records(ByteView file) {
  if (const auto age = parse_age_record(file)) expect(age->born.size() == 8);
  if (const auto image = parse_number_image(file)) expect(image->image.size() <= kImageBytesMax);
  const auto common = parse_common_record(file);
  if (common) expect(parse_common_record(encode_common_record(*common)) == *common);
}
void face(ByteView file) {
  const auto parsed = parse_card_face(file);
  if (!parsed) return;
  expect(parsed->digests.size() == 96);
  expect(parse_card_face(encode_card_face(*parsed))->photo == parsed->photo);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const ByteView file(data + 1, size - 1);
  static constexpr void (*kParsers[])(ByteView) = {number, attributes, integrity, certificate,
                                                   info,   keys,       records,   face};
  kParsers[data[0] % std::size(kParsers)](file);
  return 0;
}
