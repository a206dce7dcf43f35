// The two small files of the card face. EF 0001, for who may know an age and no more:
// FF10{DF11 YYYYMMDD, DF12 card's key, DF13 signature}. EF 0005, the national number as a picture:
// FF40{DF41 PNG, DF42 card's key, DF43 signature}.
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "card/contents/signed_part.h"
#include "crypto/public_key.h"

namespace shomei::card::contents {

// A picture is not looked into: who shows it must take it as any foreign picture.
inline constexpr std::size_t kImageBytesMax = 32 * 1024;

struct AgeRecord {
  std::string born;  // YYYYMMDD; 00 or 0000 for a part that nobody knows
  crypto::PublicKey key;
  SignedPart part;
};

struct NumberImage {
  Bytes image;
  crypto::PublicKey key;
  SignedPart part;
};

Result<AgeRecord> make_age_record(const FileSigner& signer, std::string_view born,
                                  const crypto::PublicKey& card_key);
Bytes encode_age_record(const AgeRecord& record);
// malformed "card_content_form", "public_key_form".
Result<AgeRecord> parse_age_record(ByteView file);

Result<NumberImage> make_number_image(const FileSigner& signer, ByteView image,
                                      const crypto::PublicKey& card_key);
Bytes encode_number_image(const NumberImage& image);
Result<NumberImage> parse_number_image(ByteView file);

}  // namespace shomei::card::contents
