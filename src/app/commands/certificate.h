// What the other file of `shomei certificate` brings to certificate_commands().
#pragma once

#include <vector>

#include "cli/command.h"

namespace shomei::app {

// `certificate status` with --at: what the certificate's state was at that instant.
Result<cli::Output> certificate_status_at(const cli::Invocation& invocation);
std::vector<cli::Command> certificate_check_commands();  // check-status

inline constexpr cli::Option kAuthorityNameOption{"authority", "A",
                                                  "with --at: the generation that issued it, as signature-1"};
inline constexpr cli::Option kStatusAtOption{"at", "T",
                                             "what its state was at that instant, with proof; in a demo home "
                                             "an instant to come moves the clock there"};
inline constexpr cli::Option kSignedOption{"signed", "", "with --at: signed by the authority's responder"};
inline constexpr cli::Option kStatementOption{"out", "FILE", "with --at: the file to write the statement to"};

}  // namespace shomei::app
