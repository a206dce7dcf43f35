// StatusList: what every certificate's state is, in memory, kept by whoever reads the journal. It holds no
// person: serial numbers, days, partitions and states alone.
//
// An authority here is one generation, one key ("signature-1"); generations share an issuer name and, with
// it, one space of serial numbers, yet each answers for its own certificates alone (jpki-facts 2.1). Many
// threads may read while one applies what the journal says.
//
// Most rows lie in a base of sorted tables, some ten bytes a certificate; what changed since lies above it,
// until it is merged in (Merging), beside the readers and whoever applies.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/calendar.h"
#include "base/result.h"
#include "crypto/digest.h"
#include "pki/certificate.h"
#include "pki/ocsp_request.h"
#include "pki/revocation_reason.h"
#include "pki/serial_number.h"
#include "status/layers.h"
#include "status/standing.h"

namespace shomei::status {

// Immutable once added; lives as long as the list.
struct Authority {
  std::string name;
  pki::Certificate certificate;
  crypto::Sha1 name_sha1, key_sha1;
  crypto::Sha256 name_sha256, key_sha256;
  std::size_t place = 0;  // in the order in which they were added
  std::size_t space = 0;  // equal for authorities of one issuer name
};

// All rows at one moment, as a snapshot keeps them.
struct ListContents {
  std::vector<std::pair<std::string, Bytes>> authorities;  // name and certificate, by place
  std::vector<Instant> last_days;
  std::vector<std::string> partitions;
  std::shared_ptr<const Base> base;
};

class StatusList {
 public:
  StatusList() = default;

  // Into a list that is empty: what a snapshot kept. malformed "status_snapshot_form", and what
  // parse_certificate says: the list is empty still.
  Result<void> take(const ListContents& contents);

  // What the journal says, in its order. All errors mean that the journal and this list do not fit together:
  // the reader must stop there and say so.
  // conflict "status_authority_taken": that name is another certificate's. The same one again is no error.
  Result<void> add_authority(std::string_view authority, ByteView certificate_der);
  // conflict "status_serial_taken", not_found "status_authority_unknown".
  Result<void> issued(std::string_view authority, const pki::SerialNumber& serial, Instant not_after,
                      std::string_view partition = {});
  // not_found "status_authority_unknown", "status_serial_unknown"; conflict "status_move_impossible".
  Result<void> revoked(std::string_view authority, const pki::SerialNumber& serial, Instant at,
                       pki::RevocationReason reason);
  Result<void> suspended(std::string_view authority, const pki::SerialNumber& serial, Instant at);
  Result<void> restored(std::string_view authority, const pki::SerialNumber& serial);
  // Everything that the journal had at that moment has been applied; earlier than the last time when the
  // clock was set back. Answers say this time as thisUpdate, so a node that is cut off from the journal grows
  // old visibly instead of vouching for what it cannot know.
  void caught_up(Instant at);
  // The list can no longer be shown to be what the journal says: nothing is answered from it any more. The
  // first reason stays.
  void distrust(Error why);

  std::optional<Instant> current_at() const;  // none before the first caught_up, and once it is distrusted
  std::optional<Error> distrusted() const;
  // Grows with each change of what the list says: an answer that was right at this number is right as long
  // as it stands.
  std::uint64_t changes() const { return changes_.load(std::memory_order_acquire); }
  std::size_t size() const { return size_.load(std::memory_order_relaxed); }  // certificates ever issued
  std::size_t bytes() const;  // what rows take: of the base exactly, of the rest about
  const Authority* find_authority(std::string_view authority) const;
  // The generation that the identifier names, by its name and its key; null: foreign.
  const Authority* find_authority(const pki::CertId& id) const;
  std::vector<const Authority*> authorities() const;  // by place
  // None unless that very generation issued it.
  std::optional<Standing> find(const Authority& authority, const pki::SerialNumber& serial) const;

  // One merge of what changed into the base, at a time. run() is long, and may be on any thread while the
  // list is read and changed.
  class Merging {
   public:
    void run();

   private:
    friend class StatusList;
    std::shared_ptr<const Base> base_;
    std::shared_ptr<const Layers> over_;
    std::size_t last_days_ = 0, partitions_ = 0;
    std::shared_ptr<const Base> merged_;
  };
  std::size_t unmerged() const;  // rows above the base, or what is being merged into it
  // Whether so much has changed that it should be merged.
  bool wants_merging() const;
  Merging begin_merging();  // none is under way
  void adopt(Merging&& merged);

  // With everything merged; none is under way, and nobody applies meanwhile.
  ListContents contents();

 private:
  std::optional<PackedRow> find_locked(std::size_t authority, const pki::SerialNumber& serial) const;
  const Authority* find_authority_locked(std::string_view authority) const;
  std::size_t space_of(const Authority& added);
  Result<const Authority*> known(std::string_view authority) const;
  Result<void> move(std::string_view authority, const pki::SerialNumber& serial, State to, Instant at,
                    std::uint8_t reason);

  mutable std::shared_mutex mutex_;
  std::deque<Authority> authorities_;  // a deque never moves its members
  std::size_t spaces_ = 0;
  Dictionary<Instant> last_days_;
  Dictionary<std::string> partitions_;
  std::shared_ptr<const Base> base_ = std::make_shared<Base>();
  std::shared_ptr<const Layers> merging_;  // over the base, while they are being merged into it
  Layers young_;                           // over both
  std::optional<Instant> current_at_;
  std::optional<Error> distrusted_;
  std::atomic<std::uint64_t> changes_{0};
  std::atomic<std::size_t> size_{0};
};

}  // namespace shomei::status
