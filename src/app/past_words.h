// What a statement about a certificate's past says, for people.
#pragma once

#include <string>

#include "status/past/check_statement.h"
#include "texts/says.h"

namespace shomei::app {

std::string says(const status::Statement& statement, texts::Language language);
// What it proves and what it does not.
std::string says_proof(const status::CheckedStatement& checked, texts::Language language);

}  // namespace shomei::app
