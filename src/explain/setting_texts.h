// What each setting of the rules chooses, its default and why, in both languages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/settings.h"

namespace shomei::explain {

struct SettingText {
  std::string_view key;       // in the table [rules] of a home's settings
  std::string_view name;      // the member of rules::Settings, and in what the journal keeps of a decision
  std::string default_value;  // of a number or word as it is written; "none" for what is absent
  std::string_view en;
  std::string_view ja;
};

// Every setting, with the values given as its defaults.
std::vector<SettingText> setting_texts(const rules::Settings& defaults);

}  // namespace shomei::explain
