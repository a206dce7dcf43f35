// What may stand in the journal for ever as somebody typed it.
#include "counter/recorded_text.h"

#include <gtest/gtest.h>

#include <string>

namespace shomei::counter {
namespace {

std::string code_of(const Result<void>& checked) {
  return checked ? "fits" : std::string(checked.error().code);
}

TEST(RecordedText, IsALineThatEveryReaderCanShow) {
  for (const std::string fit : {"sato", "佐藤　花子", "O'Neill (desk 3)", "?"}) {
    EXPECT_EQ(code_of(check_officer_name(fit)), "fits") << fit;
    EXPECT_EQ(code_of(check_cause(fit)), "fits") << fit;
    EXPECT_EQ(code_of(check_ground(fit)), "fits") << fit;
  }
  // Two lines, a tab, an escape, DEL, C1, not UTF-8, cut off, overlong, a surrogate, text turned around.
  for (const std::string unfit : {"", "a\nb", "a\tb", "a\x1b[2J", "a\x7f", "a\u009b", "\xff", "\xe4\xbd",
                                  "\xc0\x80", "\xed\xa0\x80", "a\u202e", "a\u2028"}) {
    EXPECT_EQ(code_of(check_officer_name(unfit)), "officer_name_form") << unfit;
    EXPECT_EQ(code_of(check_cause(unfit)), "cause_form") << unfit;
    EXPECT_EQ(code_of(check_ground(unfit)), "ground_form") << unfit;
  }
}

TEST(RecordedText, HasItsLength) {
  EXPECT_EQ(code_of(check_officer_name(std::string(100, 'x'))), "fits");
  EXPECT_EQ(check_officer_name(std::string(101, 'x')).error().parameter("max"), "100");
  EXPECT_EQ(code_of(check_cause(std::string(200, 'x'))), "fits");
  EXPECT_EQ(check_cause(std::string(201, 'x')).error().parameter("max"), "200");
  EXPECT_EQ(code_of(check_ground(std::string(200, 'x'))), "fits");
  EXPECT_EQ(check_ground(std::string(201, 'x')).error().parameter("max"), "200");
}

TEST(RecordedText, NobodyVouchesForHimself) {
  for (const auto* name : {"x via CN=counter-1,O=Inagi", "x via uid 0", "via uid 0", "x via"})
    EXPECT_EQ(code_of(check_officer_name(name)), "officer_name_form") << name;
  EXPECT_EQ(code_of(check_officer_name("Olivia Viard")), "fits");
  EXPECT_EQ(code_of(check_cause("leaked via a backup")), "fits") << "a cause names no counter";
}

}  // namespace
}  // namespace shomei::counter
