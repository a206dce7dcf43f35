#include "card/contents/rsa_key.h"

#include "card/contents/tlv.h"
#include "crypto/rsa.h"

namespace shomei::card::contents {
namespace {

constexpr Tag kExponent = 0x90;
constexpr Tag kModulus = 0x91;

}  // namespace

Bytes encode_rsa_key(const crypto::PublicKey& key) {
  return concatenate(
      {encode_object(kExponent, crypto::rsa_exponent(key)), encode_object(kModulus, key.modulus())});
}

Result<crypto::PublicKey> parse_rsa_key(ByteView bytes) {
  SHOMEI_TRY(const auto numbers, parse_objects(bytes));
  if (numbers.size() != 2 || numbers[0].tag != kExponent || numbers[1].tag != kModulus)
    return bad_content("a key is not an exponent and a modulus");
  return crypto::rsa_public_key(numbers[1].value, numbers[0].value);
}

}  // namespace shomei::card::contents
