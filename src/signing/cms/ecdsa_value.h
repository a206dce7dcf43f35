// The two forms of an ECDSA signature: r and s of one length each, one behind the other, as cards answer; and
// ECDSA-Sig-Value in DER, as certificates and CMS hold it (RFC 3279 2.2.3).
#pragma once

#include "base/bytes.h"
#include "base/result.h"

namespace shomei::signing::cms {

// malformed "ecdsa_signature_form": empty, of odd length, over 66 bytes a number, or a number of zero.
Result<Bytes> encode_ecdsa_value(ByteView r_and_s);

}  // namespace shomei::signing::cms
