// What follows from a ceremony file alone; of this folder.
#pragma once

#include "home/ceremony/hold.h"
#include "home/ceremony/progress.h"

namespace shomei::home {

struct KeyToMake {
  KeyUse use{};
  std::string name;
  PlannedKey key;
};
// Every key, in the order in which they are made.
std::vector<KeyToMake> keys_of(const CeremonyFile& file);

// The certificates in public/ that come of it, without their ending, in the order in which they are written.
std::vector<std::string> published_names(const PlannedAuthority& planned);

// The act under which the journal records the founding: it follows from the file, so that it is found again.
ActId founding_act(const crypto::Sha256& digest, std::string_view authority);

Result<std::vector<CeremonyStep>> plan_with(Home& home, const CeremonyFile& file, const Progress& progress);

}  // namespace shomei::home
