// What mass acts need; borrowed from the composition in app/.
#pragma once

#include <filesystem>

#include "counter/parts.h"
#include "mass/order.h"

namespace shomei::mass {

// Where the files of orders are (docs/formats/mass-act.md); made by the first.
struct Folder {
  std::filesystem::path root;
  std::filesystem::path list(const ActId& order) const { return root / (order.text() + ".list"); }
  std::filesystem::path lock(const ActId& order) const { return root / (order.text() + ".lock"); }
  std::filesystem::path pause(const ActId& order) const { return root / (order.text() + ".pause"); }
  std::filesystem::path notices(const ActId& order) const { return root / (order.text() + ".notices"); }
};

struct Parts {
  counter::Parts counter;
  Folder folder;
};

}  // namespace shomei::mass
