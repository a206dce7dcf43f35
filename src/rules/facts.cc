#include "rules/facts.h"

#include "base/check.h"

namespace shomei::rules {

std::string_view name(Kind kind) {
  return kind == Kind::signature ? "signature" : "user_authentication";
}

std::string_view name(Event event) {
  switch (event) {
    case Event::moved:
      return "moved";
    case Event::renamed:
      return "renamed";
    case Event::gender_changed:
      return "gender_changed";
    case Event::birth_date_corrected:
      return "birth_date_corrected";
  }
  SHOMEI_INVARIANT(false);
}

}  // namespace shomei::rules
