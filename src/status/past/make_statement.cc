#include "status/past/make_statement.h"

#include <algorithm>
#include <set>

#include "journal/receipt/make_receipt.h"
#include "pki/certificate.h"
#include "status/past/jws.h"

namespace shomei::status {
namespace {

constexpr auto kStatus = static_cast<std::size_t>(journal::PartKind::status);

Result<void> withhold_others(const CertificateName& of, journal::ReceiptEntry& entry) {
  auto& part = entry.parts[kStatus];
  if (!part) return {};
  SHOMEI_TRY(const auto changes, journal::parse_status_part(part->body));
  if (names_others(changes, of)) part.reset();
  return {};
}

Result<journal::Receipt> prove(journal::Rows& rows, const Life& life, const CertificateName& of,
                               const journal::VerifierKey& key, Disclosure disclosure) {
  std::set<std::uint64_t> sequences{life.founded};
  for (const auto& change : life.changes) sequences.insert(change.sequence);
  std::vector<journal::EntryWish> wishes;
  for (const auto sequence : sequences) wishes.push_back({sequence, {true, false, false}});
  SHOMEI_TRY(auto proof, journal::make_proof(rows, wishes, key));
  if (disclosure == Disclosure::all_parts) return proof;
  for (auto& entry : proof.entries) SHOMEI_CHECK(withhold_others(of, entry));
  return proof;
}

}  // namespace

Result<Instant> expect_past(journal::Rows& rows, Instant at, const Clock& clock) {
  SHOMEI_TRY(const auto head, rows.head());
  const auto now = std::max(clock.now(), std::chrono::floor<std::chrono::seconds>(head.last_recorded_at));
  if (now < at) return refused("instant_to_come", {{"at", format_jst(at)}, {"now", format_jst(now)}});
  return now;
}

Result<Statement> make_statement(journal::Rows& rows, const Life& life, const Question& question,
                                 const Clock& clock, const journal::VerifierKey& key, Disclosure disclosure) {
  SHOMEI_TRY(const auto now, expect_past(rows, question.at, clock));
  Statement statement{question.certificate, question.at, now, life.changes, {}};
  SHOMEI_TRY(statement.proof, prove(rows, life, question.certificate, key, disclosure));
  return statement;
}

Result<std::string> sign_statement(const Statement& statement, crypto::Signer& signer, ByteView certificate) {
  const auto& authority = statement.certificate.authority;
  SHOMEI_TRY(const auto parsed, pki::parse_certificate(certificate));
  if (!(parsed.tbs.key == signer.public_key()))
    return refused("status_delegate_unfit",
                   {{"authority", authority}, {"what", "its key is not the signer's"}}, "RFC 6960 4.2.2.2");
  if (statement.produced_at < parsed.tbs.not_before || parsed.tbs.not_after < statement.produced_at)
    return refused("status_delegate_out_of_days", {{"authority", authority}});
  return sign_jws(encode_statement(statement), kStatementType, certificate, signer);
}

}  // namespace shomei::status
