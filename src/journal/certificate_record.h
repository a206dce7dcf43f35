// CertificateRecord: the store's row of one certificate, and AuthorityRecord: the row of one authority
// generation.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/calendar.h"
#include "base/identifier.h"
#include "pki/certificate_kind.h"
#include "pki/revocation_reason.h"
#include "pki/serial_number.h"

namespace shomei::journal {

// reserved: the intent is stored, the key has not been used as far as the store knows.
// written_off: the intent came to nothing; the serial stays used.
enum class CertificateState { reserved, valid, suspended, revoked, written_off };
std::string_view name(CertificateState state);
Result<CertificateState> parse_certificate_state(std::string_view name);  // internal "store_row_broken"

enum class Carrier { card, phone };
std::string_view name(Carrier carrier);
Result<Carrier> parse_carrier(std::string_view name);  // internal "store_row_broken"

struct CertificateRecord {
  std::string serial_space;  // of the issuer's name: generations that share a name share it
  std::string authority;     // "signature-1"
  pki::CertificateKind kind{};
  pki::SerialNumber serial;
  ResidentId resident;
  CardId card;
  Carrier carrier = Carrier::card;
  std::optional<pki::SerialNumber> predecessor;
  OfficeId office;
  std::string partition;
  ActId act;  // the act that issued it
  Instant not_before;
  Instant not_after;
  CertificateState state = CertificateState::reserved;
  bool delivered = false;  // the card has it
  std::optional<Instant> revoked_at;
  std::optional<pki::RevocationReason> reason;
  ByteArray<32> key{};  // SHA-256 of the SubjectPublicKeyInfo
  Bytes der;            // empty while reserved and when written off, and where each_revoked reads
  bool operator==(const CertificateRecord&) const = default;
};

// Issued and not revoked: a hold may be taken back. Whether its last day is over is another question.
inline bool in_force(const CertificateRecord& record) {
  return record.state == CertificateState::valid || record.state == CertificateState::suspended;
}

struct AuthorityRecord {
  std::string name;  // "signature-1"
  pki::CertificateKind kind{};
  std::uint32_t generation = 1;
  std::string serial_space;
  Bytes certificate;  // DER
};

struct CrlRecord {
  std::string name;  // of the list (list_name.h)
  std::uint64_t number = 0;
  Instant this_update;
  Instant next_update;
  Bytes der;
};

}  // namespace shomei::journal
