// Filling of a store in SQLite: by the rows that acts use, into a copy of the file that takes its place in
// the end. What the ordinary way does to be safe at every moment (a log, syncing) is left out, and a large
// part of the file is kept in memory; so the copy is of no use until it is whole.
#pragma once

#include <filesystem>
#include <memory>

#include "store/filling.h"

namespace shomei::store {

// The memory that SQLite may take for pages of the copy: the random indexes of ten million certificates fit.
inline constexpr std::int64_t kFillingMemoryKib = 3 * 1024 * 1024;

// The copy is "<store>.filling"; one that an interrupted run has left is replaced.
Result<std::unique_ptr<Filling>> fill_copy_of(const std::filesystem::path& store);
// Once everybody has closed the store: the finished copy takes its place. conflict "store_changed" {path}
// when somebody has written since the copy was made, or has the store open.
Result<void> take_place_of(const std::filesystem::path& store);

}  // namespace shomei::store
