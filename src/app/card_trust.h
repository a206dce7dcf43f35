// The authorities that the person at this machine believes, and what they say of a card's certificate.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>

#include "card/trust/standing.h"
#include "card/trust/trust_folder.h"
#include "cli/command.h"

namespace shomei::app {

inline constexpr cli::Option kTrustOption{
    "trust", "DIR", "folder of the authorities (default $XDG_DATA_HOME/shomei/authorities)"};

// --trust, else below $XDG_DATA_HOME, else below $HOME/.local/share. unavailable "trust_folder_unknown".
Result<std::filesystem::path> trust_folder(const cli::Invocation& invocation);

// serial, subject, issuer, not_before, not_after, days_left, expired, standing, authority.
Result<nlohmann::json> describe_certificate(ByteView der, card::Kind kind,
                                            const card::trust::TrustFolder& trust, Instant now);

}  // namespace shomei::app
