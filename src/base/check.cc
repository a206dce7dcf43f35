#include "base/check.h"

#include <cstdio>
#include <cstdlib>

#include "base/result.h"

namespace shomei {

void invariant_broken(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "shomei: broken invariant %s at %s:%d\n", condition, file, line);
  std::abort();
}

std::string_view name(Fault fault) {
  switch (fault) {
    case Fault::malformed:
      return "malformed";
    case Fault::refused:
      return "refused";
    case Fault::not_found:
      return "not_found";
    case Fault::conflict:
      return "conflict";
    case Fault::unavailable:
      return "unavailable";
    case Fault::internal:
      return "internal";
  }
  SHOMEI_INVARIANT(false);
}

std::string_view Error::parameter(std::string_view wanted) const {
  for (const auto& p : parameters)
    if (p.name == wanted) return p.value;
  return {};
}

Error Error::with(std::string parameter_name, std::string value) && {
  parameters.push_back({std::move(parameter_name), std::move(value)});
  return std::move(*this);
}

}  // namespace shomei
