// Life: everything that a journal has recorded of one certificate, in the order of the journal. Collected
// from status parts alone, so whoever may read no more than those can do it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/result.h"
#include "crypto/digest.h"
#include "journal/rows.h"
#include "journal/status_part.h"
#include "pki/revocation_reason.h"
#include "pki/serial_number.h"

namespace shomei::status {

// A certificate by the generation that issued it ("signature-1") and its number.
struct CertificateName {
  std::string authority;
  pki::SerialNumber serial;
  bool operator==(const CertificateName&) const = default;
};

enum class LifeEvent : std::uint8_t { issued, suspended, restored, revoked };
std::string_view name(LifeEvent event);  // "issued", ...
std::optional<LifeEvent> parse_life_event(std::string_view name);

struct Change {
  std::uint64_t sequence = 0;  // of the journal's entry
  InstantMs recorded_at;
  LifeEvent event{};
  Instant from;  // since when it counts: not_before of an issue
  // Of an issue:
  Instant not_after{};
  crypto::Sha256 certificate{};  // SHA-256 of its DER
  // Of a revocation:
  std::optional<pki::RevocationReason> reason = {};
  std::optional<Instant> invalidity_at = {};
  bool operator==(const Change&) const = default;
};

// What the entry's status part says of that certificate.
void append_changes(const journal::Entry& entry, const std::vector<journal::StatusChange>& part,
                    const CertificateName& of, std::vector<Change>& to);
// Whether it says anything of another certificate.
bool names_others(const std::vector<journal::StatusChange>& part, const CertificateName& of);
// The certificate of the authority that the part adds; null when it adds no such authority.
const Bytes* added_authority(const std::vector<journal::StatusChange>& part, std::string_view authority);

struct Life {
  std::uint64_t founded = 0;    // the entry that added the authority
  std::vector<Change> changes;  // empty: nothing was ever issued under that name
};

inline constexpr std::size_t kChangesMax = 1000;  // of one certificate

// Reads every status part of the journal, one behind the other, and holds each against its entry's
// commitment: as slow as the journal is long, in memory that does not grow with it. not_found
// "authority_unknown" {authority}; refused "status_part_untrue" {sequence}, "life_too_long" {serial, max};
// what the rows say.
Result<Life> walk_life(journal::Rows& rows, const CertificateName& of);

// The same, quickly, for who may read the certificate's row: every act that changes a certificate is recorded
// as being about its holder. What is found must end as the row says, else the journal is walked.
Result<Life> find_life(journal::Rows& rows, const journal::CertificateRecord& record);

}  // namespace shomei::status
