#include "authority/publish_crl.h"

#include "authority/standing_lists.h"

namespace shomei::authority {

Result<journal::CrlRecord> publish_crl(const Authority& authority, const CrlSettings& settings,
                                       journal::Journal& journal) {
  return StandingLists(journal, settings).sign_anew(authority, {authority.name(), {}, false});
}

Result<journal::CrlRecord> current_crl(const Authority& authority, const CrlSettings& settings,
                                       journal::Journal& journal) {
  return StandingLists(journal, settings).current(authority, {authority.name(), {}, false});
}

}  // namespace shomei::authority
