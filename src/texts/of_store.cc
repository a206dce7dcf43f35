#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_store() {
  return {};
}

}  // namespace shomei::texts
