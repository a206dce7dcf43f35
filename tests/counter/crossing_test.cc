// An insider writes what the program never would: entries and rows that mix two people, with good commitments
// and a good checkpoint. The journal verifies, and the check finds exactly the invariant that is broken.
#include "crossing/check.h"

#include <set>

#include "issuer/token_serial.h"
#include "journal/binding.h"
#include "pki/signed_object.h"
#include "tests/counter/small_office.h"

namespace shomei {
namespace {

using journal::CertificateState;
using journal::Draft;
using journal::Fields;
using journal::Phase;
using Invariants = std::set<std::string>;
namespace field = journal::field;

Bytes& at(Fields& fields, std::string_view name) {
  return fields[std::string(name)];
}

// What an issue leaves, to be bent before it is written.
struct Act {
  journal::CertificateRecord row;
  std::optional<journal::RequestRecord> request;
  Draft intent, result, confirmation;
  std::array<Draft*, 3> drafts() { return {&intent, &result, &confirmation}; }
};

class CrossingTest : public test::SmallOffice {
 protected:
  CrossingTest() { crosses_on_purpose_ = true; }

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

TEST_F(CrossingTest, AnActAsItIsWrittenCrossesNothing) {
  auto act = act_for(hanako_);
  write(act);
  EXPECT_EQ(found(), Invariants{});
  const auto report = *crossing::check(*rows());
  EXPECT_EQ(report.entries, entries());
  EXPECT_EQ(report.certificates, 1U);
  EXPECT_EQ(report.requests, 1U);
  EXPECT_EQ(report.nameless, 0U);
}

TEST_F(CrossingTest, AConfirmationForAnother) {
  auto act = act_for(hanako_);
  act.confirmation.person = whose(taro_);
  write(act);
  EXPECT_EQ(found(), (Invariants{"act_person", "row_person"}));
}

TEST_F(CrossingTest, AResultByAnotherOfficer) {
  auto act = act_for(hanako_);
  at(act.result.officer, field::kActor) = to_bytes("officer-8");
  write(act);
  EXPECT_EQ(found(), Invariants{"act_officer"});
}

TEST_F(CrossingTest, AResultUnderAnotherRequest) {
  auto act = act_for(hanako_);
  at(act.result.officer, field::kRequest) = to_bytes("another-request");
  write(act);
  EXPECT_EQ(found(), Invariants{"act_officer"});
}

// Whoever sees the card next confirms it, under a request of their own.
TEST_F(CrossingTest, AConfirmationByAnotherVisitIsNone) {
  auto act = act_for(hanako_);
  at(act.confirmation.officer, field::kActor) = to_bytes("officer-8");
  at(act.confirmation.officer, field::kRequest) = to_bytes("another-request");
  write(act);
  EXPECT_EQ(found(), Invariants{});
}

TEST_F(CrossingTest, AResultThatIsBoundToSomethingElse) {
  auto act = act_for(hanako_);
  at(act.result.officer, field::kBound)[0] ^= 1;
  write(act);
  EXPECT_EQ(found(), Invariants{"act_bound"});
}

TEST_F(CrossingTest, AnIntentThatIsBoundToAnotherCard) {
  auto act = act_for(hanako_), other = act_for(taro_);
  act.row.card = other.row.card;
  bind(act);
  act.row.card = card_of(hanako_).id;
  write(act);
  EXPECT_EQ(found(), Invariants{"act_bound"});
}

TEST_F(CrossingTest, OneRequestForTwoPeople) {
  auto act = act_for(hanako_), other = act_for(taro_);
  for (auto* draft : other.drafts()) at(draft->officer, field::kRequest) = at(act.intent.officer, "request");
  other.request.reset();
  bind(other);
  write(act);
  write(other);
  EXPECT_EQ(found(), Invariants{"request_person"});
}

TEST_F(CrossingTest, ARequestThatWasNeverTakenIn) {
  auto act = act_for(hanako_);
  act.request.reset();
  write(act);
  EXPECT_EQ(found(), Invariants{"request_act"});
}

TEST_F(CrossingTest, ARequestThatIsAnsweredByAnothersAct) {
  auto act = act_for(hanako_), other = act_for(taro_);
  std::swap(act.request->act, other.request->act);
  write(act);
  write(other);
  EXPECT_EQ(found(), Invariants{"request_act"});
}

TEST_F(CrossingTest, AChangeUnderARequestThatLedToAnotherAct) {
  auto act = act_for(hanako_);
  write(act);
  auto draft = about(hanako_, {revoked(act.row)});
  at(draft.officer, field::kAct) = to_bytes("revoke");
  at(draft.officer, field::kRequest) = at(act.intent.officer, field::kRequest);
  write(draft, [&](auto& rows) { put_state(rows, act.row, CertificateState::revoked); });
  EXPECT_EQ(found(), Invariants{"request_act"});
}

// Two answers swapped on their way: under its own number each gets the certificate of the other.
TEST_F(CrossingTest, ACertificateThatWasNotPrepared) {
  auto act = act_for(hanako_);
  const auto other =
      linted(granted(hanako_), subject(resident(taro_)), new_key().public_key(), act.row.serial);
  put_certificate(act, signed_of(other));
  write(act);
  EXPECT_EQ(found(), Invariants{"certificate_prepared"});
}

TEST_F(CrossingTest, AKeyThatAnothersCardMade) {
  auto act = act_for(hanako_);
  at(act.intent.person, field::kAttested) = to_bytes(issuer::token_serial_of(card_of(taro_).id));
  write(act);
  EXPECT_EQ(found(), Invariants{"certificate_attested"});
}

TEST_F(CrossingTest, ACertificateThatSpeaksOfAnother) {
  const auto grants = granted(hanako_);
  auto act = act_of(
      grants, linted(grants, subject(resident(taro_)), new_key().public_key(), authority::random_serial()));
  write(act);
  EXPECT_EQ(found(), Invariants{"certificate_attributes"});
}

TEST_F(CrossingTest, ACertificateWithAnotherAddress) {
  const auto grants = granted(hanako_);
  auto of = resident(hanako_);
  of.address = "東京都稲城市東長沼２１１２番地";
  auto act = act_of(grants, linted(grants, subject(of), new_key().public_key(), authority::random_serial()));
  write(act);
  EXPECT_EQ(found(), Invariants{"certificate_attributes"});
}

TEST_F(CrossingTest, ACertificateOfAnotherPlace) {
  const auto grants = granted(hanako_);
  auto act = act_of(grants, linted(grants, subject(resident(hanako_), "14104"), new_key().public_key(),
                                   authority::random_serial()));
  write(act);
  EXPECT_EQ(found(), Invariants{"certificate_place"});
}

TEST_F(CrossingTest, ARevocationForAnother) {
  auto act = act_for(hanako_);
  write(act);
  write(about(taro_, {revoked(act.row)}),
        [&](auto& rows) { put_state(rows, act.row, CertificateState::revoked); });
  EXPECT_EQ(found(), Invariants{"status_person"});
}

TEST_F(CrossingTest, ARestorationForAnother) {
  auto act = act_for(hanako_);
  write(act);
  const auto& row = act.row;
  write(about(hanako_, {journal::CertificateSuspended{row.authority, row.serial, clock_.now()}}));
  EXPECT_EQ(found(), Invariants{"row_state"});
  write(about(taro_, {journal::CertificateRestored{row.authority, row.serial, clock_.now()}}));
  EXPECT_EQ(found(), Invariants{"status_person"});
}

TEST_F(CrossingTest, ARevocationOnAnotherCard) {
  auto act = act_for(hanako_);
  write(act);
  residents::CardRecord second = card_of(hanako_);
  second.id = *CardId::parse("card-second");
  auto draft = about(hanako_, {revoked(act.row)});
  at(draft.person, field::kCard) = to_bytes(second.id.text());
  write(draft, [&](auto& rows) {
    ASSERT_TRUE(rows.insert(second));
    put_state(rows, act.row, CertificateState::revoked);
  });
  EXPECT_EQ(found(), Invariants{"status_person"});
}

TEST_F(CrossingTest, OneKeyForTwoCertificates) {
  const auto first = granted(hanako_), second = granted(taro_);
  const auto key = new_key().public_key();
  auto act = act_of(first, linted(first, subject(resident(hanako_)), key, authority::random_serial()));
  auto other = act_of(second, linted(second, subject(resident(taro_)), key, authority::random_serial()));
  write(act);
  write(other);
  EXPECT_EQ(found(), Invariants{"key_once"});
}

TEST_F(CrossingTest, AnothersCardInTheTerminal) {
  Draft draft = about(hanako_, {});
  draft.phase = Phase::intent;
  draft.person = whose(hanako_);
  draft.person["card"] = to_bytes("card-" + taro_.text());
  draft.officer = counter::officer_fields("reset_pin", officer());
  const auto request = *RequestId::parse(journal::text(draft.officer, "request"));
  draft.act = crypto::ordered_identifier<ActId>();
  write(draft, [&](auto& rows) { ASSERT_TRUE(rows.insert({request, draft.act, {}, {}})); });
  EXPECT_EQ(found(), Invariants{"card_holder"});
}

TEST_F(CrossingTest, AnEntryThatIsFoundUnderAnother) {
  Draft draft = about(hanako_, {});
  draft.about = taro_;
  write(draft);
  EXPECT_EQ(found(), Invariants{"about_person"});
}

TEST_F(CrossingTest, AnEntryThatIsFoundUnderNobody) {
  Draft draft = about(hanako_, {});
  draft.about = {};
  write(draft);
  EXPECT_EQ(found(), Invariants{"about_person"});
}

TEST_F(CrossingTest, ADecisionOnTheFactsOfAnother) {
  auto act = act_for(hanako_);
  const auto other = granted(taro_);
  for (const auto& [name, value] : other.all().at(0).person) at(act.intent.person, name) = value;
  write(act);
  EXPECT_EQ(found(), Invariants{"facts_person"});
}

TEST_F(CrossingTest, AnEventOnTheRecordOfAnother) {
  Draft draft = about(hanako_, {});
  at(draft.person, field::kBefore) = to_bytes(residents::encode_resident(resident(taro_)));
  write(draft);
  EXPECT_EQ(found(), Invariants{"register_chain"});
}

TEST_F(CrossingTest, AnEventOnARecordThatNobodyLeft) {
  auto before = resident(hanako_);
  before.name = "見本　花";
  Draft draft = about(hanako_, {});
  at(draft.person, field::kBefore) = to_bytes(residents::encode_resident(before));
  write(draft);
  EXPECT_EQ(found(), Invariants{"register_chain"});
}

TEST_F(CrossingTest, ARecordThatNoEntryLeft) {
  auto changed = resident(hanako_);
  changed.born = *parse_date("1990-01-03");
  write({}, [&](auto& rows) { ASSERT_TRUE(rows.update(changed)); });
  EXPECT_EQ(found(), Invariants{"register_row"});
}

TEST_F(CrossingTest, ARowOfAnother) {
  auto act = act_for(hanako_);
  act.row.resident = taro_;
  write(act);
  EXPECT_EQ(found(), Invariants{"row_person"});
}

TEST_F(CrossingTest, ARowOfAnotherOffice) {
  auto act = act_for(hanako_);
  act.row.office = *OfficeId::parse("naka-ward-office");
  write(act);
  EXPECT_EQ(found(), Invariants{"row_person"});
}

TEST_F(CrossingTest, ARowWithAnotherKeyOrValidity) {
  auto act = act_for(hanako_), other = act_for(taro_);
  act.row.key[0] ^= 1;
  other.row.not_after += std::chrono::seconds(1);
  write(act);
  EXPECT_EQ(found(), Invariants{"row_certificate"});
  write(other);
  EXPECT_EQ(found(), Invariants{"row_certificate"});
  EXPECT_EQ(crossing::check(*rows())->findings.size(), 2U);
}

TEST_F(CrossingTest, ARowInAnotherState) {
  auto act = act_for(hanako_), other = act_for(taro_);
  act.row.delivered = false;
  write(act);
  write(other);
  EXPECT_EQ(found(), Invariants{"row_state"});
  write({}, [&](auto& rows) { put_state(rows, other.row, CertificateState::revoked); });
  EXPECT_EQ(found(), Invariants{"row_state"});
  EXPECT_EQ(crossing::check(*rows())->findings.size(), 2U);
}

TEST_F(CrossingTest, ACertificateWithoutARow) {
  auto act = act_for(hanako_);
  auto transaction = *journal_.begin();
  for (const auto* draft : act.drafts()) ASSERT_TRUE(transaction.append(*draft));
  ASSERT_TRUE(transaction.rows().insert(*act.request));
  ASSERT_TRUE(transaction.commit());
  EXPECT_EQ(found(), (Invariants{"row_certificate", "row_missing"}));
}

// Nobody can be held against what was erased; what is left is held against the rest.
TEST_F(CrossingTest, ErasedPartsAreCounted) {
  auto act = act_for(hanako_);
  act.confirmation.person = whose(taro_);
  write(act);
  auto transaction = *journal_.begin();
  for (std::uint64_t back = 1; back <= 3; ++back)
    ASSERT_TRUE(transaction.rows().erase_person_part(entries() - back));
  ASSERT_TRUE(transaction.commit());
  EXPECT_EQ(found(), Invariants{});
  EXPECT_EQ(crossing::check(*rows())->erased_parts, 3U);
}

// Each invariant is one that something above breaks.
TEST_F(CrossingTest, EachInvariantHasASentenceInBothLanguages) {
  std::set<std::string_view> ids;
  for (const auto& i : crossing::all_invariants()) {
    EXPECT_TRUE(ids.insert(i.id).second) << i.id;
    EXPECT_TRUE(i.en.ends_with(".") && i.ja.ends_with("。")) << i.id;
  }
  EXPECT_EQ(ids.size(), 20U);
}

TEST_F(CrossingTest, ItEndsWhenItIsToldTo) {
  crossing::Options options;
  options.go_on = [](const auto&) -> Result<void> { return unavailable("stopped"); };
  for (int i = 0; i < 1024; ++i) take_in("resident-" + std::to_string(10'000 + i));
  EXPECT_EQ(crossing::check(*rows(), options).error().code, "stopped");
}

}  // namespace
}  // namespace shomei
