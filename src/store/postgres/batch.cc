#include "store/postgres/batch.h"

#include <algorithm>

#include "base/check.h"

namespace shomei::store::postgres {
namespace {

constexpr std::size_t kHeaderBytes = 20;

void write_u32(Bytes& to, std::size_t at, std::uint32_t value) {
  for (std::size_t i = 0; i < sizeof value; ++i)
    to[at + i] = static_cast<std::uint8_t>(value >> (24U - 8U * i));
}

// The header: one dimension, whether there are nulls, the type, how many, and the index of the first.
void write_header(Bytes& array, bool nulls, ColumnType type, std::uint32_t count) {
  std::size_t at = 0;
  for (const std::uint32_t word : {1U, nulls ? 1U : 0U, static_cast<std::uint32_t>(type), count, 1U}) {
    write_u32(array, at, word);
    at += sizeof word;
  }
}

}  // namespace

Batch::Batch(const Statement& statement, std::initializer_list<ColumnType> columns) : statement_(&statement) {
  for (const auto type : columns) columns_.push_back({type, 0, false, Bytes(kHeaderBytes)});
}

Batch::Column& Batch::next(std::size_t length) {
  Column& column = columns_[at_];
  at_ = at_ + 1 == columns_.size() ? 0 : at_ + 1;
  ++column.count;
  append_u32(column.array, static_cast<std::uint32_t>(length));
  return column;
}

Batch& Batch::add(std::int64_t value) {
  append_u64(next(sizeof value).array, static_cast<std::uint64_t>(value));
  return *this;
}
Batch& Batch::add(std::string_view text) {
  return add(view(text));
}
Batch& Batch::add(ByteView bytes) {
  shomei::append(next(bytes.size()).array, bytes);
  return *this;
}
Batch& Batch::add_boolean(bool value) {
  next(1).array.push_back(value ? 1 : 0);
  return *this;
}
Batch& Batch::add_null() {
  next(UINT32_MAX).nulls = true;
  return *this;
}

std::size_t Batch::bytes() const {
  std::size_t sum = 0;
  for (const auto& column : columns_) sum += column.array.size();
  return sum;
}

void Batch::append(const Batch& more) {
  SHOMEI_INVARIANT(statement_ == more.statement_ && at_ == 0 && more.at_ == 0);
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    columns_[i].count += more.columns_[i].count;
    columns_[i].nulls |= more.columns_[i].nulls;
    shomei::append(columns_[i].array, ByteView(more.columns_[i].array).subspan(kHeaderBytes));
  }
}

void Batch::clear() {
  for (auto& column : columns_) {
    column.count = 0;
    column.nulls = false;
    column.array.resize(kHeaderBytes);
  }
  at_ = 0;
}

void Batch::queue_in(Connection& connection) {
  if (empty()) return;
  Values values;
  for (auto& column : columns_) {
    SHOMEI_INVARIANT(column.count == columns_.front().count);
    write_header(column.array, column.nulls, column.type, column.count);
    values.bind_borrowed(column.array);
  }
  connection.queue(*statement_, values);
  clear();
}

void IntegerArray::add(std::int64_t value) {
  append_u32(array_, sizeof value);
  append_u64(array_, static_cast<std::uint64_t>(value));
  ++count_;
}

void BytesArray::add(ByteView value) {
  append_u32(array_, static_cast<std::uint32_t>(value.size()));
  shomei::append(array_, value);
  ++count_;
}

ByteView BytesArray::encoded() {
  write_header(array_, false, ColumnType::bytes, count_);
  return array_;
}

ByteView IntegerArray::encoded() {
  write_header(array_, false, ColumnType::integer, count_);
  return array_;
}

}  // namespace shomei::store::postgres
