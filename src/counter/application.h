// What an officer records of an application: who applies, what was shown, on which ground.
#pragma once

#include <optional>
#include <string>

#include "rules/decide.h"

namespace shomei::counter {

struct Application {
  std::optional<rules::Applicant> applicant;
  std::optional<rules::Proofs> proofs;
  std::optional<rules::Ground> ground;
  std::optional<rules::Exception> exception;
};

// Adds the application to the facts. What the officer left out is attested: by recording the act at all, the
// officer states that the one applied who has to (the person, or for a child or a ward the legal
// representative), and showed the documents that the rules ask of that applicant.
void add_application(rules::Facts& facts, const Application& application, Date on);

// All that it says, in one text: for the content of a request (request.h). What was left out is not what was
// said, also where both come to the same facts.
std::string words_of(const Application& application);

}  // namespace shomei::counter
