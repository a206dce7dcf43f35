#include "home/move/store_in_settings.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "home/settings.h"

namespace shomei::home {
namespace {

std::string defaults() {
  return default_settings_text({"127.0.0.1", 1}, {"127.0.0.1", 2}, {"127.0.0.1", 3});
}

// Without the table that `init` writes.
std::string without_store() {
  auto text = defaults();
  const auto begin = text.find("[store]"), end = text.find("\n[", begin);
  return text.erase(begin, end + 1 - begin);
}

const StoreSettings kDatabase{"postgresql://shomei@one,two/home?options=-csearch_path%3Dx",
                              PinSource{PinSource::From::file, "/etc/\"a\\b"}};

TEST(StoreInSettings, NamesTheDatabaseAndLeavesEverythingElse) {
  const auto text = with_store(defaults(), kDatabase);
  ASSERT_TRUE(text.has_value()) << text.error().code;
  const auto settings = *parse_settings(*text);
  EXPECT_EQ(settings.store.url, kDatabase.url);
  EXPECT_EQ(settings.store.password, kDatabase.password);
  // And back: every byte, comments too, is as it was but for the blanks in front of the two comments.
  auto back = *with_store(*text, {});
  EXPECT_EQ(back, *with_store(defaults(), {}));
  EXPECT_EQ(std::ranges::count(back, '#'), std::ranges::count(defaults(), '#'));
}

TEST(StoreInSettings, SettingsWithoutTheTableGetIt) {
  for (const auto& text : {without_store(), without_store() + "\n[store]\n",
                           without_store() + "[store] # mine", "[store]\n" + without_store()}) {
    if (text.starts_with("[store]")) continue;  // the members in front of the first table belong to the root
    const auto changed = with_store(text, kDatabase);
    ASSERT_TRUE(changed.has_value()) << changed.error().code << changed.error().parameter("what");
    EXPECT_EQ(parse_settings(*changed)->store.url, kDatabase.url);
    EXPECT_EQ(parse_settings(*with_store(*changed, {}))->store.url, "");
  }
}

TEST(StoreInSettings, AWayOfWritingThatIsNotKnownIsRefusedAndNotDoubled) {
  const auto dotted = "store.url = \"postgresql://a@b/c\"\n" + without_store();
  EXPECT_FALSE(with_store(dotted, kDatabase).has_value());
}

TEST(StoreInSettings, APasswordNeverGetsIntoThem) {
  const auto refusal = with_store(defaults(), {"postgresql://shomei:hidden@db/home", std::nullopt});
  ASSERT_FALSE(refusal.has_value());
  EXPECT_EQ(refusal.error().code, "store_url_password");
}

}  // namespace
}  // namespace shomei::home
