#include "card/contents/application_info.h"

#include <algorithm>

#include "card/contents/digits.h"
#include "card/contents/tlv.h"

namespace shomei::card::contents {
namespace {

constexpr Tag kInputHelper = 0xFF40;
constexpr Tag kInputHelperVersion = 0xDF41;
constexpr Tag kInputHelperKey = 0xDF42;
constexpr Tag kInputHelperRest = 0xDF43;
constexpr Tag kFace = 0xFF30;
constexpr Tag kFaceVersion = 0xDF31;
constexpr Tag kFaceKey = 0xDF32;
constexpr Tag kFaceFormat = 0xDF33;
constexpr Tag kFaceMunicipality = 0xDF34;
constexpr Tag kFaceRest = 0xDF35;
constexpr std::uint8_t kFormat = 0x01;
// Unknown to everyone: filled with what an unwritten memory holds.
constexpr std::size_t kInputHelperRestBytes = 128;
constexpr std::size_t kFaceRestBytes = 256;
constexpr std::uint8_t kUnwritten = 0xFF;

template <std::size_t N>
Result<ByteArray<N>> parse_bytes(const Fields& fields, Tag tag) {
  SHOMEI_TRY(const auto value, fields.value(tag));
  ByteArray<N> bytes{};
  if (value.size() != N) return bad_content("a part of another length");
  std::ranges::copy(value, bytes.begin());
  return bytes;
}

}  // namespace

Bytes encode_input_info(const InputInfo& info) {
  return encode_object(
      kInputHelper,
      concatenate({encode_object(kInputHelperVersion, info.version), encode_object(kInputHelperKey, info.key),
                   encode_object(kInputHelperRest, Bytes(kInputHelperRestBytes, kUnwritten))}));
}

Bytes encode_face_info(const FaceInfo& info) {
  const Bytes rest = concatenate({info.key, Bytes(kFaceRestBytes, kUnwritten)});
  return encode_object(
      kFace, concatenate({encode_object(kFaceVersion, info.version), encode_object(kFaceKey, info.key),
                          encode_object(kFaceFormat, Bytes{kFormat}),
                          encode_object(kFaceMunicipality, view(info.municipality)),
                          encode_object(kFaceRest, rest)}));
}

Result<InputInfo> parse_input_info(ByteView file) {
  SHOMEI_TRY(const auto fields, Fields::parse(file, kInputHelper));
  InputInfo info;
  SHOMEI_TRY(info.version, parse_bytes<4>(fields, kInputHelperVersion));
  SHOMEI_TRY(info.key, parse_bytes<16>(fields, kInputHelperKey));
  return info;
}

Result<FaceInfo> parse_face_info(ByteView file) {
  SHOMEI_TRY(const auto fields, Fields::parse(file, kFace));
  FaceInfo info;
  SHOMEI_TRY(info.version, parse_bytes<4>(fields, kFaceVersion));
  SHOMEI_TRY(info.key, parse_bytes<16>(fields, kFaceKey));
  SHOMEI_TRY(const auto municipality, fields.value(kFaceMunicipality));
  SHOMEI_TRY(info.municipality, parse_digits(municipality, 5));
  return info;
}

}  // namespace shomei::card::contents
