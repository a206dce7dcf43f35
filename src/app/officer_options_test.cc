#include "app/officer_options.h"

#include <gtest/gtest.h>

namespace shomei::app {
namespace {

Result<counter::Officer> officer_named(const std::string& name) {
  cli::Invocation invocation;
  invocation.values = {{"office", "inagi-city-hall"}, {"officer", name}};
  return officer_of(invocation);
}

TEST(Officer, IsTheCommandLineUnlessNamed) {
  cli::Invocation invocation;
  invocation.values = {{"office", "inagi-city-hall"}};
  EXPECT_EQ(officer_of(invocation)->name, "cli");
  EXPECT_EQ(officer_named("佐藤　花子")->name, "佐藤　花子");
}

TEST(Officer, IsCheckedAsOneFromACounterElsewhere) {
  for (const auto* name : {"\xff\xfe", "a\nb", "x via CN=counter-1,O=Inagi"}) {
    const auto officer = officer_named(name);
    ASSERT_FALSE(officer) << name;
    EXPECT_EQ(officer.error().code, "officer_name_form") << name;
  }
}

}  // namespace
}  // namespace shomei::app
