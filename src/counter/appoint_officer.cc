#include "counter/appoint_officer.h"

#include <algorithm>

#include "counter/admit.h"
#include "counter/request.h"
#include "counter/traced.h"
#include "crypto/random.h"
#include "officers/appoints.h"
#include "pki/request.h"

namespace shomei::counter {
namespace {

using officers::Appointment;
using officers::Roles;

constexpr std::string_view kClerk = "appoint_clerk";
constexpr std::string_view kOfficer = "appoint_officer";
constexpr std::string_view kCertify = "certify_officer";

crypto::Sha256 content_of(std::string_view act, const Appointment& appointment) {
  return counter::content_of(
      {act, to_text(journal::encode_fields(officers::encode_appointment(appointment)))});
}

// A clerk who takes the place of somebody who is more is not a clerk's appointment.
std::string_view act_of(const Appointment& appointment, const std::optional<Appointment>& standing) {
  const bool clerk = is_clerk_alone(appointment) && (!standing || is_clerk_alone(*standing));
  return clerk ? kClerk : kOfficer;
}

// At every office for which the appointment is: who makes it must reach them all.
Result<void> admit_to_all(const Parts& parts, std::string_view act, const Officer& officer,
                          const Appointment& appointment) {
  SHOMEI_CHECK(admit(parts, act, officer));
  Officer there = officer;
  for (const auto& office : appointment.offices) {
    there.office = office;
    SHOMEI_CHECK(admit(parts, act, there));
  }
  return {};
}

// Whoever has a key has every certificate for it.
Result<void> expect_own_key(journal::Rows& rows, const std::string& name, const crypto::Sha256& key) {
  SHOMEI_TRY(const auto holder, officers::find_holder(rows, key));
  if (!holder || *holder == name) return {};
  return refused("credential_of_another", {{"officer", *holder}});
}

Result<void> expect_own_credentials(journal::Rows& rows, const Appointment& appointment, Instant now) {
  for (const auto& credential : appointment.credentials) {
    if (now > credential.not_after)
      return refused("credential_expired",
                     {{"officer", appointment.name}, {"not_after", format_jst(credential.not_after)}});
    SHOMEI_CHECK(expect_own_key(rows, appointment.name, credential.key));
  }
  return {};
}

// What was asked for was held against the table by how the officer stood then.
Result<void> expect_standing(journal::Rows& rows, const std::string& name,
                             const std::optional<Appointment>& standing) {
  SHOMEI_TRY(const auto now, officers::find_appointment(rows, name));
  if (now == standing) return {};
  return conflict("appointment_changed", {{"officer", name}});
}

Result<void> expect_not_the_last(journal::Rows& rows, const std::string& name) {
  SHOMEI_TRY(const auto all, officers::list_appointments(rows));
  const auto another = [&](const Appointment& one) { return one.name != name && appoints_anybody(one); };
  if (std::ranges::any_of(all, another)) return {};
  return refused("last_key_officer", {{"officer", name}});
}

// All that those who are asked to agree must see.
std::string summary_of(const Appointment& appointment) {
  std::string summary = appointment.name + ": " + text(appointment.roles) + " for";
  for (const auto& office : appointment.offices) summary += " " + office.text();
  if (appointment.everywhere()) summary += " *";
  for (const auto& one : appointment.credentials)
    summary += ", certificate " + to_hex_upper(one.certificate) + " of the key " + to_hex_upper(one.key) +
               " until " + format_jst(one.not_after);
  return summary;
}

// Whether the request was carried out before.
Result<bool> is_done(journal::Rows& rows, const Officer& officer, const crypto::Sha256& content) {
  SHOMEI_TRY(const auto first, rows.find_request(officer.request));
  if (first && first->content != content)
    return conflict("request_differs", {{"request", officer.request.text()}, {"act", first->act.text()}});
  return first.has_value();
}

Result<std::optional<Appointment>> standing_of(const Parts& parts, const std::string& name) {
  SHOMEI_TRY(const auto rows, parts.journal.read());
  return officers::find_appointment(*rows, name);
}

Result<void> expect_agreed(const Parts& parts, std::string_view act, const Officer& officer,
                           const crypto::Sha256& content, const std::string& summary) {
  return parts.admission ? parts.admission->expect_agreed(act, officer, content, summary) : Result<void>{};
}

// Taken in the transaction that does it; two that come together are one behind the other there.
template <class Do>
Result<void> once(const Parts& parts, const Officer& officer, const crypto::Sha256& content, const Do& act) {
  SHOMEI_TRY(auto transaction, parts.journal.begin());
  SHOMEI_TRY(const bool done, is_done(transaction.rows(), officer, content));
  if (done) return {};
  SHOMEI_TRY(const auto id, act(transaction));
  SHOMEI_CHECK(transaction.rows().insert({officer.request, id, content, to_bytes(officer.name)}));
  return transaction.commit();
}

Result<Appointment> appoint(const Parts& parts, std::string_view act, const Officer& officer,
                            const Appointment& appointment, const std::optional<Appointment>& standing) {
  SHOMEI_CHECK(admit_to_all(parts, act, officer, appointment));
  if (standing) SHOMEI_CHECK(admit_to_all(parts, act, officer, *standing));
  const auto content = content_of(act, appointment);
  SHOMEI_TRY(auto rows, parts.journal.read());
  SHOMEI_CHECK(expect_own_credentials(*rows, appointment, parts.journal.clock().now()));
  SHOMEI_TRY(const bool done, is_done(*rows, officer, content));
  rows.reset();
  if (done) return appointment;
  SHOMEI_CHECK(expect_agreed(parts, act, officer, content, summary_of(appointment)));
  const auto do_it = [&](journal::Transaction& transaction) -> Result<ActId> {
    SHOMEI_CHECK(expect_standing(transaction.rows(), appointment.name, standing));
    SHOMEI_CHECK(expect_own_credentials(transaction.rows(), appointment, parts.journal.clock().now()));
    if (standing && appoints_anybody(*standing) && !appoints_anybody(appointment))
      SHOMEI_CHECK(expect_not_the_last(transaction.rows(), appointment.name));
    return officers::appoint(transaction, appointment, officer_fields(act, officer));
  };
  SHOMEI_CHECK(once(parts, officer, content, do_it));
  return appointment;
}

Result<Appointment> dismiss(const Parts& parts, std::string_view act, const Officer& officer,
                            const Appointment& standing, const crypto::Sha256& content) {
  const auto& name = standing.name;
  SHOMEI_CHECK(admit_to_all(parts, act, officer, standing));
  SHOMEI_CHECK(expect_agreed(parts, act, officer, content, "dismissal of " + name));
  const auto do_it = [&](journal::Transaction& transaction) -> Result<ActId> {
    SHOMEI_CHECK(expect_standing(transaction.rows(), name, standing));
    SHOMEI_CHECK(expect_not_the_last(transaction.rows(), name));
    return officers::dismiss(transaction, name, officer_fields(act, officer));
  };
  SHOMEI_CHECK(once(parts, officer, content, do_it));
  return standing;
}

Result<pki::Certificate> certify(const Parts& parts, const Officer& officer, const KeyToCertify& wanted) {
  SHOMEI_TRY(const auto key, pki::verify_plain_request(wanted.pkcs10));
  const auto digest = crypto::sha256(key.spki());
  SHOMEI_TRY(auto rows, parts.journal.read());
  SHOMEI_CHECK(expect_own_key(*rows, wanted.officer, digest));
  rows.reset();
  SHOMEI_TRY(auto certificate, wanted.certify());
  journal::Draft draft{.act = crypto::ordered_identifier<ActId>(),
                       .officer = officer_fields(kCertify, officer)};
  const auto say = [&](std::string_view name, std::string_view text) {
    draft.officer.insert_or_assign(std::string(name), to_bytes(text));
  };
  say(journal::field::kOfficer, wanted.officer);
  say(journal::field::kKey, to_hex_upper(digest));
  say(journal::field::kCertified, to_hex_upper(crypto::sha256(certificate.der)));
  SHOMEI_TRY(auto transaction, parts.journal.begin());
  SHOMEI_CHECK(transaction.append(draft));
  SHOMEI_CHECK(transaction.commit());
  return certificate;
}

}  // namespace

Result<Appointment> appoint_officer(const Parts& parts, const Officer& officer,
                                    const Appointment& appointment) {
  SHOMEI_TRY(const auto standing, standing_of(parts, appointment.name));
  const auto act = act_of(appointment, standing);
  return traced(parts, act, officer, {}, appoint(parts, act, officer, appointment, standing));
}

Result<pki::Certificate> certify_officer(const Parts& parts, const Officer& officer,
                                         const KeyToCertify& wanted) {
  SHOMEI_CHECK(admit(parts, kCertify, officer));
  return traced(parts, kCertify, officer, {}, certify(parts, officer, wanted));
}

Result<Appointment> dismiss_officer(const Parts& parts, const Officer& officer, const std::string& name) {
  SHOMEI_TRY(const auto standing, standing_of(parts, name));
  const auto content = counter::content_of({"dismiss_officer", name});
  SHOMEI_TRY(auto rows, parts.journal.read());
  SHOMEI_TRY(const bool done, is_done(*rows, officer, content));
  rows.reset();
  if (!standing && done) return Appointment{name, Roles{}, {}, {}};
  if (!standing) return not_found("officer_unknown", {{"officer", name}});
  const auto act = act_of(*standing, standing);
  return traced(parts, act, officer, {}, dismiss(parts, act, officer, *standing, content));
}

}  // namespace shomei::counter
