// Revocation lists, from what they have to say to what is handed out (RFC 5280 section 5).
#pragma once

#include "authority/authority.h"
#include "authority/list_content.h"

namespace shomei::authority {

// By key and by certificate: generations share a name, and so does a key for lists alone; a verifier must
// find the right one (jpki-facts 2.1).
pki::AuthorityKey authority_key_of(const Authority& authority);

// The complete list of the content, or the delta list of what changed in it since a revision; signed, and
// then read again, so that nobody gets one that could not be read. What the signer says.
Result<Bytes> sign_complete_list(const Authority& authority, const pki::CrlHead& head, ListContent& content);
Result<Bytes> sign_delta_list(const Authority& authority, const pki::CrlHead& head,
                              const ListContent& content, std::uint64_t since_revision);

}  // namespace shomei::authority
