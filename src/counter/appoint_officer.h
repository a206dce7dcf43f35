// The procedures by which officers come and go: an appointment is an act like any other, with its officer,
// its request and its trace, and needs the word of others (officers/duties.h).
#pragma once

#include <functional>

#include "counter/parts.h"
#include "pki/certificate.h"

namespace shomei::counter {

// The same request again is answered as the first time. not_found "office_unknown", of each office of the
// appointment; conflict "credential_of_another" {officer}: a certificate is one officer's; refused
// "credential_expired"; what admit() and expect_agreed() of officers/admission.h say. Whoever may appoint
// clerks alone cannot make a clerk of somebody who is more.
Result<officers::Appointment> appoint_officer(const Parts& parts, const Officer& officer,
                                              const officers::Appointment& appointment);
// not_found "officer_unknown". Nobody dismisses the last officer who may appoint others: refused
// "last_key_officer".
Result<officers::Appointment> dismiss_officer(const Parts& parts, const Officer& officer,
                                              const std::string& name);

// Has the operations authority certify an officer's key (an act of whoever may appoint officers), and records
// which certificate that was.
Result<pki::Certificate> certify_officer(const Parts& parts, const Officer& officer, const std::string& name,
                                         const std::function<Result<pki::Certificate>()>& certify);

}  // namespace shomei::counter
