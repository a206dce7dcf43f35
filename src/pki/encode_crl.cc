#include <algorithm>
#include <cstring>

#include "base/check.h"
#include "base/large_pages.h"
#include "der/header.h"
#include "der/time.h"
#include "der/writer.h"
#include "pki/crl.h"
#include "pki/crl_oids.h"
#include "pki/crl_writer.h"
#include "pki/extension_list.h"

namespace shomei::pki {
namespace {

// Headers are written for what is likely, and put right in the end; only where that takes another number of
// bytes is everything behind them moved.
constexpr std::size_t kLikelyEntryBytes = 45, kLikelySignatureBytes = 300;
// For the front, signatures of any key, and headers that grow.
constexpr std::size_t kRoom = 2'048;

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

EncodedEntry encode_entry(ByteView magnitude, Instant revoked_at, RevocationReason reason) {
  // Extensions, reasonCode, which is not critical; its number follows.
  constexpr ByteArray<13> kReasonCode{0x30, 0x0C, 0x30, 0x0A, 0x06, 0x03, 0x55,
                                      0x1D, 0x15, 0x04, 0x03, 0x0A, 0x01};
  EncodedEntry entry;
  const auto put = [&](ByteView bytes) {
    std::memcpy(entry.bytes.data() + entry.size, bytes.data(), bytes.size());
    entry.size += bytes.size();
  };
  const std::size_t sign_byte = magnitude.front() >> 7;
  SHOMEI_INVARIANT(magnitude.size() + sign_byte <= 20);  // RFC 5280 4.1.2.2
  entry.bytes = {der::kSequence, 0, der::kInteger, static_cast<std::uint8_t>(magnitude.size() + sign_byte),
                 0};
  entry.size = 4 + sign_byte;
  put(magnitude);
  put(der::encode_time(revoked_at).view());
  if (reason != RevocationReason::unspecified) {
    put(kReasonCode);
    entry.bytes[entry.size++] = static_cast<std::uint8_t>(reason);
  }
  entry.bytes[1] = static_cast<std::uint8_t>(entry.size - 2);
  return entry;
}

CrlWriter::CrlWriter(const CrlHead& head, std::size_t entries)
    : head_(concatenate({der::integer(1), crypto::encode_algorithm(head.algorithm), head.issuer_name_der,
                         der::time(head.this_update), der::time(head.next_update)})),
      extensions_(encode_extensions(head)),
      algorithm_(crypto::encode_algorithm(head.algorithm)) {
  SHOMEI_INVARIANT(head.this_update < head.next_update);
  SHOMEI_INVARIANT(!head.delta_base || !head.freshest_name_der);  // RFC 5280 5.2.6
  const std::size_t likely = entries * kLikelyEntryBytes;
  const std::size_t likely_tbs = head_.size() + likely + extensions_.size();
  der_.reserve(likely_tbs + entries * (kEntryBytesMax - kLikelyEntryBytes) + kRoom);
  prefer_large_pages(der_.data(), der_.capacity());
  outer_bytes_ = put(der::header(der::kSequence, likely_tbs + kLikelySignatureBytes));
  tbs_header_bytes_ = put(der::header(der::kSequence, likely_tbs));
  put(head_);
  entries_header_bytes_ = put(der::header(der::kSequence, likely));
}

std::size_t CrlWriter::put(ByteView bytes) {
  der_.insert(der_.end(), bytes.begin(), bytes.end());
  return bytes.size();
}

void CrlWriter::replace(std::size_t at, std::size_t& bytes, ByteView by) {
  const auto begin = der_.begin() + static_cast<std::ptrdiff_t>(at);
  const auto more = static_cast<std::ptrdiff_t>(by.size()) - static_cast<std::ptrdiff_t>(bytes);
  if (more > 0) der_.insert(begin, static_cast<std::size_t>(more), 0);
  if (more < 0) der_.erase(begin, begin - more);
  std::ranges::copy(by, der_.begin() + static_cast<std::ptrdiff_t>(at));
  bytes = by.size();
}

void CrlWriter::put_block() {
  put(ByteView(block_).first(block_bytes_));
  block_bytes_ = 0;
}

ByteView CrlWriter::finish_tbs() {
  put_block();
  const std::size_t header_at = outer_bytes_ + tbs_header_bytes_ + head_.size();
  const std::size_t entries = der_.size() - header_at - entries_header_bytes_;
  replace(header_at, entries_header_bytes_, entries == 0 ? Bytes{} : der::header(der::kSequence, entries));
  put(extensions_);
  const std::size_t tbs = der_.size() - outer_bytes_ - tbs_header_bytes_;
  replace(outer_bytes_, tbs_header_bytes_, der::header(der::kSequence, tbs));
  return ByteView(der_).subspan(outer_bytes_);
}

Bytes CrlWriter::finish(ByteView signature) && {
  put(algorithm_);
  put(der::bit_string(signature));
  replace(0, outer_bytes_, der::header(der::kSequence, der_.size() - outer_bytes_));
  return std::move(der_);
}

Bytes encode_tbs_crl(const CrlHead& head, ByteView entries) {
  CrlWriter writer(head, entries.size() / kEntryBytesMax + 1);
  writer.add(entries);
  return to_bytes(writer.finish_tbs());
}

Bytes encode_tbs_crl(const CrlHead& head, std::span<const RevokedEntry> entries) {
  Bytes encoded;
  for (const auto& entry : entries) append_entry(encoded, entry);
  return encode_tbs_crl(head, encoded);
}

}  // namespace shomei::pki
