#include "counter/admit.h"

#include "counter/request.h"

namespace shomei::counter {

Result<Office> admit(const Parts& parts, std::string_view act, const Officer& officer) {
  SHOMEI_TRY(auto office, parts.directory.office(officer.office));
  if (parts.admission) SHOMEI_CHECK(parts.admission->admit(act, officer));
  return office;
}

Result<void> take_agreement(const Parts& parts, const Officer& officer, const ResidentId& resident,
                            const std::vector<pki::CertificateKind>& kinds, Application& application) {
  constexpr std::string_view kAct = "exception";
  if (!application.exception || !parts.admission || parts.admission->approvals_of(kAct) == 0) return {};
  SHOMEI_CHECK(parts.admission->admit(kAct, officer));
  std::string names;
  for (const auto kind : kinds) names += std::string(pki::name(kind)) + " ";
  const auto content =
      content_of({kAct, resident.text(), officer.office.text(), names, words_of(application)});
  SHOMEI_CHECK(parts.admission->expect_agreed(kAct, officer, content,
                                              resident.text() + " " + names + application.exception->ground));
  application.exception->second_officer = true;
  return {};
}

}  // namespace shomei::counter
