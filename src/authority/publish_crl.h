// The revocation list of one authority generation, whole, where nobody stays to keep lists
// (standing_lists.h): everything revoked is read for it (jpki-facts 2.6; RFC 5280 section 5).
#pragma once

#include "authority/authority.h"
#include "authority/crl_settings.h"
#include "journal/transaction.h"

namespace shomei::authority {

// Signs a new list with the next number, and its delta list, and records them. refused "authority_ended".
Result<journal::CrlRecord> publish_crl(const Authority& authority, const CrlSettings& settings,
                                       journal::Journal& journal);

// The list that stands, or a new one when the stored one says something else than the store, was signed with
// another key, or is over half its life.
Result<journal::CrlRecord> current_crl(const Authority& authority, const CrlSettings& settings,
                                       journal::Journal& journal);

}  // namespace shomei::authority
