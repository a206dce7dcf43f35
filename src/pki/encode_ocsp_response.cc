// Written from the end (der/back_writer.h): this is what a status service does all day.
#include "base/check.h"
#include "der/back_writer.h"
#include "der/time.h"
#include "der/writer.h"
#include "pki/ocsp_oids.h"
#include "pki/ocsp_response.h"

namespace shomei::pki {
namespace {

using der::BackWriter;

constexpr std::size_t kAroundBytes = 64;   // more than what is around signature and certificate
constexpr std::size_t kSingleBytes = 256;  // of a usual one
constexpr std::uint8_t kNoUnusedBits = 0;
constexpr std::uint8_t kSuccessful = 0;

// The one member of a list of extensions, not critical; its value was written since `end`.
void wrap_extension(BackWriter& to, const der::Oid& id, der::Tag list, std::size_t end) {
  to.wrap(der::kOctetString, end);
  to.value(der::kOid, id.content());
  to.wrap(der::kSequence, end);
  to.wrap(der::kSequence, end);
  to.wrap(list, end);
}

void put_status(BackWriter& to, const CertificateStatus& status) {
  const auto end = to.mark();
  const auto* revoked = std::get_if<Revoked>(&status);
  if (!revoked) return to.value(der::context(std::holds_alternative<Good>(status) ? 0 : 2), {});
  if (revoked->reason && *revoked->reason != RevocationReason::unspecified) {
    const std::uint8_t reason[] = {static_cast<std::uint8_t>(*revoked->reason)};
    to.value(der::kEnumerated, reason);
    to.wrap(der::context_constructed(0), end);
  }
  der::generalized_time(to, revoked->at);
  to.wrap(der::context_constructed(1), end);
}

void put_single(BackWriter& to, const SingleResponse& single) {
  const auto end = to.mark();
  if (single.archive_cutoff) {
    der::generalized_time(to, *single.archive_cutoff);
    wrap_extension(to, ocsp_oid::kArchiveCutoff, der::context_constructed(1), end);
  }
  if (single.next_update) {
    const auto behind = to.mark();
    der::generalized_time(to, *single.next_update);
    to.wrap(der::context_constructed(0), behind);
  }
  der::generalized_time(to, single.this_update);
  put_status(to, single.status);
  to.put(single.id.der);
  to.wrap(der::kSequence, end);
}

void put_responder(BackWriter& to, const std::variant<ResponderByKey, ResponderByName>& responder) {
  const auto end = to.mark();
  if (const auto* by_key = std::get_if<ResponderByKey>(&responder)) {
    to.value(der::kOctetString, by_key->key_hash);
    return to.wrap(der::context_constructed(2), end);
  }
  to.put(std::get<ResponderByName>(responder).name_der);
  to.wrap(der::context_constructed(1), end);
}

}  // namespace

Bytes encode_response_data(const ResponseData& data) {
  SHOMEI_INVARIANT(!data.singles.empty());
  BackWriter to(kSingleBytes * (data.singles.size() + 1));
  const auto end = to.mark();
  if (data.nonce) {
    to.value(der::kOctetString, *data.nonce);
    wrap_extension(to, ocsp_oid::kNonce, der::context_constructed(1), end);
  }
  const auto behind = to.mark();
  for (auto single = data.singles.rbegin(); single != data.singles.rend(); ++single) put_single(to, *single);
  to.wrap(der::kSequence, behind);
  der::generalized_time(to, data.produced_at);
  put_responder(to, data.responder);
  to.wrap(der::kSequence, end);
  return std::move(to).take();
}

Bytes encode_ocsp_response(ByteView response_data_der, crypto::SignatureAlgorithm algorithm,
                           ByteView signature, ByteView certificate_der) {
  const auto& algorithm_der = crypto::encode_algorithm(algorithm);
  BackWriter to(response_data_der.size() + algorithm_der.size() + signature.size() + certificate_der.size() +
                kAroundBytes);
  const auto end = to.mark();
  to.put(certificate_der);
  to.wrap(der::kSequence, end);
  to.wrap(der::context_constructed(0), end);
  const auto behind = to.mark();
  to.put(signature);
  to.put(kNoUnusedBits);
  to.wrap(der::kBitString, behind);
  to.put(algorithm_der);
  to.put(response_data_der);
  to.wrap(der::kSequence, end);
  to.wrap(der::kOctetString, end);
  to.value(der::kOid, ocsp_oid::kBasicResponse.content());
  to.wrap(der::kSequence, end);
  to.wrap(der::context_constructed(0), end);
  const std::uint8_t status[] = {kSuccessful};
  to.value(der::kEnumerated, status);
  to.wrap(der::kSequence, end);
  return std::move(to).take();
}

Bytes encode_ocsp_trouble(OcspTrouble trouble) {
  return der::sequence({der::enumerated(static_cast<std::uint8_t>(trouble))});
}

}  // namespace shomei::pki
