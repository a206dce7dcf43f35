// Marks: the first eight bytes of a SHA-256 as a signed number, which narrow indexes are over.
#pragma once

#include <cstdint>
#include <string_view>

#include "crypto/digest.h"
#include "store/postgres/values.h"

namespace shomei::store::postgres {

inline std::int64_t mark_of(const crypto::Sha256& digest) {
  return read_integer(ByteView(digest).first(sizeof(std::int64_t)));
}
inline std::int64_t mark_of(std::string_view text) {
  return mark_of(crypto::sha256(view(text)));
}

}  // namespace shomei::store::postgres
