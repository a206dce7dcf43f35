// Renders an Error for a person. Sentences stand in of_<folder>.cc; {name} in a sentence is filled from the
// error's parameter of that name. Each says what is wrong, with the place, and what to do next.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace shomei::texts {

enum class Language { en, ja };

struct Sentence {
  std::string_view code;
  std::string_view en;
  std::string_view ja;
};

std::string says(const Error& error, Language language);

// A citation (docs/sources.md) as a person reads it: the collections that it abbreviates have their names.
// Programs and the journal get the citation itself.
std::string shown_citation(std::string_view citation, Language language);

// Every sentence there is, folder by folder: for the test that compares them with the source.
std::span<const std::span<const Sentence>> all_sentences();

}  // namespace shomei::texts
