#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_authority() {
  return {};
}

}  // namespace shomei::texts
