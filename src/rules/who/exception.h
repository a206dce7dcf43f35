// "In principle" (seed: age restriction): an exception needs a recorded ground and a second officer.
#pragma once

#include "rules/facts.h"

namespace shomei::rules {

inline bool excepted(const Facts& facts) {
  return facts.exception && facts.exception->second_officer &&
         facts.exception->ground.find_first_not_of(" \t\r\n") != std::string::npos;
}

}  // namespace shomei::rules
