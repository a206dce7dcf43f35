#include "filter/build_retrieval.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <random>
#include <set>

namespace shomei::filter {
namespace {

std::vector<Key> keys_from(std::uint64_t seed, std::size_t count) {
  std::mt19937_64 random(seed);
  std::set<Key> keys;
  while (keys.size() < count) keys.insert({random(), random()});
  return {keys.begin(), keys.end()};
}

TEST(Retrieval, GivesEveryKeyTheValueThatItWasBuiltWith) {
  EXPECT_TRUE(rc::check([] {
    const auto keys =
        keys_from(*rc::gen::arbitrary<std::uint64_t>(), *rc::gen::inRange<std::size_t>(1, 3000));
    const auto columns = *rc::gen::inRange(1U, kColumnsMax + 1);
    const auto mask = static_cast<std::uint32_t>((std::uint64_t{1} << columns) - 1);
    const auto value = [&](std::size_t i) { return static_cast<std::uint32_t>(i * 2654435761U) & mask; };
    const auto map = build_retrieval(keys, columns, 7, [&](std::size_t i, const Shape&) { return value(i); });
    for (std::size_t i = 0; i < keys.size(); ++i) RC_ASSERT(map.value(keys[i]) == value(i));
    Bytes shape, words;
    append_shape(shape, map.shape());
    map.append_words(words);
    Cursor shape_cursor(shape), words_cursor(words);
    const auto again = take_shape(shape_cursor);
    RC_ASSERT(again.has_value() && *again == map.shape());
    const auto read = take_retrieval(words_cursor, *again);
    RC_ASSERT(read.has_value() && words_cursor.expect_done().has_value());
    for (std::size_t i = 0; i < keys.size(); ++i) RC_ASSERT(read->value(keys[i]) == value(i));
  }));
}

TEST(Retrieval, MatchesEveryKeyOfItsOwnAndFewOthers) {
  const auto keys = keys_from(1, 20'000);
  const auto map = build_retrieval(
      keys, 4, 0, [&](std::size_t i, const Shape& shape) { return fingerprint_of(keys[i], shape); });
  for (const auto& key : keys) ASSERT_TRUE(map.matches(key));
  std::size_t alike = 0;
  for (const auto& key : keys_from(2, 160'000)) alike += map.matches(key) ? 1 : 0;
  EXPECT_NEAR(static_cast<double>(alike), 10'000, 500) << "a sixteenth of them, by four bits";
}

TEST(Retrieval, NeedsTwoPercentMoreSlotsThanKeys) {
  const auto keys = keys_from(3, 100'000);
  const auto map = build_retrieval(keys, 1, 0, [](std::size_t i, const Shape&) { return i % 2; });
  EXPECT_LT(map.shape().slots, 102'000U);
}

// All start within two fifths of the slots: where those and a window are fewer than the keys, no map is there
// to be grow.
TEST(Retrieval, KeysThatCrowdTogetherGetMoreRoom) {
  std::vector<Key> keys;
  for (std::uint64_t i = 0; i < 400; ++i) keys.push_back({i << 54, i * 0x9e3779b97f4a7c15U});
  std::uint32_t first_seed = 9;
  const auto map = build_retrieval(keys, 1, first_seed, [](std::size_t i, const Shape&) { return i % 2; });
  EXPECT_GT(map.shape().seed, first_seed);
  for (std::size_t i = 0; i < keys.size(); ++i) EXPECT_EQ(map.value(keys[i]), i % 2);
}

TEST(Retrieval, ShapesThatNoBuildMakesAreRefused) {
  const auto taken = [](const Shape& shape) {
    Bytes bytes;
    append_shape(bytes, shape);
    Cursor cursor(bytes);
    return take_shape(cursor).has_value();
  };
  EXPECT_TRUE(taken({0, 0, 0}));
  EXPECT_TRUE(taken({1, 256, 5}));
  EXPECT_TRUE(taken({32, 320, 0}));
  EXPECT_FALSE(taken({0, 256, 0}));
  EXPECT_FALSE(taken({0, 0, 1}));
  EXPECT_FALSE(taken({33, 256, 0}));
  EXPECT_FALSE(taken({1, 192, 0}));
  EXPECT_FALSE(taken({1, 257, 0}));
  EXPECT_FALSE(taken({1, 0, 0}));
}

TEST(Key, IsCutToItsFirstBytes) {
  const Key key{0x0123456789abcdef, 0xfedcba9876543210};
  EXPECT_EQ(prefix_of(key, 16), key);
  EXPECT_EQ(prefix_of(key, 9), (Key{0x0123456789abcdef, 0xfe00000000000000}));
  EXPECT_EQ(prefix_of(key, 8), (Key{0x0123456789abcdef, 0}));
  EXPECT_EQ(prefix_of(key, 1), (Key{0x0100000000000000, 0}));
  for (unsigned bytes = 1; bytes <= kKeyBytes; ++bytes) {
    Bytes written;
    append_prefix(written, key, bytes);
    ASSERT_EQ(written.size(), bytes);
    EXPECT_EQ(key_of_prefix(written), prefix_of(key, bytes));
  }
}

}  // namespace
}  // namespace shomei::filter
