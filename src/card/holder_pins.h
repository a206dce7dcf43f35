// The PINs that a card's holder chose, and that a counter lets be chosen anew, by their names. The common
// application's is none of them: nobody sets it yet.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "card/pin_id.h"

namespace shomei::card {

constexpr std::string_view name(PinId id) {
  return entry_of(id).name;
}

inline constexpr std::array kHolderPins{PinId::signature, PinId::user_authentication, PinId::input_helper};

constexpr std::optional<PinId> holder_pin(std::string_view named) {
  for (const auto id : kHolderPins)
    if (name(id) == named) return id;
  return std::nullopt;
}

}  // namespace shomei::card
