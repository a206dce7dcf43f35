// What comes in by standard input, whole. By its number: the name /dev/stdin leads through /proc, which
// main.cc closes to this very process.
#pragma once

#include "base/bytes.h"
#include "base/result.h"

namespace shomei::app {

// malformed "file_too_large"; unavailable "file_unreadable"; both with the path "-".
Result<Bytes> read_stdin(std::size_t bytes_max);

}  // namespace shomei::app
