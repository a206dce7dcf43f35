// The key is of the profile's type.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return r.in.tbs.key.type() == r.in.profile.subject_key;
}

}  // namespace

constinit const Lint kKeyType{.id = "key_type",
                              .citation = "jpki-facts 2.2",
                              .demand = "the key is of the profile's type",
                              .demand_ja = "鍵がプロファイルの種類である",
                              .holds = holds};

}  // namespace shomei::authority::lints
