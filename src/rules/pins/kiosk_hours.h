// When kiosks reset PINs (jpki-facts 3.5), after midnight in Japan.
#pragma once

#include <chrono>
#include <cstdint>

namespace shomei::rules {

using SecondsOfDay = std::chrono::duration<std::int32_t>;
inline constexpr SecondsOfDay kKioskOpens = std::chrono::hours{6} + std::chrono::minutes{30};
inline constexpr SecondsOfDay kKioskCloses = std::chrono::hours{23};

}  // namespace shomei::rules
