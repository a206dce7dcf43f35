#include "crypto/key_ring.h"

namespace shomei::crypto {

Error key_exists(std::string_view name, std::string_view where) {
  return conflict("key_exists", {{"name", std::string(name)}, {"where", std::string(where)}});
}

Error key_missing(std::string_view name, std::string_view where) {
  return not_found("key_missing", {{"name", std::string(name)}, {"where", std::string(where)}});
}

}  // namespace shomei::crypto
