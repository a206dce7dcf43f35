// What happens to a person: the record, the card, the certificates and the journal after it.
#include "counter/register_event.h"

#include <gmock/gmock.h>

#include "authority/recover.h"
#include "tests/counter/small_office.h"

namespace shomei::test {
namespace {

using residents::EventKind;
using residents::RegisterEvent;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class RecordEvent : public SmallOffice {
 protected:
  ResidentId hanako() {
    const auto id = take_in("hanako-1");
    for (auto kind : kAuthThenSignature) certify(id, kind);
    return id;
  }
  static constexpr std::array kAuthThenSignature{CertificateKind::user_authentication,
                                                 CertificateKind::signature};
  static std::vector<std::string> told(const std::vector<journal::CertificateRecord>& records) {
    std::vector<std::string> all;
    for (const auto& r : records)
      all.push_back(std::string(pki::name(r.kind)) + " " + std::string(pki::name(*r.reason)) + " " +
                    format_jst(*r.revoked_at));
    return all;
  }
  static std::vector<std::string> told(const rules::Decision& decision) {
    std::vector<std::string> all;
    for (const auto& e : decision.ends())
      all.push_back(std::string(rules::name(e.kind)) + " " + std::string(rules::name(e.reason)) + " " +
                    format_jst(e.from));
    return all;
  }
};

constexpr const char* kSignatureAtTwo = "signature affiliationChanged 2026-11-25T14:00:00+09:00";

// Recorded a day later at two, so that the moment is the event's and not the certificate's.
TEST_F(RecordEvent, EveryKindThatIsNowEndsWhatItEndsNowAndTellsBeforeAndAfter) {
  const std::string both[] = {"signature cessationOfOperation 2026-11-25T14:00:00+09:00",
                              "user_authentication cessationOfOperation 2026-11-25T14:00:00+09:00"};
  const std::vector<std::string> signature{kSignatureAtTwo}, all{both[0], both[1]};
  const std::pair<RegisterEvent, std::vector<std::string>> cases[] = {
      {{EventKind::moved, "神奈川県横浜市中区１番地", "14104"}, signature},
      {{EventKind::renamed, "例示　花子"}, signature},
      {{EventKind::gender_changed, "male"}, signature},
      {{EventKind::birth_date_corrected, "1990-01-03"}, signature},
      {{EventKind::move_out, "2026-11-25"}, signature},
      {{EventKind::move_out, "2026-11-25", "", true}, all},
      {{EventKind::moved_abroad, "2026-11-25"}, all},
      {{EventKind::died, "2026-11-24"}, all},
      {{EventKind::lost_status, "2026-11-25"}, all},
      {{EventKind::card_returned}, all}};
  int number = 0;
  for (const auto& [event, expected] : cases) {
    SCOPED_TRACE(residents::name(event.kind));
    go_to("2026-11-24T10:00:00+09:00");
    const auto id = take_in("person-" + std::to_string(++number));
    for (auto kind : kAuthThenSignature) certify(id, kind);
    const auto before = resident(id);
    go_to("2026-11-25T14:00:00+09:00");
    const auto report = record(id, event);
    ASSERT_TRUE(report) << report.error().code;
    EXPECT_THAT(told(report->revoked), testing::UnorderedElementsAreArray(expected));
    EXPECT_THAT(told(report->decision), testing::UnorderedElementsAreArray(expected));
    for (const auto& r : report->revoked) {
      EXPECT_EQ(certificate(r.serial).state, journal::CertificateState::revoked);
      EXPECT_EQ(told({certificate(r.serial)}), told({r})) << "the row says what the report says";
    }
    EXPECT_EQ(in_force(id).size(), 2 - expected.size());
    const auto entry = last_entry();
    EXPECT_EQ(entry.phase, journal::Phase::whole);
    EXPECT_EQ(entry.of(field::kAct), residents::name(event.kind));
    EXPECT_EQ(entry.of(field::kResident), id.text());
    EXPECT_EQ(entry.of(field::kBefore), residents::encode_resident(before));
    EXPECT_EQ(entry.of(field::kAfter), residents::encode_resident(resident(id)));
    EXPECT_EQ(entry.of(field::kAfter), residents::encode_resident(report->after));
    const bool returned = event.kind == EventKind::card_returned;
    EXPECT_EQ(entry.of(field::kCard), returned ? "card-" + id.text() : "");
    EXPECT_EQ(entry.of(field::kCardState), returned ? "returned" : "");
    EXPECT_EQ(card_of(id).state, returned ? residents::CardState::returned : residents::CardState::active);
    EXPECT_EQ(last_changes().size(), expected.size()) << "the status part of the same entry";
  }
}

TEST_F(RecordEvent, WhatEndsOnADayToComeIsNotRevokedNowButByTheDeparture) {
  for (const bool continued_use : {true, false}) {
    SCOPED_TRACE(continued_use);
    go_to("2026-11-24T10:00:00+09:00");
    const auto id = take_in(continued_use ? "keeps-card" : "gives-up");
    for (auto kind : kAuthThenSignature) certify(id, kind);
    const auto planned = record(id, {EventKind::move_out, "2026-12-01", "", true, continued_use});
    ASSERT_TRUE(planned) << planned.error().code;
    EXPECT_THAT(planned->revoked, IsEmpty());
    EXPECT_EQ(in_force(id), kBoth);
    EXPECT_THAT(last_changes(), IsEmpty());
    const char* signature = "signature affiliationChanged 2026-12-01T00:00:00+09:00";
    const char* first = "signature cessationOfOperation 2026-12-01T00:00:00+09:00";
    const char* second = "user_authentication cessationOfOperation 2026-12-01T00:00:00+09:00";
    if (continued_use)
      EXPECT_THAT(told(planned->decision), ElementsAre(signature));
    else
      EXPECT_THAT(told(planned->decision), UnorderedElementsAre(first, second));

    go_to("2026-12-01T09:30:00+09:00");
    const auto left = record(id, {EventKind::moved_abroad, "2026-12-01"});
    ASSERT_TRUE(left) << left.error().code;
    EXPECT_EQ(left->revoked.size(), continued_use ? 1U : 2U);
    for (const auto& r : left->revoked) {
      EXPECT_EQ(format_jst(*r.revoked_at), "2026-12-01T09:30:00+09:00");
      EXPECT_EQ(r.reason, continued_use ? RevocationReason::affiliation_changed
                                        : RevocationReason::cessation_of_operation);
    }
    EXPECT_EQ(in_force(id), continued_use ? kAuthentication : std::vector<CertificateKind>{});
    EXPECT_EQ(resident(id).moving_abroad->continued_use, continued_use) << "what was asked for is kept";
  }
}

TEST_F(RecordEvent, AMoveToComeEndsTheSignatureWhenThePersonMovesIn) {
  const auto id = hanako();
  const auto planned = record(id, {EventKind::move_out, "2026-12-01"});
  ASSERT_TRUE(planned);
  EXPECT_THAT(planned->revoked, IsEmpty());
  EXPECT_EQ(resident(id).left_register, parse_date("2026-12-01").value());
  go_to("2026-12-02T09:30:00+09:00");
  const auto moved = record(id, {EventKind::moved, "神奈川県横浜市中区１番地", "14104"}, "naka-ward-office");
  ASSERT_TRUE(moved);
  EXPECT_THAT(told(moved->revoked), ElementsAre("signature affiliationChanged 2026-12-02T09:30:00+09:00"));
  EXPECT_FALSE(resident(id).left_register);
  EXPECT_EQ(resident(id).municipality, "14104");
}

TEST_F(RecordEvent, ARefusedOneLeavesATraceWithItsFactsAndChangesNothing) {
  const auto id = hanako();
  const auto before = residents::encode_resident(resident(id));
  const std::tuple<RegisterEvent, const char*, const char*> cases[] = {
      {{EventKind::renamed, "例示　花子"}, "kiosk-at-a-shop", "office_not_competent"},
      {{EventKind::card_returned}, "kiosk-at-a-shop", "office_not_competent"},
      {{EventKind::died, "2026-11-25"}, "inagi-city-hall", "facts_contradict"}};
  for (const auto& [event, office, code] : cases) {
    SCOPED_TRACE(residents::name(event.kind));
    const auto count = entries();
    const auto refused = record(id, event, office);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, Fault::refused);
    EXPECT_EQ(refused.error().code, code);
    EXPECT_EQ(entries(), count + 1);
    const auto trace = last_entry();
    EXPECT_EQ(trace.of(field::kRefusal), code);
    EXPECT_EQ(trace.of(field::kAct), residents::name(event.kind));
    EXPECT_EQ(trace.of(field::kOffice), office);
    EXPECT_EQ(trace.of(field::kResident), id.text());
    EXPECT_THAT(trace.of(field::kFacts), testing::HasSubstr(R"("born":"1990-01-02")"));
    EXPECT_THAT(trace.of(field::kDecision), testing::HasSubstr(R"("refused")"));
    for (auto name : {field::kBefore, field::kAfter, field::kCard, field::kCardState})
      EXPECT_FALSE(trace.has(name)) << name;
    EXPECT_THAT(last_changes(), IsEmpty());
    EXPECT_EQ(residents::encode_resident(resident(id)), before);
    EXPECT_EQ(card_of(id).state, residents::CardState::active);
    EXPECT_EQ(in_force(id), kBoth);
  }
}

TEST_F(RecordEvent, WhatCannotBeRecordedAtAllLeavesNoEntry) {
  const auto id = hanako();
  ASSERT_TRUE(record(id, {EventKind::card_returned}));
  const std::tuple<RegisterEvent, const char*, Fault> cases[] = {
      {{EventKind::card_returned}, "event_changes_nothing", Fault::refused},
      {{EventKind::renamed, "見本　花子"}, "event_changes_nothing", Fault::refused},
      {{EventKind::move_out, "2026-11-24", "", true, true}, "continued_use_too_late", Fault::refused},
      {{EventKind::move_out, "2026-11-23", "", true, true}, "continued_use_too_late", Fault::refused},
      {{EventKind::moved, "どこか", "99999"}, "municipality_unknown", Fault::not_found},
      {{EventKind::birth_date_corrected, "2026-11-25"}, "born_in_future", Fault::malformed},
      {{EventKind::died, "yesterday"}, "date_form", Fault::malformed}};
  const auto count = entries();
  for (const auto& [event, code, fault] : cases) {
    const auto refused = record(id, event);
    ASSERT_FALSE(refused) << code;
    EXPECT_EQ(refused.error().code, code);
    EXPECT_EQ(refused.error().fault, fault) << code;
  }
  EXPECT_EQ(record(*ResidentId::parse("nobody-here"), {EventKind::card_returned}).error().code,
            "resident_unknown");
  EXPECT_EQ(record(id, {EventKind::died, "2026-11-24"}, "no-such-office").error().code, "office_unknown");
  EXPECT_EQ(entries(), count);
}

TEST_F(RecordEvent, WaitsForAnIssueThatIsUnderWay) {
  const auto id = take_in("hanako-1");
  const auto grants = *counter::decide_issue(parts(), request(id, kAuthentication));
  auto& generation = this->generation(CertificateKind::user_authentication);
  DeadSigner dead(*generation.signer);
  const auto dying = *authority::Authority::open(generation.record, dead);
  ASSERT_THROW((void)authority::issue(prepared(grants), dying, order(grants), journal_), PowerCut);
  const auto count = entries();
  const auto refused = record(id, {EventKind::renamed, "例示　花子"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::conflict);
  EXPECT_EQ(refused.error().code, "issue_under_way");
  EXPECT_EQ(refused.error().parameter("kind"), "user_authentication");
  EXPECT_EQ(entries(), count);
  EXPECT_EQ(resident(id).name, "見本　花子");
  ASSERT_EQ(authority::recover(journal_, [](const auto&) { return authority::CardEnd::held; })->written_off,
            1U);
  EXPECT_TRUE(record(id, {EventKind::renamed, "例示　花子"}));
}

TEST_F(RecordEvent, APersonWithoutACardHasARecordAllTheSame) {
  residents::RegisterLine line;
  line.resident = resident(take_in("hanako-1"));
  line.resident.id = *ResidentId::parse("cardless");
  ASSERT_TRUE(counter::import_register(parts(), officer(), {line}, [](std::size_t) {}));
  const auto died = record(line.resident.id, {EventKind::died, "2026-11-24"});
  ASSERT_TRUE(died) << died.error().code;
  EXPECT_THAT(died->revoked, IsEmpty());
  EXPECT_EQ(record(line.resident.id, {EventKind::card_returned}).error().code, "resident_has_no_card");
}

TEST_F(RecordEvent, ASuspendedCertificateEndsToo) {
  const auto id = take_in("hanako-1");
  const auto held = certify(id, CertificateKind::signature);
  suspend(held);
  go_to("2026-11-25T14:00:00+09:00");
  const auto moved = record(id, {EventKind::moved, "東京都稲城市百村１番地"});
  ASSERT_TRUE(moved) << moved.error().code;
  EXPECT_THAT(told({certificate(held.serial)}), ElementsAre(kSignatureAtTwo));
}

TEST_F(RecordEvent, TheReasonThatAnOperatorSetIsTheOneOfTheEntry) {
  rules_.settings.death = rules::Reason::affiliationChanged;
  const auto id = hanako();
  const auto died = record(id, {EventKind::died, "2026-11-24"});
  ASSERT_EQ(died->revoked.size(), 2U);
  EXPECT_EQ(died->revoked[0].reason, RevocationReason::affiliation_changed);
  EXPECT_THAT(last_entry().of(field::kRuleSettings), testing::HasSubstr("affiliationChanged"));
}

TEST_F(RecordEvent, WhoOnlyAsksGetsTheFactsThatTheRecordingHas) {
  const auto id = hanako();
  const RegisterEvent event{EventKind::move_out, "2026-12-01", "", true, true};
  const auto view = rows();
  const auto asked =
      counter::event_facts(directory_, *view, *OfficeId::parse("inagi-city-hall"), id, event, clock_.now());
  ASSERT_TRUE(asked) << asked.error().code;
  EXPECT_FALSE(resident(id).moving_abroad) << "asking changes nothing";
  const auto report = record(id, event);
  ASSERT_TRUE(report);
  EXPECT_EQ(rules::decide(rules_, report->decision.act(), *asked, report->decision.on()), report->decision);
}

}  // namespace
}  // namespace shomei::test
