#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_app() {
  return {};
}

}  // namespace shomei::texts
