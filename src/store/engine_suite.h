// The tests that every engine must pass. An engine's own test file says how to make and open its store, in a
// type with these static functions, and instantiates the suite with it:
//   using Place = ...;  // where one test's store is; made anew for each
//   Result<std::unique_ptr<journal::Engine>> open(const Place&);  // makes it when it is not there
//   Result<std::unique_ptr<journal::Engine>> open_read_only(const Place&);
// An engine that is not in memory alone runs the suite of engine_suite_of_processes.h too.
#pragma once

#include <gtest/gtest.h>

#include "crypto/private_key.h"
#include "crypto/random.h"
#include "journal/checkpoint.h"
#include "journal/rows.h"
#include "journal/transaction.h"
#include "journal/verify.h"
#include "store/engine_suite_rows.h"

namespace shomei::store {

using journal::Access;
using journal::CertificateRecord;
using journal::CertificateState;

template <class Store>
class EngineSuite : public testing::Test {
 protected:
  std::unique_ptr<journal::Engine> open() { return std::move(Store::open(place_).value()); }
  std::unique_ptr<journal::Rows> write(journal::Engine& engine) {
    return std::move(engine.begin(Access::write).value());
  }
  std::unique_ptr<journal::Rows> read(journal::Engine& engine) {
    return std::move(engine.begin(Access::read).value());
  }
  journal::Journal spine_of(journal::Engine& engine) {
    return {engine, *signer_, clock_, "engine-suite.example"};
  }
  journal::Draft draft(std::string_view act) {
    return {.act = suite::id<ActId>(act), .person = {{"facts", to_bytes("x")}}};
  }
  void append(journal::Engine& engine, std::string_view act) {
    const auto spine = spine_of(engine);
    auto transaction = std::move(spine.begin().value());
    ASSERT_TRUE(transaction.append(draft(act)).has_value());
    ASSERT_TRUE(transaction.commit().has_value());
  }
  journal::VerifyReport verify(journal::Engine& engine) {
    const auto key = journal::encode_verifier_key("engine-suite.example", signer_->public_key());
    const auto rows = read(engine);
    return journal::verify_journal(*rows, {*journal::parse_verifier_key(key), {}}).value();
  }

  typename Store::Place place_;
  suite::TestClock clock_;
  std::unique_ptr<crypto::Signer> signer_ =
      crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519));
};

TYPED_TEST_SUITE_P(EngineSuite);

TYPED_TEST_P(EngineSuite, KeepsResidentsAndCardsAcrossOpenings) {
  residents::CardRecord card{suite::id<CardId>("card-number-one"), suite::id<ResidentId>("resident-full"),
                             residents::CardKind::face_authentication, suite::day("2036-02-28"),
                             residents::CardState::suspended};
  {
    const auto engine = this->open();
    auto rows = this->write(*engine);
    ASSERT_TRUE(rows->insert(suite::full_resident()).has_value());
    ASSERT_TRUE(rows->insert(suite::resident("resident-other")).has_value());
    ASSERT_TRUE(rows->insert(card).has_value());
    ASSERT_TRUE(rows->commit().has_value());
  }
  const auto engine = this->open();
  auto rows = this->read(*engine);
  const auto full = rows->find_resident(suite::id<ResidentId>("resident-full")).value();
  ASSERT_TRUE(full.has_value());
  EXPECT_EQ(suite::members(*full), suite::members(suite::full_resident()));
  const auto other = rows->find_resident(suite::id<ResidentId>("resident-other")).value();
  EXPECT_EQ(suite::members(other.value()), suite::members(suite::resident("resident-other")));
  EXPECT_FALSE(rows->find_resident(suite::id<ResidentId>("resident-none")).value().has_value());
  EXPECT_EQ(suite::members(rows->find_card(card.id).value().value()), suite::members(card));
  ASSERT_EQ(rows->cards_of(card.holder).value().size(), 1U);
  EXPECT_TRUE(rows->cards_of(suite::id<ResidentId>("resident-other")).value().empty());
}

TYPED_TEST_P(EngineSuite, ListsResidentsPageByPageAndByName) {
  const auto engine = this->open();
  auto rows = this->write(*engine);
  for (int i = 0; i < 7; ++i)
    ASSERT_TRUE(rows->insert(suite::resident("resident-" + std::to_string(i), i % 2 ? "見本一" : "見本二"))
                    .has_value());
  std::vector<std::string> seen;
  journal::Page page{.after = "", .count = 3};
  while (true) {
    const auto list = rows->list_residents(page).value();
    if (list.empty()) break;
    ASSERT_LE(list.size(), 3U);
    for (const auto& r : list) seen.push_back(r.id.text());
    page.after = seen.back();
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"resident-0", "resident-1", "resident-2", "resident-3",
                                            "resident-4", "resident-5", "resident-6"}));
  EXPECT_EQ(rows->find_residents_named("見本一").value().size(), 3U);
  EXPECT_TRUE(rows->find_residents_named("見本三").value().empty());
}

TYPED_TEST_P(EngineSuite, UpdatesWhatIsThereAndRefusesWhatIsThereTwice) {
  const auto engine = this->open();
  auto rows = this->write(*engine);
  auto person = suite::resident("resident-one");
  ASSERT_TRUE(rows->insert(person).has_value());
  EXPECT_EQ(rows->insert(person).error().code, "resident_exists");
  person.address = "大阪府大阪市見本町2番地";
  person.died = suite::day("2027-01-01");
  ASSERT_TRUE(rows->update(person).has_value());
  EXPECT_EQ(suite::members(rows->find_resident(person.id).value().value()), suite::members(person));
  EXPECT_EQ(rows->update(suite::resident("resident-none")).error().code, "store_row_missing");

  residents::CardRecord card{
      suite::id<CardId>("card-number-one"), person.id, {}, suite::day("2036-02-28"), {}};
  ASSERT_TRUE(rows->insert(card).has_value());
  EXPECT_EQ(rows->insert(card).error().code, "card_exists");
  card.state = residents::CardState::lost;
  ASSERT_TRUE(rows->update(card).has_value());
  EXPECT_EQ(rows->find_card(card.id).value().value().state, residents::CardState::lost);

  const journal::AuthorityRecord authority{"signature-1", pki::CertificateKind::signature, 1, "space-a",
                                           Bytes{1, 2}};
  ASSERT_TRUE(rows->insert(authority).has_value());
  EXPECT_EQ(rows->insert(authority).error().code, "authority_exists");
  const auto authorities = rows->list_authorities().value();
  ASSERT_EQ(authorities.size(), 1U);
  EXPECT_EQ(authorities[0].certificate, (Bytes{1, 2}));
  EXPECT_EQ(authorities[0].serial_space, "space-a");
}

TYPED_TEST_P(EngineSuite, KeepsEveryMemberOfACertificate) {
  const auto engine = this->open();
  auto rows = this->write(*engine);
  auto bare = suite::certificate("0100", CertificateState::reserved);
  auto full = suite::certificate("0200", CertificateState::revoked);
  full.kind = pki::CertificateKind::user_authentication;
  full.carrier = journal::Carrier::phone;
  full.card = CardId{};
  full.predecessor = bare.serial;
  full.delivered = true;
  full.revoked_at = *parse_instant("2027-01-01T00:00:00Z");
  full.reason = pki::RevocationReason::affiliation_changed;
  full.der = Bytes(1800, 0x30);
  for (const auto* c : {&bare, &full}) {
    ASSERT_TRUE(rows->insert(*c).has_value());
    const auto found = rows->find_certificates(c->serial).value();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(suite::members(found[0]), suite::members(*c));
  }
  EXPECT_EQ(suite::serials(rows->certificates_of(bare.resident)), (std::vector<std::string>{"0100", "0200"}));
}

TYPED_TEST_P(EngineSuite, ASerialNumberIsUsedOnceInItsSpace) {
  const auto engine = this->open();
  auto rows = this->write(*engine);
  ASSERT_TRUE(rows->insert(suite::certificate("0A", CertificateState::reserved)).has_value());
  EXPECT_EQ(rows->insert(suite::certificate("0A", CertificateState::reserved)).error().code, "serial_used");
  ASSERT_TRUE(rows->insert(suite::certificate("0A", CertificateState::reserved, "space-b")).has_value());
  ASSERT_TRUE(rows->commit().has_value());
  rows = this->write(*engine);
  EXPECT_EQ(rows->insert(suite::certificate("0A", CertificateState::reserved, "space-b")).error().code,
            "serial_used");
  EXPECT_EQ(rows->find_certificates(suite::serial("0A")).value().size(), 2U);
}

TYPED_TEST_P(EngineSuite, ACertificateChangesOnlyFromTheStateThatIsExpected) {
  const auto engine = this->open();
  auto rows = this->write(*engine);
  auto c = suite::certificate("0A", CertificateState::reserved);
  ASSERT_TRUE(rows->insert(c).has_value());
  c.state = CertificateState::valid;
  c.der = Bytes{0x30, 0x00};
  ASSERT_TRUE(rows->update(c, CertificateState::reserved).has_value());
  const auto moved = rows->update(c, CertificateState::reserved);
  ASSERT_FALSE(moved.has_value());
  EXPECT_EQ(moved.error().fault, Fault::conflict);
  EXPECT_EQ(moved.error().code, "certificate_state_moved");
  auto elsewhere = c;
  elsewhere.serial_space = "space-b";
  EXPECT_EQ(rows->update(elsewhere, CertificateState::valid).error().code, "certificate_state_moved");
  EXPECT_EQ(suite::members(rows->find_certificates(c.serial).value().at(0)), suite::members(c));
}

TYPED_TEST_P(EngineSuite, ListsCertificatesByWhatIsAskedOften) {
  const auto engine = this->open();
  auto rows = this->write(*engine);
  const std::pair<const char*, CertificateState> all[] = {
      {"0300", CertificateState::revoked},  {"FF", CertificateState::suspended},
      {"0102", CertificateState::revoked},  {"11", CertificateState::valid},
      {"12", CertificateState::reserved},   {"13", CertificateState::written_off},
      {"0500", CertificateState::reserved}, {"14", CertificateState::valid}};
  for (const auto& [hex, state] : all) {
    auto c = suite::certificate(hex, state);
    c.delivered = std::string_view(hex) == "14";
    ASSERT_TRUE(rows->insert(c).has_value());
  }
  auto foreign = suite::certificate("0101", CertificateState::revoked);
  foreign.authority = "signature-2";
  ASSERT_TRUE(rows->insert(foreign).has_value());

  std::vector<std::string> revoked;
  ASSERT_TRUE(rows->each_revoked("signature-1", [&](const auto& c) { revoked.push_back(c.serial.hex()); })
                  .has_value());
  EXPECT_EQ(revoked, (std::vector<std::string>{"FF", "0102", "0300"})) << "in the order of the numbers";
  EXPECT_EQ(suite::serials(rows->certificates_in_state(CertificateState::reserved)),
            (std::vector<std::string>{"12", "0500"}));
  EXPECT_EQ(suite::serials(rows->certificates_in_state(CertificateState::valid)),
            (std::vector<std::string>{"11", "14"}));
  EXPECT_EQ(suite::serials(rows->undelivered()), (std::vector<std::string>{"11"}));
}

TYPED_TEST_P(EngineSuite, ManyCertificatesMoveAtOnceEachFromWhereItIs) {
  const auto engine = this->open();
  {
    auto rows = this->write(*engine);
    for (const auto& [hex, state] :
         {std::pair("11", CertificateState::valid), std::pair("12", CertificateState::suspended),
          std::pair("13", CertificateState::reserved), std::pair("14", CertificateState::valid)}) {
      auto c = suite::certificate(hex, state);
      c.delivered = true;
      if (state != CertificateState::reserved) c.der = Bytes{1};
      ASSERT_TRUE(rows->insert(c).has_value());
    }
    auto late = suite::certificate("11", CertificateState::valid, "space-b");
    late.der = Bytes{1};
    ASSERT_TRUE(rows->insert(late).has_value());
    ASSERT_TRUE(rows->commit().has_value());
  }
  const auto before = suite::certificate("11", CertificateState::valid).not_before;
  const std::vector serials{suite::serial("12"), suite::serial("99"), suite::serial("14"),
                            suite::serial("13"), suite::serial("14"), suite::serial("11")};
  journal::StateMove move{.serial_space = "space-a",
                          .serials = serials,
                          .to = CertificateState::revoked,
                          .at = before - std::chrono::seconds(1),
                          .reason = pki::RevocationReason::superseded};
  auto rows = this->write(*engine);
  EXPECT_EQ(rows->certificates_of(suite::id<ResidentId>("resident-one")).value().size(), 5U);
  ASSERT_TRUE(rows->begin_act().has_value());
  const auto of_valid = rows->move_states(move).value();
  ASSERT_EQ(of_valid.size(), serials.size());
  EXPECT_EQ(of_valid[0].before, CertificateState::suspended);
  EXPECT_EQ(of_valid[1].before, std::nullopt);
  EXPECT_TRUE(of_valid[2].moved && of_valid[5].moved);
  EXPECT_EQ(of_valid[5].at, before) << "it ends as it begins";
  EXPECT_FALSE(of_valid[3].moved);
  EXPECT_EQ(of_valid[4].before, CertificateState::revoked) << "the second time";
  EXPECT_FALSE(of_valid[0].moved || of_valid[4].moved);
  ASSERT_TRUE(rows->end_act().has_value());
  move.suspended_too = true;
  ASSERT_TRUE(rows->begin_act().has_value());
  EXPECT_TRUE(rows->move_states(move).value()[0].moved);
  ASSERT_TRUE(rows->undo_act().has_value());
  int revoked = 0;
  const auto all = rows->certificates_of(suite::id<ResidentId>("resident-one")).value();
  for (const auto& c : all) {
    const bool expected = c.serial_space == "space-a" && (c.serial.hex() == "11" || c.serial.hex() == "14");
    EXPECT_EQ(c.state == CertificateState::revoked, expected) << c.serial.hex();
    revoked += expected ? 1 : 0;
    if (!expected) continue;
    EXPECT_EQ(c.revoked_at, before);
    EXPECT_EQ(c.reason, pki::RevocationReason::superseded);
    EXPECT_TRUE(c.delivered && !c.der.empty());
  }
  EXPECT_EQ(revoked, 2);
  ASSERT_TRUE(rows->commit().has_value());
  std::vector<std::string> issued;
  ASSERT_TRUE(this->read(*engine)
                  ->each_issued([&](const CertificateRecord& c) {
                    EXPECT_TRUE(c.der.empty());
                    issued.push_back(c.serial.hex());
                    return issued.size() < 3;
                  })
                  .has_value());
  EXPECT_EQ(issued, (std::vector<std::string>{"11", "12", "14"}));
}

TYPED_TEST_P(EngineSuite, NumbersASerialSpaceWithoutGivingOneTwice) {
  {
    const auto engine = this->open();
    auto rows = this->write(*engine);
    ASSERT_TRUE(rows->insert(suite::certificate("0A", CertificateState::reserved)).has_value());
    EXPECT_EQ(rows->next_number("space-a").value(), 1U) << "a space that certificates are in already";
    EXPECT_EQ(rows->next_number("space-b").value(), 1U) << "and one that is new";
    EXPECT_EQ(rows->next_number("space-a").value(), 2U);
    ASSERT_TRUE(rows->commit().has_value());
    rows = this->write(*engine);
    EXPECT_EQ(rows->next_number("space-a").value(), 3U);  // never committed
  }
  const auto engine = this->open();
  auto rows = this->write(*engine);
  EXPECT_EQ(rows->next_number("space-a").value(), 3U);
  EXPECT_EQ(rows->next_number("space-b").value(), 2U);
  ASSERT_TRUE(rows->insert(suite::certificate("0B", CertificateState::reserved, "space-b")).has_value());
}

TYPED_TEST_P(EngineSuite, KeepsRequestsAndRevocationLists) {
  const auto engine = this->open();
  auto rows = this->write(*engine);
  journal::RequestRecord request{
      suite::id<RequestId>("request-one"), suite::id<ActId>("act-number-one"), {}, {}};
  request.content.fill(0x7E);
  ASSERT_TRUE(rows->insert(request).has_value());
  auto again = request;
  again.act = suite::id<ActId>("act-number-two");
  const auto refusal = rows->insert(again);
  ASSERT_FALSE(refusal.has_value());
  EXPECT_EQ(refusal.error().code, "request_exists");
  EXPECT_EQ(refusal.error().parameter("act"), "act-number-one") << "the first";
  EXPECT_EQ(rows->find_request(request.request).value().value().content, request.content);
  EXPECT_EQ(rows->find_request(request.request).value().value().act, request.act);
  EXPECT_FALSE(rows->find_request(suite::id<RequestId>("request-two")).value().has_value());

  EXPECT_FALSE(rows->latest_crl("signature-1").value().has_value());
  const auto now = *parse_instant("2026-11-22T00:00:00Z");
  for (std::uint64_t number : {2U, 10U, 9U})
    ASSERT_TRUE(rows->insert(journal::CrlRecord{"signature-1", number, now, now + std::chrono::hours{24},
                                                Bytes{static_cast<std::uint8_t>(number)}})
                    .has_value());
  const auto latest = rows->latest_crl("signature-1").value().value();
  EXPECT_EQ(latest.number, 10U);
  EXPECT_EQ(latest.der, Bytes{10});
  EXPECT_EQ(latest.next_update, now + std::chrono::hours{24});
  EXPECT_EQ(rows->latest_crl_number("signature-1").value(), 10U);
  EXPECT_EQ(rows->latest_crl_number("signature-2").value(), 0U);
  for (const char* name : {"signature-1/14104", "signature-1/13225/delta", "signature-1/13225"})
    for (std::uint64_t number : {1U, 7U})
      ASSERT_TRUE(rows->insert(journal::CrlRecord{name, number, now, now + std::chrono::hours{number}, {1}}));
  EXPECT_EQ(rows->latest_crl_number("signature-1").value(), 10U) << "each list's number is its own";
  std::vector<std::string> all;
  const auto lists = rows->latest_crls().value();
  for (const auto& list : lists) all.push_back(list.name + " " + std::to_string(list.number));
  EXPECT_EQ(all, (std::vector<std::string>{"signature-1 10", "signature-1/13225 7",
                                           "signature-1/13225/delta 7", "signature-1/14104 7"}));
  EXPECT_TRUE(lists[1].der.empty());
  EXPECT_EQ(lists[1].next_update, now + std::chrono::hours{7});
  EXPECT_EQ(rows->insert(latest).error().code, "crl_exists");
  ASSERT_TRUE(rows->remove_crls_before("signature-1", 10));
  ASSERT_TRUE(rows->remove_crls_before("signature-1/14104", 1));
  std::vector<std::string> left;
  ASSERT_TRUE(rows->each_row(journal::RowKind::crl, [&](const journal::StoreRow& row) -> Result<void> {
    const auto& list = std::get<journal::CrlRecord>(row);
    left.push_back(list.name + " " + std::to_string(list.number));
    return {};
  }));
  EXPECT_EQ(left, (std::vector<std::string>{"signature-1 10", "signature-1/13225 1", "signature-1/13225 7",
                                            "signature-1/13225/delta 1", "signature-1/13225/delta 7",
                                            "signature-1/14104 1", "signature-1/14104 7"}));
}

TYPED_TEST_P(EngineSuite, WhatIsNotCommittedIsGone) {
  const auto engine = this->open();
  {
    auto rows = this->write(*engine);
    ASSERT_TRUE(rows->insert(suite::resident("resident-one")).has_value());
  }
  {
    const auto spine = this->spine_of(*engine);
    auto transaction = std::move(spine.begin().value());
    ASSERT_TRUE(transaction.append(this->draft("act-number-one")).has_value());
  }
  auto rows = this->read(*engine);
  EXPECT_TRUE(rows->list_residents({}).value().empty());
  EXPECT_EQ(rows->journal_size().value(), 0U);
  EXPECT_FALSE(rows->latest_checkpoint().value().has_value());
}

TYPED_TEST_P(EngineSuite, AReaderSeesTheMomentAtWhichItBegan) {
  const auto engine = this->open();
  this->append(*engine, "act-number-one");
  auto before = this->read(*engine);
  auto writer = this->write(*engine);
  ASSERT_TRUE(writer->insert(suite::resident("resident-one")).has_value());
  EXPECT_TRUE(before->list_residents({}).value().empty());
  ASSERT_TRUE(writer->commit().has_value());
  writer.reset();
  this->append(*engine, "act-number-two");
  EXPECT_TRUE(before->list_residents({}).value().empty());
  EXPECT_EQ(before->journal_size().value(), 1U);
  auto after = this->read(*engine);
  EXPECT_EQ(after->list_residents({}).value().size(), 1U);
  EXPECT_EQ(after->journal_size().value(), 2U);
}

TYPED_TEST_P(EngineSuite, EntriesComeBackWithThePartsThatAreWanted) {
  const auto engine = this->open();
  for (auto act : {"act-number-one", "act-number-two", "act-number-one"}) {
    this->append(*engine, act);
    this->clock_.now += std::chrono::seconds{1};
  }
  auto rows = this->read(*engine);
  EXPECT_EQ(rows->entries_of_act(suite::id<ActId>("act-number-one")).value(),
            (std::vector<std::uint64_t>{0, 2}));
  const auto entry = rows->find_entry(1).value().value();
  EXPECT_EQ(entry.entry.act.text(), "act-number-two");
  for (auto kind : journal::kPartKinds) {
    const auto i = static_cast<std::size_t>(kind);
    ASSERT_TRUE(entry.parts[i].has_value());
    EXPECT_EQ(journal::commit(kind, *entry.parts[i]), entry.entry.commitments[i]);
  }
  EXPECT_FALSE(rows->find_entry(3).value().has_value());

  std::vector<std::uint64_t> sequences;
  ASSERT_TRUE(rows->each_entry(1, {true, false, false},
                               [&](const journal::StoredEntry& stored) {
                                 sequences.push_back(stored.entry.sequence);
                                 EXPECT_TRUE(stored.parts[0].has_value());
                                 EXPECT_FALSE(stored.parts[1].has_value());
                                 EXPECT_FALSE(stored.parts[2].has_value());
                                 // Other questions may be asked in between.
                                 EXPECT_TRUE(rows->find_entry(0).value().has_value());
                                 return true;
                               })
                  .has_value());
  EXPECT_EQ(sequences, (std::vector<std::uint64_t>{1, 2}));
  int calls = 0;
  ASSERT_TRUE(
      rows->each_entry(0, {false, false, false}, [&](const auto&) { return ++calls < 2; }).has_value());
  EXPECT_EQ(calls, 2);
  const auto report = this->verify(*engine);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].code, "phase_order") << "the act was whole the first time";
}

TYPED_TEST_P(EngineSuite, APersonPartIsForgottenAndTheTreeHolds) {
  const auto engine = this->open();
  this->append(*engine, "act-number-one");
  this->append(*engine, "act-number-two");
  auto rows = this->write(*engine);
  ASSERT_TRUE(rows->erase_person_part(0).has_value());
  ASSERT_TRUE(rows->commit().has_value());
  rows = this->read(*engine);
  EXPECT_FALSE(rows->find_entry(0).value().value().parts[1].has_value());
  EXPECT_TRUE(rows->find_entry(1).value().value().parts[1].has_value());
  const auto report = this->verify(*engine);
  EXPECT_TRUE(report.holds());
  EXPECT_EQ(report.erased_parts, 1U);
}

TYPED_TEST_P(EngineSuite, TimeNeverFallsWhenTheClockDoes) {
  const auto engine = this->open();
  this->append(*engine, "act-number-one");
  this->clock_.now -= std::chrono::hours{1};
  this->append(*engine, "act-number-two");
  const auto rows = this->read(*engine);
  EXPECT_EQ(rows->find_entry(0).value().value().entry.recorded_at,
            rows->find_entry(1).value().value().entry.recorded_at);
  EXPECT_TRUE(this->verify(*engine).holds());
}

TYPED_TEST_P(EngineSuite, ReadOnlyReadsAndNeverWrites) {
  {
    const auto engine = this->open();
    this->append(*engine, "act-number-one");
  }
  const auto engine = std::move(TypeParam::open_read_only(this->place_).value());
  EXPECT_TRUE(this->verify(*engine).holds());
  const auto refusal = engine->begin(Access::write);
  ASSERT_FALSE(refusal.has_value());
  EXPECT_EQ(refusal.error().code, "store_read_only");
}

REGISTER_TYPED_TEST_SUITE_P(EngineSuite, KeepsResidentsAndCardsAcrossOpenings,
                            ListsResidentsPageByPageAndByName, UpdatesWhatIsThereAndRefusesWhatIsThereTwice,
                            KeepsEveryMemberOfACertificate, ASerialNumberIsUsedOnceInItsSpace,
                            ACertificateChangesOnlyFromTheStateThatIsExpected,
                            ListsCertificatesByWhatIsAskedOften, ManyCertificatesMoveAtOnceEachFromWhereItIs,
                            NumbersASerialSpaceWithoutGivingOneTwice, KeepsRequestsAndRevocationLists,
                            WhatIsNotCommittedIsGone, AReaderSeesTheMomentAtWhichItBegan,
                            EntriesComeBackWithThePartsThatAreWanted, APersonPartIsForgottenAndTheTreeHolds,
                            TimeNeverFallsWhenTheClockDoes, ReadOnlyReadsAndNeverWrites);

}  // namespace shomei::store
