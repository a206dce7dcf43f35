// StatusList: what every certificate's state is, in memory, kept by whoever reads the journal. It holds no
// person: serial numbers, days and states alone.
//
// An authority here is one generation, one key ("signature-1"); generations share an issuer name and, with
// it, one space of serial numbers, yet each answers for its own certificates alone (jpki-facts 2.1). Many
// threads may read while one applies what the journal says.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/bytes.h"
#include "base/calendar.h"
#include "base/result.h"
#include "crypto/digest.h"
#include "pki/certificate.h"
#include "pki/ocsp_request.h"
#include "pki/revocation_reason.h"
#include "pki/serial_number.h"

namespace shomei::status {

// Immutable once added; lives as long as the list.
struct Authority {
  std::string name;
  pki::Certificate certificate;
  crypto::Sha1 name_sha1, key_sha1;
  crypto::Sha256 name_sha256, key_sha256;
  std::size_t space = 0;  // equal for authorities of one issuer name
};

enum class State : std::uint8_t { valid, suspended, revoked };
std::string_view name(State state);  // "valid", ...

struct Standing {
  State state = State::valid;
  Instant changed_at;  // of suspension or revocation; meaningless while valid
  std::optional<pki::RevocationReason> reason;
  Instant not_after;  // an expired certificate keeps its last state
  bool operator==(const Standing&) const = default;
};

class StatusList {
 public:
  // What the journal says, in its order. All errors mean that the journal and this list do not fit together:
  // the reader must stop there and say so.
  // conflict "status_authority_taken": that name is another certificate's. The same one again is no error.
  Result<void> add_authority(std::string_view authority, ByteView certificate_der);
  // conflict "status_serial_taken", not_found "status_authority_unknown".
  Result<void> issued(std::string_view authority, const pki::SerialNumber& serial, Instant not_after);
  // not_found "status_authority_unknown", "status_serial_unknown"; conflict "status_move_impossible".
  Result<void> revoked(std::string_view authority, const pki::SerialNumber& serial, Instant at,
                       pki::RevocationReason reason);
  Result<void> suspended(std::string_view authority, const pki::SerialNumber& serial, Instant at);
  Result<void> restored(std::string_view authority, const pki::SerialNumber& serial);
  // Everything that the journal had at that moment has been applied. Answers say this time as thisUpdate, so
  // a node that is cut off from the journal grows old visibly instead of vouching for what it cannot know.
  void caught_up(Instant at);

  std::optional<Instant> current_at() const;  // none before the first caught_up
  std::size_t size() const;                   // certificates ever issued
  const Authority* find_authority(std::string_view authority) const;
  // The generation that the identifier names, by its name and its key; null: foreign.
  const Authority* find_authority(const pki::CertId& id) const;
  // None unless that very generation issued it.
  std::optional<Standing> find(const Authority& authority, const pki::SerialNumber& serial) const;

 private:
  struct Row {
    const Authority* issuer = nullptr;
    Standing standing;
  };
  struct SerialHash {
    std::size_t operator()(const pki::SerialNumber& serial) const;
  };
  using Space = std::unordered_map<pki::SerialNumber, Row, SerialHash>;

  const Authority* find_locked(std::string_view authority) const;
  std::size_t space_of(const Authority& added);
  Result<Row*> row_of(std::string_view authority, const pki::SerialNumber& serial);
  Result<void> move(std::string_view authority, const pki::SerialNumber& serial, const Standing& to);

  mutable std::shared_mutex mutex_;
  std::deque<Authority> authorities_;  // a deque never moves its members
  std::deque<Space> spaces_;
  std::optional<Instant> current_at_;
};

}  // namespace shomei::status
