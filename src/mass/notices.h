// Notices: whom to tell what, a file for each municipality: what its letters are made from. The identifiers
// of residents, the kinds and last days of their certificates, and what to do; nothing else of a person.
#pragma once

#include <filesystem>

#include "mass/report.h"

namespace shomei::mass {

// Writes FOLDER/<municipality>.jsonl ("none.jsonl" of those without), anew each time. What was passed over is
// not in them. The number of files.
Result<std::uint64_t> write_notices(const Standing& standing, const FixedList& list,
                                    const Authorities& authorities, const std::filesystem::path& folder);

}  // namespace shomei::mass
