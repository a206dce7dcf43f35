#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_counter() {
  return {};
}

}  // namespace shomei::texts
