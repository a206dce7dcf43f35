// RSA-2048 keys that are made already (tests/vectors/keys): to make one takes a quarter of a second and more.
#pragma once

#include <cstddef>

#include "crypto/private_key.h"

namespace shomei::test {

// A different one for each number; the same for the same. Those behind the last of the file are made.
const crypto::PrivateKey& rsa_key(std::size_t number);

}  // namespace shomei::test
