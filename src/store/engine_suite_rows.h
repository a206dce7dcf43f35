// The rows that the suite of engine tests puts and expects back: each made by one function, compared as
// tuples of their members.
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "journal/certificate_record.h"
#include "register/resident.h"

namespace shomei::store::suite {

using journal::CertificateRecord;
using journal::CertificateState;

template <class Id>
Id id(std::string_view text) {
  return *Id::parse(text);
}

inline Date day(std::string_view text) {
  return *parse_date(text);
}

inline pki::SerialNumber serial(std::string_view hex) {
  return *pki::SerialNumber::parse_hex(hex);
}

inline residents::Resident resident(std::string_view id_text, std::string name = "見本\u3000花子") {
  residents::Resident r;
  r.id = id<ResidentId>(id_text);
  r.name = std::move(name);
  r.address = "東京都千代田区見本町1番地";
  r.born = day("1990-02-28");
  r.municipality = "13101";
  return r;
}

// Every optional member is there.
inline residents::Resident full_resident() {
  auto r = resident("resident-full");
  r.gender = residents::Gender::female;
  r.status = residents::ResidenceStatus::other_foreign_resident;
  r.period_of_stay_ends = day("2028-03-31");
  r.adult_ward = true;
  r.registered_domicile = "27100";
  r.died = day("2030-01-02");
  r.left_register = day("2029-12-31");
  r.moving_abroad = {day("2027-04-01"), true};
  return r;
}

inline auto members(const residents::Resident& r) {
  return std::tuple(r.id, r.name, r.address, r.gender, r.born, r.status, r.period_of_stay_ends, r.adult_ward,
                    r.municipality, r.registered_domicile, r.died, r.left_register,
                    r.moving_abroad ? std::optional(r.moving_abroad->planned) : std::nullopt,
                    r.moving_abroad && r.moving_abroad->continued_use);
}

inline auto members(const residents::CardRecord& c) {
  return std::tuple(c.id, c.holder, c.kind, c.valid_until, c.state);
}

inline CertificateRecord certificate(std::string_view serial_hex, CertificateState state,
                                     std::string space = "space-a") {
  CertificateRecord c;
  c.serial_space = std::move(space);
  c.authority = "signature-1";
  c.serial = serial(serial_hex);
  c.resident = id<ResidentId>("resident-one");
  c.card = id<CardId>("card-number-one");
  c.office = id<OfficeId>("office-one");
  c.partition = "13101";
  c.act = id<ActId>("act-number-one");
  c.not_before = *parse_instant("2026-11-22T00:00:00Z");
  c.not_after = *parse_instant("2031-11-21T14:59:59Z");
  c.state = state;
  return c;
}

inline auto members(const CertificateRecord& c) {
  return std::tuple(c.serial_space, c.authority, c.kind, c.serial, c.resident, c.card, c.carrier,
                    c.predecessor, c.office, c.partition, c.act, c.not_before, c.not_after, c.state,
                    std::tuple(c.delivered, c.revoked_at, c.reason, c.key, c.der));
}

inline std::vector<std::string> serials(const Result<std::vector<CertificateRecord>>& list) {
  std::vector<std::string> hex;
  for (const auto& c : list.value()) hex.push_back(c.serial.hex());
  return hex;
}

class TestClock final : public Clock {
 public:
  InstantMs now_ms() const override { return now; }
  InstantMs now{std::chrono::milliseconds{1795305600000}};
};

}  // namespace shomei::store::suite
