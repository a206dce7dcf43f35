// Makes a home: settings, keys, the two authorities with their responders, an empty store, and in a demo its
// people.
#pragma once

#include <filesystem>
#include <optional>

#include "base/calendar.h"
#include "base/result.h"
#include "home/settings.h"

namespace shomei::home {

struct CreateOptions {
  bool with_residents = true;
  std::optional<Instant> at;        // the demo's first moment; now when absent
  std::uint16_t first_port = 8440;  // status; authority and metrics are the next two. 0: any free ones
  // The text of shomei.toml instead of the demo's: the authorities get the names and keys that it says.
  std::optional<std::string> settings;
};

struct Created {
  std::vector<std::string> authorities;
  std::size_t residents = 0;
};

// The home appears whole under its name or not at all. conflict "home_exists"; what parse_settings says.
Result<Created> create_home(const std::filesystem::path& root, const CreateOptions& options);

// The responder of an authority: its key and certificate, made when they are missing or near their end.
inline constexpr std::chrono::days kResponderValidity{90};
inline constexpr std::chrono::days kResponderRenewal{30};

}  // namespace shomei::home
