// Section: what a filter has of one authority. The first map gives every revoked certificate its fingerprint,
// and a few good ones by chance; the second, built from those and these, has one for the revoked and zero for
// the good. Where none or all of the certificates are revoked there are no maps.
#pragma once

#include "filter/authority.h"
#include "filter/retrieval.h"

namespace shomei::filter {

struct Count {
  std::uint64_t issued = 0;   // certificates
  std::uint64_t revoked = 0;  // of them, revoked or suspended
  bool operator==(const Count&) const = default;
};
void append_count(Bytes& to, const Count& count);
Result<Count> take_count(Cursor& cursor);  // malformed "filter_form" where more are revoked than issued

struct Section {
  Authority authority;
  Count count;
  Retrieval first;   // fingerprints
  Retrieval second;  // one bit
  // Of a key of a certificate that was issued: whether it was revoked or suspended. Of others: anything.
  bool revoked(const Key& key) const;
};

// Whether a section of that count has a second map; it has a first only where it has a second.
bool has_maps(const Count& count);

}  // namespace shomei::filter
