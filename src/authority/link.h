// Link certificates: the key of one generation of an authority, certified by another, so that who trusts the
// one can verify what the other has issued (RFC 4210 4.4: "new with old" and "old with new").
#pragma once

#include "authority/authority.h"

namespace shomei::authority {

// Which serial number a link certificate bears.
enum class LinkNumber {
  // That of the self-signed certificate with the same key. The certificates of persons name their authority
  // by key, name and number (jpki-facts 2.2), and verifiers that compare all three, like OpenSSL, find the
  // way through no other link certificate.
  of_subject,
  // One of its own, as RFC 5280 4.1.2.2 wants it. Verifiers that go by the key alone find the way.
  own
};

// The key of `subject`, another generation, signed by `by`: from where subject begins to where the first of
// the two ends, with the extensions of `subject` and the identifier of by's key. refused "link_names_differ"
// {authority} when the two are not of one name.
Result<pki::Certificate> make_link_certificate(const pki::Certificate& subject, const Authority& by,
                                               LinkNumber number);

}  // namespace shomei::authority
