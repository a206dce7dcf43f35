// Admission: the one place where it is decided whether an officer may do an act. What it looks at stands in
// the journal (appointment.h, proposal.h) and in the table of duties; what it refuses leaves an entry there.
// Safe from several threads.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "journal/transaction.h"
#include "officers/appointment.h"
#include "officers/duties.h"
#include "officers/proposal.h"

namespace shomei::officers {

struct Settings {
  // false: whoever reaches a counter or its authority may do everything, as in a demo.
  bool required = false;
  std::chrono::hours proposals_live{24};
  // How many others must agree to an act, where that is not the number of the table.
  std::map<std::string, int, std::less<>> approvals = {};
};

class Admission {
 public:
  // The journal is borrowed.
  Admission(Settings settings, const journal::Journal& journal)
      : settings_(std::move(settings)), journal_(journal) {}

  const Settings& settings() const { return settings_; }
  int approvals_of(std::string_view act) const;  // 0 where no officers are required

  // Whether that officer may do the act. refused "officer_not_appointed", "officer_unproven",
  // "credential_unknown", "credential_expired", "credential_not_valid", "role_lacks_act",
  // "office_out_of_reach". The first officer of a home appoints themselves. Who breaks the glass is let
  // through, with an entry that says why.
  Result<void> admit(std::string_view act, const Officer& officer) const;

  // After admit(): whether the others have agreed to exactly this. The first time it is asked, it becomes a
  // proposal under the officer's request: refused "approval_needed" {request, act, needed, expires_at}. Then
  // refused "approval_missing" {request, given, needed} until they have; refused "proposal_expired",
  // "proposal_of_another" {officer}; conflict "request_differs". `summary` is for who agrees, and
  // has of people identifiers alone.
  Result<void> expect_agreed(std::string_view act, const Officer& officer, const crypto::Sha256& content,
                             std::string_view summary) const {
    return expect_agreed(act, officer, content, summary, officer);
  }
  // The same of what `proposer` wants and `doer` has come to do: who is refused, and who breaks the glass.
  // Nobody proposes in the name of another.
  Result<void> expect_agreed(std::string_view act, const Officer& proposer, const crypto::Sha256& content,
                             std::string_view summary, const Officer& doer) const;

  // The word of another officer. What admit() of "approve" and approve() of proposal.h say, where whoever
  // holds a key of the proposer's is the proposer; refused "office_out_of_reach" where the act goes further
  // than the appointment, "own_clerk" {officer}: of a clerk whom the same officer has appointed.
  Result<Proposal> approve(const Officer& officer, const RequestId& request) const;

 private:
  Result<void> look(journal::Rows& rows, std::string_view act, const Officer& officer) const;
  Result<void> look_at_credential(journal::Rows& rows, const Appointment& appointment,
                                  const Officer& officer) const;
  Result<void> look_for_agreement(std::string_view act, const Officer& proposer,
                                  const crypto::Sha256& content,
                                  const std::optional<Proposal>& proposal) const;
  Result<Proposal> try_to_approve(const Officer& officer, const RequestId& request) const;
  Result<void> look_at_approver(journal::Rows& rows, const Appointment& approver,
                                const Proposal& proposal) const;
  Result<void> propose_now(std::string_view act, const Officer& officer, const crypto::Sha256& content,
                           std::string_view summary) const;
  Result<void> break_glass(std::string_view act, const Officer& officer) const;
  Error recorded(std::string_view act, const Officer& officer, Error refusal) const;
  bool may_record(const Error& refusal) const;

  Settings settings_;
  const journal::Journal& journal_;
  // Of strangers, who would fill the journal otherwise.
  mutable std::mutex mutex_;
  mutable std::chrono::steady_clock::time_point minute_{};
  mutable int strangers_ = 0;
};

// Every breaking of glass that no auditor has acknowledged yet.
struct BrokenGlass {
  ActId act;
  InstantMs at;
  std::string officer, office, what, why;
};
Result<std::vector<BrokenGlass>> unacknowledged(journal::Rows& rows);
// not_found "glass_unknown" {act}: it was not broken, or is acknowledged.
Result<void> acknowledge(journal::Transaction& transaction, const ActId& act, journal::Fields by);

}  // namespace shomei::officers
