#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_card() {
  return {};
}

}  // namespace shomei::texts
