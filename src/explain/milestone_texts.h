// What happened on each day of the timeline (rules/timeline.h), in both languages; a test compares the two.
#pragma once

#include <span>
#include <string_view>

namespace shomei::explain {

struct MilestoneText {
  std::string_view id;
  std::string_view en;
  std::string_view ja;
};

// Null when there is none.
const MilestoneText* find_milestone_text(std::string_view id);
std::span<const MilestoneText> milestone_texts();

}  // namespace shomei::explain
