// Officer: who asks for an act, where, and what vouches for them. One value from the first step of an act to
// the last.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/identifier.h"
#include "crypto/digest.h"
#include "journal/part.h"

namespace shomei::officers {

// Between an officer's name and what the listener knows of the counter; no name has it in it.
inline constexpr std::string_view kVia = " via ";

struct Officer {
  std::string name;  // recorded as the actor
  OfficeId office;
  RequestId request;
  // SHA-256 of the certificate whose key the officer has shown to hold: over TLS, or here by the key itself.
  std::optional<crypto::Sha256> credential = {};
  // Behind `name` in the journal: what the listener knows of the counter, "CN=counter-1,O=Inagi".
  std::string via = {};
  // Why the officer does what the table of duties, or a second officer, does not let them. Never from a
  // network.
  std::string break_glass = {};
};

// The operator part of an act's entry: who does it, where, under which request, vouched for by what.
journal::Fields fields_of(std::string_view act, const Officer& officer);

}  // namespace shomei::officers
