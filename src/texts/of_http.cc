#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_http() {
  return {};
}

}  // namespace shomei::texts
