// Which certificate a command is about.
#pragma once

#include <optional>

#include "cli/command.h"
#include "pki/certificate_kind.h"
#include "pki/serial_number.h"

namespace shomei::app {

inline constexpr cli::Option kSerialOption{
    "serial", "S", "the serial number, in hexadecimal as `certificate list` shows it", true};
inline constexpr cli::Option kKindOption{
    "kind", "K",
    "signature or user_authentication: which one is meant where both authorities have that serial number"};

struct NamedCertificate {
  pki::SerialNumber serial;
  std::optional<pki::CertificateKind> kind;
};

// malformed "serial_form", "certificate_kind_unknown".
Result<NamedCertificate> certificate_named(const cli::Invocation& invocation);

}  // namespace shomei::app
