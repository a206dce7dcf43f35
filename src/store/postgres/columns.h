// Values read back from rows: what was never put there is internal "store_row_broken".
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/result.h"
#include "pki/serial_number.h"
#include "store/postgres/values.h"

namespace shomei::store::postgres {

inline Error row_broken(std::string_view what) {
  return internal("store_row_broken", {{"what", std::string(what)}});
}

template <class T>
Result<T> unbroken(Result<T> parsed, std::string_view what) {
  if (!parsed) return row_broken(what);
  return parsed;
}

// Identifiers that may be empty ("" names nothing).
template <class Id>
Result<Id> id_in(const Row& row, int column) {
  const std::string text = row.text(column);
  if (text.empty()) return Id{};
  return unbroken(Id::parse(text), "an identifier");
}

inline std::int64_t seconds(Instant at) {
  return at.time_since_epoch().count();
}
inline Instant instant_in(const Row& row, int column) {
  return Instant{std::chrono::seconds{row.integer(column)}};
}
inline std::optional<Instant> maybe_instant_in(const Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(instant_in(row, column));
}

inline std::optional<std::string> day_text(const std::optional<Date>& day) {
  return day ? std::optional(format_date(*day)) : std::nullopt;
}
inline Result<Date> day_in(const Row& row, int column) {
  return unbroken(parse_date(row.text(column)), "a day");
}
inline Result<std::optional<Date>> maybe_day_in(const Row& row, int column) {
  if (row.is_null(column)) return std::optional<Date>{};
  SHOMEI_TRY(const auto day, day_in(row, column));
  return std::optional<Date>{day};
}

inline Result<pki::SerialNumber> serial_in(const Row& row, int column) {
  return unbroken(pki::SerialNumber::of_magnitude(row.blob(column)), "a serial number");
}

template <std::size_t N>
Result<ByteArray<N>> array_in(const Row& row, int column) {
  const Bytes bytes = row.blob(column);
  ByteArray<N> array{};
  if (bytes.size() != N) return row_broken("a digest or salt");
  std::ranges::copy(bytes, array.begin());
  return array;
}

// `read` makes a value of a row.
template <class T>
Result<std::optional<T>> first_of(const Answer& answer, Result<T> (*read)(const Row&)) {
  if (answer.rows() == 0) return std::optional<T>{};
  SHOMEI_TRY(auto value, read(Row(answer, 0)));
  return std::optional<T>{std::move(value)};
}

template <class T>
Result<std::vector<T>> all_of(const Answer& answer, Result<T> (*read)(const Row&)) {
  std::vector<T> values;
  for (int i = 0; i < answer.rows(); ++i) {
    SHOMEI_TRY(auto value, read(Row(answer, i)));
    values.push_back(std::move(value));
  }
  return values;
}

}  // namespace shomei::store::postgres
