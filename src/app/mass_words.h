// Mass acts on the command line: their parts of a home, and what is said of them to people.
#pragma once

#include <string>

#include "home/home.h"
#include "mass/carry_out.h"

namespace shomei::app {

// Of a home that was opened for writing.
mass::Parts mass_parts(home::Home& home);
mass::Folder mass_folder(const home::Home& home);

std::string order_words(const mass::Order& order);
std::string standing_words(const mass::Standing& standing);  // one line
std::string report_words(const mass::Report& report);

}  // namespace shomei::app
