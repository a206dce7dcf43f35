#include "base/check.h"
#include "der/time.h"
#include "der/writer.h"
#include "pki/crl.h"
#include "pki/crl_oids.h"
#include "pki/extension_list.h"

namespace shomei::pki {
namespace {

// GeneralNames with one directoryName; Name is a CHOICE, so its tag [4] is explicit (RFC 5280 4.2.1.6).
Bytes directory_name(der::Tag general_names, ByteView name_der) {
  return der::constructed(general_names, {der::constructed(der::context_constructed(4), {name_der})});
}

Bytes encode_authority_key(const AuthorityKey& key) {
  Bytes content = der::encode(der::context(0), key.key_identifier);
  if (key.certificate) {
    append(content, directory_name(der::context_constructed(1), key.certificate->issuer_name_der));
    append(content, key.certificate->serial.encode(der::context(2)));
  }
  return der::sequence({content});
}

// DistributionPointName: a full name, which is GeneralNames.
Bytes encode_point_name(ByteView name_der) {
  return der::constructed(der::context_constructed(0),
                          {directory_name(der::context_constructed(0), name_der)});
}

Bytes encode_scope(const CrlScope& scope) {
  Bytes content;
  if (scope.point_name_der) append(content, encode_point_name(*scope.point_name_der));
  const Bytes yes{0xFF};
  if (scope.of == CrlScope::Of::users) append(content, der::encode(der::context(1), yes));
  if (scope.of == CrlScope::Of::authorities) append(content, der::encode(der::context(2), yes));
  return der::sequence({content});
}

Bytes encode_extensions(const CrlHead& head) {
  Bytes list;
  if (head.authority_key)
    append(list,
           encode_extension({crl_oid::kAuthorityKey, false, encode_authority_key(*head.authority_key)}));
  append(list, encode_extension({crl_oid::kNumber, false, der::integer_of_magnitude(head.number)}));
  if (head.delta_base)
    append(list,
           encode_extension({crl_oid::kDeltaIndicator, true, der::integer_of_magnitude(*head.delta_base)}));
  // RFC 5280 5.2.5: an issuingDistributionPoint that says nothing must not be there.
  if (head.scope && *head.scope != CrlScope{})
    append(list, encode_extension({crl_oid::kIssuingDistributionPoint, true, encode_scope(*head.scope)}));
  if (head.freshest_name_der) {
    const Bytes points = der::sequence({der::sequence({encode_point_name(*head.freshest_name_der)})});
    append(list, encode_extension({crl_oid::kFreshest, false, points}));
  }
  return der::constructed(der::context_constructed(0), {der::sequence({list})});
}

}  // namespace

Bytes crl_number(std::uint64_t number) {
  Bytes magnitude;
  append_u64(magnitude, number);
  while (magnitude.size() > 1 && magnitude.front() == 0) magnitude.erase(magnitude.begin());
  return magnitude;
}

std::optional<std::uint64_t> crl_counter(ByteView number) {
  if (number.size() > sizeof(std::uint64_t)) return std::nullopt;
  std::uint64_t value = 0;
  for (const std::uint8_t byte : number) value = value << 8 | byte;
  return value;
}

void append_entry(Bytes& to, const RevokedEntry& entry) {
  Bytes extensions;
  if (entry.reason && *entry.reason != RevocationReason::unspecified)
    append(extensions, encode_extension({crl_oid::kReason, false,
                                         der::enumerated(static_cast<std::uint8_t>(*entry.reason))}));
  if (entry.invalidity_at)
    append(extensions,
           encode_extension({crl_oid::kInvalidityDate, false, der::generalized_time(*entry.invalidity_at)}));
  append(to, der::sequence({entry.serial.encode(), der::time(entry.revoked_at),
                            extensions.empty() ? Bytes{} : der::sequence({extensions})}));
}

Bytes encode_tbs_crl(const CrlHead& head, ByteView entries) {
  SHOMEI_INVARIANT(head.this_update < head.next_update);
  SHOMEI_INVARIANT(!head.delta_base || !head.freshest_name_der);  // RFC 5280 5.2.6
  const Bytes before =
      concatenate({der::integer(1), crypto::encode_algorithm(head.algorithm), head.issuer_name_der,
                   der::time(head.this_update), der::time(head.next_update)});
  const Bytes extensions = encode_extensions(head);
  if (entries.empty()) return der::sequence({before, extensions});
  return der::sequence({before, der::encode(der::kSequence, entries), extensions});
}

Bytes encode_tbs_crl(const CrlHead& head, std::span<const RevokedEntry> entries) {
  Bytes encoded;
  for (const auto& entry : entries) append_entry(encoded, entry);
  return encode_tbs_crl(head, encoded);
}

}  // namespace shomei::pki
