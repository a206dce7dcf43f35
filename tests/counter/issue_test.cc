// From the decision to the card: what changes in the meantime stops the issue, and what the certificate says
// is what was decided.
#include "counter/issue.h"

#include <gmock/gmock.h>

#include "pki/personal_attributes.h"
#include "tests/counter/small_office.h"

namespace shomei::test {
namespace {

using journal::CertificateState;
using residents::EventKind;
using rules::Ground;
using testing::HasSubstr;

class Issue : public SmallOffice {
 protected:
  static std::string address_in(const journal::CertificateRecord& record) {
    const auto certificate = *pki::parse_certificate(record.der);
    const auto* names = certificate.tbs.find(pki::extension_id::subject_alt_name());
    return pki::personal_attribute(*pki::parse_other_names(names->value), 5);
  }
  static residents::Resident& abroad(residents::Resident& r, const char* day, bool continued_use = true) {
    r.moving_abroad = residents::MovingAbroad{*parse_date(day), continued_use};
    return r;
  }
};

TEST_F(Issue, BothAreDecidedRecordedAndDelivered) {
  const auto id = take_in("hanako-1");
  const auto grants = counter::decide_issue(parts(), request(id, kBoth));
  ASSERT_TRUE(grants) << grants.error().code;
  const auto count = entries();
  const auto issued = issue(*grants);
  ASSERT_TRUE(issued) << issued.error().code;
  ASSERT_EQ(issued->size(), 2U);
  EXPECT_EQ(entries(), count + 6) << "intent, result and confirmation of each";
  for (const auto& i : *issued) {
    EXPECT_EQ(certificate(i.record.serial).state, CertificateState::valid);
    EXPECT_TRUE(certificate(i.record.serial).delivered);
    EXPECT_EQ(i.record.not_after, *i.decision.not_after());
  }
  EXPECT_EQ(address_in((*issued)[1].record), "東京都稲城市東長沼２１１１番地");
  for (auto sequence : {count, count + 2}) {
    EXPECT_EQ(entry(sequence).phase, journal::Phase::intent);
    EXPECT_THAT(entry(sequence).of(field::kDecision), HasSubstr(R"("granted")"));
  }
}

TEST_F(Issue, WhatChangesBetweenDecisionAndIssueStopsIt) {
  using Change = std::function<void(const ResidentId&)>;
  const auto happens = [&](const residents::RegisterEvent& event) {
    return [this, event](const ResidentId& id) { ASSERT_TRUE(record(id, event)); };
  };
  const std::pair<const char*, Change> changes[] = {
      {"death", happens({EventKind::died, "2026-11-24"})},
      {"move", happens({EventKind::moved, "神奈川県横浜市中区１番地", "14104"})},
      {"a departure is planned", happens({EventKind::move_out, "2026-12-01", "", true, true})},
      {"the birth date is corrected", happens({EventKind::birth_date_corrected, "1990-01-03"})},
      {"card returned", happens({EventKind::card_returned})},
      {"card lost", [&](const ResidentId& id) { set_card_state(id, residents::CardState::lost); }},
      {"another issues", [&](const ResidentId& id) { certify(id, CertificateKind::user_authentication); }},
      {"another issues the other", [&](const ResidentId& id) { certify(id, CertificateKind::signature); }}};
  int number = 0;
  for (const auto& [what, change] : changes) {
    SCOPED_TRACE(what);
    const auto id = take_in("person-" + std::to_string(++number));
    const auto grants = *counter::decide_issue(parts(), request(id, kAuthentication));
    change(id);
    const auto held = rows()->certificates_of(id)->size();
    const auto count = entries();
    const auto issued = issue(grants);
    ASSERT_FALSE(issued);
    EXPECT_EQ(issued.error().fault, Fault::conflict);
    EXPECT_EQ(issued.error().code, "facts_changed");
    EXPECT_EQ(issued.error().parameter("resident"), id.text());
    EXPECT_EQ(entries(), count) << "nothing was written";
    EXPECT_EQ(rows()->certificates_of(id)->size(), held) << "and no number taken";
  }
}

TEST_F(Issue, WhatDoesNotTouchTheFactsStopsNothing) {
  const auto id = take_in("hanako-1");
  const auto grants = *counter::decide_issue(parts(), request(id, kAuthentication));
  take_in("neighbour");
  go_to("2026-11-24T10:20:00+09:00");
  const auto issued = issue(grants);
  ASSERT_TRUE(issued) << issued.error().code;
  EXPECT_EQ(format_jst(issued->front().record.not_before), "2026-11-24T10:00:00+09:00");
}

TEST_F(Issue, AChangeInTheMiddleOfAVisitStopsTheSecondCertificate) {
  const auto id = take_in("hanako-1");
  const auto grants = *counter::decide_issue(parts(), request(id, kBoth));
  before_authority_ = [&, done = false](CertificateKind kind) mutable {
    if (kind != CertificateKind::signature || done) return;
    done = true;
    set_card_state(id, residents::CardState::lost);
  };
  EXPECT_EQ(issue(grants).error().code, "facts_changed");
  const auto held = *rows()->certificates_of(id);
  ASSERT_EQ(held.size(), 1U);
  EXPECT_EQ(held[0].kind, CertificateKind::user_authentication);
  EXPECT_FALSE(held[0].delivered) << "the next recovery takes it back";
}

TEST_F(Issue, AReissueOfBothEndsBothAndNothingElse) {
  const auto id = take_in("hanako-1");
  const auto old = *issue(*counter::decide_issue(parts(), request(id, kBoth)));
  EXPECT_EQ(counter::decide_issue(parts(), request(id, kBoth)).error().code, "certificate_held_already");
  EXPECT_EQ(last_entry().of(field::kRefusal), "certificate_held_already");
  go_to("2026-11-25T14:00:00+09:00");
  const auto grants = counter::decide_issue(parts(), request(id, kBoth, Ground::reissue));
  ASSERT_TRUE(grants) << grants.error().code;
  const auto anew = issue(*grants);
  ASSERT_TRUE(anew) << anew.error().code;
  for (const auto& i : old) {
    const auto record = certificate(i.record.serial);
    EXPECT_EQ(record.state, CertificateState::revoked);
    EXPECT_EQ(record.reason, RevocationReason::superseded);
    EXPECT_EQ(format_jst(*record.revoked_at), "2026-11-25T14:00:00+09:00");
  }
  EXPECT_EQ(in_force(id), kBoth);
}

// The expired one of the first year stays as it is: a re-issue ends what is in force alone, in the facts that
// the second certificate of the visit is held against, too.
TEST_F(Issue, AReissueOfBothBesideAnExpiredOne) {
  const auto id = take_in("hanako-1");
  const auto expired = certify(id, CertificateKind::user_authentication);
  go_to("2031-01-03T10:00:00+09:00");
  for (auto kind : {CertificateKind::user_authentication, CertificateKind::signature}) certify(id, kind);
  const auto grants = counter::decide_issue(parts(), request(id, kBoth, Ground::reissue));
  ASSERT_TRUE(grants) << grants.error().code;
  const auto anew = issue(*grants);
  ASSERT_TRUE(anew) << anew.error().code;
  EXPECT_EQ(certificate(expired.serial).state, CertificateState::valid) << "ended by itself";
}

// 国外転出 2026/12/01(予定), in the form of every address in a certificate: digits and spaces are full-width.
TEST_F(Issue, TheSignatureOfWhoMovesAbroadAndKeepsTheCardShowsTheMove) {
  const auto id = take_in("goes-abroad", [](auto& r, auto&) { abroad(r, "2026-12-01"); });
  const auto grants = counter::decide_issue(parts(), request(id, kBoth));
  ASSERT_TRUE(grants) << grants.error().code;
  const auto issued = issue(*grants);
  ASSERT_TRUE(issued) << issued.error().code;
  EXPECT_EQ(address_in((*issued)[1].record), "国外転出　２０２６/１２/０１(予定)");
}

TEST_F(Issue, WhoGivesTheCardUpOrStaysKeepsTheAddress) {
  const auto gives_up = take_in("gives-up", [](auto& r, auto&) { abroad(r, "2026-12-01", false); });
  const auto foreign = take_in("foreign-1", [](auto& r, auto&) {
    abroad(r, "2026-12-01").status = residents::ResidenceStatus::permanent_resident;
  });
  for (const auto& id : {gives_up, foreign}) {
    const auto grants = counter::decide_issue(parts(), request(id, kSignature));
    ASSERT_TRUE(grants) << grants.error().code;
    const auto issued = issue(*grants);
    ASSERT_TRUE(issued) << issued.error().code;
    EXPECT_EQ(address_in(issued->front().record), "東京都稲城市東長沼２１１１番地") << id.text();
  }
}

TEST_F(Issue, ARefusalOfTheSecondKindLeavesItsTraceAndIssuesNothing) {
  const auto id = take_in("child-of-14", [](auto& r, auto&) { r.born = *parse_date("2012-11-25"); });
  const auto refused = counter::decide_issue(parts(), request(id, kBoth));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "signature_age_not_reached");
  EXPECT_EQ(last_entry().of(field::kRefusal), "signature_age_not_reached");
  EXPECT_THAT(last_entry().of(field::kFacts), HasSubstr("legal_representative")) << "attested";
  EXPECT_TRUE(rows()->certificates_of(id)->empty());
  EXPECT_TRUE(counter::decide_issue(parts(), request(id, kAuthentication)));
}

}  // namespace
}  // namespace shomei::test
