// Batch: rows for one statement that writes many, INSERT … SELECT * FROM unnest($1, $2, …), one array a
// column. Rows are encoded as they are added, in the form that is sent.
#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "store/postgres/connection.h"
#include "store/postgres/values.h"

namespace shomei::store::postgres {

enum class ColumnType : std::uint32_t { boolean = 16, bytes = 17, integer = 20, text = 25 };  // their OIDs

class Batch {
 public:
  // The statement has static storage.
  Batch(const Statement& statement, std::initializer_list<ColumnType> columns);

  // The values of a row, in the order of the columns.
  Batch& add(std::int64_t value);
  Batch& add(std::string_view text);
  Batch& add(ByteView bytes);
  Batch& add_boolean(bool value);
  Batch& add_null();
  Batch& add(const char* text) { return add(std::string_view(text)); }
  Batch& add(const std::string& text) { return add(std::string_view(text)); }
  Batch& add(const Bytes& bytes) { return add(ByteView(bytes)); }
  template <class T>
  Batch& add(const std::optional<T>& value) {
    return value ? add(*value) : add_null();
  }

  bool empty() const { return columns_.front().count == 0; }
  std::size_t bytes() const;
  void append(const Batch& more);  // rows of the same statement
  void clear();
  // Sends the rows, if there are any, and forgets them.
  void queue_in(Connection& connection);

 private:
  struct Column {
    ColumnType type;
    std::uint32_t count = 0;
    bool nulls = false;
    Bytes array;  // with its header, which is filled in at the end
  };
  Column& next(std::size_t length);
  const Statement* statement_;
  std::vector<Column> columns_;
  std::size_t at_ = 0;  // the column that comes next
};

// One bigint[] as a value.
class IntegerArray {
 public:
  void add(std::int64_t value);
  ByteView encoded();  // borrowed

 private:
  std::uint32_t count_ = 0;
  Bytes array_ = Bytes(20);
};

// One bytea[].
class BytesArray {
 public:
  void add(ByteView value);
  ByteView encoded();  // borrowed

 private:
  std::uint32_t count_ = 0;
  Bytes array_ = Bytes(20);
};

}  // namespace shomei::store::postgres
