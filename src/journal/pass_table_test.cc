#include "journal/pass_table.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <string>

namespace shomei::journal {
namespace {

PassTable::Key key_of(std::uint64_t number) {
  return PassTable::fingerprint(view(std::to_string(number)), {});
}

TEST(PassTable, KeepsWhatWasPut) {
  PassTable table(1 << 20);
  for (std::uint64_t i = 1; i <= 1000; ++i) table.put(key_of(i), i);
  for (std::uint64_t i = 1; i <= 1000; ++i) {
    ASSERT_TRUE(table.find(key_of(i))) << i;
    EXPECT_EQ(*table.find(key_of(i)), i);
  }
  EXPECT_FALSE(table.find(key_of(0)));
  EXPECT_EQ(table.count([](auto v) { return v > 900; }), 100U);
  EXPECT_FALSE(table.next_pass()) << "all of it had room";
}

TEST(PassTable, EveryKeyHasItsPassHoweverSmallTheMemory) {
  EXPECT_TRUE(rc::check([] {
    const auto bytes = *rc::gen::inRange<std::size_t>(0, 1 << 14);
    const auto keys = *rc::gen::inRange<std::uint64_t>(0, 3000);
    PassTable table(bytes);
    std::map<std::uint64_t, int> seen;
    do {
      for (std::uint64_t i = 1; i <= keys; ++i)
        if (table.has(key_of(i))) table.put(key_of(i), i);
      for (std::uint64_t i = 1; i <= keys; ++i)
        if (table.has(key_of(i)) && table.find(key_of(i))) ++seen[i];
    } while (table.next_pass());
    RC_ASSERT(seen.size() == keys);
    for (const auto& [key, times] : seen) RC_ASSERT(times == 1);
  }));
}

TEST(PassTable, ForgetsTheKeysThatItGivesUp) {
  PassTable table(0);
  std::uint64_t put = 0;
  while (put < 200) {
    ++put;
    if (table.has(key_of(put))) table.put(key_of(put), put);
  }
  std::size_t kept = 0;
  for (std::uint64_t i = 1; i <= put; ++i) {
    EXPECT_EQ(table.find(key_of(i)) != nullptr, table.has(key_of(i)));
    kept += table.has(key_of(i));
  }
  EXPECT_GT(kept, 0U);
  EXPECT_LT(kept, put);
}

}  // namespace
}  // namespace shomei::journal
