#include "authority/publish_crl.h"

#include "crypto/random.h"
#include "pki/crl.h"
#include "pki/signed_object.h"

namespace shomei::authority {
namespace {

using journal::CertificateRecord;
using journal::CertificateState;
using pki::RevocationReason;

pki::RevokedEntry entry_of(const CertificateRecord& record) {
  pki::RevokedEntry entry{record.serial, record.revoked_at.value_or(record.not_before), record.reason,
                          std::nullopt};
  if (record.state == CertificateState::suspended) entry.reason = RevocationReason::certificate_hold;
  if (entry.reason == RevocationReason::unspecified) entry.reason.reset();  // RFC 5280 5.3.1: left out
  return entry;
}

// A certificate leaves the list when it has been out of date for as long as a list lives, so that the last
// list that was signed while it was in date has been followed by one that still shows it (RFC 5280 3.3).
bool stands_on_list(const CertificateRecord& record, Instant now, const CrlSettings& settings) {
  return record.not_after + settings.validity >= now;
}

Result<std::vector<pki::RevokedEntry>> revoked_now(journal::Rows& rows, const Authority& authority,
                                                   Instant now, const CrlSettings& settings) {
  std::vector<pki::RevokedEntry> entries;
  SHOMEI_CHECK(rows.each_revoked(authority.name(), [&](const CertificateRecord& record) {
    if (stands_on_list(record, now, settings)) entries.push_back(entry_of(record));
  }));
  return entries;
}

pki::CrlHead head_of(const Authority& authority, std::uint64_t number, Instant now,
                     const CrlSettings& settings) {
  const auto& tbs = authority.list_certificate().tbs;
  pki::CrlHead head;
  head.algorithm = authority.list_signer().algorithm();
  head.issuer_name_der = tbs.subject.der();
  head.this_update = now;
  head.next_update = now + settings.validity;
  // By key and by certificate: generations share a name, and so does a key for lists alone; a verifier must
  // find the right one
  // (jpki-facts 2.1).
  head.authority_key = pki::AuthorityKey{to_bytes(tbs.key.key_identifier()),
                                         pki::AuthorityKey::ByCertificate{tbs.issuer.der(), tbs.serial}};
  head.number = pki::crl_number(number);
  return head;
}

}  // namespace

Result<journal::CrlRecord> publish_crl(const Authority& authority, const CrlSettings& settings,
                                       journal::Journal& journal) {
  const Instant now = journal.clock().now();
  SHOMEI_CHECK(authority.expect_not_ended(now));
  SHOMEI_TRY(auto transaction, journal.begin());
  SHOMEI_TRY(const auto last, transaction.rows().latest_crl(authority.name()));
  SHOMEI_TRY(const auto entries, revoked_now(transaction.rows(), authority, now, settings));
  const auto head = head_of(authority, last ? last->number + 1 : 1, now, settings);
  const Bytes tbs = pki::encode_tbs_crl(head, entries);
  SHOMEI_TRY(const auto signature, authority.list_signer().sign(tbs));
  const journal::CrlRecord record{authority.name(), last ? last->number + 1 : 1, head.this_update,
                                  head.next_update, pki::assemble_signed(tbs, head.algorithm, signature)};
  SHOMEI_CHECK(pki::parse_crl(record.der));  // nobody gets a list that we could not read ourselves
  SHOMEI_CHECK(transaction.rows().insert(record));
  journal::Draft draft{.act = crypto::ordered_identifier<ActId>()};
  draft.status = {journal::CrlPublished{record.name, record.number, record.this_update,
                                        record.next_update, crypto::sha256(record.der)}};
  draft.officer = {{std::string(journal::field::kAct), to_bytes("publish_crl")},
                   {std::string(journal::field::kActor), to_bytes("system")}};
  SHOMEI_CHECK(transaction.append(draft));
  SHOMEI_CHECK(transaction.commit());
  return record;
}

Result<journal::CrlRecord> current_crl(const Authority& authority, const CrlSettings& settings,
                                       journal::Journal& journal) {
  const Instant now = journal.clock().now();
  SHOMEI_TRY(const auto rows, journal.read());
  SHOMEI_TRY(auto last, rows->latest_crl(authority.name()));
  if (last && last->this_update <= now && now < last->this_update + settings.validity / 2) {
    SHOMEI_TRY(const auto entries, revoked_now(*rows, authority, now, settings));
    SHOMEI_TRY(const auto listed, pki::parse_crl(last->der));
    const auto& wanted = head_of(authority, last->number, now, settings).authority_key;
    if (listed.entries == entries && listed.head.authority_key == wanted) return *std::move(last);
  }
  return publish_crl(authority, settings, journal);
}

}  // namespace shomei::authority
