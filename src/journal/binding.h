// Binding: what an act that issues a certificate is about, and who does it, in one value. Its digest stands
// as `bound` in the operator part of the act's intent, result and confirmation, so that they can be held
// against one another by whoever may not see the person. Its salt stands in the intent's person part alone:
// without it, or once that part is erased, the digest says nothing.
#pragma once

#include <optional>
#include <string>

#include "crypto/digest.h"
#include "journal/certificate_record.h"
#include "journal/part.h"
#include "pki/serial_number.h"

namespace shomei::journal {

struct Binding {
  std::string resident, card;
  std::string request, actor, office;  // of the intent
  std::string authority;               // generation: "signature-1"
  pki::SerialNumber serial;
  crypto::Sha256 key{};  // of its SubjectPublicKeyInfo
};

// Of the certificate's row and the operator part of the act's intent.
Binding binding_of(const CertificateRecord& record, const Fields& officer);

inline constexpr std::size_t kBoundSaltBytes = 32;

// SHA-256("shomei act binding v1" 00 salt, then each member in its order behind its length as four bytes).
crypto::Sha256 bound(const Binding& binding, ByteView salt);

}  // namespace shomei::journal
