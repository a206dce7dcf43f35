// What `card info` tells of one card, part by part: a part that is not as it should be has an error of its
// own and hides no other.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/calendar.h"
#include "card/trust/trust_folder.h"
#include "cli/command.h"

namespace shomei::app {

struct Look {
  const cli::Invocation& invocation;
  const card::trust::TrustFolder& trust;
  Instant now;
};

// The members of docs/formats/documents.md. Errors: those of the connection, of
// --with-signature-certificate's PIN, and not_found "not_a_jpki_card".
Result<nlohmann::json> describe_card(const std::string& reader, const Look& look);
// "code" and "family".
nlohmann::json describe_trouble(const Error& error);

}  // namespace shomei::app
