// Random bytes of the operating system's quality, and identifiers made of them.
#pragma once

#include <cstddef>

#include "base/bytes.h"
#include "base/identifier.h"
#include "base/secret.h"

namespace shomei::crypto {

Bytes random_bytes(std::size_t count);  // stops the process when there is no randomness to be had
SecretBytes random_secret(std::size_t count);

// 26 characters of base32 in lower case: 128 random bits, so that two never meet and none means anything.
std::string random_identifier_text();

// The same form: 48 bits of the system's time in milliseconds, then 80 random bits, in letters that sort as
// their values do. For what is made in masses and found by its identifier: later ones sort behind, so that an
// index over them grows at its end.
std::string ordered_identifier_text();

template <class Id>
Id ordered_identifier() {
  return *Id::parse(ordered_identifier_text());
}

template <class Id>
Id random_identifier() {
  return *Id::parse(random_identifier_text());
}

}  // namespace shomei::crypto
