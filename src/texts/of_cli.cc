#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_cli() {
  return {};
}

}  // namespace shomei::texts
