#include "pki/request.h"

#include "der/writer.h"
#include "pki/signed_object.h"

namespace shomei::pki {
namespace {

constexpr std::size_t kRequestBytesMax = 4096;

const der::Oid& challenge_password() {
  static const der::Oid oid("1.2.840.113549.1.9.7");
  return oid;
}

Result<std::string> take_challenge(der::Reader& info) {
  SHOMEI_TRY(auto attributes, info.enter(der::context_constructed(0)));
  SHOMEI_TRY(auto attribute, attributes.enter(der::kSequence));
  SHOMEI_CHECK(attributes.expect_done());
  SHOMEI_TRY(const auto type, attribute.take_oid());
  SHOMEI_TRY(auto values, attribute.enter(der::kSet));
  SHOMEI_TRY(auto text, values.take_string());
  SHOMEI_CHECK(values.expect_done());
  if (type != challenge_password())
    return malformed("csr_form", {{"what", "an attribute other than the challenge"}}, "RFC 2986 4.1");
  return text;
}

}  // namespace

Bytes encode_request_info(const crypto::PublicKey& key, std::string_view challenge) {
  const Bytes attribute =
      der::sequence({der::oid(challenge_password()), der::set_of({der::utf8_string(challenge)})});
  return der::sequence({der::integer(0), der::sequence(std::initializer_list<ByteView>{}), key.spki(),
                        der::set_of({attribute}, der::context_constructed(0))});
}

namespace {

// The members of CertificationRequestInfo in front of the attributes.
Result<crypto::PublicKey> take_key(der::Reader& info) {
  SHOMEI_TRY(const auto version, info.take_integer());
  if (version != 0) return malformed("csr_form", {{"what", "it is not of version 1"}}, "RFC 2986 4.1");
  SHOMEI_CHECK(info.take(der::kSequence));  // the subject is the authority's to say
  SHOMEI_TRY(const auto spki, info.take(der::kSequence));
  return crypto::PublicKey::parse(spki.whole);
}

Result<SignedObject> take_frame(ByteView bytes) {
  if (bytes.size() > kRequestBytesMax) return malformed("csr_form", {{"what", "too long"}}, "RFC 2986 4.2");
  return parse_signed(bytes);
}

}  // namespace

Result<CertificationRequest> verify_request(ByteView bytes, std::string_view challenge) {
  SHOMEI_TRY(const auto parts, take_frame(bytes));
  SHOMEI_TRY(auto info, der::enter_single(parts.tbs));
  SHOMEI_TRY(auto key, take_key(info));
  SHOMEI_TRY(auto given, take_challenge(info));
  SHOMEI_CHECK(info.expect_done());
  if (given != challenge || !verify_signed(parts, key))
    return refused("possession_unproven", {}, "RFC 2986 3");
  return CertificationRequest{std::move(key), std::move(given)};
}

Result<crypto::PublicKey> verify_plain_request(ByteView bytes) {
  SHOMEI_TRY(const auto parts, take_frame(bytes));
  SHOMEI_TRY(auto info, der::enter_single(parts.tbs));
  SHOMEI_TRY(auto key, take_key(info));
  SHOMEI_CHECK(info.take(der::context_constructed(0)));
  SHOMEI_CHECK(info.expect_done());
  if (!verify_signed(parts, key)) return refused("possession_unproven", {}, "RFC 2986 3");
  return key;
}

}  // namespace shomei::pki
