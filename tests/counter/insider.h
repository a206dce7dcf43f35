// An insider at the small office: writes what the program never would, with good commitments and a good
// checkpoint. The journal verifies, and what crossed is for `journal check` to find.
#pragma once

#include <set>

#include "crossing/check.h"
#include "issuer/token_serial.h"
#include "journal/binding.h"
#include "pki/signed_object.h"
#include "tests/counter/small_office.h"

namespace shomei::test {

using journal::CertificateState;
using journal::Draft;
using journal::Fields;
using journal::Phase;
using Invariants = std::set<std::string>;

inline Bytes& at(Fields& fields, std::string_view name) {
  return fields[std::string(name)];
}

// What an issue leaves, to be bent before it is written.
struct Act {
  journal::CertificateRecord row;
  std::optional<journal::RequestRecord> request;
  Draft intent, result, confirmation;
  std::array<Draft*, 3> drafts() { return {&intent, &result, &confirmation}; }
};

class Insider : public SmallOffice {
 protected:
  Insider() { crosses_on_purpose_ = true; }

  void SetUp() override {
    hanako_ = take_in("resident-hanako");
    taro_ = take_in("resident-taro", [](auto& r, auto&) {
      r.name = "見本　太郎";
      r.gender = residents::Gender::male;
      r.born = *parse_date("1985-03-04");
    });
  }

  static Fields whose(const ResidentId& resident) {
    return {{"resident", to_bytes(resident.text())}, {"card", to_bytes("card-" + resident.text())}};
  }

  authority::Subject subject(const residents::Resident& r, const std::string& municipality = "13225") const {
    const auto place = *directory_.municipality(municipality);
    const auto gender =
        r.gender == residents::Gender::male ? pki::GenderDigit::male : pki::GenderDigit::female;
    return {{r.name, r.address, gender, r.born}, place, authority::random_common_name(place)};
  }

  authority::LintedCertificate linted(const counter::Grants& grants, const authority::Subject& of,
                                      const crypto::PublicKey& key, const pki::SerialNumber& serial) {
    const auto& grant = grants.all().at(0);
    return *authority::prepare(generation(grant.kind).authority, profile_, grant.decision, of, key, serial);
  }
  Bytes signed_of(const authority::LintedCertificate& certificate) {
    auto& signer = *generation(certificate.kind()).signer;
    return pki::assemble_signed(certificate.tbs_der(), signer.algorithm(),
                                *signer.sign(certificate.tbs_der()));
  }

  counter::Grants granted(const ResidentId& id) {
    return *counter::decide_issue(parts(), request(id, test::kSignature));
  }
  Act act_for(const ResidentId& id) {
    const auto grants = granted(id);
    return act_of(grants,
                  linted(grants, subject(resident(id)), new_key().public_key(), authority::random_serial()));
  }
  Act act_of(const counter::Grants& grants, const authority::LintedCertificate& certificate) {
    Act act;
    const auto& officer = grants.request().officer;
    auto& row = act.row;
    row = {.serial_space = generation(certificate.kind()).authority.serial_space(),
           .authority = generation(certificate.kind()).authority.name(),
           .kind = certificate.kind(),
           .serial = certificate.tbs().serial,
           .resident = grants.holder().resident.id,
           .card = grants.holder().card.id,
           .office = officer.office,
           .partition = "13225",
           .act = crypto::ordered_identifier<ActId>(),
           .not_before = certificate.tbs().not_before,
           .not_after = certificate.tbs().not_after,
           .state = CertificateState::valid,
           .delivered = true,
           .key = crypto::sha256(certificate.tbs().key.spki()),
           .der = signed_of(certificate)};
    act.request = journal::RequestRecord{officer.request, row.act, {}, {}};
    act.intent = {.act = row.act,
                  .phase = Phase::intent,
                  .status = {journal::SerialReserved{row.authority, row.serial}},
                  .person = grants.all().at(0).person};
    act.intent.person.merge(whose(row.resident));
    at(act.intent.person, field::kTbsCertificate) = certificate.tbs_der();
    at(act.intent.person, field::kAttested) = to_bytes(issuer::token_serial_of(row.card));
    at(act.intent.person, field::kBoundSalt) = Bytes(journal::kBoundSaltBytes, 0x5A);
    act.result = {.act = row.act, .phase = Phase::result, .person = whose(row.resident)};
    put_certificate(act, row.der);
    act.confirmation = {.act = row.act, .phase = Phase::confirmation, .person = whose(row.resident)};
    for (auto* draft : act.drafts()) draft->officer = counter::officer_fields("issue", officer);
    bind(act);
    return act;
  }
  static void put_certificate(Act& act, const Bytes& der) {
    const auto& row = act.row;
    act.row.der = der;
    at(act.result.person, field::kCertificate) = der;
    act.result.status = {journal::CertificateIssued{row.authority, row.serial, row.not_before, row.not_after,
                                                    row.partition, crypto::sha256(der)}};
  }
  static void bind(Act& act) {
    const auto& row = act.row;
    const auto said = [&](std::string_view name) { return journal::text(act.intent.officer, name); };
    const journal::Binding binding{row.resident.text(), row.card.text(), said("request"), said("actor"),
                                   row.office.text(),   row.authority,   row.serial,      row.key};
    const auto bound = to_hex(journal::bound(binding, at(act.intent.person, field::kBoundSalt)));
    for (auto* draft : act.drafts()) at(draft->officer, field::kBound) = to_bytes(bound);
  }

  void write(Act& act) {
    auto transaction = *journal_.begin();
    ASSERT_TRUE(transaction.rows().insert(act.row));
    if (act.request) ASSERT_TRUE(transaction.rows().insert(*act.request));
    for (const auto* draft : act.drafts()) ASSERT_TRUE(transaction.append(*draft));
    ASSERT_TRUE(transaction.commit());
  }
  // An entry of its own, with what it does to the rows.
  void write(
      Draft draft, const std::function<void(journal::Rows&)>& change = [](auto&) {}) {
    auto transaction = *journal_.begin();
    change(transaction.rows());
    draft.act = draft.act.empty() ? crypto::ordered_identifier<ActId>() : draft.act;
    ASSERT_TRUE(transaction.append(draft));
    ASSERT_TRUE(transaction.commit());
  }
  Draft about(const ResidentId& id, std::vector<journal::StatusChange> status) const {
    return {.status = std::move(status),
            .person = whose(id),
            .officer = {{"act", to_bytes("recover")}},
            .about = id};
  }
  journal::CertificateRevoked revoked(const journal::CertificateRecord& record) const {
    return {record.authority, record.serial, clock_.now(), pki::RevocationReason::key_compromise, {}};
  }
  void put_state(journal::Rows& rows, journal::CertificateRecord record, CertificateState state,
                 std::optional<pki::RevocationReason> reason = pki::RevocationReason::key_compromise) {
    const auto before = record.state;
    record.state = state;
    record.reason = reason;
    if (reason) record.revoked_at = clock_.now();
    ASSERT_TRUE(rows.update(record, before));
  }

  Invariants found_with(std::size_t memory_bytes) const {
    Invariants all;
    const auto report = *crossing::check(*rows(), {.memory_bytes = memory_bytes});
    for (const auto& f : report.findings) {
      all.insert(f.invariant);
      EXPECT_FALSE(f.detail.empty());
      EXPECT_LE(f.sequence, entries());
    }
    return all;
  }
  // The same however many passes it takes.
  Invariants found() const {
    const auto all = found_with(journal::kVerifyMemoryBytes);
    EXPECT_EQ(all, found_with(1));
    return all;
  }

  ResidentId hanako_, taro_;
};

}  // namespace shomei::test
