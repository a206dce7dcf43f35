#include "authority/list_content.h"

#include <algorithm>
#include <map>

namespace shomei::authority {

Bytes ListContent::entries() const {
  std::size_t size = 0;
  for (const auto* one : entries_) size += one->entry.size();
  Bytes all;
  all.reserve(size);
  for (const auto* one : entries_) append(all, one->entry);
  return all;
}

const Revoked* ListContent::find(const pki::SerialNumber& serial) const {
  const auto at = entries_.find(serial);
  return at == entries_.end() ? nullptr : *at;
}

void ListContent::add_change(const pki::SerialNumber& serial, std::optional<Instant> released_from) {
  changes_.push_back({++revision_, serial, released_from});
}

void ListContent::changed(const Revoked* revoked) {
  entries_.insert(revoked);
  add_change(revoked->serial, std::nullopt);
}

void ListContent::released(const Revoked* revoked) {
  if (entries_.erase(revoked) > 0) add_change(revoked->serial, revoked->revoked_at);
}

void ListContent::ran_out(const Revoked* revoked) {
  if (entries_.erase(revoked) > 0) ++revision_;
}

std::uint64_t ListContent::resume(const pki::Crl& standing, const pki::Crl* delta) {
  const auto before = revision_;
  changes_.clear();
  if (delta)
    for (const auto& entry : delta->entries) {
      const bool removed = entry.reason == pki::RevocationReason::remove_from_crl;
      changes_.push_back({before, entry.serial, removed ? std::optional(entry.revoked_at) : std::nullopt});
    }
  std::set<pki::SerialNumber, AsNumber> listed;
  for (const auto& entry : standing.entries) {
    listed.insert(entry.serial);
    const auto* now = find(entry.serial);
    Bytes encoded;
    pki::append_entry(encoded, entry);
    if (now && now->entry == encoded) continue;
    const bool released = !now && entry.reason == pki::RevocationReason::certificate_hold;
    add_change(entry.serial, released ? std::optional(entry.revoked_at) : std::nullopt);
  }
  for (const auto* one : entries_)
    if (!listed.contains(one->serial)) add_change(one->serial, std::nullopt);
  return before;
}

Bytes ListContent::changes_since(std::uint64_t revision) const {
  std::map<pki::SerialNumber, const Change*, AsNumber> last;
  for (const auto& change : changes_)
    if (change.revision > revision) last[change.serial] = &change;
  Bytes entries;
  for (const auto& [serial, change] : last) {
    if (const auto* now = find(serial))
      append(entries, now->entry);
    else if (change->released_from)
      pki::append_entry(
          entries, {serial, *change->released_from, pki::RevocationReason::remove_from_crl, std::nullopt});
  }
  return entries;
}

void ListContent::forget_changes_until(std::uint64_t revision) {
  const auto end = std::ranges::upper_bound(changes_, revision, {}, &Change::revision);
  changes_.erase(changes_.begin(), end);
}

}  // namespace shomei::authority
