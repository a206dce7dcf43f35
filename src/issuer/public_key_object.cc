#include "issuer/public_key_object.h"

#include "card/issuer_tags.h"
#include "der/reader.h"
#include "der/writer.h"

namespace shomei::issuer {
namespace {

namespace tag = card::issuer_tag;

constexpr std::size_t kAnswerBytesMax = 1024;

Error bad(std::string_view what) {
  return malformed("card_key_form", {{"what", std::string(what)}});
}

// An object whose tag has two bytes: the second and the length are read as those of one byte are.
Result<ByteView> take_object(ByteView& rest, ByteView tag) {
  if (!starts_with(rest, tag)) return bad("an object is missing");
  der::Reader reader(rest.subspan(1));
  const auto object = reader.take();
  if (!object) return bad("a length");
  rest = reader.rest();
  return object->content;
}

// RFC 3279 2.3.1 and RFC 5480 2.1.1.1.
Bytes rsa_spki(ByteView modulus, ByteView exponent) {
  static const der::Oid kRsaEncryption("1.2.840.113549.1.1.1");
  const Bytes key = der::sequence({der::integer_of_magnitude(modulus), der::integer_of_magnitude(exponent)});
  return der::sequence({der::sequence({der::oid(kRsaEncryption), der::null()}), der::bit_string(key)});
}

Bytes p384_spki(ByteView point) {
  static const der::Oid kEcPublicKey("1.2.840.10045.2.1"), kP384("1.3.132.0.34");
  return der::sequence({der::sequence({der::oid(kEcPublicKey), der::oid(kP384)}), der::bit_string(point)});
}

Result<Bytes> spki_of(ByteView key) {
  der::Reader members(key);
  SHOMEI_TRY(const auto point, members.take_if(tag::kPoint));
  if (point) {
    SHOMEI_CHECK(members.expect_done());
    return p384_spki(point->content);
  }
  SHOMEI_TRY(const auto modulus, members.take(tag::kModulus));
  SHOMEI_TRY(const auto exponent, members.take(tag::kExponent));
  SHOMEI_CHECK(members.expect_done());
  return rsa_spki(modulus.content, exponent.content);
}

}  // namespace

Result<MadeKey> parse_made_key(ByteView answer) {
  if (answer.size() > kAnswerBytesMax) return bad("too long");
  SHOMEI_TRY(const auto object, take_object(answer, tag::kPublicKey));
  SHOMEI_TRY(const auto signature, take_object(answer, tag::kAttestation));
  if (!answer.empty()) return bad("something behind the signature");
  const auto spki = spki_of(object);
  if (!spki) return bad("the numbers of the key");
  SHOMEI_TRY(auto key, crypto::PublicKey::parse(*spki));
  return MadeKey{std::move(key), to_bytes(signature)};
}

}  // namespace shomei::issuer
