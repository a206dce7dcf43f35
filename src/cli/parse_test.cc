#include "cli/parse.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>

#include "cli/completion.h"

namespace shomei::cli {
namespace {

Result<Output> nothing(const Invocation&) {
  return Output{};
}

const std::vector<Command>& commands() {
  static const std::vector<Command> all{
      {"init", "make a home", "shomei init", {{"empty", "", "without people"}}, nothing},
      {"counter issue",
       "issue",
       "shomei counter issue --resident R",
       {{"resident", "R", "whom", true}},
       nothing},
      {"read",
       "read",
       "shomei read FILE",
       {{"file", "FILE", "which", true, true}, {"since", "FILE", "from where"}},
       nothing}};
  return all;
}

template <class... Words>
Parsed parse_words(Words... words) {
  const std::array arguments{"shomei", words...};
  return parse(commands(), arguments);
}

TEST(Parse, FindsTheCommandItsOptionsAndTheGlobalsInAnyPlace) {
  const auto parsed =
      parse_words("counter", "issue", "--resident", "abc", "--json", "--home", "/tmp/h", "--lang", "ja");
  ASSERT_NE(parsed.command, nullptr) << parsed.text;
  EXPECT_EQ(parsed.command->path, "counter issue");
  EXPECT_EQ(parsed.invocation.get("resident"), "abc");
  EXPECT_TRUE(parsed.invocation.json);
  EXPECT_EQ(parsed.invocation.home, "/tmp/h");
  EXPECT_EQ(parsed.invocation.language, texts::Language::ja);
  EXPECT_TRUE(parse_words("--json", "init", "--empty").invocation.has("empty"));
  EXPECT_FALSE(parse_words("init").invocation.has("empty"));
}

TEST(Parse, UsageErrorsEndWithTwoAndHelpWithZero) {
  EXPECT_EQ(parse_words("counter", "issue").exit_code, 2) << "a required option is missing";
  EXPECT_EQ(parse_words("counter").exit_code, 2);
  EXPECT_EQ(parse_words("unheard-of").exit_code, 2);
  EXPECT_EQ(parse_words("init", "--unheard-of").exit_code, 2);
  const auto help = parse_words("counter", "issue", "--help");
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_NE(help.text.find("shomei counter issue --resident R"), std::string::npos)
      << "help shows the example";
}

TEST(Parse, AUsageErrorIsAnErrorLikeAnyOther) {
  const auto json = parse_words("counter", "issue", "--json");
  ASSERT_TRUE(json.usage);
  EXPECT_EQ(json.usage->code, "usage_form");
  EXPECT_EQ(json.usage->parameter("what"), "--resident is required");
  EXPECT_TRUE(json.invocation.json);
  EXPECT_TRUE(parse_words("init", "--unheard-of", "--json").invocation.json) << "also behind what is wrong";
  EXPECT_FALSE(parse_words("unheard-of").invocation.json);
  EXPECT_FALSE(parse_words("--help").usage);
}

TEST(Parse, AnEmptyValueIsWrongAndNotAbsent) {
  const auto empty = parse_words("read", "a-file", "--since", "", "--json");
  EXPECT_EQ(empty.command, nullptr);
  EXPECT_EQ(empty.exit_code, 2);
  ASSERT_TRUE(empty.usage);
  EXPECT_EQ(empty.usage->code, "option_empty");
  EXPECT_EQ(empty.usage->parameter("option"), "--since");
  EXPECT_TRUE(empty.invocation.json);
  EXPECT_EQ(parse_words("read", "").usage->parameter("option"), "file");
  EXPECT_EQ(parse_words("counter", "issue", "--resident", "").usage->parameter("option"), "--resident");
  EXPECT_EQ(parse_words("read", "a-file", "--home", "").usage->parameter("option"), "--home");
  EXPECT_FALSE(parse_words("read", "a-file", "--since=").command);
  EXPECT_EQ(parse_words("read", "a-file", "--since", "x").invocation.get("since"), "x");
  EXPECT_FALSE(parse_words("read", "a-file").invocation.has("since"));
}

TEST(Parse, AGroupSaysWhatIsInItAndTheProgramWhichItIs) {
  EXPECT_NE(parse_words("--help").text.find("counter                     issue"), std::string::npos);
  const auto version = parse_words("--version");
  EXPECT_EQ(version.exit_code, 0);
  EXPECT_EQ(version.text, "shomei 0.1.0\n");
}

TEST(Parse, ALanguageOfTheEnvironmentIsCheckedLikeATypedOne) {
  ASSERT_EQ(::setenv("SHOMEI_LANG", "fr", 1), 0);
  const auto bad = parse_words("init");
  EXPECT_EQ(bad.exit_code, 2);
  ASSERT_TRUE(bad.usage);
  EXPECT_EQ(bad.usage->parameter("what"), "SHOMEI_LANG: fr not in {en,ja}");
  EXPECT_TRUE(parse_words("init", "--lang", "en").command) << "what is typed goes before it";
  ASSERT_EQ(::setenv("SHOMEI_LANG", "ja", 1), 0);
  EXPECT_EQ(parse_words("init").invocation.language, texts::Language::ja);
  ::unsetenv("SHOMEI_LANG");
}

TEST(Completion, OffersWhatMayFollow) {
  const auto script = bash_completion(commands());
  EXPECT_NE(script.find("'counter') words='issue "), std::string::npos) << script;
  EXPECT_NE(script.find("'counter issue') words='--resident "), std::string::npos);
}

}  // namespace
}  // namespace shomei::cli
