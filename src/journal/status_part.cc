#include "journal/status_part.h"

#include <algorithm>

#include "base/check.h"
#include "der/reader.h"
#include "der/time.h"
#include "der/writer.h"
#include "journal/part.h"
#include "pki/crl.h"

namespace shomei::journal {
namespace {

constexpr std::int64_t kVersion = 1;

Error bad(std::string_view what) {
  return malformed("part_form", {{"what", std::string(what)}});
}

// encode_members: the members of one change, behind one another. take: the same way back.

Bytes encode_members(const AuthorityAdded& c) {
  return concatenate({der::utf8_string(c.authority), der::octet_string(c.certificate)});
}
Bytes encode_members(const SerialReserved& c) {
  return concatenate({der::utf8_string(c.authority), c.serial.encode()});
}
Bytes encode_members(const CertificateIssued& c) {
  return concatenate({der::utf8_string(c.authority), c.serial.encode(), der::generalized_time(c.not_before),
                      der::generalized_time(c.not_after), der::utf8_string(c.partition),
                      der::octet_string(c.certificate)});
}
Bytes encode_members(const CertificateRevoked& c) {
  const Bytes invalidity =
      c.invalidity_at ? der::generalized_time(*c.invalidity_at, der::context(0)) : Bytes{};
  return concatenate({der::utf8_string(c.authority), c.serial.encode(), der::generalized_time(c.revoked_at),
                      der::enumerated(static_cast<std::uint8_t>(c.reason)), invalidity});
}
Bytes encode_members(const CertificateSuspended& c) {
  return concatenate(
      {der::utf8_string(c.authority), c.serial.encode(), der::generalized_time(c.suspended_at)});
}
Bytes encode_members(const CertificateRestored& c) {
  return concatenate(
      {der::utf8_string(c.authority), c.serial.encode(), der::generalized_time(c.restored_at)});
}
Bytes encode_members(const CrlPublished& c) {
  SHOMEI_INVARIANT(c.number <= static_cast<std::uint64_t>(INT64_MAX));
  const Bytes partition =
      c.partition.empty() ? Bytes{} : der::encode(der::context(0), to_bytes(std::string_view(c.partition)));
  const Bytes base = c.base ? der::integer_of_magnitude(pki::crl_number(*c.base), der::context(1)) : Bytes{};
  return concatenate({der::utf8_string(c.authority), der::integer(static_cast<std::int64_t>(c.number)),
                      der::generalized_time(c.this_update), der::generalized_time(c.next_update),
                      der::octet_string(c.crl), partition, base});
}

Result<std::string> take_text(der::Reader& r) {
  if (r.peek() != der::kUtf8String) return bad("a name is not a UTF8String");
  return r.take_string();
}

Result<crypto::Sha256> take_digest(der::Reader& r) {
  SHOMEI_TRY(const auto bytes, r.take_octet_string());
  crypto::Sha256 digest{};
  if (bytes.size() != digest.size()) return bad("a digest is not of 32 bytes");
  std::ranges::copy(bytes, digest.begin());
  return digest;
}

Result<pki::RevocationReason> take_reason(der::Reader& r) {
  SHOMEI_TRY(const auto number, r.take_enumerated());
  const auto reason = pki::revocation_reason_of(number);
  if (!reason) return bad("there is no such reason");
  return *reason;
}

Result<StatusChange> take_authority_added(der::Reader& r) {
  AuthorityAdded c;
  SHOMEI_TRY(c.authority, take_text(r));
  SHOMEI_TRY(const auto certificate, r.take_octet_string());
  c.certificate = to_bytes(certificate);
  return StatusChange{std::move(c)};
}

Result<StatusChange> take_serial_reserved(der::Reader& r) {
  SerialReserved c;
  SHOMEI_TRY(c.authority, take_text(r));
  SHOMEI_TRY(c.serial, pki::SerialNumber::take(r));
  return StatusChange{std::move(c)};
}

Result<StatusChange> take_certificate_issued(der::Reader& r) {
  CertificateIssued c;
  SHOMEI_TRY(c.authority, take_text(r));
  SHOMEI_TRY(c.serial, pki::SerialNumber::take(r));
  SHOMEI_TRY(c.not_before, der::take_generalized_time(r));
  SHOMEI_TRY(c.not_after, der::take_generalized_time(r));
  SHOMEI_TRY(c.partition, take_text(r));
  SHOMEI_TRY(c.certificate, take_digest(r));
  return StatusChange{std::move(c)};
}

Result<StatusChange> take_certificate_revoked(der::Reader& r) {
  CertificateRevoked c;
  SHOMEI_TRY(c.authority, take_text(r));
  SHOMEI_TRY(c.serial, pki::SerialNumber::take(r));
  SHOMEI_TRY(c.revoked_at, der::take_generalized_time(r));
  SHOMEI_TRY(c.reason, take_reason(r));
  if (!r.done()) {
    SHOMEI_TRY(c.invalidity_at, der::take_generalized_time(r, der::context(0)));
  }
  return StatusChange{std::move(c)};
}

Result<StatusChange> take_certificate_suspended(der::Reader& r) {
  CertificateSuspended c;
  SHOMEI_TRY(c.authority, take_text(r));
  SHOMEI_TRY(c.serial, pki::SerialNumber::take(r));
  SHOMEI_TRY(c.suspended_at, der::take_generalized_time(r));
  return StatusChange{std::move(c)};
}

Result<StatusChange> take_certificate_restored(der::Reader& r) {
  CertificateRestored c;
  SHOMEI_TRY(c.authority, take_text(r));
  SHOMEI_TRY(c.serial, pki::SerialNumber::take(r));
  SHOMEI_TRY(c.restored_at, der::take_generalized_time(r));
  return StatusChange{std::move(c)};
}

Result<StatusChange> take_crl_published(der::Reader& r) {
  CrlPublished c;
  SHOMEI_TRY(c.authority, take_text(r));
  SHOMEI_TRY(const auto number, r.take_integer());
  if (number < 0) return bad("a list's number is negative");
  c.number = static_cast<std::uint64_t>(number);
  SHOMEI_TRY(c.this_update, der::take_generalized_time(r));
  SHOMEI_TRY(c.next_update, der::take_generalized_time(r));
  SHOMEI_TRY(c.crl, take_digest(r));
  SHOMEI_TRY(const auto partition, r.take_if(der::context(0)));
  if (partition) {
    c.partition = to_text(partition->content);
    if (!names_partition(c.partition)) return bad("a list is of no partition");
  }
  if (r.peek() == der::context(1)) {
    SHOMEI_TRY(const auto base, r.take_magnitude(der::context(1)));
    c.base = pki::crl_counter(base);
    if (!c.base) return bad("a list's number is too large");
  }
  return StatusChange{std::move(c)};
}

// In the order of StatusChange's alternatives: the index is the tag's number, and can never change.
constexpr std::array kTakes{take_authority_added,     take_serial_reserved,       take_certificate_issued,
                            take_certificate_revoked, take_certificate_suspended, take_certificate_restored,
                            take_crl_published};
static_assert(kTakes.size() == std::variant_size_v<StatusChange>);

Result<StatusChange> take_change(der::Reader& list) {
  for (std::size_t n = 0; n < kTakes.size(); ++n) {
    SHOMEI_TRY(const auto value, list.take_if(der::context_constructed(static_cast<std::uint8_t>(n))));
    if (!value) continue;
    der::Reader members(value->content);
    SHOMEI_TRY(auto change, kTakes[n](members));
    SHOMEI_CHECK(members.expect_done());
    return change;
  }
  return bad("there is no such change");
}

Result<std::vector<StatusChange>> take_changes(ByteView der) {
  if (der.size() > kPartBytesMax) return bad("it is too long");
  SHOMEI_TRY(auto reader, der::enter_single(der));
  SHOMEI_TRY(const auto version, reader.take_integer());
  if (version != kVersion) return bad("it is of version " + std::to_string(version));
  SHOMEI_TRY(auto list, reader.enter(der::kSequence));
  SHOMEI_CHECK(reader.expect_done());
  std::vector<StatusChange> changes;
  while (!list.done()) {
    SHOMEI_TRY(auto change, take_change(list));
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace

Bytes encode_status_part(const std::vector<StatusChange>& changes) {
  std::vector<Bytes> list;
  for (const auto& change : changes) {
    const auto tag = der::context_constructed(static_cast<std::uint8_t>(change.index()));
    list.push_back(der::encode(tag, std::visit([](const auto& c) { return encode_members(c); }, change)));
  }
  return der::sequence({der::integer(kVersion), der::sequence(list)});
}

Result<std::vector<StatusChange>> parse_status_part(ByteView der) {
  auto changes = take_changes(der);
  if (changes || changes.error().code == "part_form") return changes;
  if (changes.error().code == "serial_form") return bad("a serial number is zero or too long");
  return bad(changes.error().parameter("what"));
}

}  // namespace shomei::journal
