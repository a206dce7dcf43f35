#include "base/identifier.h"

#include <gtest/gtest.h>

namespace shomei {
namespace {

TEST(Identifier, HasEightTo64LowerCaseLettersDigitsAndHyphens) {
  EXPECT_TRUE(ResidentId::parse("abcdefg8"));
  EXPECT_TRUE(ResidentId::parse(std::string(64, 'a')));
  for (std::string text :
       {std::string("short-7"), std::string(65, 'a'), std::string("Upper-case"), std::string("under_score"),
        std::string("../../etc"), std::string("nul\0nul-nul", 11)})
    EXPECT_EQ(ResidentId::parse(text).error().code, "identifier_form") << text;
}

}  // namespace
}  // namespace shomei
