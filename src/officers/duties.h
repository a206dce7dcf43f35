// The table of duties: every act that officers do, which roles may do it, how far an officer must be
// appointed for it, and how many others must agree to it first. It is the one place that says who may do
// what; docs/officers.md shows it as `shomei officer table` prints it.
#pragma once

#include <span>
#include <string_view>

#include "officers/role.h"

namespace shomei::officers {

// Whom the act touches: people at one office, for which the officer must be appointed, or everybody, for
// which an officer must be appointed for all offices.
enum class Reach : std::uint8_t { office, everywhere };
std::string_view name(Reach reach);

struct Duty {
  std::string_view act;  // as the journal names it
  std::string_view does, does_ja;
  Roles who;
  Reach reach = Reach::office;
  int approvals = 0;  // of other officers, unless the settings say another number
};

std::span<const Duty> duties();
const Duty* find_duty(std::string_view act);  // null: nobody may do it

}  // namespace shomei::officers
