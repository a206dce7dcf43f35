#include "base/check.h"
#include "der/time.h"
#include "der/writer.h"
#include "pki/extension_list.h"
#include "pki/ocsp_oids.h"
#include "pki/ocsp_response.h"

namespace shomei::pki {
namespace {

Bytes encode_revoked(const Revoked& revoked) {
  Bytes reason;
  if (revoked.reason && *revoked.reason != RevocationReason::unspecified)
    reason = der::constructed(der::context_constructed(0),
                              {der::enumerated(static_cast<std::uint8_t>(*revoked.reason))});
  return der::constructed(der::context_constructed(1), {der::generalized_time(revoked.at), reason});
}

Bytes encode_status(const CertificateStatus& status) {
  if (const auto* revoked = std::get_if<Revoked>(&status)) return encode_revoked(*revoked);
  const bool good = std::holds_alternative<Good>(status);
  return der::encode(der::context(good ? 0 : 2), {});
}

Bytes encode_single(const SingleResponse& single) {
  Bytes next;
  if (single.next_update)
    next = der::constructed(der::context_constructed(0), {der::generalized_time(*single.next_update)});
  Bytes extensions;
  if (single.archive_cutoff)
    extensions = der::constructed(
        der::context_constructed(1),
        {der::sequence({encode_extension(
            {ocsp_oid::kArchiveCutoff, false, der::generalized_time(*single.archive_cutoff)})})});
  return der::sequence({single.id.der, encode_status(single.status),
                        der::generalized_time(single.this_update), next, extensions});
}

Bytes encode_responder(const std::variant<ResponderByKey, ResponderByName>& responder) {
  if (const auto* by_key = std::get_if<ResponderByKey>(&responder))
    return der::constructed(der::context_constructed(2), {der::octet_string(by_key->key_hash)});
  return der::constructed(der::context_constructed(1), {std::get<ResponderByName>(responder).name_der});
}

}  // namespace

Bytes encode_response_data(const ResponseData& data) {
  SHOMEI_INVARIANT(!data.singles.empty());
  Bytes singles;
  for (const auto& single : data.singles) append(singles, encode_single(single));
  Bytes extensions;
  if (data.nonce)
    extensions = der::constructed(
        der::context_constructed(1),
        {der::sequence({encode_extension({ocsp_oid::kNonce, false, der::octet_string(*data.nonce)})})});
  return der::sequence({encode_responder(data.responder), der::generalized_time(data.produced_at),
                        der::sequence({singles}), extensions});
}

Bytes encode_ocsp_response(ByteView response_data_der, crypto::SignatureAlgorithm algorithm,
                           ByteView signature, ByteView certificate_der) {
  const Bytes basic =
      der::sequence({response_data_der, crypto::encode_algorithm(algorithm), der::bit_string(signature),
                     der::constructed(der::context_constructed(0), {der::sequence({certificate_der})})});
  const Bytes response_bytes = der::sequence({der::oid(ocsp_oid::kBasicResponse), der::octet_string(basic)});
  return der::sequence({der::enumerated(0), der::constructed(der::context_constructed(0), {response_bytes})});
}

Bytes encode_ocsp_trouble(OcspTrouble trouble) {
  return der::sequence({der::enumerated(static_cast<std::uint8_t>(trouble))});
}

}  // namespace shomei::pki
