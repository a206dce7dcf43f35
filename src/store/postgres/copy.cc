#include "store/postgres/copy.h"

#include "base/check.h"

namespace shomei::store::postgres {
namespace {

// Its signature, no flags, no extension of the header.
constexpr std::string_view kHeader("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
constexpr std::int16_t kEnd = -1;
constexpr std::int32_t kNull = -1;

template <class Integer>
void append_integer(std::string& to, Integer value) {
  for (int shift = 8 * (static_cast<int>(sizeof value) - 1); shift >= 0; shift -= 8)
    to += static_cast<char>(static_cast<std::uint64_t>(value) >> shift & 0xFF);
}

}  // namespace

Copy::Copy(std::int16_t columns) : data_(kHeader), columns_(columns) {}

void Copy::begin_value(std::int32_t length) {
  if (next_ == 0) {
    append_integer(data_, columns_);
    ++rows_;
  }
  next_ = static_cast<std::int16_t>((next_ + 1) % columns_);
  append_integer(data_, length);
}

Copy& Copy::add(std::int64_t value) {
  begin_value(sizeof value);
  append_integer(data_, value);
  return *this;
}

Copy& Copy::add(std::string_view text) {
  begin_value(static_cast<std::int32_t>(text.size()));
  data_ += text;
  return *this;
}

Copy& Copy::add(ByteView bytes) {
  begin_value(static_cast<std::int32_t>(bytes.size()));
  data_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return *this;
}

Copy& Copy::add_boolean(bool value) {
  begin_value(1);
  data_ += value ? '\1' : '\0';
  return *this;
}

Copy& Copy::add_null() {
  begin_value(kNull);
  return *this;
}

std::string_view Copy::finished() {
  SHOMEI_INVARIANT(next_ == 0);
  append_integer(data_, kEnd);
  return data_;
}

}  // namespace shomei::store::postgres
