// Appointment: who an officer is, what they were appointed to, and where. It stands in the journal alone, in
// the operator part of the act that made it; nothing else says who may do what.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "journal/transaction.h"
#include "officers/officer.h"
#include "officers/role.h"
#include "pki/certificate.h"

namespace shomei::officers {

// A certificate by whose key the officer shows who they are. Who has the key can have it certified again, so
// the key tells officers apart and not the certificate. Of a card of this authority, its authority and serial
// number too: it counts as long as that certificate is valid.
struct Credential {
  crypto::Sha256 certificate{};
  crypto::Sha256 key{};  // of its SubjectPublicKeyInfo
  Instant not_after;
  std::string authority = {};  // "user_authentication-1"
  std::optional<pki::SerialNumber> serial = {};
  bool operator==(const Credential&) const = default;
};

struct Appointment {
  std::string name;
  Roles roles;
  std::vector<OfficeId> offices;  // none: of all offices
  std::vector<Credential> credentials;
  std::string appointed_by = {};  // whoever did it; of one that stands
  bool has_key(const crypto::Sha256& key) const;
  bool everywhere() const { return offices.empty(); }
  bool is_for(const OfficeId& office) const;
  bool operator==(const Appointment&) const = default;
};

// Those whom nobody but a key officer may appoint.
bool is_clerk_alone(const Appointment& appointment);

journal::Fields encode_appointment(const Appointment& appointment);    // of the operator part
Result<Appointment> parse_appointment(const journal::Fields& fields);  // malformed "part_form"

// As it stands: what the last act said. None when there never was one, or the officer was dismissed.
Result<std::optional<Appointment>> find_appointment(journal::Rows& rows, const std::string& name);
// All that stand, in the order of their first appointment.
Result<std::vector<Appointment>> list_appointments(journal::Rows& rows);

// The name of whoever has that key among those who stand.
Result<std::optional<std::string>> find_holder(journal::Rows& rows, const crypto::Sha256& key);

// What the certificate is: one of an authority of this home, by its issuer and its row, or of another.
Result<Credential> credential_of(journal::Rows& rows, const pki::Certificate& certificate);

// Puts the act into the transaction; `by` is the operator part of who does it. The appointment takes the
// place of an earlier one of that name. Dismissal: not_found "officer_unknown" {officer}.
Result<ActId> appoint(journal::Transaction& transaction, const Appointment& appointment, journal::Fields by);
Result<ActId> dismiss(journal::Transaction& transaction, const std::string& name, journal::Fields by);

}  // namespace shomei::officers
