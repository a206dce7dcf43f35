#include "filter/delta.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "filter/check.h"
#include "filter/filter_testing.h"

namespace shomei::filter {
namespace {

std::uint64_t wrong(const Filter& filter, Source& source) {
  const auto comparison = compare(filter, source);
  return comparison ? comparison->wrong : ~std::uint64_t{0};
}

Result<Bytes> delta_file(const Filter& from, Source& source, const Journal& journal, std::uint64_t size) {
  return write_delta(from, source, journal.edition(size), journal.key, *journal.signer);
}

Delta delta(const Filter& from, Source& source, const Journal& journal, std::uint64_t size) {
  return *Delta::open(*delta_file(from, source, journal, size), journal.key);
}

// Some end, some are taken back, some are issued, sometimes an authority begins.
void live_on(MadeUpSource& source) {
  for (auto& certificates : source.certificates) {
    const auto moves = *rc::gen::inRange(0, 40);
    for (int i = 0; i < moves; ++i) {
      const auto at = certificates.find(*rc::gen::inRange<std::uint64_t>(0, 500));
      if (at != certificates.end()) at->second = !at->second;
    }
    const auto first = certificates.empty() ? 0 : certificates.rbegin()->first + 1;
    const auto issued = *rc::gen::inRange<std::uint64_t>(0, 100);
    for (auto number = first; number < first + issued; ++number) certificates[number] = number % 13 == 0;
  }
  if (*rc::gen::inRange(0, 3) == 0)
    source.add("signature-" + std::to_string(source.certificates.size()))
        .fill(0, *rc::gen::inRange(0U, 100U), 11);
}

TEST(Delta, AFilterAndItsDeltaAnswerAsTheLaterFilter) {
  const Journal journal;
  EXPECT_TRUE(rc::check([&] {
    MadeUpSource source;
    source.add("signature-0").fill(0, *rc::gen::inRange(0U, 500U), *rc::gen::element(0U, 1U, 3U, 20U));
    const auto base = opened(source, journal, 10);
    auto filter = base;
    for (std::uint64_t size = 11; size < 14; ++size) {
      live_on(source);
      RC_ASSERT(filter.apply(delta(base, source, journal, size)).has_value());
      RC_ASSERT(wrong(filter, source) == 0U);
      const auto later = opened(source, journal, size, 2);
      RC_ASSERT(wrong(later, source) == 0U);
      RC_ASSERT(filter.authorities() == later.authorities());
      RC_ASSERT(filter.counts() == later.counts());
      RC_ASSERT(filter.standing().note == later.standing().note);
    }
  }));
}

TEST(Delta, NamesWhatChangedAndNothingElse) {
  MadeUpSource source;
  source.add("signature-1").fill(0, 3000, 10);
  const Journal journal;
  const auto filter = opened(source, journal, 1);
  EXPECT_EQ(delta(filter, source, journal, 1).changes(), std::vector<Changes>(1));
  source.certificates[0][7] = true;
  source.certificates[0][10] = false;
  const auto changed = delta(filter, source, journal, 2);
  const auto cut = [&](std::uint64_t number) {
    return prefix_of(key_of(filter.salt(), serial_of(number)), changed.key_bytes());
  };
  EXPECT_EQ(changed.changes()[0], (Changes{{cut(7)}, {cut(10)}}));
}

TEST(Delta, NewCertificatesThatTheFilterMistakesAreInIt) {
  MadeUpSource source;
  source.add("signature-1").fill(0, 3000, 3);
  const Journal journal;
  auto filter = opened(source, journal, 1);
  source.fill(3000, 3000, 0);
  ASSERT_GT(wrong(filter, source), 0U) << "the filter knows nothing of them";
  ASSERT_TRUE(filter.apply(delta(filter, source, journal, 2)));
  EXPECT_EQ(wrong(filter, source), 0U);
}

TEST(Delta, KeysAreCutAndMeanOneCertificateEach) {
  MadeUpSource source;
  source.add("signature-1").fill(0, 20'000, 10);
  const Journal journal;
  const auto filter = opened(source, journal, 1);
  for (std::uint64_t number = 1; number < 20'000; number += 50) source.certificates[0][number] ^= true;
  const auto file = *delta_file(filter, source, journal, 2);
  const auto changed = *Delta::open(file, journal.key);
  EXPECT_LE(changed.key_bytes(), 5U) << "15 bits of certificates, 9 of changes, 10 to spare";
  EXPECT_LT(file.size(), 400 * 5 + 800U);
  auto later = filter;
  ASSERT_TRUE(later.apply(changed));
  EXPECT_EQ(wrong(later, source), 0U);
}

// Under this salt one of 64 keys that change and one of 63 that do not begin with the same three bytes: one
// salt in thousands has that.
TEST(Delta, AnAmbiguousBeginningTakesOneByteMore) {
  const Journal journal;
  for (const std::uint64_t salt : {229, 1}) {
    MadeUpSource source;
    source.add("signature-1").fill(0, 127, 0);
    auto filter = opened(source, journal, 1, salt);
    for (std::uint64_t number = 0; number < 64; ++number) source.certificates[0][number] = true;
    const auto changed = delta(filter, source, journal, 2);
    EXPECT_EQ(changed.key_bytes(), salt == 229 ? 4U : 3U);
    ASSERT_TRUE(filter.apply(changed));
    EXPECT_EQ(wrong(filter, source), 0U);
  }
}

TEST(Delta, IsOfOneFilterAlone) {
  MadeUpSource source, other;
  source.add("signature-1").fill(0, 100, 10);
  other.add("signature-1").fill(0, 100, 9);
  const Journal journal;
  auto filter = opened(source, journal, 1);
  auto salted = opened(source, journal, 1, 2);
  const auto of_filter = delta(filter, source, journal, 2);
  EXPECT_EQ(code_of(salted.apply(of_filter)), "filter_delta_of_another");
  EXPECT_EQ(code_of(opened(other, journal, 1).apply(of_filter)), "filter_delta_of_another");
  const Journal elsewhere("elsewhere.jp/journal");
  const auto standing =
      *standing_of(elsewhere.edition(2).checkpoint, elsewhere.edition(2).made_at, elsewhere.key);
  const DeltaContent content{of_filter.base(),        of_filter.base_size(), of_filter.key_bytes(),
                             of_filter.authorities(), of_filter.counts(),    of_filter.changes()};
  const auto foreign = *seal(FileKind::delta, standing, encode_delta(content), *elsewhere.signer);
  EXPECT_EQ(code_of(filter.apply(*Delta::open(foreign, elsewhere.key))), "filter_delta_of_another");
  EXPECT_EQ(code_of(filter.apply(of_filter)), "");
}

TEST(Delta, LeadsForwardAlone) {
  MadeUpSource source;
  source.add("signature-1").fill(0, 100, 10);
  const Journal journal;
  const auto base = opened(source, journal, 5);
  EXPECT_EQ(code_of(delta_file(base, source, journal, 4)), "filter_delta_backwards");
  const auto early = delta(base, source, journal, 6);
  source.certificates[0][1] = true;
  const auto late = delta(base, source, journal, 7);
  auto filter = base;
  ASSERT_TRUE(filter.apply(late));
  EXPECT_EQ(code_of(filter.apply(early)), "filter_delta_older");
  EXPECT_EQ(wrong(filter, source), 0U) << "what was applied stays";
  EXPECT_EQ(code_of(filter.apply(late)), "") << "the same once more is no harm";
  EXPECT_EQ(code_of(delta_file(filter, source, journal, 6)), "")
      << "a delta is from the filter as it was opened";
}

// Size and time each lead forward, whatever the other says.
TEST(Delta, NeitherSizeNorTimeGoesBack) {
  MadeUpSource source;
  source.add("signature-1").fill(0, 100, 10);
  const Journal journal;
  const auto base = opened(source, journal, 5);
  const auto file_at = [&](std::uint64_t size, std::uint64_t time) {
    return write_delta(base, source, {journal.edition(size).checkpoint, journal.edition(time).made_at},
                       journal.key, *journal.signer);
  };
  EXPECT_EQ(code_of(file_at(4, 9)), "filter_delta_backwards");
  EXPECT_EQ(code_of(file_at(9, 4)), "filter_delta_backwards");
  auto filter = base;
  ASSERT_TRUE(filter.apply(*Delta::open(*file_at(8, 8), journal.key)));
  EXPECT_EQ(code_of(filter.apply(*Delta::open(*file_at(7, 9), journal.key))), "filter_delta_older");
  EXPECT_EQ(code_of(filter.apply(*Delta::open(*file_at(9, 7), journal.key))), "filter_delta_older");
  EXPECT_EQ(code_of(filter.apply(*Delta::open(*file_at(8, 9), journal.key))), "");
}

TEST(Delta, AuthoritiesStayInTheirOrder) {
  MadeUpSource source, exchanged, fewer;
  source.add("signature-1").fill(0, 10, 2).add("signature-2").fill(0, 10, 2);
  exchanged.add("signature-2").fill(0, 10, 2).add("signature-1").fill(0, 10, 2);
  fewer.add("signature-1").fill(0, 10, 2);
  const Journal journal;
  const auto filter = opened(source, journal, 1);
  EXPECT_EQ(code_of(delta_file(filter, exchanged, journal, 2)), "filter_authorities_moved");
  EXPECT_EQ(code_of(delta_file(filter, fewer, journal, 2)), "filter_authorities_moved");
}

TEST(Delta, ASourceThatMovesBetweenTwoWalksIsRefused) {
  struct Moving : MadeUpSource {
    Result<void> each(const Visit& visit) override {
      const auto done = MadeUpSource::each(visit);
      certificates[0][walks++] = true;
      return done;
    }
    std::uint64_t walks = 1;
  };
  MadeUpSource source;
  source.add("signature-1").fill(0, 100, 10);
  Moving moving;
  moving.add("signature-1").fill(0, 100, 10);
  const Journal journal;
  EXPECT_EQ(code_of(delta_file(opened(source, journal, 1), moving, journal, 2)), "filter_source_moved");
}

}  // namespace
}  // namespace shomei::filter
