#include "der/time.h"
#include "pki/extension_list.h"
#include "pki/ocsp_oids.h"
#include "pki/ocsp_response.h"

namespace shomei::pki {
namespace {

constexpr std::size_t kCertificatesMax = 8;

Error bad(std::string_view what, std::string_view rule = "RFC 6960 4.2.1") {
  return malformed("ocsp_response_form", {{"what", std::string(what)}}, rule);
}

Result<Revoked> take_revoked(der::Reader& reader) {
  SHOMEI_TRY(auto content, reader.enter(der::context_constructed(1)));
  Revoked revoked;
  SHOMEI_TRY(revoked.at, der::take_generalized_time(content));
  if (content.peek() == der::context_constructed(0)) {
    SHOMEI_TRY(auto wrapper, content.enter(der::context_constructed(0)));
    SHOMEI_TRY(const auto number, wrapper.take_enumerated());
    SHOMEI_CHECK(wrapper.expect_done());
    revoked.reason = revocation_reason_of(number);
    if (!revoked.reason) return bad("the reason number " + std::to_string(number) + " names none");
  }
  SHOMEI_CHECK(content.expect_done());
  return revoked;
}

Result<CertificateStatus> take_status(der::Reader& reader) {
  if (reader.peek() == der::context_constructed(1)) {
    SHOMEI_TRY(const auto revoked, take_revoked(reader));
    return CertificateStatus(revoked);
  }
  SHOMEI_TRY(const auto value, reader.take());
  if (!value.content.empty()) return bad("a status has bytes where it has none");
  if (value.tag == der::context(0)) return CertificateStatus(Good{});
  if (value.tag == der::context(2)) return CertificateStatus(Unknown{});
  return bad("a status is neither good, revoked nor unknown");
}

Result<std::vector<Extension>> take_wrapped_extensions(der::Reader& reader) {
  if (reader.peek() != der::context_constructed(1)) return std::vector<Extension>{};
  SHOMEI_TRY(auto wrapper, reader.enter(der::context_constructed(1)));
  SHOMEI_TRY(auto extensions, take_extension_list(wrapper));
  SHOMEI_CHECK(wrapper.expect_done());
  return extensions;
}

Error unknown_extension(const der::Oid& oid) {
  return bad("the critical extension " + oid.dotted() + " is not known", "RFC 6960 4.4");
}

Result<std::optional<Instant>> find_archive_cutoff(const std::vector<Extension>& extensions) {
  std::optional<Instant> cutoff;
  for (const auto& extension : extensions) {
    if (extension.id == ocsp_oid::kArchiveCutoff) {
      der::Reader value(extension.value);
      SHOMEI_TRY(cutoff, der::take_generalized_time(value));
      SHOMEI_CHECK(value.expect_done());
    } else if (extension.critical) {
      return unknown_extension(extension.id);
    }
  }
  return cutoff;
}

Result<SingleResponse> take_single(der::Reader& list) {
  SHOMEI_TRY(auto reader, list.enter(der::kSequence));
  SingleResponse single;
  SHOMEI_TRY(single.id, take_cert_id(reader));
  SHOMEI_TRY(single.status, take_status(reader));
  SHOMEI_TRY(single.this_update, der::take_generalized_time(reader));
  if (reader.peek() == der::context_constructed(0)) {
    SHOMEI_TRY(auto wrapper, reader.enter(der::context_constructed(0)));
    SHOMEI_TRY(single.next_update, der::take_generalized_time(wrapper));
    SHOMEI_CHECK(wrapper.expect_done());
  }
  SHOMEI_TRY(const auto extensions, take_wrapped_extensions(reader));
  SHOMEI_TRY(single.archive_cutoff, find_archive_cutoff(extensions));
  SHOMEI_CHECK(reader.expect_done());
  return single;
}

Result<std::variant<ResponderByKey, ResponderByName>> take_responder(der::Reader& reader) {
  using Responder = std::variant<ResponderByKey, ResponderByName>;
  if (reader.peek() == der::context_constructed(1)) {
    SHOMEI_TRY(auto wrapper, reader.enter(der::context_constructed(1)));
    SHOMEI_TRY(const auto name, wrapper.take(der::kSequence));
    SHOMEI_CHECK(wrapper.expect_done());
    return Responder(ResponderByName{to_bytes(name.whole)});
  }
  SHOMEI_TRY(auto wrapper, reader.enter(der::context_constructed(2)));
  SHOMEI_TRY(const auto key_hash, wrapper.take_octet_string());
  SHOMEI_CHECK(wrapper.expect_done());
  return Responder(ResponderByKey{to_bytes(key_hash)});
}

Result<std::optional<Bytes>> find_nonce(const std::vector<Extension>& extensions) {
  std::optional<Bytes> nonce;
  for (const auto& extension : extensions) {
    if (extension.id == ocsp_oid::kNonce) {
      der::Reader value(extension.value);
      SHOMEI_TRY(const auto octets, value.take_octet_string());
      SHOMEI_CHECK(value.expect_done());
      nonce = to_bytes(octets);
    } else if (extension.critical) {
      return unknown_extension(extension.id);
    }
  }
  return nonce;
}

Result<ResponseData> parse_response_data(ByteView der) {
  SHOMEI_TRY(auto reader, der::enter_single(der));
  ResponseData data;
  SHOMEI_TRY(data.responder, take_responder(reader));
  SHOMEI_TRY(data.produced_at, der::take_generalized_time(reader));
  SHOMEI_TRY(auto list, reader.enter(der::kSequence));
  while (!list.done()) {
    if (data.singles.size() == kOcspSinglesMax) return bad("it answers for more than 64 certificates");
    SHOMEI_TRY(auto single, take_single(list));
    data.singles.push_back(std::move(single));
  }
  if (data.singles.empty()) return bad("it answers for no certificate");
  SHOMEI_TRY(const auto extensions, take_wrapped_extensions(reader));
  SHOMEI_TRY(data.nonce, find_nonce(extensions));
  SHOMEI_CHECK(reader.expect_done());
  return data;
}

Result<std::vector<Bytes>> take_certificates(der::Reader& basic) {
  std::vector<Bytes> certificates;
  if (basic.done()) return certificates;
  SHOMEI_TRY(auto wrapper, basic.enter(der::context_constructed(0)));
  SHOMEI_TRY(auto list, wrapper.enter(der::kSequence));
  SHOMEI_CHECK(wrapper.expect_done());
  while (!list.done()) {
    if (certificates.size() == kCertificatesMax) return bad("it carries more than 8 certificates");
    SHOMEI_TRY(const auto certificate, list.take(der::kSequence));
    certificates.push_back(to_bytes(certificate.whole));
  }
  return certificates;
}

Result<BasicResponse> parse_basic(ByteView der) {
  SHOMEI_TRY(auto reader, der::enter_single(der));
  BasicResponse basic;
  SHOMEI_TRY(const auto tbs, reader.take(der::kSequence));
  basic.data_der = to_bytes(tbs.whole);
  SHOMEI_TRY(basic.algorithm, crypto::take_algorithm(reader));
  SHOMEI_TRY(const auto signature, reader.take_bit_string());
  basic.signature = to_bytes(signature);
  SHOMEI_TRY(basic.certificates, take_certificates(reader));
  SHOMEI_CHECK(reader.expect_done());
  SHOMEI_TRY(basic.data, parse_response_data(basic.data_der));
  return basic;
}

Result<OcspTrouble> trouble_of(std::uint8_t number) {
  for (const auto trouble : {OcspTrouble::malformed_request, OcspTrouble::internal_error,
                             OcspTrouble::try_later, OcspTrouble::sig_required, OcspTrouble::unauthorized})
    if (number == static_cast<std::uint8_t>(trouble)) return trouble;
  return bad("the response status " + std::to_string(number) + " is not known");
}

}  // namespace

Result<OcspResponse> parse_ocsp_response(ByteView der) {
  if (der.size() > kOcspResponseBytesMax) return bad("it has over 64 KiB", {});
  SHOMEI_TRY(auto outer, der::enter_single(der));
  SHOMEI_TRY(const auto status, outer.take_enumerated());
  if (status != 0) {
    SHOMEI_CHECK(outer.expect_done());
    SHOMEI_TRY(const auto trouble, trouble_of(status));
    return OcspResponse(trouble);
  }
  SHOMEI_TRY(auto wrapper, outer.enter(der::context_constructed(0)));
  SHOMEI_CHECK(outer.expect_done());
  SHOMEI_TRY(auto typed, wrapper.enter(der::kSequence));
  SHOMEI_CHECK(wrapper.expect_done());
  SHOMEI_TRY(const auto type, typed.take_oid());
  if (type != ocsp_oid::kBasicResponse) return bad("the response is not of the basic type");
  SHOMEI_TRY(const auto basic_der, typed.take_octet_string());
  SHOMEI_CHECK(typed.expect_done());
  SHOMEI_TRY(auto basic, parse_basic(basic_der));
  return OcspResponse(std::move(basic));
}

}  // namespace shomei::pki
