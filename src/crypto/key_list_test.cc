#include "crypto/key_list.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>

namespace shomei::crypto {
namespace {

Bytes digest_of(unsigned i) {
  return to_bytes(sha256(view(std::to_string(i))));
}

TEST(KeyList, HoldsWhatWasPutIntoItAndNothingElse) {
  EXPECT_TRUE(rc::check([] {
    const auto in = *rc::gen::container<std::vector<unsigned>>(rc::gen::inRange(0U, 200U));
    std::vector<Bytes> digests;
    for (auto i : in) digests.push_back(digest_of(i));
    const Bytes file = encode_key_list(KeyDigest::spki_sha256, digests);
    const auto list = KeyList::parse(file);
    RC_ASSERT(list.has_value());
    const std::set<unsigned> all(in.begin(), in.end());
    RC_ASSERT(list->size() == all.size());
    for (unsigned i = 0; i < 200; ++i) RC_ASSERT(list->contains(digest_of(i)) == all.contains(i));
    RC_ASSERT(!list->contains({}));
  }));
}

TEST(KeyList, EveryCutAndEveryDisorderIsRefused) {
  const Bytes good = encode_key_list(KeyDigest::debian_modulus, {Bytes(10, 1), Bytes(10, 2), Bytes(10, 3)});
  ASSERT_TRUE(KeyList::parse(good));
  EXPECT_EQ(KeyList::parse(good)->digest(), KeyDigest::debian_modulus);
  for (std::size_t length = 0; length < good.size(); ++length)
    EXPECT_FALSE(KeyList::parse(ByteView(good).first(length))) << length;
  Bytes longer = good;
  longer.push_back(4);
  EXPECT_EQ(KeyList::parse(longer).error().code, "key_list_form");
  Bytes swapped = good;
  std::swap_ranges(swapped.end() - 10, swapped.end(), swapped.end() - 20);
  EXPECT_EQ(KeyList::parse(swapped).error().parameter("what"), "its keys are not in order");
  Bytes twice = good;
  std::copy(twice.end() - 20, twice.end() - 10, twice.end() - 10);
  EXPECT_FALSE(KeyList::parse(twice));
  EXPECT_FALSE(KeyList::parse(view("shomei key list 1 md5 0\n")));
  EXPECT_FALSE(KeyList::parse(view("shomei key list 1 spki-sha256\n")));
  EXPECT_FALSE(KeyList::parse(view("shomei key list 1 spki-sha256 \n")));
  EXPECT_FALSE(KeyList::parse(view("shomei key list 1 spki-sha256 0 \n")));
  EXPECT_FALSE(KeyList::parse(view("shomei key list 2 spki-sha256 0\n")));
  EXPECT_TRUE(KeyList::parse(view("shomei key list 1 spki-sha256 0\n")));
}

TEST(KeyLines, AreHexadecimalWithComments) {
  const std::string one(64, 'a'), other(64, 'B');
  const auto lines =
      parse_key_lines(KeyDigest::spki_sha256, "# a list\n\n" + one + "\r\n  " + other + " # found\n");
  ASSERT_TRUE(lines) << lines.error().code;
  EXPECT_EQ(*lines, (std::vector{Bytes(32, 0xAA), Bytes(32, 0xBB)}));
  const auto bad = parse_key_lines(KeyDigest::debian_modulus, std::string(20, '0') + "\n" + one + "\n");
  EXPECT_EQ(bad.error().code, "key_list_line");
  EXPECT_EQ(bad.error().parameter("line"), "2");
  EXPECT_EQ(parse_key_lines(KeyDigest::spki_sha256, "# nothing\n").error().code, "key_list_empty");
  EXPECT_FALSE(parse_key_lines(KeyDigest::spki_sha256, std::string(64, 'x')));
}

// printf 'Modulus=C0FFEE\n' | sha1sum | cut -c21-40
TEST(DebianDigest, IsWhatTheShellSays) {
  EXPECT_EQ(to_hex(debian_digest(Bytes{0xC0, 0xFF, 0xEE})), "6149ed99475722f13e18");
}

}  // namespace
}  // namespace shomei::crypto
