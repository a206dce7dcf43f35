// What earlier versions took into the journal unchecked can be read, and forges nothing.
#include "app/journal_words.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/describe.h"

namespace shomei::app {
namespace {

namespace field = journal::field;

journal::Fields fields(std::string_view text) {
  return {{std::string(field::kAct), to_bytes("revoke")},
          {std::string(field::kActor), to_bytes(text)},
          {std::string(field::kGround), to_bytes(text)},
          {std::string(field::kCause), to_bytes(text)},
          {std::string(field::kResident), to_bytes(text)}};
}

TEST(JournalWords, AFieldWithLineFeedsMakesNoLines) {
  const auto wrong = fields("cli\n7  2026-11-22T00:00:00+09:00  forged\x1b[2J");
  const journal::Entry entry;
  for (const auto language : {texts::Language::en, texts::Language::ja}) {
    const auto line = says({.entry = entry, .officer = &wrong}, language);
    EXPECT_EQ(line.find_first_of("\n\x1b"), std::string::npos) << line;
    EXPECT_NE(line.find("cli?7  2026"), std::string::npos) << line;
    EXPECT_EQ(std::ranges::count(says_of_person(wrong, language), '\n'), 1);
  }
}

TEST(JournalWords, AFieldThatIsNotUtf8IsShownAllTheSame) {
  const auto wrong = fields("cl\xff");
  EXPECT_NE(text_of(describe_fields(wrong)).find("\"actor\":\"cl\xEF\xBF\xBD\""), std::string::npos);
  EXPECT_NE(people_text({{"actor", "cl\xff"}, {"said", {"a\xff"}}}).find("cl\xEF\xBF\xBD\n"),
            std::string::npos);
}

}  // namespace
}  // namespace shomei::app
