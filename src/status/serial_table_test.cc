#include "status/serial_table.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>

#include "status/test_hierarchy.h"

namespace shomei::status {
namespace {

using Model = std::map<Bytes, PackedRow>;

SerialTable table_of(const Model& rows, std::uint32_t width, std::size_t days = 100,
                     std::size_t partitions = 100) {
  SerialTableBuilder builder(3, width, rows.size(), days, partitions);
  for (const auto& [number, row] : rows) builder.add(number, row);
  return std::move(builder).finish();
}

PackedRow random_row() {
  PackedRow row;
  row.last_day = *rc::gen::inRange<std::uint32_t>(0, 100);
  row.partition = *rc::gen::inRange<std::uint32_t>(0, 100);
  if (*rc::gen::inRange(0, 4) != 0) return row;
  row.state = *rc::gen::element(State::suspended, State::revoked);
  row.reason = static_cast<std::uint8_t>(*rc::gen::element(255, 0, 1, 6, 10));
  row.changed_at =
      Instant(std::chrono::seconds(*rc::gen::inRange<std::int64_t>(-62'167'219'200, 253'402'300'799)));
  return row;
}

// Numbers that are random, in a row, or differ in few bits: what a directory is good at, and what it is not.
Bytes random_number(std::uint32_t width) {
  Bytes number = *rc::gen::container<Bytes>(width, rc::gen::arbitrary<std::uint8_t>());
  if (*rc::gen::arbitrary<bool>()) std::fill(number.begin(), number.end() - 1, std::uint8_t{0x5A});
  if (number[0] == 0) number[0] = 1;
  return number;
}

TEST(SerialTable, FindsWhatWasPutInAndNothingElse) {
  EXPECT_TRUE(rc::check([] {
    const auto width = *rc::gen::inRange<std::uint32_t>(1, kSerialWidthMax + 1);
    Model rows;
    const int count = *rc::gen::element(0, 1, 2, 30, 700);
    for (int i = 0; i < count; ++i) rows.emplace(random_number(width), random_row());
    const auto table = table_of(rows, width);
    RC_ASSERT(table.shape().count == rows.size());
    for (const auto& [number, row] : rows) RC_ASSERT(table.find(number) == row);
    for (int i = 0; i < 50; ++i) {
      const Bytes other = random_number(width);
      const auto at = rows.find(other);
      RC_ASSERT(table.find(other) == (at == rows.end() ? std::nullopt : std::optional(at->second)));
    }
    auto next = rows.begin();
    table.each([&](ByteView number, const PackedRow& row) {
      RC_ASSERT(next != rows.end());
      RC_ASSERT(equal(number, next->first) && row == next->second);
      ++next;
    });
    RC_ASSERT(next == rows.end());
  }));
}

Model numbers(std::size_t count, std::uint32_t width) {
  Model rows;
  std::uint64_t number = 0x0123456789ABCDEF;
  while (rows.size() < count) {
    number = number * 6364136223846793005 + 1442695040888963407;
    Bytes bytes(width, 0x11);
    for (std::size_t i = 0; i < std::min<std::size_t>(8, width); ++i)
      bytes[i] = static_cast<std::uint8_t>(number >> (56 - 8 * i));
    if (bytes[0] == 0) continue;
    PackedRow row{.last_day = static_cast<std::uint32_t>(number % 100), .partition = 7};
    if (bytes[1] % 20 == 0) {
      row.state = State::revoked;
      row.changed_at = instant("2026-11-26T00:00:00Z");
    }
    rows.emplace(std::move(bytes), row);
  }
  return rows;
}

TEST(SerialTable, TakesFewBytesACertificate) {
  const auto table = table_of(numbers(200'000, 8), 8);
  EXPECT_LT(static_cast<double>(table.body().size()) / 200'000, 12);
}

TEST(SerialTable, OpensWhatItWroteWherever) {
  const auto rows = numbers(3'000, 8);
  const auto table = table_of(rows, 8);
  const auto copy = std::make_shared<const Bytes>(to_bytes(table.body()));
  const auto again = SerialTable::open(table.shape(), *copy, copy, 100, 100);
  ASSERT_TRUE(again) << again.error().code;
  for (const auto& [number, row] : rows) EXPECT_EQ(again->find(number), row);
}

TEST(SerialTable, RefusesABodyThatIsNotOfItsShape) {
  const auto table = table_of(numbers(300, 8), 8);
  const Bytes body = to_bytes(table.body());
  const auto open = [](TableShape shape, const Bytes& bytes, std::size_t days, std::size_t partitions) {
    const auto copy = std::make_shared<const Bytes>(bytes);
    return SerialTable::open(shape, *copy, copy, days, partitions);
  };
  ASSERT_TRUE(open(table.shape(), body, 100, 100));
  EXPECT_FALSE(open(table.shape(), body, 20, 100)) << "a day that the dictionary has not";
  EXPECT_FALSE(open(table.shape(), body, 100, 7)) << "a partition that the dictionary has not";
  EXPECT_FALSE(open(table.shape(), Bytes(body.begin(), body.end() - 8), 100, 100));
  for (auto member : {&TableShape::width, &TableShape::directory_bits, &TableShape::last_day_bytes,
                      &TableShape::partition_bytes, &TableShape::count, &TableShape::changed})
    for (const std::uint32_t value : {0U, 1U, 3U, 29U, 0xFFFF'FFFFU}) {
      TableShape shape = table.shape();
      if (shape.*member == value) continue;
      shape.*member = value;
      EXPECT_FALSE(open(shape, body, 100, 100)) << value;
    }
}

// Whatever a file says, looking into it stays inside it.
TEST(SerialTable, BentBytesAreRefusedOrHarmless) {
  const auto table = table_of(numbers(300, 8), 8);
  const Bytes body = to_bytes(table.body());
  for (std::size_t at = 0; at < body.size(); ++at) {
    const auto bent = std::make_shared<Bytes>(body);
    (*bent)[at] ^= 0xFF;
    const auto opened = SerialTable::open(table.shape(), *bent, bent, 100, 100);
    if (!opened) continue;
    std::size_t seen = 0;
    opened->each([&](ByteView number, const PackedRow& row) {
      ++seen;
      EXPECT_LT(row.last_day, 100U);
      EXPECT_EQ(opened->find(number), row) << "what is in it is found, byte " << at;
    });
    EXPECT_EQ(seen, 300U);
  }
}

}  // namespace
}  // namespace shomei::status
