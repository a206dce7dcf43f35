// Files from anywhere: nothing that the key did not sign opens, and what is signed and not of the form is
// refused.
#include <gtest/gtest.h>

#include "filter/check.h"
#include "filter/filter_testing.h"

namespace shomei::filter {
namespace {

class HostileTest : public testing::Test {
 protected:
  HostileTest() {
    source_.add("signature-1").fill(0, 40, 4).add("user_authentication-1").fill(0, 10, 5);
    filter_ = written(source_, journal_, 5);
    source_.certificates[0][1] = true;
    source_.certificates[1][5] = false;
    delta_ = *write_delta(*Filter::open(filter_, journal_.key), source_, journal_.edition(9), journal_.key,
                          *journal_.signer);
  }
  std::string_view filter_code(ByteView file) const { return code_of(Filter::open(file, journal_.key)); }
  std::string_view delta_code(ByteView file) const { return code_of(Delta::open(file, journal_.key)); }
  // As the holder of the key would sign it, whatever it is.
  Bytes signed_by_key(FileKind kind, ByteView content) const {
    return *seal(kind,
                 *standing_of(journal_.edition(5).checkpoint, journal_.edition(5).made_at, journal_.key),
                 content, *journal_.signer);
  }
  Bytes content_of(FileKind kind) const {
    return to_bytes(open_sealed(kind, kind == FileKind::filter ? filter_ : delta_, journal_.key)->content);
  }

  Journal journal_;
  MadeUpSource source_;
  Bytes filter_, delta_;
};

TEST_F(HostileTest, WhatWasWrittenOpens) {
  EXPECT_EQ(filter_code(filter_), "");
  EXPECT_EQ(delta_code(delta_), "");
}

TEST_F(HostileTest, EveryCutIsRefused) {
  for (std::size_t length = 0; length < filter_.size(); ++length)
    EXPECT_NE(filter_code(ByteView(filter_).first(length)), "") << length;
  for (std::size_t length = 0; length < delta_.size(); ++length)
    EXPECT_NE(delta_code(ByteView(delta_).first(length)), "") << length;
}

TEST_F(HostileTest, EveryBentBitIsRefused) {
  const auto bent = [](const Bytes& file, std::size_t bit) {
    Bytes other = file;
    other[bit / 8] = static_cast<std::uint8_t>(other[bit / 8] ^ 1 << bit % 8);
    return other;
  };
  for (std::size_t bit = 0; bit < filter_.size() * 8; ++bit)
    EXPECT_NE(filter_code(bent(filter_, bit)), "") << bit / 8;
  for (std::size_t bit = 0; bit < delta_.size() * 8; ++bit)
    EXPECT_NE(delta_code(bent(delta_, bit)), "") << bit / 8;
}

TEST_F(HostileTest, BytesInFrontBetweenOrBehindAreRefused) {
  for (std::size_t at = 0; at <= filter_.size(); at += at == filter_.size() ? 1 : 7) {
    Bytes longer = filter_;
    longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(std::min(at, filter_.size())), 0);
    EXPECT_NE(filter_code(longer), "") << at;
  }
}

TEST_F(HostileTest, AnotherKeyOrAnotherKindIsRefused) {
  const Journal other;
  EXPECT_EQ(code_of(Filter::open(filter_, other.key)), "filter_unsigned");
  EXPECT_EQ(code_of(Delta::open(delta_, other.key)), "filter_unsigned");
  EXPECT_EQ(filter_code(delta_), "filter_form");
  EXPECT_EQ(delta_code(filter_), "filter_form");
  // The signed text says which of the two it is, so the first line cannot be exchanged.
  const Bytes content = content_of(FileKind::delta);
  Bytes exchanged = signed_by_key(FileKind::delta, content);
  const std::string magic = "shomei revocation filter delta 1\n";
  exchanged.erase(exchanged.begin(), exchanged.begin() + static_cast<std::ptrdiff_t>(magic.size()));
  EXPECT_EQ(filter_code(concatenate({view("shomei revocation filter 1\n"), exchanged})), "filter_unsigned");
}

// The key signs checkpoints and filters: none is ever taken for the other.
TEST_F(HostileTest, ANoteOfAFilterIsNoCheckpointOfTheJournal) {
  const auto end = filter_.size() - 4;
  const std::size_t length = std::size_t{filter_[end + 2]} << 8 | filter_[end + 3];
  const std::string note(filter_.begin() + static_cast<std::ptrdiff_t>(end - length),
                         filter_.begin() + static_cast<std::ptrdiff_t>(end));
  ASSERT_TRUE(note.starts_with("example.jp/journal revocation filter\n5\n"));
  const auto checkpoint = journal::open_checkpoint(note, journal_.key);
  EXPECT_TRUE(!checkpoint || checkpoint->origin != journal_.origin);
  EXPECT_EQ(code_of(standing_of(note, {}, journal_.key)), "filter_of_another_journal");
}

TEST_F(HostileTest, SignedContentThatIsCutIsRefused) {
  for (const auto kind : {FileKind::filter, FileKind::delta}) {
    const Bytes content = content_of(kind);
    for (std::size_t length = 0; length <= content.size(); ++length) {
      const Bytes file = signed_by_key(kind, ByteView(content).first(length));
      const auto code = kind == FileKind::filter ? filter_code(file) : delta_code(file);
      EXPECT_EQ(code, length == content.size() ? "" : "filter_form") << length;
    }
    Bytes longer = content;
    longer.push_back(0);
    const Bytes file = signed_by_key(kind, longer);
    EXPECT_EQ(kind == FileKind::filter ? filter_code(file) : delta_code(file), "filter_form");
  }
}

// Bent before it is signed: it opens or it is refused, and what opens answers. Sizes of gigabytes allocate
// nothing.
TEST_F(HostileTest, SignedContentThatIsBentIsReadWithinItsBytes) {
  std::size_t refused = 0;
  const Bytes content = content_of(FileKind::filter);
  for (std::size_t at = 0; at < content.size(); ++at)
    for (const auto value : Bytes{0x00, 0x7F, 0xFF}) {
      Bytes bent = content;
      bent[at] = value;
      const auto filter = Filter::open(signed_by_key(FileKind::filter, bent), journal_.key);
      if (!filter) ++refused;
      if (filter) static_cast<void>(compare(*filter, source_));
    }
  EXPECT_GT(refused, 50U);
}

TEST_F(HostileTest, HeadsThatContradictThemselvesAreRefused) {
  const Section none{made_up_authority("signature-1"), {10, 0}, {}, {}};
  const auto code = [&](const Section& section) {
    return filter_code(signed_by_key(FileKind::filter, encode_sections(salt_of(1), std::vector{section})));
  };
  const Retrieval map({1, 256, 0}, std::vector<std::uint64_t>(4));
  EXPECT_EQ(code(none), "");
  Section section = none;
  section.count = {10, 11};
  EXPECT_EQ(code(section), "filter_form") << "more revoked than issued";
  section.count = {10, 5};
  EXPECT_EQ(code(section), "filter_form") << "no maps and five revoked";
  section.second = map;
  EXPECT_EQ(code(section), "");
  section.first = map;
  EXPECT_EQ(code(section), "");
  section.count = {10, 10};
  EXPECT_EQ(code(section), "filter_form") << "maps and all revoked";
  section.count = {10, 5};
  section.second = Retrieval({2, 256, 0}, std::vector<std::uint64_t>(8));
  EXPECT_EQ(code(section), "filter_form") << "a second map of two bits";
  const auto twice = encode_sections(salt_of(1), std::vector{none, none});
  EXPECT_EQ(filter_code(signed_by_key(FileKind::filter, twice)), "filter_form");
}

TEST_F(HostileTest, DeltasThatContradictThemselvesAreRefused) {
  const auto code = [&](const Changes& changes, unsigned key_bytes) {
    const DeltaContent content{{}, 0, key_bytes, {made_up_authority("signature-1")}, {{10, 5}}, {changes}};
    return delta_code(signed_by_key(FileKind::delta, encode_delta(content)));
  };
  const Key one{1, 0}, two{2, 0};
  EXPECT_EQ(code({{one}, {two}}, 8), "");
  EXPECT_EQ(code({{one, two}, {}}, 16), "");
  EXPECT_EQ(code({{two, one}, {}}, 8), "filter_form") << "out of order";
  EXPECT_EQ(code({{one, one}, {}}, 8), "filter_form") << "twice";
  EXPECT_EQ(code({{}, {two, one}}, 8), "filter_form");
  EXPECT_EQ(code({{one}, {one}}, 8), "filter_form") << "both";
  EXPECT_EQ(code({{}, {}}, 0), "filter_form");
  EXPECT_EQ(code({{}, {}}, 17), "filter_form");
}

}  // namespace
}  // namespace shomei::filter
