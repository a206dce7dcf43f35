#include "cli/print.h"

#include <gtest/gtest.h>

#include <algorithm>

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

// A colour, C1 in UTF-8, an override of direction, a line of its own.
const std::string kHostile = "x\x1b[31m\xC2\x9Bm\xE2\x80\xAE\xE2\x80\xA8\nshomei: fine\x7F";
const std::string kHarmless = "x?[31m?m???shomei: fine?";

TEST(Print, NothingThatASentenceQuotesReachesTheTerminalAsACommand) {
  const Error error = malformed("date_form", {{"text", kHostile}, {"file", kHostile}, {"since", kHostile}});
  for (const auto language : {texts::Language::en, texts::Language::ja}) {
    const auto text = error_text(error, language);
    EXPECT_TRUE(text.starts_with(kHarmless + ": ")) << text;
    std::size_t quoted = 0;
    for (auto at = text.find(kHarmless); at != std::string::npos; at = text.find(kHarmless, at + 1)) ++quoted;
    EXPECT_EQ(quoted, 3U) << text;
    for (const auto* unfit : {"\x1b", "\xC2\x9B", "\xE2\x80\xAE", "\xE2\x80\xA8", "\n", "\x7F"})
      EXPECT_EQ(text.find(unfit), std::string::npos) << text;
  }
  Error hinted = refused("signature_age_not_reached", {{"fifteenth_birthday", kHostile}});
  hinted = std::move(hinted).with("would_pass_code", "would_pass_from_fifteenth_birthday");
  EXPECT_NE(error_text(hinted, texts::Language::en).find("Apply from " + kHarmless), std::string::npos);
}

TEST(Print, ADocumentSaysWhatThePersonReadsAndKeepsTheParameters) {
  const auto document = error_document(malformed("date_form", {{"text", kHostile}}), texts::Language::en);
  EXPECT_NE(document.find(R"("says":"\")" + kHarmless), std::string::npos) << document;
  EXPECT_NE(document.find("\xC2\x9B"), std::string::npos) << "a parameter is for programs: as it came";
}

TEST(Print, AnErrorIsOneLineOnStderr) {
  Invocation invocation;
  for (const bool json : {false, true}) {
    invocation.json = json;
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    print_error(malformed("date_form", {{"text", kHostile}}), invocation);
    ::testing::internal::GetCapturedStdout();
    const auto text = ::testing::internal::GetCapturedStderr();
    EXPECT_TRUE(text.starts_with("shomei: \"" + kHarmless + "\" is not a day")) << text;
    EXPECT_EQ(std::ranges::count(text, '\n'), 1) << text;
  }
}

TEST(Print, AnAnswerForPeopleKeepsItsLinesAndNothingElse) {
  const Output output{R"({"name":"\u001b"})", "name: " + kHostile + "\nborn: 1990-01-02", 0};
  Invocation invocation;
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(print_output(output, invocation), 0);
  EXPECT_EQ(::testing::internal::GetCapturedStdout(), "name: x?[31m?m??\nshomei: fine?\nborn: 1990-01-02\n");
  invocation.json = true;
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(print_output(output, invocation), 0);
  EXPECT_EQ(::testing::internal::GetCapturedStdout(), output.json + "\n");
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
