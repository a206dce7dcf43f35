#include "officers/duties.h"

#include <gtest/gtest.h>

#include <set>

namespace shomei::officers {
namespace {

TEST(Duties, EachActStandsOnceAndIsSomebodysInBothLanguages) {
  std::set<std::string_view> acts;
  for (const auto& duty : duties()) {
    EXPECT_TRUE(acts.insert(duty.act).second) << duty.act;
    EXPECT_FALSE(duty.who.empty()) << duty.act;
    EXPECT_FALSE(duty.does.empty()) << duty.act;
    EXPECT_FALSE(duty.does_ja.empty()) << duty.act;
    EXPECT_EQ(find_duty(duty.act), &duty);
  }
  EXPECT_EQ(find_duty("fly"), nullptr);
}

// What an auditor could do could not be audited.
TEST(Duties, AnAuditorChangesNothing) {
  for (const auto& duty : duties())
    if (duty.who.has(Role::auditor))
      EXPECT_TRUE(duty.act == "decide" || duty.act == "acknowledge") << duty.act;
}

// Nobody orders what concerns everybody alone, and nobody makes officers of any kind alone.
TEST(Duties, WhatConcernsManyNeedsOthers) {
  for (const auto* act : {"mass_revoke", "mass_suspend", "mass_reissue"})
    EXPECT_EQ(find_duty(act)->approvals, 2) << act;
  for (const auto* act : {"exception", "mass_notify", "found_authority", "appoint_officer", "erase_person"})
    EXPECT_EQ(find_duty(act)->approvals, 1) << act;
}

TEST(Duties, RolesAreWordsWithCommas) {
  const auto roles = parse_roles("supervisor,counter_clerk");
  ASSERT_TRUE(roles);
  EXPECT_EQ(text(*roles), "counter_clerk,supervisor");
  for (const auto* bad : {"", ",", "clerk", "supervisor,", "supervisor, auditor"}) {
    const auto parsed = parse_roles(bad);
    ASSERT_FALSE(parsed) << bad;
    EXPECT_EQ(parsed.error().code, "role_unknown");
  }
}

}  // namespace
}  // namespace shomei::officers
