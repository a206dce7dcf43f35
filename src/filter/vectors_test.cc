// A filter and a delta that were written once, by tests/filter/make_filter.cc: they open, and the same state
// gives the same bytes. Whoever changes the format raises the number in the first line.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "filter/check.h"
#include "filter/filter_testing.h"

namespace shomei::filter {
namespace {

Bytes vector_file(const std::string& name) {
  std::ifstream file(SHOMEI_VECTORS "/filter/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(FilterVectors, TheSameStateGivesTheSameBytes) {
  const auto journal = known_journal();
  auto source = known_source();
  EXPECT_EQ(written(source, journal, 1000), vector_file("filter-1"));
  const auto filter = *Filter::open(vector_file("filter-1"), journal.key);
  auto later = later_known_source();
  const auto changes = write_delta(filter, later, journal.edition(1200), journal.key, *journal.signer);
  EXPECT_EQ(*changes, vector_file("delta-1"));
}

TEST(FilterVectors, Answer) {
  const auto journal = known_journal();
  auto filter = Filter::open(vector_file("filter-1"), journal.key);
  ASSERT_TRUE(filter.has_value()) << filter.error().code;
  EXPECT_EQ(to_hex(filter->digest()), "1cb23b3eb1076a2af8fc7c5f255b96294b5deb930dcf2e1857550afece2e2e5e");
  auto source = known_source(), later = later_known_source();
  EXPECT_EQ(compare(*filter, source)->wrong, 0U);
  auto delta = Delta::open(vector_file("delta-1"), journal.key);
  ASSERT_TRUE(delta.has_value()) << delta.error().code;
  ASSERT_TRUE(filter->apply(*std::move(delta)));
  EXPECT_EQ(compare(*filter, later)->wrong, 0U);
}

}  // namespace
}  // namespace shomei::filter
