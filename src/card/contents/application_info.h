// What the applications say about themselves: EF 0005 of the input helper, EF 0003 of the card face. Free to
// read, not signed. jpki-facts 1.7 knows four bytes and a key identifier; the rest is as test cards have it,
// and what it means is UNCONFIRMED.
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "card/contents/cv_certificate.h"

namespace shomei::card::contents {

// FF40{DF41 version, DF42 key identifier, DF43 128 bytes}.
struct InputInfo {
  ByteArray<4> version{0x01, 0x03, 0x0E, 0x01};
  KeyId key{};
  bool operator==(const InputInfo&) const = default;
};

// FF30{DF31 version, DF32 key identifier, DF33 01, DF34 municipality, DF35 key identifier and 256 bytes}.
struct FaceInfo {
  ByteArray<4> version{0x06, 0x03, 0x0E, 0x01};
  KeyId key{};
  std::string municipality;  // five digits
  bool operator==(const FaceInfo&) const = default;
};

Bytes encode_input_info(const InputInfo& info);
Bytes encode_face_info(const FaceInfo& info);
// malformed "card_content_form".
Result<InputInfo> parse_input_info(ByteView file);
Result<FaceInfo> parse_face_info(ByteView file);

}  // namespace shomei::card::contents
