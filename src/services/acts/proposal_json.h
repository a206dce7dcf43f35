// A proposal as one JSON document (docs/formats/documents.md), for the command line and over HTTP.
#pragma once

#include <string>

#include "officers/proposal.h"

namespace shomei::services {

std::string describe(const officers::Proposal& proposal);

}  // namespace shomei::services
