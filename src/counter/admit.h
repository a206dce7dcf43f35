// The gate of every procedure: the office where it is done, and whether this officer may do it there.
#pragma once

#include "counter/application.h"
#include "counter/parts.h"

namespace shomei::counter {

// The first step of a procedure. not_found "office_unknown"; what officers/admission.h says of admit(), with
// its trace in the journal.
Result<Office> admit(const Parts& parts, std::string_view act, const Officer& officer);

// An exception from what holds "in principle" needs the word of a second officer: where officers are
// required, that of one who has given it (admission.h, expect_agreed()), and not what the request claims;
// the application then says so. It is given for a person and kinds of certificates, whatever key comes.
Result<void> take_agreement(const Parts& parts, const Officer& officer, const ResidentId& resident,
                            const std::vector<pki::CertificateKind>& kinds, Application& application);

}  // namespace shomei::counter
