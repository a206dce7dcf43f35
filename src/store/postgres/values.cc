#include "store/postgres/values.h"

#include <charconv>

#include "base/check.h"

namespace shomei::store::postgres {

namespace {
constexpr std::size_t kArrayHeaderBytes = 20;  // dimensions, nulls, type, count, first index
constexpr std::size_t kLengthBytes = 4;
}  // namespace

Values& Values::put(const void* data, std::size_t size) {
  SHOMEI_INVARIANT(size <= INT32_MAX);
  items_.push_back({nullptr, store_.size(), static_cast<int>(size)});
  store_.append(static_cast<const char*>(data), size);
  return *this;
}

Values& Values::bind(std::int64_t value) {
  std::uint8_t bytes[sizeof value];
  for (std::size_t i = 0; i < sizeof value; ++i)
    bytes[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (56U - 8U * i));
  return put(bytes, sizeof bytes);
}
Values& Values::bind(std::string_view text) {
  return put(text.data(), text.size());
}
Values& Values::bind(ByteView bytes) {
  return put(bytes.data(), bytes.size());
}
Values& Values::bind_null() {
  items_.push_back({nullptr, 0, -1});
  return *this;
}
Values& Values::bind_borrowed(ByteView bytes) {
  SHOMEI_INVARIANT(bytes.size() <= INT32_MAX);
  items_.push_back({reinterpret_cast<const char*>(bytes.data()), 0, static_cast<int>(bytes.size())});
  return *this;
}

std::vector<const char*> Values::pointers() const {
  std::vector<const char*> pointers;
  for (const auto& item : items_)
    pointers.push_back(item.length < 0 ? nullptr
                                       : (item.borrowed ? item.borrowed : store_.data() + item.offset));
  return pointers;
}

std::vector<int> Values::lengths() const {
  std::vector<int> lengths;
  for (const auto& item : items_) lengths.push_back(item.length);
  return lengths;
}

std::int64_t Answer::changed() const {
  const std::string_view text = PQcmdTuples(const_cast<PGresult*>(result_.get()));
  std::int64_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

std::int64_t read_integer(ByteView bytes) {
  std::uint64_t value = 0;
  for (const auto byte : bytes) value = value << 8U | byte;
  return static_cast<std::int64_t>(value);
}

ByteView Row::bytes(int column) const {
  return {reinterpret_cast<const std::uint8_t*>(PQgetvalue(result_, row_, first_ + column)),
          static_cast<std::size_t>(PQgetlength(result_, row_, first_ + column))};
}
std::int64_t Row::integer(int column) const {
  return read_integer(bytes(column));
}
bool Row::boolean(int column) const {
  return read_integer(bytes(column)) != 0;
}
std::string Row::text(int column) const {
  return to_text(bytes(column));
}
Bytes Row::blob(int column) const {
  return to_bytes(bytes(column));
}

std::vector<std::int64_t> Row::integers(int column) const {
  std::vector<std::int64_t> values;
  const auto all = bytes(column);
  constexpr std::size_t kStep = kLengthBytes + sizeof(std::int64_t);
  for (std::size_t at = kArrayHeaderBytes; at + kStep <= all.size(); at += kStep)
    values.push_back(read_integer(all.subspan(at + kLengthBytes, sizeof(std::int64_t))));
  return values;
}

}  // namespace shomei::store::postgres
