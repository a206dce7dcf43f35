#include "journal/erase_person.h"

#include "crypto/random.h"

namespace shomei::journal {
namespace {

constexpr std::string_view kRule = "docs/flows/verify-the-journal.md: erasing a person";

bool may_be_used(const CertificateRecord& record, Instant now) {
  if (record.state == CertificateState::reserved) return true;
  return in_force(record) && record.not_after >= now;
}

// What a certificate in force was issued on is evidence that may be asked for.
Result<void> expect_nothing_in_force(Rows& rows, const ResidentId& resident, Instant now) {
  SHOMEI_TRY(const auto certificates, rows.certificates_of(resident));
  for (const auto& record : certificates)
    if (may_be_used(record, now))
      return refused("erase_certificate_in_force",
                     {{"serial", record.serial.hex()},
                      {"state", std::string(name(record.state))},
                      {"not_after", format_jst(record.not_after)}},
                     kRule);
  return {};
}

// A part that says nothing has nothing to forget; that of an erasure is one.
Result<bool> says_something(Rows& rows, std::uint64_t sequence) {
  SHOMEI_TRY(const auto stored, rows.find_entry(sequence));
  if (!stored) return internal("journal_entry_missing", {{"sequence", std::to_string(sequence)}});
  const auto& part = stored->parts[static_cast<std::size_t>(PartKind::person)];
  return part && part->body != encode_fields({});
}

Result<std::uint64_t> erase_parts(Rows& rows, const ResidentId& resident) {
  SHOMEI_TRY(const auto sequences, rows.entries_of_resident(resident));
  std::uint64_t erased = 0;
  for (const auto sequence : sequences) {
    SHOMEI_TRY(const bool says, says_something(rows, sequence));
    if (!says) continue;
    SHOMEI_CHECK(rows.erase_person_part(sequence));
    ++erased;
  }
  return erased;
}

}  // namespace

Result<Erased> erase_person(const Journal& journal, const ResidentId& resident, Fields officer) {
  SHOMEI_TRY(auto transaction, journal.begin());
  SHOMEI_CHECK(expect_nothing_in_force(transaction.rows(), resident, journal.clock().now()));
  SHOMEI_TRY(const auto erased, erase_parts(transaction.rows(), resident));
  if (erased == 0) return not_found("erase_nothing_left", {{"resident", resident.text()}});
  Draft draft{.act = crypto::ordered_identifier<ActId>(), .officer = std::move(officer), .about = resident};
  draft.officer.insert_or_assign(std::string(field::kAct), to_bytes("erase_person"));
  draft.officer.insert_or_assign(std::string(field::kErased), to_bytes(std::to_string(erased)));
  SHOMEI_CHECK(transaction.append(draft));
  SHOMEI_CHECK(transaction.commit());
  SHOMEI_CHECK(journal.scrub());
  return Erased{draft.act, erased};
}

}  // namespace shomei::journal
