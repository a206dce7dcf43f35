// ListContent: what one revocation list has to say at this moment, and what has changed in it, so that a
// delta list can be made from any moment that is still remembered (RFC 5280 5.2.4). Pure; the certificates
// are in a table that the lists of an authority share.
#pragma once

#include <cstdint>
#include <vector>

#include "authority/revoked_table.h"
#include "pki/crl_writer.h"

namespace shomei::authority {

class ListContent {
 public:
  // Of all in the table, which outlives it, or of one partition.
  explicit ListContent(RevokedTable& table, std::uint32_t partition = kAll)
      : table_(table), partition_(partition) {}
  ListContent(const ListContent&) = delete;
  ListContent& operator=(const ListContent&) = delete;

  // Rises with everything that makes the list say something else.
  std::uint64_t revision() const { return revision_; }
  std::size_t size() const { return order_.size() + added_.size() - gone_; }
  // The entries in the order of their numbers.
  void write(pki::CrlWriter& to);

  // What was put into the table for this list. loaded: is there from the beginning, and no change.
  void loaded(Slot slot) { add(slot); }
  void came(Slot slot);
  void changed(Slot slot);  // says something else than before
  // What was removed from the table. released: a hold was taken back. ran_out: its certificate has been out
  // of date long enough.
  void released(Slot slot);
  void ran_out(Slot slot);

  // Begins anew with lists that stand (Resume). Until then nothing has changed.
  class Resume;

  // The entries of a delta list that begins at that revision: what came or changed since, and removeFromCRL
  // for holds that were taken back. A certificate that ran out is passed over: the complete list that was
  // signed with each delta list has shown it.
  void write_changes_since(std::uint64_t revision, pki::CrlWriter& to) const;
  std::size_t changes_since(std::uint64_t revision) const;  // how many those can be
  void forget_changes_until(std::uint64_t revision);

 private:
  static constexpr std::uint32_t kAll = Revoked::kNoPartition;
  struct Change {
    std::uint64_t revision = 0;
    Instant released_from;  // since when it had been on hold
    SerialKey serial;
    bool released = false;
  };
  void add(Slot slot);
  void take_out(Slot slot);
  void settle();
  std::vector<Change>::const_iterator first_change_after(std::uint64_t revision) const;
  const Revoked* find(const SerialKey& serial) const;
  void add_change(const SerialKey& serial);
  void add_release(const SerialKey& serial, Instant from);

  RevokedTable& table_;
  const std::uint32_t partition_;
  std::vector<Slot> order_;      // by their numbers
  std::vector<Slot> added_;      // that came since
  std::size_t gone_ = 0;         // of both, whose certificates are gone
  std::vector<Change> changes_;  // in the order of their revisions
  std::uint64_t revision_ = 1;
};

// What the complete list that stands says otherwise than the content is a change, and so is everything that
// its delta list has, whose moment is not known any more. First the entries of the delta list, then those of
// the complete one.
class ListContent::Resume {
 public:
  explicit Resume(ListContent& content);
  void delta(const pki::RevokedEntry& entry);
  void complete(const pki::RevokedEntry& entry);
  // Returns the revision that the standing list says; it is revision() when that is all the same.
  std::uint64_t finish();

 private:
  ListContent& content_;
  const std::uint64_t before_;
  std::vector<bool> listed_;  // by slot
  Bytes entry_;
};

}  // namespace shomei::authority
