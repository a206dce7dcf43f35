#include "pki/ocsp_request.h"

#include "base/check.h"
#include "crypto/digest.h"
#include "der/writer.h"
#include "pki/extension_list.h"
#include "pki/ocsp_oids.h"

namespace shomei::pki {
namespace {

const der::Oid kSha1("1.3.14.3.2.26");
const der::Oid kSha256("2.16.840.1.101.3.4.2.1");

Error bad(std::string_view what, std::string_view rule) {
  return malformed("ocsp_request_form", {{"what", std::string(what)}}, rule);
}

// AlgorithmIdentifier of a digest; NULL parameters or none, both are sent.
Result<CertId::Hash> take_hash(der::Reader& reader) {
  SHOMEI_TRY(auto algorithm, reader.enter(der::kSequence));
  SHOMEI_TRY(const auto oid, algorithm.take_oid());
  const auto hash = oid == kSha1     ? CertId::Hash::sha1
                    : oid == kSha256 ? CertId::Hash::sha256
                                     : CertId::Hash::other;
  if (hash == CertId::Hash::other) return hash;  // its parameters are not ours to judge
  if (!algorithm.done()) SHOMEI_CHECK(algorithm.take_null());
  SHOMEI_CHECK(algorithm.expect_done());
  return hash;
}

bool may_be_critical_in_single(const der::Oid& oid) {
  return oid == ocsp_oid::kServiceLocator;
}

bool may_be_critical_in_request(const der::Oid& oid) {
  return oid == ocsp_oid::kNonce || oid == ocsp_oid::kAcceptableResponses ||
         oid == ocsp_oid::kPreferredAlgorithms;
}

Result<CertId> take_single(der::Reader& list) {
  SHOMEI_TRY(auto single, list.enter(der::kSequence));
  SHOMEI_TRY(auto id, take_cert_id(single));
  if (single.peek() == der::context_constructed(0)) {
    SHOMEI_TRY(auto wrapper, single.enter(der::context_constructed(0)));
    SHOMEI_TRY(const auto extensions, take_extension_list(wrapper));
    SHOMEI_CHECK(wrapper.expect_done());
    for (const auto& extension : extensions)
      if (extension.critical && !may_be_critical_in_single(extension.id))
        return bad("the critical extension " + extension.id.dotted() + " is not known", "RFC 6960 4.4");
  }
  SHOMEI_CHECK(single.expect_done());
  return id;
}

Result<Bytes> parse_nonce(ByteView value) {
  SHOMEI_TRY(const auto octets, der::parse_single(value));
  if (octets.tag != der::kOctetString) return bad("the nonce is not an OCTET STRING", "RFC 9654 2.1");
  if (octets.content.empty() || octets.content.size() > kOcspNonceBytesMax)
    return bad("the nonce does not have 1 to 128 bytes", "RFC 9654 2.1");
  return to_bytes(octets.content);
}

Result<std::optional<Bytes>> take_request_extensions(der::Reader& tbs) {
  std::optional<Bytes> nonce;
  if (tbs.peek() != der::context_constructed(2)) return nonce;
  SHOMEI_TRY(auto wrapper, tbs.enter(der::context_constructed(2)));
  SHOMEI_TRY(const auto extensions, take_extension_list(wrapper));
  SHOMEI_CHECK(wrapper.expect_done());
  for (const auto& extension : extensions) {
    if (extension.critical && !may_be_critical_in_request(extension.id))
      return bad("the critical extension " + extension.id.dotted() + " is not known", "RFC 6960 4.4");
    if (extension.id == ocsp_oid::kNonce) {
      SHOMEI_TRY(nonce, parse_nonce(extension.value));
    }
  }
  return nonce;
}

Result<void> take_version(der::Reader& tbs) {
  if (tbs.peek() != der::context_constructed(0)) return {};
  SHOMEI_TRY(auto wrapper, tbs.enter(der::context_constructed(0)));
  SHOMEI_TRY(const auto version, wrapper.take_integer());
  if (version != 0) return bad("it is not of version 1", "RFC 6960 4.1.1");
  return wrapper.expect_done();
}

Result<std::vector<CertId>> take_wanted(der::Reader& tbs) {
  SHOMEI_TRY(auto list, tbs.enter(der::kSequence));
  std::vector<CertId> wanted;
  while (!list.done()) {
    if (wanted.size() == kOcspSinglesMax) return bad("it asks for more than 64 certificates", {});
    SHOMEI_TRY(auto id, take_single(list));
    wanted.push_back(std::move(id));
  }
  if (wanted.empty()) return bad("it asks for no certificate", "RFC 6960 4.1.1");
  return wanted;
}

}  // namespace

Result<CertId> take_cert_id(der::Reader& reader) {
  SHOMEI_TRY(const auto value, reader.take(der::kSequence));
  der::Reader members(value.content);
  CertId id;
  SHOMEI_TRY(id.hash, take_hash(members));
  SHOMEI_TRY(const auto name_hash, members.take_octet_string());
  SHOMEI_TRY(const auto key_hash, members.take_octet_string());
  SHOMEI_TRY(id.serial, SerialNumber::take(members));
  SHOMEI_CHECK(members.expect_done());
  id.issuer_name_hash = to_bytes(name_hash);
  id.issuer_key_hash = to_bytes(key_hash);
  id.der = to_bytes(value.whole);
  return id;
}

Result<OcspRequest> parse_ocsp_request(ByteView der) {
  if (der.size() > kOcspRequestBytesMax) return bad("it has over 8 KiB", {});
  SHOMEI_TRY(auto outer, der::enter_single(der));
  SHOMEI_TRY(auto tbs, outer.enter(der::kSequence));
  SHOMEI_CHECK(outer.take_if(der::context_constructed(0)));  // optionalSignature
  SHOMEI_CHECK(outer.expect_done());
  SHOMEI_CHECK(take_version(tbs));
  SHOMEI_CHECK(tbs.take_if(der::context_constructed(1)));  // requestorName
  OcspRequest request;
  SHOMEI_TRY(request.wanted, take_wanted(tbs));
  SHOMEI_TRY(request.nonce, take_request_extensions(tbs));
  SHOMEI_CHECK(tbs.expect_done());
  return request;
}

CertId make_cert_id(CertId::Hash hash, ByteView issuer_name_der, ByteView issuer_key_bits,
                    const SerialNumber& serial) {
  SHOMEI_INVARIANT(hash != CertId::Hash::other);
  const bool old = hash == CertId::Hash::sha1;
  const auto digest = [&](ByteView bytes) {
    return old ? to_bytes(crypto::sha1(bytes)) : to_bytes(crypto::sha256(bytes));
  };
  CertId id{hash, digest(issuer_name_der), digest(issuer_key_bits), serial, {}};
  id.der = der::sequence({der::sequence({der::oid(old ? kSha1 : kSha256), der::null()}),
                          der::octet_string(id.issuer_name_hash), der::octet_string(id.issuer_key_hash),
                          serial.encode()});
  return id;
}

Bytes encode_ocsp_request(std::span<const CertId> wanted, const std::optional<Bytes>& nonce) {
  Bytes list;
  for (const auto& id : wanted) append(list, der::sequence({id.der}));
  Bytes extensions;
  if (nonce)
    extensions = der::constructed(
        der::context_constructed(2),
        {der::sequence({encode_extension({ocsp_oid::kNonce, false, der::octet_string(*nonce)})})});
  return der::sequence({der::sequence({der::sequence({list}), extensions})});
}

}  // namespace shomei::pki
