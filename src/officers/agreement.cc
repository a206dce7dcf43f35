#include <algorithm>

#include "officers/admission.h"
#include "officers/appoints.h"
#include "officers/forbidden.h"

namespace shomei::officers {
namespace {

constexpr std::string_view kAppoint = "appoint_officer";
constexpr std::string_view kApprove = "approve";
// With fewer there is nobody who could agree.
constexpr std::size_t kKeyOfficersMin = 2;

// Those who can agree to an appointment, or make one.
Result<std::size_t> key_officers(journal::Rows& rows) {
  SHOMEI_TRY(const auto all, list_appointments(rows));
  return static_cast<std::size_t>(
      std::ranges::count_if(all, [](const auto& one) { return appoints_anybody(one); }));
}

// By which the officer has shown who they are; none where nobody has to show anything.
std::optional<crypto::Sha256> shown_key(const Officer& officer, const std::optional<Appointment>& as) {
  if (!officer.credential || !as) return std::nullopt;
  const auto found = std::ranges::find(as->credentials, *officer.credential, &Credential::certificate);
  return found == as->credentials.end() ? std::nullopt : std::optional{found->key};
}

Error missing(const RequestId& request, std::size_t given, int needed) {
  return forbidden(refused(
      "approval_missing",
      {{"request", request.text()}, {"given", std::to_string(given)}, {"needed", std::to_string(needed)}}));
}

}  // namespace

Result<void> Admission::expect_agreed(std::string_view act, const Officer& proposer,
                                      const crypto::Sha256& content, std::string_view summary,
                                      const Officer& doer) const {
  if (approvals_of(act) == 0 || !doer.break_glass.empty()) return {};
  SHOMEI_TRY(auto rows, journal_.read());
  if (act == kAppoint) {
    SHOMEI_TRY(const auto count, key_officers(*rows));
    if (count < kKeyOfficersMin) return {};
  }
  SHOMEI_TRY(const auto proposal, find_proposal(*rows, proposer.request));
  rows.reset();
  if (!proposal && doer.name == proposer.name) return propose_now(act, proposer, content, summary);
  auto agreed = look_for_agreement(act, proposer, content, proposal);
  if (agreed || agreed.error().fault != Fault::refused) return agreed;
  return recorded(act, doer, std::move(agreed).error());
}

Result<void> Admission::look_for_agreement(std::string_view act, const Officer& proposer,
                                           const crypto::Sha256& content,
                                           const std::optional<Proposal>& proposal) const {
  if (!proposal) return missing(proposer.request, 0, approvals_of(act));
  const auto request = proposal->request.text();
  if (proposal->act != act || proposal->content != content)
    return conflict("request_differs", {{"request", request}, {"act", proposal->act}});
  if (proposal->proposer != proposer.name)
    return forbidden(refused("proposal_of_another", {{"request", request}, {"officer", proposal->proposer}}));
  if (journal_.clock().now() >= proposal->expires_at)
    return forbidden(refused("proposal_expired",
                             {{"request", request}, {"expires_at", format_jst(proposal->expires_at)}}));
  // The number may have been raised since.
  const int needed = std::max(proposal->approvals_needed, approvals_of(act));
  if (static_cast<int>(proposal->approvers.size()) >= needed) return {};
  return missing(proposal->request, proposal->approvers.size(), needed);
}

Result<void> Admission::propose_now(std::string_view act, const Officer& officer,
                                    const crypto::Sha256& content, std::string_view summary) const {
  const Instant now = journal_.clock().now();
  SHOMEI_TRY(auto transaction, journal_.begin());
  SHOMEI_TRY(const auto appointment, find_appointment(transaction.rows(), officer.name));
  const Proposal proposal{.request = officer.request,
                          .act = std::string(act),
                          .content = content,
                          .summary = std::string(summary),
                          .proposer = officer.name,
                          .key = shown_key(officer, appointment),
                          .office = officer.office,
                          .approvals_needed = approvals_of(act),
                          .made_at = now,
                          .expires_at = now + settings_.proposals_live,
                          .approvers = {}};
  SHOMEI_CHECK(propose(transaction, proposal, fields_of(act, officer)));
  SHOMEI_CHECK(transaction.commit());
  return forbidden(refused("approval_needed", {{"request", officer.request.text()},
                                               {"act", std::string(act)},
                                               {"needed", std::to_string(proposal.approvals_needed)},
                                               {"expires_at", format_jst(proposal.expires_at)}}));
}

Result<Proposal> Admission::approve(const Officer& officer, const RequestId& request) const {
  SHOMEI_CHECK(admit(kApprove, officer));
  auto agreed = try_to_approve(officer, request);
  if (agreed || agreed.error().fault != Fault::refused) return agreed;
  return recorded(kApprove, officer, std::move(agreed).error());
}

Result<Proposal> Admission::try_to_approve(const Officer& officer, const RequestId& request) const {
  SHOMEI_TRY(auto transaction, journal_.begin());
  SHOMEI_TRY(const auto proposal, find_proposal(transaction.rows(), request));
  SHOMEI_TRY(const auto appointment, find_appointment(transaction.rows(), officer.name));
  // Once more, in the transaction: the officer may have been dismissed since.
  if (settings_.required) SHOMEI_CHECK(look(transaction.rows(), kApprove, officer));
  if (proposal && appointment && settings_.required)
    SHOMEI_CHECK(look_at_approver(transaction.rows(), *appointment, *proposal));
  auto agreed = officers::approve(transaction, request, {officer.name, shown_key(officer, appointment)},
                                  journal_.clock().now(), fields_of(kApprove, officer));
  if (!agreed) return agreed;
  SHOMEI_CHECK(transaction.commit());
  return agreed;
}

// Who agrees must reach as far as the act does, and be somebody else: neither the proposer under a name that
// has one of the proposer's keys, nor the one officer who says that the proposer is anybody. Of all other
// officers than clerks a second one has said so, once there were two key officers.
Result<void> Admission::look_at_approver(journal::Rows& rows, const Appointment& approver,
                                         const Proposal& proposal) const {
  const auto* duty = find_duty(proposal.act);
  SHOMEI_CHECK(look_at_reach(approver, proposal.office, duty ? duty->reach : Reach::everywhere));
  SHOMEI_TRY(const auto proposer, find_appointment(rows, proposal.proposer));
  bool same = proposal.key && approver.has_key(*proposal.key);
  if (proposer)
    same |= std::ranges::any_of(proposer->credentials,
                                [&](const Credential& one) { return approver.has_key(one.key); });
  if (same) return forbidden(refused("own_proposal", {{"officer", proposal.proposer}}));
  // While nobody says who that is, nobody agrees: a dismissed clerk could be appointed again afterwards.
  if (!proposer) return forbidden(refused("officer_not_appointed", {{"officer", proposal.proposer}}));
  if (is_clerk_alone(*proposer) && proposer->appointed_by == approver.name)
    return forbidden(refused("own_clerk", {{"officer", proposal.proposer}}));
  return {};
}

}  // namespace shomei::officers
