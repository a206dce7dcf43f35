// Values read back from rows: what was never put there is internal "store_row_broken".
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/calendar.h"
#include "crypto/digest.h"
#include "pki/serial_number.h"
#include "store/sqlite/database.h"

namespace shomei::store {

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
Result<Id> id_in(const Query& query, int column) {
  const std::string text = query.text(column);
  if (text.empty()) return Id{};
  return unbroken(Id::parse(text), "an identifier");
}

inline std::int64_t seconds(Instant at) {
  return at.time_since_epoch().count();
}
inline std::optional<std::int64_t> seconds(const std::optional<Instant>& at) {
  return at ? std::optional(seconds(*at)) : std::nullopt;
}
inline Instant instant_in(const Query& query, int column) {
  return Instant{std::chrono::seconds{query.integer(column)}};
}
inline std::optional<Instant> maybe_instant_in(const Query& query, int column) {
  return query.is_null(column) ? std::nullopt : std::optional(instant_in(query, column));
}

inline std::optional<std::string> day_text(const std::optional<Date>& day) {
  return day ? std::optional(format_date(*day)) : std::nullopt;
}
inline Result<Date> day_in(const Query& query, int column) {
  return unbroken(parse_date(query.text(column)), "a day");
}
inline Result<std::optional<Date>> maybe_day_in(const Query& query, int column) {
  if (query.is_null(column)) return std::optional<Date>{};
  SHOMEI_TRY(const auto day, day_in(query, column));
  return std::optional<Date>{day};
}

inline Result<pki::SerialNumber> serial_in(const Query& query, int column) {
  return unbroken(pki::SerialNumber::of_magnitude(query.blob(column)), "a serial number");
}

template <std::size_t N>
Result<ByteArray<N>> array_in(const Query& query, int column) {
  const Bytes bytes = query.blob(column);
  ByteArray<N> array{};
  if (bytes.size() != N) return row_broken("a digest or salt");
  std::ranges::copy(bytes, array.begin());
  return array;
}

// The first eight bytes of a SHA-256 as a signed number: what narrow indexes are over.
inline std::int64_t mark_of(const crypto::Sha256& digest) {
  std::uint64_t mark = 0;
  for (std::size_t i = 0; i < sizeof mark; ++i) mark = mark << 8U | digest[i];
  return static_cast<std::int64_t>(mark);
}
inline std::int64_t mark_of(std::string_view text) {
  return mark_of(crypto::sha256(view(text)));
}

// `read` makes a value of the row at hand.
template <class T>
Result<std::optional<T>> first_of(Query& query, Result<T> (*read)(const Query&)) {
  SHOMEI_TRY(const bool found, query.step());
  if (!found) return std::optional<T>{};
  SHOMEI_TRY(auto value, read(query));
  return std::optional<T>{std::move(value)};
}

template <class T>
Result<std::vector<T>> all_of(Query& query, Result<T> (*read)(const Query&)) {
  std::vector<T> values;
  while (true) {
    SHOMEI_TRY(const bool found, query.step());
    if (!found) return values;
    SHOMEI_TRY(auto value, read(query));
    values.push_back(std::move(value));
  }
}

}  // namespace shomei::store
