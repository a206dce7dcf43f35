// SHA-1 (key identifiers and CertIDs alone: never a signature), SHA-256 and SHA-384 (of ECDSA over P-384).
#pragma once

#include <initializer_list>

#include "base/bytes.h"

namespace shomei::crypto {

using Sha1 = ByteArray<20>;
using Sha256 = ByteArray<32>;
using Sha384 = ByteArray<48>;

Sha1 sha1(ByteView bytes);
Sha256 sha256(ByteView bytes);
Sha256 sha256(std::initializer_list<ByteView> parts);  // of the parts one after the other
Sha384 sha384(ByteView bytes);

// Compares in time that depends on the length alone: for secrets and what is derived from them.
bool equal_in_constant_time(ByteView a, ByteView b);

}  // namespace shomei::crypto
