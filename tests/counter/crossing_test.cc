// Each invariant of `journal check` is broken by an insider, and found by its own name; and what the program
// itself refuses when what is in hand is not of one act.
#include "tests/counter/insider.h"

namespace shomei {
namespace {

using namespace test;

using CrossingTest = Insider;

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

// What the program itself says when what is in hand is not of one act: nothing is given out.
TEST_F(CrossingTest, ACertificateOfAnotherIsNotConfirmed) {
  auto act = act_for(hanako_), other = act_for(taro_);
  act.row.delivered = other.row.delivered = false;
  write(act);
  write(other);
  const auto size = entries();
  const auto confirm = [&](const journal::CertificateRecord& record) {
    const auto done =
        authority::confirm_delivery(record, counter::officer_fields("issue", officer()), journal_);
    return done ? std::string("done")
                : std::string(done.error().code) + " " + std::string(done.error().parameter("what"));
  };
  auto crossed = act.row;
  crossed.der = other.row.der;
  EXPECT_EQ(confirm(crossed), "act_crossed certificate");
  crossed = act.row;
  crossed.resident = taro_;
  EXPECT_EQ(confirm(crossed), "act_crossed bound");
  crossed = act.row;
  crossed.card = card_of(taro_).id;
  EXPECT_EQ(confirm(crossed), "act_crossed bound");
  crossed = act.row;
  crossed.act = other.row.act;
  EXPECT_EQ(confirm(crossed), "act_crossed bound");
  EXPECT_EQ(entries(), size);
}

TEST_F(CrossingTest, ARowThatChangedUnderWayBecomesNoCertificate) {
  const auto grants = granted(hanako_);
  auto proposal = *authority::Proposal::make(prepared(grants),
                                             generation(CertificateKind::signature).authority, order(grants));
  auto intent = *authority::record_intent(*journal_.begin(), std::move(proposal));
  const auto row = intent.record();
  auto database = store::Database::open(store_folder() / "store.sqlite", SQLITE_OPEN_READWRITE, 1000);
  ASSERT_TRUE(database.value()->execute("UPDATE certificate SET card = 'card-" + taro_.text() + "'"));
  const auto done = authority::carry_out(std::move(intent), journal_);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "act_crossed");
  EXPECT_EQ(certificate(row.serial).state, CertificateState::written_off);
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
