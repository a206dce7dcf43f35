// What a PKCS#11 function answered, as an Error that names module, token and slot.
#pragma once

#include <p11-kit/pkcs11.h>

#include <string>
#include <string_view>

#include "base/result.h"

namespace shomei::crypto::pkcs11 {

struct Place {
  std::string module;
  std::string token;  // its label
  unsigned long slot = 0;
};

std::string name_of(CK_RV rv);  // "CKR_PIN_LOCKED", or "0x80000001" when it has none
// The session, the login or a handle of an object is gone: log in anew, look up again, try once more.
bool is_lost(CK_RV rv);
Error failed(CK_RV rv, std::string_view call, const Place& place);
// Of an error made by failed().
bool is_lost(const Error& error);

Parameters parameters_of(const Place& place);

}  // namespace shomei::crypto::pkcs11
