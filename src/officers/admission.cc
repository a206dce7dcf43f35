#include "officers/admission.h"

#include <algorithm>
#include <array>

#include "crypto/random.h"
#include "officers/appoints.h"
#include "officers/books.h"

namespace shomei::officers {
namespace {

constexpr std::string_view kRule = "docs/officers.md";
constexpr std::string_view kAppoint = "appoint_officer";
// With fewer there is nobody who could agree.
constexpr std::size_t kKeyOfficersMin = 2;
constexpr int kStrangersAMinute = 60;
constexpr std::array<std::string_view, 3> kOfStrangers{"officer_not_appointed", "officer_unproven",
                                                       "credential_unknown"};

// `rule_id` tells whoever records refusals that this one is recorded.
Error forbidden(Error refusal) {
  refusal.rule = kRule;
  return std::move(refusal).with("rule_id", "duties");
}

Result<void> look_at_reach(const Appointment& appointment, const Officer& officer, const OfficeId& office,
                           Reach reach) {
  const bool reaches = reach == Reach::everywhere ? appointment.everywhere() : appointment.is_for(office);
  if (reaches) return {};
  return forbidden(
      refused("office_out_of_reach",
              {{"officer", officer.name}, {"office", reach == Reach::everywhere ? "*" : office.text()}}));
}

// The word of others, and the look of an auditor, are what broken glass waits for: it cannot stand for them.
bool may_break(std::string_view act) {
  return act != "approve" && act != "acknowledge";
}

// Those who can agree to an appointment, or make one.
Result<std::size_t> key_officers(journal::Rows& rows) {
  SHOMEI_TRY(const auto all, list_appointments(rows));
  return static_cast<std::size_t>(
      std::ranges::count_if(all, [](const auto& one) { return appoints_anybody(one); }));
}

}  // namespace

int Admission::approvals_of(std::string_view act) const {
  if (!settings_.required) return 0;
  if (const auto set = settings_.approvals.find(act); set != settings_.approvals.end()) return set->second;
  const auto* duty = find_duty(act);
  return duty ? duty->approvals : 0;
}

Result<void> Admission::admit(std::string_view act, const Officer& officer) const {
  if (!settings_.required) return {};
  if (!officer.break_glass.empty() && may_break(act)) return break_glass(act, officer);
  SHOMEI_TRY(auto rows, journal_.read());
  auto looked = look(*rows, act, officer);
  rows.reset();
  if (looked) return {};
  return recorded(act, officer, std::move(looked).error());
}

Result<void> Admission::look(journal::Rows& rows, std::string_view act, const Officer& officer) const {
  SHOMEI_TRY(const auto appointment, find_appointment(rows, officer.name));
  if (!appointment) {
    if (act == kAppoint) {
      SHOMEI_TRY(const auto all, list_appointments(rows));
      if (all.empty()) return {};
    }
    return forbidden(refused("officer_not_appointed", {{"officer", officer.name}}));
  }
  SHOMEI_CHECK(look_at_credential(rows, *appointment, officer));
  const auto* duty = find_duty(act);
  if (!duty || !duty->who.meets(appointment->roles))
    return forbidden(refused("role_lacks_act", {{"officer", officer.name},
                                                {"act", std::string(act)},
                                                {"roles", text(appointment->roles)},
                                                {"who", duty ? text(duty->who) : ""}}));
  return look_at_reach(*appointment, officer, officer.office, duty->reach);
}

Result<void> Admission::look_at_credential(journal::Rows& rows, const Appointment& appointment,
                                           const Officer& officer) const {
  if (!officer.credential) return forbidden(refused("officer_unproven", {{"officer", officer.name}}));
  const auto found =
      std::ranges::find(appointment.credentials, *officer.credential, &Credential::certificate);
  if (found == appointment.credentials.end())
    return forbidden(refused("credential_unknown", {{"officer", officer.name}}));
  if (journal_.clock().now() > found->not_after)
    return forbidden(refused("credential_expired",
                             {{"officer", officer.name}, {"not_after", format_jst(found->not_after)}}));
  if (!found->serial) return {};
  SHOMEI_TRY(const auto records, rows.find_certificates(*found->serial));
  const auto valid = [&](const journal::CertificateRecord& record) {
    return record.authority == found->authority && record.state == journal::CertificateState::valid;
  };
  if (std::ranges::any_of(records, valid)) return {};
  return forbidden(
      refused("credential_not_valid", {{"officer", officer.name}, {"serial", found->serial->hex()}}));
}

Result<void> Admission::expect_agreed(std::string_view act, const Officer& officer,
                                      const crypto::Sha256& content, std::string_view summary) const {
  if (approvals_of(act) == 0 || !officer.break_glass.empty()) return {};
  SHOMEI_TRY(auto rows, journal_.read());
  if (act == kAppoint) {
    SHOMEI_TRY(const auto count, key_officers(*rows));
    if (count < kKeyOfficersMin) return {};
  }
  bool is_new = false;
  auto agreed = look_for_agreement(*rows, act, officer, content, is_new);
  rows.reset();
  if (is_new) return propose_now(act, officer, content, summary);
  if (agreed || agreed.error().fault != Fault::refused) return agreed;
  return recorded(act, officer, std::move(agreed).error());
}

Result<void> Admission::look_for_agreement(journal::Rows& rows, std::string_view act, const Officer& officer,
                                           const crypto::Sha256& content, bool& is_new) const {
  const auto request = officer.request.text();
  SHOMEI_TRY(const auto proposal, find_proposal(rows, officer.request));
  is_new = !proposal;
  if (!proposal) return {};
  if (proposal->act != act || proposal->content != content)
    return conflict("request_differs", {{"request", request}, {"act", proposal->act}});
  if (proposal->proposer != officer.name)
    return forbidden(refused("proposal_of_another", {{"request", request}, {"officer", proposal->proposer}}));
  if (journal_.clock().now() >= proposal->expires_at)
    return forbidden(refused("proposal_expired",
                             {{"request", request}, {"expires_at", format_jst(proposal->expires_at)}}));
  // The number may have been raised since.
  const int needed = std::max(proposal->approvals_needed, approvals_of(act));
  if (static_cast<int>(proposal->approvers.size()) >= needed) return {};
  return forbidden(refused("approval_missing", {{"request", request},
                                                {"given", std::to_string(proposal->approvers.size())},
                                                {"needed", std::to_string(needed)}}));
}

Result<void> Admission::propose_now(std::string_view act, const Officer& officer,
                                    const crypto::Sha256& content, std::string_view summary) const {
  const Instant now = journal_.clock().now();
  const Proposal proposal{.request = officer.request,
                          .act = std::string(act),
                          .content = content,
                          .summary = std::string(summary),
                          .proposer = officer.name,
                          .office = officer.office,
                          .approvals_needed = approvals_of(act),
                          .made_at = now,
                          .expires_at = now + settings_.proposals_live,
                          .approvers = {}};
  SHOMEI_TRY(auto transaction, journal_.begin());
  SHOMEI_CHECK(propose(transaction, proposal, fields_of(act, officer)));
  SHOMEI_CHECK(transaction.commit());
  return forbidden(refused("approval_needed", {{"request", officer.request.text()},
                                               {"act", std::string(act)},
                                               {"needed", std::to_string(proposal.approvals_needed)},
                                               {"expires_at", format_jst(proposal.expires_at)}}));
}

Result<Proposal> Admission::approve(const Officer& officer, const RequestId& request) const {
  SHOMEI_CHECK(admit("approve", officer));
  auto agreed = try_to_approve(officer, request);
  if (agreed || agreed.error().fault != Fault::refused) return agreed;
  return recorded("approve", officer, std::move(agreed).error());
}

// Who agrees must reach as far as the act does.
Result<Proposal> Admission::try_to_approve(const Officer& officer, const RequestId& request) const {
  SHOMEI_TRY(auto transaction, journal_.begin());
  SHOMEI_TRY(const auto proposal, find_proposal(transaction.rows(), request));
  if (proposal && settings_.required) {
    const auto* duty = find_duty(proposal->act);
    SHOMEI_TRY(const auto appointment, find_appointment(transaction.rows(), officer.name));
    const auto reach = duty ? duty->reach : Reach::everywhere;
    // Whoever broke the glass may be nobody.
    if (appointment) SHOMEI_CHECK(look_at_reach(*appointment, officer, proposal->office, reach));
  }
  auto agreed = officers::approve(transaction, request, officer.name, journal_.clock().now(),
                                  fields_of("approve", officer));
  if (!agreed) return agreed;
  SHOMEI_CHECK(transaction.commit());
  return agreed;
}

bool Admission::may_record(const Error& refusal) const {
  if (std::ranges::find(kOfStrangers, refusal.code) == kOfStrangers.end()) return true;
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (now - minute_ > std::chrono::minutes{1}) {
    minute_ = now;
    strangers_ = 0;
  }
  return ++strangers_ <= kStrangersAMinute;
}

// What cannot be recorded is not said either: fail closed, with what stands in the way.
Error Admission::recorded(std::string_view act, const Officer& officer, Error refusal) const {
  if (refusal.fault != Fault::refused || !may_record(refusal)) return refusal;
  if (refusal.parameter("rule_id").empty()) refusal = std::move(refusal).with("rule_id", "duties");
  auto fields = fields_of(act, officer);
  fields.insert_or_assign(std::string(journal::field::kRefusal), to_bytes(refusal.code));
  const auto record = [&]() -> Result<void> {
    SHOMEI_TRY(auto transaction, journal_.begin());
    // In nobody's book: whoever asks in an officer's name would make that longer.
    SHOMEI_CHECK(
        transaction.append({.act = crypto::ordered_identifier<ActId>(), .officer = std::move(fields)}));
    return transaction.commit();
  };
  if (auto done = record(); !done) return std::move(done).error();
  return refusal;
}

}  // namespace shomei::officers
