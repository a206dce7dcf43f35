#include <gtest/gtest.h>

#include "rules/rules_testing.h"

namespace shomei::rules {
namespace {

Facts with_both_certificates() {
  Facts facts = ordinary_citizen();
  facts.certificates = {{Kind::signature, CertificateState::valid, day("2031-01-02")},
                        {Kind::user_authentication, CertificateState::valid, day("2031-01-02")}};
  return facts;
}

TEST(Ends, AChangeOfAnyAttributeEndsTheSignatureCertificateAlone_Seed) {
  const Instant at = first_second(day("2026-11-22"));
  for (auto event : {Event::moved, Event::renamed, Event::gender_changed, Event::birth_date_corrected}) {
    const auto decision = decide(current_rule_set(), RegisterEvent{event}, with_both_certificates(), at);
    ASSERT_EQ(decision.ends().size(), 1U) << name(event);
    EXPECT_EQ(decision.ends()[0].kind, Kind::signature);
    EXPECT_EQ(decision.ends()[0].reason, "affiliationChanged");
    EXPECT_EQ(decision.ends()[0].from, at);
  }
}

TEST(Ends, NothingEndsTwice) {
  Facts facts = with_both_certificates();
  facts.certificates[0].state = CertificateState::revoked;
  EXPECT_TRUE(decide(current_rule_set(), RegisterEvent{Event::moved}, facts, first_second(day("2026-11-22")))
                  .ends()
                  .empty());
}

TEST(Ends, ASuspendedSignatureCertificateEndsToo) {
  Facts facts = with_both_certificates();
  facts.certificates[0].state = CertificateState::suspended;
  EXPECT_EQ(decide(current_rule_set(), RegisterEvent{Event::moved}, facts, first_second(day("2026-11-22")))
                .ends()
                .size(),
            1U);
}

}  // namespace
}  // namespace shomei::rules
