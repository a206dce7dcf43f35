#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_status() {
  return {};
}

}  // namespace shomei::texts
