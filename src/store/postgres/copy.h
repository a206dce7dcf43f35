// Copy: rows for one COPY … FROM STDIN (FORMAT binary), in PostgreSQL's binary form. Source: PostgreSQL 15,
// COPY, "Binary Format".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace shomei::store::postgres {

class Copy {
 public:
  explicit Copy(std::int16_t columns);

  // Values in the order of the columns; the first of a row begins it.
  Copy& add(std::int64_t value);
  Copy& add(std::string_view text);
  Copy& add(ByteView bytes);
  Copy& add(const std::string& text) { return add(std::string_view(text)); }
  Copy& add(const Bytes& bytes) { return add(ByteView(bytes)); }
  Copy& add_boolean(bool value);
  Copy& add_null();
  template <class T>
  Copy& add(const std::optional<T>& value) {
    return value ? add(*value) : add_null();
  }

  bool empty() const { return rows_ == 0; }
  std::string_view finished();  // with the end behind it; nothing may be added then

 private:
  void begin_value(std::int32_t length);
  std::string data_;
  std::int16_t columns_, next_ = 0;
  std::size_t rows_ = 0;
};

}  // namespace shomei::store::postgres
