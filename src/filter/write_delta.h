// Writes a delta.
#pragma once

#include "filter/filter.h"
#include "filter/source.h"
#include "filter/write_filter.h"

namespace shomei::filter {

// From the filter as it was opened (what was applied to it does not count) to where the source stands. Walks
// the source twice; keeps the changes alone. As write_filter; conflict "filter_delta_backwards" {size,
// base_size}: the edition is older than the filter; conflict "filter_authorities_moved": the source does not
// begin with the filter's authorities.
Result<Bytes> write_delta(const Filter& from, Source& source, const Edition& edition,
                          const journal::VerifierKey& key, crypto::Signer& signer);

}  // namespace shomei::filter
