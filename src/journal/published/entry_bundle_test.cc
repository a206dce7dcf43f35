#include "journal/published/entry_bundle.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace shomei::journal {
namespace {

Bytes longest_entry() {
  Entry entry;
  entry.sequence = INT64_MAX;
  entry.recorded_at = InstantMs{std::chrono::milliseconds{253402300799999}};
  entry.act = *ActId::parse(std::string(64, 'a'));
  return encode_entry(entry);
}

TEST(EntryBundle, EveryEntryFits) {
  EXPECT_EQ(longest_entry().size(), 196U);
  EXPECT_LE(longest_entry().size(), kEntryBytesMax);
}

TEST(EntryBundle, ComesBackAndEveryCutAndEveryFurtherByteIsFound) {
  EXPECT_TRUE(rc::check([](std::vector<Bytes> entries) {
    for (auto& entry : entries) entry.resize(std::min(entry.size(), kEntryBytesMax));
    const auto bundle = encode_bundle(entries);
    const auto back = parse_bundle(bundle, entries.size());
    RC_ASSERT(back.has_value());
    RC_ASSERT(back->size() == entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) RC_ASSERT(equal((*back)[i], entries[i]));
    for (std::size_t cut = 0; cut < bundle.size(); ++cut)
      RC_ASSERT(parse_bundle(ByteView(bundle).first(cut), entries.size()).error().code ==
                "entry_bundle_form");
    auto longer = bundle;
    longer.push_back(0);
    RC_ASSERT(!parse_bundle(longer, entries.size()));
    longer.push_back(0);
    RC_ASSERT(!parse_bundle(longer, entries.size()));
    RC_ASSERT(parse_bundle(longer, entries.size() + 1).has_value());
  }));
}

TEST(EntryBundle, IsWrittenInBigEndianLengths) {
  const std::vector<Bytes> entries{{0xAA}, Bytes(256, 0x01)};
  const auto bundle = encode_bundle(entries);
  EXPECT_EQ(to_hex(ByteView(bundle).first(6)), "0001aa010001");
  EXPECT_EQ(bundle.size(), 2U + 1 + 2 + 256);
}

TEST(EntryBundle, NoEntryIsTooLong) {
  Bytes bundle{0x01, 0x01};
  bundle.resize(2 + 257);
  EXPECT_EQ(parse_bundle(bundle, 1).error().parameter("what"), "its entry 0 is too long");
}

}  // namespace
}  // namespace shomei::journal
