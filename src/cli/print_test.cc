#include "cli/print.h"

#include <gtest/gtest.h>

namespace shomei::cli {
namespace {

TEST(Print, AnErrorDocumentHasItsMembers) {
  const Error error = malformed("date_form", {{"text", "x\xff"}}, "RFC 3339");
  EXPECT_EQ(error_document(error, texts::Language::en),
            "{\"error\":{\"code\":\"date_form\",\"fault\":\"malformed\",\"parameters\":{\"text\":"
            "\"x\xEF\xBF\xBD\"},"
            "\"rule\":\"RFC 3339\",\"says\":\"\\\"x\xEF\xBF\xBD\\\" is not a day: write it as YYYY-MM-DD, "
            "for example "
            "2026-11-22. (rule: RFC 3339)\"}}\n");
}

TEST(Print, ARefusalSaysWhatWouldMakeItPass) {
  const Error error = refused("signature_age_not_reached",
                              {{"fifteenth_birthday", "2026-12-01"},
                               {"since", "2016-01-01"},
                               {"would_pass_code", "would_pass_from_fifteenth_birthday"}},
                              "seed: age restriction");
  const auto text = error_text(error, texts::Language::en);
  EXPECT_NE(text.find("In force since 2016-01-01."), std::string::npos) << text;
  EXPECT_NE(text.find("Apply from 2026-12-01 on"), std::string::npos) << text;
}

TEST(Print, FaultsHaveTheirExitCodes) {
  EXPECT_EQ(exit_code(Fault::refused), 1);
  EXPECT_EQ(exit_code(Fault::conflict), 1);
  EXPECT_EQ(exit_code(Fault::not_found), 1);
  EXPECT_EQ(exit_code(Fault::malformed), 2);
  EXPECT_EQ(exit_code(Fault::unavailable), 3);
  EXPECT_EQ(exit_code(Fault::internal), 4);
}

}  // namespace
}  // namespace shomei::cli
