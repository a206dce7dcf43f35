#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_journal() {
  return {};
}

}  // namespace shomei::texts
