// Who acts where, under which request, and what vouches for them, as the commands that do acts are told it.
#pragma once

#include <vector>

#include "cli/command.h"
#include "counter/parts.h"

namespace shomei::app {

std::vector<cli::Option> officer_options();  // office, officer, request
// What every command that has an option "officer" has beside it (commands.cc adds it): the certificate and
// key by which officers show who they are, and the breaking of glass.
std::vector<cli::Option> proof_options();

// The files of who acts: by option, or $SHOMEI_OFFICER_CERTIFICATE and $SHOMEI_OFFICER_KEY. Empty: none.
struct ProofFiles {
  std::string certificate, key;
};
ProofFiles proof_files(const cli::Invocation& invocation);

// A request that is not named gets an identifier of its own. Whoever breaks glass is told so, loudly.
// malformed "identifier_form", "officer_name_form", "ground_form", "private_key_form", "pem_form"; refused
// "officer_key_differs": the key is not the certificate's.
Result<counter::Officer> officer_of(const cli::Invocation& invocation);
// The same for commands that are done at no office in particular: at that one unless one is named.
Result<counter::Officer> officer_of(const cli::Invocation& invocation, const OfficeId& office);

}  // namespace shomei::app
