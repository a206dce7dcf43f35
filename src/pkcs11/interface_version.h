// The version of PKCS#11 that the module speaks, whichever the header is of that it was built with.
#pragma once

#include <p11-kit/pkcs11.h>

namespace shomei::pkcs11 {

inline constexpr CK_VERSION kInterfaceVersion{2, 40};

}  // namespace shomei::pkcs11
