// The two certificates of the card (seed: "two types of electronic certificates").
#pragma once

#include <string_view>

#include "base/result.h"

namespace shomei::pki {

enum class CertificateKind { signature, user_authentication };

// "signature" and "user_authentication": the words of every JSON document, setting and table.
std::string_view name(CertificateKind kind);
Result<CertificateKind> parse_certificate_kind(
    std::string_view name);  // malformed "certificate_kind_unknown"

}  // namespace shomei::pki
