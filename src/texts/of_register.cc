#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_register() {
  return {};
}

}  // namespace shomei::texts
