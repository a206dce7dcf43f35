// The words of facts and acts ("city_hall", "user_authentication") as people say them. Names of members of a
// facts file ("resident.born") stay as they are, so that the reader finds them there.
#pragma once

#include <string_view>

#include "texts/says.h"

namespace shomei::texts {

// Unchanged when the word is not known.
std::string_view word(std::string_view text, Language language);

}  // namespace shomei::texts
