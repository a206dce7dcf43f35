// The order in which the profile's extensions stand (jpki-facts 2.2, 2.3; UNCONFIRMED for the last of the
// signature certificate).
#pragma once

#include "authority/lints/path.h"
#include "pki/extension.h"

namespace shomei::authority::lints {

inline constexpr int kNoPlace = -1;  // the profile knows no such extension

// The third has one meaning in each kind: the person's attributes, or the extended key usage. Basic
// constraints have a place, although no one may have them, so that one lint alone finds them.
inline int place_of(ByteView id) {
  namespace known = pki::extension_id;
  if (is(id, known::key_usage())) return 0;
  if (is(id, known::subject_alt_name()) || is(id, known::extended_key_usage())) return 1;
  if (is(id, known::certificate_policies())) return 2;
  if (is(id, known::issuer_alt_name())) return 3;
  if (is(id, known::crl_distribution_points())) return 4;
  if (is(id, known::authority_info_access())) return 5;
  if (is(id, known::authority_key_identifier())) return 6;
  if (is(id, known::subject_key_identifier())) return 7;
  if (is(id, known::basic_constraints())) return 8;
  return kNoPlace;
}

}  // namespace shomei::authority::lints
