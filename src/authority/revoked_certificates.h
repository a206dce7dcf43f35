// RevokedCertificates: every revoked and suspended certificate of every authority, as the revocation lists
// have them, by authority and by partition. Read from the rows once; from then on it follows the status parts
// of the journal, and asks for the row of a certificate only when that comes in. So one revocation costs the
// look-up of one row, however many there are.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "authority/list_content.h"
#include "journal/rows.h"
#include "journal/status_part.h"

namespace shomei::authority {

class RevokedCertificates {
 public:
  // A certificate leaves the lists when it has been out of date for `stays`, and no list that stands was
  // signed before it ran out: after a standstill each is on one more list (RFC 5280 3.3).
  explicit RevokedCertificates(std::chrono::seconds stays) : stays_(stays) {}

  // Told what lists the journal says were published, in its order.
  using Published = std::function<void(const journal::CrlPublished&)>;
  // Takes in everything that the rows' transaction sees, and lets go what has run out at `now` (which comes
  // back only when all is read anew: time does not go backwards here). refused "status_part_untrue"
  // {sequence}; internal "store_row_broken" (the journal and the rows do not fit together); what the store
  // says. After an error the same entry is tried again.
  Result<void> catch_up(journal::Rows& rows, Instant now, const Published& published);
  std::uint64_t next() const { return next_; }  // the sequence number that it waits for

  // What catch_up() does with a certificate that is revoked or suspended: as its row says, which is no change
  // of a list when it is `loaded`. For who measures.
  void loaded(const journal::CertificateRecord& row, Instant now);
  void changed(const journal::CertificateRecord& row);

  // Of an authority as a whole (an empty partition) or of one of its partitions. Made where there is none
  // yet, and stays until the next catch_up().
  ListContent& content(const std::string& authority, const std::string& partition);
  // All partitions that occurred, or were asked for, of that authority.
  std::vector<std::string> partitions(const std::string& authority) const;
  // A certificate of that partition, of which more can be learned from its row; none when none occurred.
  std::optional<pki::SerialNumber> example(const std::string& authority, const std::string& partition) const;

 private:
  struct Partition {
    Partition(RevokedTable& table, std::uint32_t at) : place(at), content(table, at) {}
    std::uint32_t place;  // among those of its authority
    ListContent content;
    std::optional<pki::SerialNumber> example;
  };
  struct OfAuthority {
    RevokedTable table;
    ListContent whole{table};
    std::map<std::string, Partition> partitions;  // a map never moves its members
    std::vector<Partition*> by_place;
    std::optional<Instant> first_end;             // of those in the table
    std::map<std::string, Instant> lists_signed;  // the complete lists that stand, by partition
    Instant shown_until = Instant::max();  // what ran out before it is on all of them: the first of these
    void list_signed(const std::string& partition, Instant at);
  };
  class Follow;

  Result<void> load(journal::Rows& rows, Instant now);
  Result<void> load_lists(journal::Rows& rows);
  bool may_leave(const OfAuthority& of, Instant not_after, Instant now) const {
    return not_after + stays_ < now && not_after < of.shown_until;
  }
  Result<void> follow(journal::Rows& rows, const Published& published);
  void let_go(OfAuthority& of, Instant now);
  static Partition& partition_named(OfAuthority& of, const std::string& name);
  // Null: one that can have no list.
  static Partition* partition_of(OfAuthority& of, const std::string& name, const pki::SerialNumber& serial);
  // Calls `each` for the lists on which it stands.
  template <class Each>
  static void on_lists(OfAuthority& of, const Revoked& revoked, const Each& each) {
    each(of.whole);
    if (revoked.partition != Revoked::kNoPartition) each(of.by_place[revoked.partition]->content);
  }
  static Slot put_in(OfAuthority& of, const journal::CertificateRecord& row);

  std::chrono::seconds stays_;
  std::map<std::string, OfAuthority> authorities_;
  bool loaded_ = false;
  std::uint64_t next_ = 0;
};

}  // namespace shomei::authority
