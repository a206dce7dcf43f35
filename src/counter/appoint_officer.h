// The procedures by which officers come and go: an appointment is an act like any other, with its officer,
// its request and its trace, and needs the word of others (officers/duties.h).
#pragma once

#include <functional>

#include "counter/parts.h"
#include "pki/certificate.h"

namespace shomei::counter {

// The same request again is answered as the first time. not_found "office_unknown", of each office of the
// appointment; refused "credential_of_another" {officer}: the key of a certificate is one officer's; refused
// "credential_expired"; conflict "appointment_changed" {officer}: somebody was faster; what admit() and
// expect_agreed() of officers/admission.h say. Whoever may appoint clerks alone cannot make a clerk of
// somebody who is more. What is refused leaves its trace, here and below.
Result<officers::Appointment> appoint_officer(const Parts& parts, const Officer& officer,
                                              const officers::Appointment& appointment);
// not_found "officer_unknown"; conflict "appointment_changed". Nobody dismisses the last officer who may
// appoint others: refused "last_key_officer".
Result<officers::Appointment> dismiss_officer(const Parts& parts, const Officer& officer,
                                              const std::string& name);

struct KeyToCertify {
  std::string officer;                                // whose it is to be
  ByteView pkcs10;                                    // borrowed: what has the key
  std::function<Result<pki::Certificate>()> certify;  // by the operations authority; what it refuses
};
// Has an officer's key certified (an act of whoever may appoint officers), and records which certificate that
// was. refused "credential_of_another" {officer}; what verify_plain_request says.
Result<pki::Certificate> certify_officer(const Parts& parts, const Officer& officer,
                                         const KeyToCertify& wanted);

}  // namespace shomei::counter
