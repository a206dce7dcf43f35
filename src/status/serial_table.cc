#include "status/serial_table.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/check.h"

namespace shomei::status {
namespace {

static_assert(std::endian::native == std::endian::little, "tables lie in memory as they lie in a file");

// That share a place of the directory, when numbers are random: more are slow to find, fewer leave much of
// the directory empty.
constexpr std::size_t kNeighboursMin = 4, kNeighboursMax = 64;
constexpr std::size_t kHalvingFrom = 16;
constexpr std::size_t kWordsARank = 8;   // 512 certificates
constexpr std::size_t kChangeBytes = 8;  // 5 of time, state, reason, one more
// 0000-01-01T00:00:00Z: every instant that has four digits of a year fits in five bytes behind it.
constexpr Instant kYearZero{std::chrono::sys_days{std::chrono::year{0} / 1 / 1}};
constexpr std::uint64_t kSecondsMax = static_cast<std::uint64_t>(
    (Instant{std::chrono::sys_days{std::chrono::year{10'000} / 1 / 1}} - kYearZero).count() - 1);

std::size_t aligned(std::size_t bytes) {
  return (bytes + 7) / 8 * 8;
}
std::size_t words_of(std::size_t count) {
  return (count + 63) / 64;
}
std::size_t ranks_of(std::size_t count) {
  return (words_of(count) + kWordsARank - 1) / kWordsARank;
}

template <class T>
T load(const std::uint8_t* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

void store(Bytes& to, std::uint64_t value, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i) to.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

// The first 64 bits of the number, written from the left.
std::uint64_t first_bits(ByteView magnitude) {
  std::uint64_t bits = 0;
  const std::size_t count = std::min<std::size_t>(8, magnitude.size());
  for (std::size_t i = 0; i < count; ++i) bits |= std::uint64_t{magnitude[i]} << (56 - 8 * i);
  return bits;
}

std::size_t bucket_of(ByteView magnitude, std::uint32_t directory_bits) {
  return directory_bits == 0 ? 0 : first_bits(magnitude) >> (64 - directory_bits);
}

// Those with which the table is smallest: eight more spare a byte of each suffix.
std::uint32_t directory_bits_for(std::size_t count, std::uint32_t width) {
  const std::uint32_t most = std::min(kDirectoryBitsMax, 8 * width);
  const auto bits = [&](std::size_t neighbours) {
    return std::min(most, static_cast<std::uint32_t>(std::bit_width(count / neighbours)));
  };
  const auto bytes = [&](std::uint32_t b) { return (std::size_t{4} << b) + count * (width - b / 8); };
  std::uint32_t best = bits(kNeighboursMax);
  for (std::uint32_t b = best; b <= bits(kNeighboursMin); ++b)
    if (bytes(b) < bytes(best)) best = b;
  return best;
}

std::uint32_t place_bytes(std::size_t values) {
  return values <= 0x10000 ? 2 : 4;
}

Error bad(std::string_view what) {
  return malformed("status_snapshot_form", {{"what", std::string(what)}});
}

template <class T>
bool all_below(ByteView places, std::size_t limit) {
  T largest = 0;
  for (std::size_t i = 0; i < places.size(); i += sizeof(T))
    largest = std::max(largest, load<T>(places.data() + i));
  return places.empty() || largest < limit;
}

bool all_below(ByteView places, std::size_t bytes, std::size_t limit) {
  return bytes == 2 ? all_below<std::uint16_t>(places, limit) : all_below<std::uint32_t>(places, limit);
}

}  // namespace

std::optional<TableLayout> TableLayout::of(const TableShape& shape) {
  const auto is_width = [](std::uint32_t bytes) { return bytes == 2 || bytes == 4; };
  if (shape.width < 1 || shape.width > kSerialWidthMax || shape.directory_bits > kDirectoryBitsMax ||
      shape.directory_bits > 8 * shape.width || shape.changed > shape.count ||
      !is_width(shape.last_day_bytes) || !is_width(shape.partition_bytes))
    return std::nullopt;
  TableLayout at{};
  at.suffix_bytes = shape.width - shape.directory_bits / 8;
  const std::size_t count = shape.count;
  at.directory = 0;
  at.bitmap = at.directory + aligned(((std::size_t{1} << shape.directory_bits) + 1) * 4);
  at.ranks = at.bitmap + words_of(count) * 8;
  at.suffixes = at.ranks + aligned(ranks_of(count) * 4);
  at.last_days = at.suffixes + aligned(count * at.suffix_bytes);
  at.partitions = at.last_days + aligned(count * shape.last_day_bytes);
  at.changes = at.partitions + aligned(count * shape.partition_bytes);
  at.end = at.changes + shape.changed * kChangeBytes;
  return at;
}

Result<SerialTable> SerialTable::open(const TableShape& shape, ByteView body,
                                      std::shared_ptr<const void> owner, std::size_t last_days,
                                      std::size_t partitions) {
  const auto layout = TableLayout::of(shape);
  if (!layout || layout->end != body.size()) return bad("a table does not have the size of its shape");
  SerialTable table;
  table.shape_ = shape;
  table.at_ = *layout;
  table.body_ = body;
  table.owner_ = std::move(owner);
  SHOMEI_CHECK(table.check(last_days, partitions));
  return table;
}

Result<void> SerialTable::check(std::size_t last_days, std::size_t partitions) const {
  const std::size_t buckets = std::size_t{1} << shape_.directory_bits;
  for (std::size_t i = 0; i < buckets; ++i)
    if (starts_at(i) > starts_at(i + 1)) return bad("a directory does not ascend");
  if (starts_at(0) != 0 || starts_at(buckets) != shape_.count)
    return bad("a directory does not span its table");
  for (std::size_t i = 0; i < buckets; ++i)
    for (std::size_t place = starts_at(i) + std::size_t{1}; place < starts_at(i + 1); ++place)
      if (std::memcmp(suffix(place - 1), suffix(place), at_.suffix_bytes) >= 0)
        return bad("the numbers of a table do not ascend");
  for (std::size_t i = 0; i < buckets; ++i)
    if (!all_in_bucket(i)) return bad("a number of a table contradicts its place, or is none");
  std::uint32_t changed = 0;
  for (std::size_t i = 0; i < words_of(shape_.count); ++i) {
    if (i % kWordsARank == 0 &&
        load<std::uint32_t>(body_.data() + at_.ranks + i / kWordsARank * 4) != changed)
      return bad("a count of changes is wrong");
    changed += static_cast<std::uint32_t>(std::popcount(word(i)));
  }
  if (changed != shape_.changed) return bad("a count of changes is wrong");
  if (shape_.count % 64 != 0 && word(words_of(shape_.count) - 1) >> (shape_.count % 64) != 0)
    return bad("a change belongs to no number");
  for (std::size_t i = 0; i < shape_.changed; ++i) {
    const auto* change = body_.data() + at_.changes + i * kChangeBytes;
    if (change[5] != static_cast<std::uint8_t>(State::suspended) &&
        change[5] != static_cast<std::uint8_t>(State::revoked))
      return bad("a change is to no state");
    if (change[6] != kNoReason && (change[6] > 10 || change[6] == 7)) return bad("a reason is not known");
    if (change[7] != 0) return bad("a change has a byte that means nothing");
    if ((load<std::uint64_t>(change) & 0xFF'FFFF'FFFF) > kSecondsMax)
      return bad("a change is after the year 9999");
  }
  if (!all_below(body_.subspan(at_.last_days, std::size_t{shape_.count} * shape_.last_day_bytes),
                 shape_.last_day_bytes, last_days) ||
      !all_below(body_.subspan(at_.partitions, std::size_t{shape_.count} * shape_.partition_bytes),
                 shape_.partition_bytes, partitions))
    return bad("a row names what is not in the dictionaries");
  return {};
}

// Where the directory and the suffix have the same bits, they are the same; and each number is as long as the
// table says and, of twenty bytes, positive (RFC 5280 4.1.2.2).
bool SerialTable::all_in_bucket(std::size_t bucket) const {
  const std::uint32_t shared = shape_.directory_bits % 8;
  const auto expected = static_cast<std::uint8_t>(bucket & ((1U << shared) - 1));
  for (std::size_t place = starts_at(bucket); place < starts_at(bucket + 1); ++place) {
    if (shared > 0 && suffix(place)[0] >> (8 - shared) != expected) return false;
    const std::uint8_t first = shape_.directory_bits < 8
                                   ? suffix(place)[0]
                                   : static_cast<std::uint8_t>(bucket >> (shape_.directory_bits - 8));
    if (first == 0 || (shape_.width == kSerialWidthMax && first >= 0x80)) return false;
  }
  return true;
}

std::uint32_t SerialTable::starts_at(std::size_t bucket) const {
  return load<std::uint32_t>(body_.data() + at_.directory + bucket * 4);
}

std::uint64_t SerialTable::word(std::size_t index) const {
  return load<std::uint64_t>(body_.data() + at_.bitmap + index * 8);
}

std::optional<std::size_t> SerialTable::place_of(ByteView magnitude) const {
  const std::size_t bucket = bucket_of(magnitude, shape_.directory_bits);
  std::size_t low = starts_at(bucket), high = starts_at(bucket + 1);
  const auto* wanted = magnitude.data() + (magnitude.size() - at_.suffix_bytes);
  const auto compared = [&](std::size_t place) {
    return std::memcmp(suffix(place), wanted, at_.suffix_bytes);
  };
  while (high - low > kHalvingFrom) {
    const std::size_t middle = low + (high - low) / 2;
    if (compared(middle) <= 0)
      low = middle;
    else
      high = middle;
  }
  for (; low < high; ++low)
    if (compared(low) == 0) return low;
  return std::nullopt;
}

std::uint32_t SerialTable::rank_before(std::size_t place) const {
  const std::size_t in_word = place / 64, first = in_word / kWordsARank * kWordsARank;
  auto rank = load<std::uint32_t>(body_.data() + at_.ranks + in_word / kWordsARank * 4);
  for (std::size_t i = first; i < in_word; ++i) rank += static_cast<std::uint32_t>(std::popcount(word(i)));
  const std::uint64_t before = (std::uint64_t{1} << (place % 64)) - 1;
  return rank + static_cast<std::uint32_t>(std::popcount(word(in_word) & before));
}

PackedRow SerialTable::row(std::size_t place) const {
  const auto value = [&](std::size_t from, std::uint32_t bytes) {
    const auto* at = body_.data() + from + place * bytes;
    return bytes == 2 ? load<std::uint16_t>(at) : load<std::uint32_t>(at);
  };
  PackedRow row;
  row.last_day = value(at_.last_days, shape_.last_day_bytes);
  row.partition = value(at_.partitions, shape_.partition_bytes);
  if ((word(place / 64) >> (place % 64) & 1) == 0) return row;
  const auto* change = body_.data() + at_.changes + rank_before(place) * kChangeBytes;
  const auto seconds = load<std::uint64_t>(change) & 0xFF'FFFF'FFFF;
  row.changed_at = kYearZero + std::chrono::seconds(seconds);
  row.state = static_cast<State>(change[5]);
  row.reason = change[6];
  return row;
}

std::optional<PackedRow> SerialTable::find(ByteView magnitude) const {
  SHOMEI_INVARIANT(magnitude.size() == shape_.width);
  const auto place = place_of(magnitude);
  if (!place) return std::nullopt;
  return row(*place);
}

void SerialTable::each(const std::function<void(ByteView, const PackedRow&)>& each) const {
  ByteArray<kSerialWidthMax> number{};
  const std::size_t buckets = std::size_t{1} << shape_.directory_bits;
  const std::size_t prefix_bytes = (shape_.directory_bits + 7) / 8;
  for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
    const std::uint64_t bits =
        shape_.directory_bits == 0 ? 0 : std::uint64_t{bucket} << (64 - shape_.directory_bits);
    for (std::size_t place = starts_at(bucket); place < starts_at(bucket + 1); ++place) {
      for (std::size_t i = 0; i < prefix_bytes; ++i)
        number[i] = static_cast<std::uint8_t>(bits >> (56 - 8 * i));
      // The suffix has the bits of a byte that the directory has only in part.
      std::memcpy(number.data() + shape_.width - at_.suffix_bytes, suffix(place), at_.suffix_bytes);
      each(ByteView(number).first(shape_.width), row(place));
    }
  }
}

SerialTableBuilder::SerialTableBuilder(std::uint32_t authority, std::uint32_t width, std::size_t count_max,
                                       std::size_t last_days, std::size_t partitions)
    : shape_{.authority = authority,
             .width = width,
             .directory_bits = directory_bits_for(count_max, width),
             .last_day_bytes = place_bytes(last_days),
             .partition_bytes = place_bytes(partitions)},
      suffix_bytes_(TableLayout::of(shape_)->suffix_bytes),
      directory_((std::size_t{1} << shape_.directory_bits) + 1) {
  SHOMEI_INVARIANT(count_max <= 0xFFFF'FFFF);
  suffixes_.reserve(count_max * suffix_bytes_);
  last_days_.reserve(count_max * shape_.last_day_bytes);
  partitions_.reserve(count_max * shape_.partition_bytes);
  bitmap_.reserve(words_of(count_max));
}

void SerialTableBuilder::add(ByteView magnitude, const PackedRow& row) {
  // How many are in each bucket, one place further on; finish() adds them up.
  ++directory_[bucket_of(magnitude, shape_.directory_bits) + 1];
  append(suffixes_, magnitude.last(suffix_bytes_));
  store(last_days_, row.last_day, shape_.last_day_bytes);
  store(partitions_, row.partition, shape_.partition_bytes);
  if (shape_.count % 64 == 0) bitmap_.push_back(0);
  if (row.state != State::valid) {
    bitmap_.back() |= std::uint64_t{1} << (shape_.count % 64);
    store(changes_, static_cast<std::uint64_t>((row.changed_at - kYearZero).count()), 5);
    changes_.push_back(static_cast<std::uint8_t>(row.state));
    changes_.push_back(row.reason);
    changes_.push_back(0);
    ++shape_.changed;
  }
  ++shape_.count;
}

SerialTable SerialTableBuilder::finish() && {
  for (std::size_t i = 1; i < directory_.size(); ++i) directory_[i] += directory_[i - 1];
  const auto at = TableLayout::of(shape_);
  auto body = std::make_shared<Bytes>(at->end);
  const auto put = [&](std::size_t to, const void* from, std::size_t bytes) {
    if (bytes > 0) std::memcpy(body->data() + to, from, bytes);
  };
  put(at->directory, directory_.data(), directory_.size() * 4);
  put(at->bitmap, bitmap_.data(), bitmap_.size() * 8);
  std::uint32_t rank = 0;
  for (std::size_t i = 0; i < bitmap_.size(); ++i) {
    if (i % kWordsARank == 0) put(at->ranks + i / kWordsARank * 4, &rank, 4);
    rank += static_cast<std::uint32_t>(std::popcount(bitmap_[i]));
  }
  put(at->suffixes, suffixes_.data(), suffixes_.size());
  put(at->last_days, last_days_.data(), last_days_.size());
  put(at->partitions, partitions_.data(), partitions_.size());
  put(at->changes, changes_.data(), changes_.size());
  SerialTable table;
  table.shape_ = shape_;
  table.at_ = *at;
  table.body_ = *body;
  table.owner_ = std::move(body);
  return table;
}

}  // namespace shomei::status
