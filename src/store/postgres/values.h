// Values in PostgreSQL's binary form: those that a statement is given, and the rows that it answers with.
// Types are bigint, text, bytea and boolean, and arrays of them. Source: PostgreSQL 15, src/backend/utils/adt
// (the *send and *recv functions); integers are big-endian.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace shomei::store::postgres {

class Values {
 public:
  Values& bind(std::int64_t value);
  Values& bind(std::string_view text);
  Values& bind(ByteView bytes);
  Values& bind(bool value) = delete;
  Values& bind(const char* text) { return bind(std::string_view(text)); }
  Values& bind(const std::string& text) { return bind(std::string_view(text)); }
  Values& bind(const Bytes& bytes) { return bind(ByteView(bytes)); }
  Values& bind_null();
  template <class T>
  Values& bind(const std::optional<T>& value) {
    return value ? bind(*value) : bind_null();
  }
  // Not copied: must live until the statement was queued.
  Values& bind_borrowed(ByteView bytes);

  std::size_t count() const { return items_.size(); }
  // As libpq takes them; valid until the next bind.
  std::vector<const char*> pointers() const;
  std::vector<int> lengths() const;

 private:
  struct Item {
    const char* borrowed;  // or in store_
    std::size_t offset;
    int length;  // -1: NULL
  };
  Values& put(const void* data, std::size_t size);
  std::string store_;
  std::vector<Item> items_;
};

// What a statement answered. Rows and columns are counted from 0.
class Answer {
 public:
  explicit Answer(PGresult* result) : result_(result) {}
  int rows() const { return PQntuples(result_.get()); }
  std::int64_t changed() const;  // rows that it wrote
  std::string_view tag() const { return PQcmdStatus(result_.get()); }
  const PGresult* result() const { return result_.get(); }

 private:
  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  std::unique_ptr<PGresult, Clear> result_;
};

// One row of an Answer, borrowed.
class Row {
 public:
  // `first`: the column that is counted as 0.
  Row(const Answer& answer, int row, int first = 0) : result_(answer.result()), row_(row), first_(first) {}
  bool is_null(int column) const { return PQgetisnull(result_, row_, first_ + column) != 0; }
  std::int64_t integer(int column) const;  // 0 when NULL
  bool boolean(int column) const;
  std::string text(int column) const;
  Bytes blob(int column) const;
  std::vector<std::int64_t> integers(int column) const;  // of a bigint[]

 private:
  ByteView bytes(int column) const;
  const PGresult* result_;
  int row_;
  int first_;
};

// Eight bytes, the highest first.
std::int64_t read_integer(ByteView bytes);

}  // namespace shomei::store::postgres
