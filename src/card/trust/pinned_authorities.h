// The real authorities of the card, by the SHA-256 of their certificates (jpki-facts 2.1). The certificates
// themselves are not in this program: the authority publishes them at https://www.jpki.go.jp/ca/. Of the
// authority for user authentication of 2019 ("authca02") no fingerprint is known to us: it is taken in with
// the one that the authority publishes, by the person who has read it there.
#pragma once

#include <span>
#include <string_view>

#include "card/kind.h"
#include "crypto/digest.h"

namespace shomei::card::trust {

struct PinnedAuthority {
  std::string_view name;         // as the authority names the file: "signca03"
  Kind kind;                     // of the certificates that it issues
  std::string_view fingerprint;  // SHA-256 of the certificate, upper-case hexadecimal
};

std::span<const PinnedAuthority> pinned_authorities();
// nullptr when it is none of them.
const PinnedAuthority* find_pinned(const crypto::Sha256& fingerprint);

}  // namespace shomei::card::trust
