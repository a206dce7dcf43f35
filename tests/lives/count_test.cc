// How many lives are asked is not a thing to guess: what is no number, or too few, ends the program.
#include "each_life.h"

namespace shomei::rules {
namespace {

template <class Read>
void expect_refused(const char* name, const char* text, Read read) {
  const auto set_and_read = [&] {
    ::setenv(name, text, 1);
    read();
    std::exit(0);
  };
  EXPECT_EXIT(set_and_read(), testing::ExitedWithCode(2), "write a whole number") << name << "=" << text;
}

TEST(HowManyLives, IsANumberThatMeansSomethingOrTheProgramEnds) {
  for (const auto* text : {"", "many", "99999", "0", "-1", "+100000", " 100000", "100000 ", "1e6", "100000.0",
                           "2147483648", "99999999999999999999"})
    expect_refused("SHOMEI_LIVES", text, [] { lives_count(); });
}

TEST(HowManyLives, IsWhatTheEnvironmentSays) {
  const auto say = [](int wanted, const char* text) {
    text ? ::setenv("SHOMEI_LIVES", text, 1) : ::unsetenv("SHOMEI_LIVES");
    std::exit(lives_count() == wanted ? 0 : 1);
  };
  EXPECT_EXIT(say(100'000, "100000"), testing::ExitedWithCode(0), "");
  EXPECT_EXIT(say(2'147'483'647, "2147483647"), testing::ExitedWithCode(0), "");
  EXPECT_EXIT(say(kLives, nullptr), testing::ExitedWithCode(0), "");
}

TEST(TheSeedOfLives, IsANumberToo) {
  for (const auto* text : {"", "x", "-1", "18446744073709551616"})
    expect_refused("SHOMEI_LIVES_SEED", text, [] { lives_seed(); });
}

}  // namespace
}  // namespace shomei::rules
