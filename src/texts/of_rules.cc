#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_rules() {
  return {};
}

}  // namespace shomei::texts
