// ListContent: what one revocation list has to say at this moment, and what has changed in it, so that a
// delta list can be made from any moment that is still remembered (RFC 5280 5.2.4). Pure; its entries belong
// to RevokedCertificates.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "base/bytes.h"
#include "base/calendar.h"
#include "pki/crl.h"

namespace shomei::authority {

// A revoked or suspended certificate.
struct Revoked {
  pki::SerialNumber serial;
  Instant revoked_at;
  bool on_hold = false;
  Instant not_after;
  Bytes entry;  // as pki::append_entry wrote it: a list of millions is put together without making them anew
};

// Ascending as numbers, as lists have them.
struct AsNumber {
  using is_transparent = void;
  static bool less(const pki::SerialNumber& a, const pki::SerialNumber& b) {
    const auto& x = a.magnitude();
    const auto& y = b.magnitude();
    return x.size() != y.size() ? x.size() < y.size() : x < y;
  }
  bool operator()(const pki::SerialNumber& a, const pki::SerialNumber& b) const { return less(a, b); }
  bool operator()(const Revoked* a, const Revoked* b) const { return less(a->serial, b->serial); }
  bool operator()(const Revoked* a, const pki::SerialNumber& b) const { return less(a->serial, b); }
  bool operator()(const pki::SerialNumber& a, const Revoked* b) const { return less(a, b->serial); }
};

class ListContent {
 public:
  // Rises with everything that makes the list say something else.
  std::uint64_t revision() const { return revision_; }
  std::size_t size() const { return entries_.size(); }
  Bytes entries() const;  // encoded, in their order
  const Revoked* find(const pki::SerialNumber& serial) const;
  const Revoked* first() const { return entries_.empty() ? nullptr : *entries_.begin(); }

  // `revoked` is borrowed until it leaves. loaded: is there from the beginning, and no change.
  void loaded(const Revoked* revoked) { entries_.insert(entries_.end(), revoked); }
  void changed(const Revoked* revoked);   // it comes, or says something else than before
  void released(const Revoked* revoked);  // a hold was taken back
  void ran_out(const Revoked* revoked);   // its certificate has been out of date long enough

  // Begins anew with what stands: what the complete list says otherwise than this is a change, and so is
  // everything that its delta list has, whose moment is not known any more. Returns the revision that the
  // standing list says; it is revision() when that is all the same.
  std::uint64_t resume(const pki::Crl& standing, const pki::Crl* delta);

  // The entries of a delta list that begins at that revision: what came or changed since, and removeFromCRL
  // for holds that were taken back. A certificate that ran out is passed over: the complete list that was
  // signed with each delta list has shown it.
  Bytes changes_since(std::uint64_t revision) const;
  void forget_changes_until(std::uint64_t revision);

 private:
  struct Change {
    std::uint64_t revision = 0;
    pki::SerialNumber serial;
    std::optional<Instant> released_from;  // since when it had been on hold
  };
  void add_change(const pki::SerialNumber& serial, std::optional<Instant> released_from);

  std::set<const Revoked*, AsNumber> entries_;
  std::vector<Change> changes_;  // in the order of their revisions
  std::uint64_t revision_ = 1;
};

}  // namespace shomei::authority
