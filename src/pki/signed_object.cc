#include "pki/signed_object.h"

#include "der/reader.h"
#include "der/writer.h"

namespace shomei::pki {

Bytes assemble_signed(ByteView tbs, crypto::SignatureAlgorithm algorithm, ByteView signature) {
  return der::sequence({tbs, crypto::encode_algorithm(algorithm), der::bit_string(signature)});
}

Result<SignedObject> parse_signed(ByteView der) {
  SHOMEI_TRY(auto reader, der::enter_single(der));
  SignedObject object;
  SHOMEI_TRY(const auto tbs, reader.take(der::kSequence));
  object.tbs = tbs.whole;
  SHOMEI_TRY(object.algorithm, crypto::take_algorithm(reader));
  SHOMEI_TRY(object.signature, reader.take_bit_string());
  SHOMEI_CHECK(reader.expect_done());
  return object;
}

Result<void> verify_signed(const SignedObject& object, const crypto::PublicKey& key) {
  return key.verify(object.algorithm, object.tbs, object.signature);
}

}  // namespace shomei::pki
