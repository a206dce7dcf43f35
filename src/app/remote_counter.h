// A counter whose authority is another process: by --authority, or by the setting of its home.
#pragma once

#include <memory>
#include <optional>

#include "cli/command.h"
#include "home/counter_home.h"
#include "remote/authority_client.h"

namespace shomei::app {

inline constexpr cli::Option kAuthorityOption{
    "authority", "PLACE",
    "ask this authority, unix:/path or https://host:port, and use none of this home's keys but its cards' "
    "(default: authority_of_counter in shomei.toml, else the home itself)"};

struct RemoteCounter {
  std::unique_ptr<home::CounterHome> home;
  remote::AuthorityClient authority;
};
// None: the home itself is the authority. What the settings, parse_place and the TLS files say;
// refused "break_glass_remote"; refused "acts_plain" {address} for http: that is not of a demo on loopback.
Result<std::optional<RemoteCounter>> remote_counter(const cli::Invocation& invocation);

}  // namespace shomei::app
