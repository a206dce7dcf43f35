// What this program calls itself, on the command line and in every journal entry that it writes.
#pragma once

#include <string_view>

namespace shomei {

inline constexpr std::string_view kSoftware = "shomei 0.1.0";

}  // namespace shomei
