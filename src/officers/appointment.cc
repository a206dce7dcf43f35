#include "officers/appointment.h"

#include <algorithm>
#include <set>

#include "base/check.h"
#include "crypto/random.h"
#include "officers/appoints.h"
#include "officers/books.h"

namespace shomei::officers {
namespace {

namespace field = journal::field;

constexpr std::string_view kEverywhere = "*";
constexpr std::string_view kDismissed = "dismissed";

std::vector<std::string_view> words_of(std::string_view text, char between) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const auto end = text.find(between);
    words.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return words;
}

// "SHA256 SHA256-of-key not-after", and behind it "authority serial" of a card's.
std::string line_of(const Credential& credential) {
  std::string line = to_hex_upper(credential.certificate) + " " + to_hex_upper(credential.key) + " " +
                     format_utc(credential.not_after);
  if (credential.serial) line += " " + credential.authority + " " + credential.serial->hex();
  return line;
}

Result<Credential> parse_credential(std::string_view line) {
  const auto words = words_of(line, ' ');
  if (words.size() != 3 && words.size() != 5)
    return unreadable_field("a credential has not three or five words");
  Credential credential;
  SHOMEI_TRY(credential.certificate, parse_digest(words[0]));
  SHOMEI_TRY(credential.key, parse_digest(words[1]));
  SHOMEI_TRY(credential.not_after, parse_instant(words[2]));
  if (words.size() == 3) return credential;
  credential.authority = words[3];
  SHOMEI_TRY(credential.serial, pki::SerialNumber::parse_hex(words[4]));
  return credential;
}

// Who acts over a network has behind the name what the listener knows of the counter; no name has that in it.
std::string name_in(std::string_view actor) {
  return std::string(actor.substr(0, actor.find(kVia)));
}

Result<ActId> append(journal::Transaction& transaction, std::string_view act, const std::string& officer,
                     journal::Fields fields) {
  say(fields, field::kAct, act);
  say(fields, field::kOfficer, officer);
  journal::Draft draft{.act = crypto::ordered_identifier<ActId>(),
                       .officer = std::move(fields),
                       .about = book_of_officer(officer)};
  SHOMEI_CHECK(transaction.append(draft));
  return draft.act;
}

}  // namespace

bool Appointment::is_for(const OfficeId& office) const {
  return everywhere() || std::ranges::find(offices, office) != offices.end();
}

bool Appointment::has_key(const crypto::Sha256& key) const {
  return std::ranges::find(credentials, key, &Credential::key) != credentials.end();
}

bool is_clerk_alone(const Appointment& appointment) {
  return appointment.roles == Roles{Role::counter_clerk} && !appointment.everywhere();
}

bool appoints_anybody(const Appointment& appointment) {
  return appointment.roles.has(Role::key_officer) && appointment.everywhere() &&
         !appointment.credentials.empty();
}

journal::Fields encode_appointment(const Appointment& appointment) {
  std::string offices, credentials;
  for (const auto& office : appointment.offices) offices += (offices.empty() ? "" : " ") + office.text();
  for (const auto& one : appointment.credentials)
    credentials += (credentials.empty() ? "" : "\n") + line_of(one);
  journal::Fields fields;
  say(fields, field::kOfficer, appointment.name);
  say(fields, field::kRoles, text(appointment.roles));
  say(fields, field::kOffices, appointment.everywhere() ? kEverywhere : offices);
  say(fields, field::kCredentials, credentials);
  return fields;
}

Result<Appointment> parse_appointment(const journal::Fields& fields) {
  Appointment appointment;
  appointment.name = journal::text(fields, field::kOfficer);
  appointment.appointed_by = name_in(journal::text(fields, field::kActor));
  auto roles = parse_roles(journal::text(fields, field::kRoles));
  if (!roles) return unreadable_field("the roles of an officer are unknown");
  appointment.roles = *roles;
  const auto offices = journal::text(fields, field::kOffices);
  if (offices.empty()) return unreadable_field("an officer has no office");
  if (offices != kEverywhere)
    for (const auto word : words_of(offices, ' ')) {
      SHOMEI_TRY(auto office, OfficeId::parse(word));
      appointment.offices.push_back(std::move(office));
    }
  const auto credentials = journal::text(fields, field::kCredentials);
  for (const auto line : words_of(credentials, '\n')) {
    SHOMEI_TRY(auto credential, parse_credential(line));
    appointment.credentials.push_back(std::move(credential));
  }
  return appointment;
}

Result<std::optional<Appointment>> find_appointment(journal::Rows& rows, const std::string& name) {
  std::optional<Appointment> standing;
  const auto take = [&](const BookEntry& entry) -> Result<void> {
    if (journal::text(entry.officer, field::kOfficer) != name) return {};
    if (journal::text(entry.officer, field::kRoles) == kDismissed) {
      standing.reset();
      return {};
    }
    SHOMEI_TRY(standing, parse_appointment(entry.officer));
    return {};
  };
  SHOMEI_CHECK(each_entry_of(rows, book_of_officer(name), take));
  return standing;
}

Result<std::vector<Appointment>> list_appointments(journal::Rows& rows) {
  std::vector<std::string> names;
  std::set<std::string> seen;
  const auto take = [&](const BookEntry& entry) -> Result<void> {
    auto name = journal::text(entry.officer, field::kOfficer);
    if (seen.insert(name).second) names.push_back(std::move(name));
    return {};
  };
  SHOMEI_CHECK(each_entry_of(rows, roll(), take));
  std::vector<Appointment> all;
  for (const auto& name : names) {
    SHOMEI_TRY(auto standing, find_appointment(rows, name));
    if (standing) all.push_back(*std::move(standing));
  }
  return all;
}

Result<std::optional<std::string>> find_holder(journal::Rows& rows, const crypto::Sha256& key) {
  SHOMEI_TRY(const auto all, list_appointments(rows));
  for (const auto& one : all)
    if (one.has_key(key)) return std::optional{one.name};
  return std::optional<std::string>{};
}

Result<Credential> credential_of(journal::Rows& rows, const pki::Certificate& certificate) {
  Credential credential{crypto::sha256(certificate.der), crypto::sha256(certificate.tbs.key.spki()),
                        certificate.tbs.not_after};
  SHOMEI_TRY(const auto records, rows.find_certificates(certificate.tbs.serial));
  for (const auto& record : records) {
    if (record.der != certificate.der) continue;
    credential.authority = record.authority;
    credential.serial = record.serial;
  }
  return credential;
}

// The roll gets an entry of its own, since an entry is found by one book alone.
Result<ActId> appoint(journal::Transaction& transaction, const Appointment& appointment, journal::Fields by) {
  auto enrolled = by;
  say(enrolled, field::kAct, "enter_on_roll");
  say(enrolled, field::kOfficer, appointment.name);
  const journal::Draft entry{
      .act = crypto::ordered_identifier<ActId>(), .officer = std::move(enrolled), .about = roll()};
  SHOMEI_CHECK(transaction.append(entry));
  for (auto& [name, value] : encode_appointment(appointment)) by.insert_or_assign(name, std::move(value));
  return append(transaction, is_clerk_alone(appointment) ? "appoint_clerk" : "appoint_officer",
                appointment.name, std::move(by));
}

Result<ActId> dismiss(journal::Transaction& transaction, const std::string& name, journal::Fields by) {
  SHOMEI_TRY(const auto standing, find_appointment(transaction.rows(), name));
  if (!standing) return not_found("officer_unknown", {{"officer", name}});
  say(by, field::kRoles, kDismissed);
  return append(transaction, "dismiss_officer", name, std::move(by));
}

}  // namespace shomei::officers
