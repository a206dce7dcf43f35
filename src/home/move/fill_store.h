// Fills an empty store with another's rows and commits it; or finds that it has them all, because somebody
// was interrupted after that.
#pragma once

#include "journal/copy/copy.h"

namespace shomei::home {

struct FilledStore {
  journal::StoreProof proof;
  bool was_there = false;
};

// conflict "store_not_empty": it keeps something else; what copy_store says.
Result<FilledStore> fill_store(journal::Rows& from, journal::Engine& into,
                               const journal::ProofOptions& options);

}  // namespace shomei::home
