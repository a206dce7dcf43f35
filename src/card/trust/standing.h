// Standing: what the authorities that a person has taken in say of a certificate from a card: its signature,
// its use and its days. Not whether it was revoked: that a citizen's machine cannot ask.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/calendar.h"
#include "card/trust/trust_folder.h"

namespace shomei::card::trust {

enum class Standing {
  good,               // of a known authority, and within its days
  authority_unknown,  // of none that was taken in
  signature_wrong,    // names a known authority, which has not signed it
  use_wrong,          // of a known authority, for another use than the place on the card where it was found
  not_yet_valid,
  expired,
  authority_not_valid,  // the days of the authority are over, or have not begun
};
std::string_view name(Standing standing);  // "good", "authority_unknown", ...

struct Judgement {
  Standing standing = Standing::authority_unknown;
  std::string authority;  // its name; empty when none is known
};

// `kind` is of the file that the card gave it out for.
Judgement judge(const pki::Certificate& certificate, Kind kind, std::span<const TrustedAuthority> authorities,
                Instant now);

// Signed by itself, and its extensions let it issue certificates.
bool is_authority(const pki::Certificate& certificate);

}  // namespace shomei::card::trust
