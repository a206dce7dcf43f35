// The status part: all that a status node needs and nothing about a person. A list of changes, applied in
// order.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/calendar.h"
#include "base/result.h"
#include "crypto/digest.h"
#include "journal/list_name.h"
#include "pki/revocation_reason.h"
#include "pki/serial_number.h"

namespace shomei::journal {

// `authority` is the name of a generation: "signature-1".
struct AuthorityAdded {
  std::string authority;
  Bytes certificate;  // DER, self-signed
};
struct SerialReserved {  // the intent of an issue: the serial is taken whatever happens next
  std::string authority;
  pki::SerialNumber serial;
};
struct CertificateIssued {
  std::string authority;
  pki::SerialNumber serial;
  Instant not_before;
  Instant not_after;
  std::string partition;         // municipality code of the CRL partition
  crypto::Sha256 certificate{};  // SHA-256 of the certificate's DER
};
struct CertificateRevoked {
  std::string authority;
  pki::SerialNumber serial;
  Instant revoked_at;
  pki::RevocationReason reason{};
  std::optional<Instant> invalidity_at;
};
struct CertificateSuspended {
  std::string authority;
  pki::SerialNumber serial;
  Instant suspended_at;
};
struct CertificateRestored {
  std::string authority;
  pki::SerialNumber serial;
  Instant restored_at;
};
struct CrlPublished {
  std::string authority;
  std::uint64_t number = 0;
  Instant this_update;
  Instant next_update;
  crypto::Sha256 crl{};                    // SHA-256 of the list's DER
  std::string partition = {};              // whose certificates alone it has; empty: all of the authority
  std::optional<std::uint64_t> base = {};  // of a delta list: the number of the list that it begins at

  ListName name() const { return {authority, partition, base.has_value()}; }
};

using StatusChange = std::variant<AuthorityAdded, SerialReserved, CertificateIssued, CertificateRevoked,
                                  CertificateSuspended, CertificateRestored, CrlPublished>;

Bytes encode_status_part(const std::vector<StatusChange>& changes);
Result<std::vector<StatusChange>> parse_status_part(ByteView der);  // malformed "part_form"

}  // namespace shomei::journal
