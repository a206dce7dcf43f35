// The two PINs, key pairs and certificates of a card. Of the card alone, so that a PKCS#11 module needs no
// more than this folder.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace shomei::card {

enum class Kind { signature, user_authentication };

inline constexpr std::array kKinds{Kind::signature, Kind::user_authentication};

constexpr std::size_t index_of(Kind kind) {
  return kind == Kind::signature ? 0 : 1;
}
constexpr std::string_view name(Kind kind) {
  return kind == Kind::signature ? "signature" : "user_authentication";
}

}  // namespace shomei::card
