#include "officers/admission.h"

#include <algorithm>
#include <array>

#include "crypto/random.h"
#include "officers/forbidden.h"

namespace shomei::officers {
namespace {

constexpr std::string_view kAppoint = "appoint_officer";
constexpr int kStrangersAMinute = 60;
constexpr std::array<std::string_view, 3> kOfStrangers{"officer_not_appointed", "officer_unproven",
                                                       "credential_unknown"};

// The word of others, and the look of an auditor, are what broken glass waits for: it cannot stand for them.
bool may_break(std::string_view act) {
  return act != "approve" && act != "acknowledge";
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
  return look_at_reach(*appointment, officer.office, duty->reach);
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
