#include "journal/entry.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace shomei::journal {
namespace {

Entry example() {
  Entry entry;
  entry.sequence = 7;
  entry.recorded_at = InstantMs{std::chrono::milliseconds{1795305600123}};
  entry.act = *ActId::parse("act-0001");
  entry.phase = Phase::result;
  for (std::size_t i = 0; i < 3; ++i) entry.commitments[i].fill(static_cast<std::uint8_t>(0x11 * (i + 1)));
  return entry;
}

TEST(Entry, IsReadAsItWasWritten) {
  EXPECT_TRUE(rc::check([] {
    Entry entry = example();
    entry.sequence = *rc::gen::inRange<std::uint64_t>(0, std::uint64_t{1} << 62);
    entry.recorded_at =
        InstantMs{std::chrono::milliseconds{*rc::gen::inRange<std::int64_t>(0, 253402300799999)}};
    entry.phase = static_cast<Phase>(*rc::gen::inRange(0, 5));
    for (auto& commitment : entry.commitments) commitment.fill(*rc::gen::arbitrary<std::uint8_t>());
    const auto read = parse_entry(encode_entry(entry));
    RC_ASSERT(read.has_value());
    RC_ASSERT(encode_entry(*read) == encode_entry(entry));
    RC_ASSERT(read->sequence == entry.sequence && read->recorded_at == entry.recorded_at);
    RC_ASSERT(read->phase == entry.phase && read->act == entry.act);
    RC_ASSERT(read->commitments == entry.commitments);
  }));
}

TEST(Entry, EveryCutIsRefused) {
  const Bytes der = encode_entry(example());
  for (std::size_t length = 0; length < der.size(); ++length) {
    const auto read = parse_entry(ByteView(der).first(length));
    ASSERT_FALSE(read.has_value()) << length;
    EXPECT_EQ(read.error().code, "entry_form");
    EXPECT_FALSE(read.error().parameter("what").empty());
  }
}

// An entry has one encoding: bytes that parse are the bytes that its value encodes to.
TEST(Entry, BentBytesAreRefusedOrAreAnotherEntrysOnlyForm) {
  const Bytes der = encode_entry(example());
  std::size_t accepted = 0;
  for (std::size_t at = 0; at < der.size(); ++at)
    for (int bit = 0; bit < 8; ++bit) {
      Bytes bent = der;
      bent[at] ^= static_cast<std::uint8_t>(1 << bit);
      const auto read = parse_entry(bent);
      if (!read) continue;
      ++accepted;
      EXPECT_EQ(encode_entry(*read), bent) << at;
    }
  EXPECT_GT(accepted, 3U * 32 * 8 - 1) << "every bit of a commitment may be anything";
}

TEST(Entry, RefusesWhatFollowsAndOtherVersions) {
  Bytes longer = encode_entry(example());
  longer.push_back(0x00);
  EXPECT_FALSE(parse_entry(longer).has_value());
  Bytes version_two = encode_entry(example());
  ASSERT_EQ(version_two[5], 0x01);
  version_two[5] = 0x02;
  const auto read = parse_entry(version_two);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().parameter("what"), "it is of version 2");
}

TEST(Entry, CommitmentDependsOnKindSaltAndBody) {
  Part part{.body = to_bytes("body")};
  const auto commitment = commit(PartKind::status, part);
  EXPECT_NE(commit(PartKind::person, part), commitment);
  Part salted = part;
  salted.salt[31] = 1;
  EXPECT_NE(commit(PartKind::status, salted), commitment);
  Part other = part;
  other.body.push_back('!');
  EXPECT_NE(commit(PartKind::status, other), commitment);
}

}  // namespace
}  // namespace shomei::journal
