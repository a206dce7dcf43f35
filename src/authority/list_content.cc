#include "authority/list_content.h"

#include <algorithm>

namespace shomei::authority {
namespace {

// How far ahead of the entry that is written the next are asked for: they lie anywhere in memory.
constexpr std::size_t kAhead = 16;
// So many may be gone, beside a share of the list, before they are taken out of its order.
constexpr std::size_t kGoneMax = 1'000;

pki::EncodedEntry entry_of(const Revoked& revoked) {
  return pki::encode_entry(revoked.serial.magnitude(), revoked.revoked_at, revoked.reason());
}

}  // namespace

void ListContent::add(Slot slot) {
  ++table_[slot].lists;
  const bool behind =
      added_.empty() && (order_.empty() || table_[order_.back()].serial < table_[slot].serial);
  (behind ? order_ : added_).push_back(slot);
}

void ListContent::came(Slot slot) {
  add(slot);
  changed(slot);
}

void ListContent::changed(Slot slot) {
  add_change(table_[slot].serial);
}

void ListContent::released(Slot slot) {
  add_release(table_[slot].serial, table_[slot].revoked_at);
  take_out(slot);
}

void ListContent::ran_out(Slot slot) {
  ++revision_;
  take_out(slot);
}

void ListContent::take_out(Slot) {
  if (++gone_ > kGoneMax + order_.size() / 2) settle();
}

void ListContent::add_change(const SerialKey& serial) {
  changes_.push_back({++revision_, {}, serial, false});
}

void ListContent::add_release(const SerialKey& serial, Instant from) {
  changes_.push_back({++revision_, from, serial, true});
}

// Brings the order up to date, in place: what was added is few beside what is there.
void ListContent::settle() {
  if (gone_ > 0) {
    const auto is_gone = [this](Slot slot) {
      if (!table_[slot].gone) return false;
      table_.let_go(slot);
      return true;
    };
    std::erase_if(order_, is_gone);
    std::erase_if(added_, is_gone);
    gone_ = 0;
  }
  const auto less = [this](Slot a, Slot b) { return table_[a].serial < table_[b].serial; };
  std::ranges::sort(added_, less);
  auto end = static_cast<std::ptrdiff_t>(order_.size());
  const std::size_t wanted = order_.size() + added_.size();
  if (wanted > order_.capacity()) order_.reserve(wanted + wanted / 8);
  order_.resize(wanted);
  const auto begin = order_.begin();
  auto to = order_.end();
  for (auto slot = added_.rbegin(); slot != added_.rend(); ++slot) {
    const auto behind = std::upper_bound(begin, begin + end, *slot, less);
    to = std::move_backward(behind, begin + end, to);
    *--to = *slot;
    end = behind - begin;
  }
  added_ = {};
}

void ListContent::write(pki::CrlWriter& to) {
  settle();
  for (std::size_t i = 0; i < order_.size(); ++i) {
    if (i + kAhead < order_.size()) __builtin_prefetch(&table_[order_[i + kAhead]]);
    to.add(entry_of(table_[order_[i]]));
  }
}

const Revoked* ListContent::find(const SerialKey& serial) const {
  const auto slot = table_.find(serial);
  if (!slot) return nullptr;
  const Revoked& found = table_[*slot];
  return partition_ == kAll || found.partition == partition_ ? &found : nullptr;
}

std::vector<ListContent::Change>::const_iterator ListContent::first_change_after(
    std::uint64_t revision) const {
  return std::ranges::upper_bound(changes_, revision, {}, &Change::revision);
}

std::size_t ListContent::changes_since(std::uint64_t revision) const {
  return static_cast<std::size_t>(changes_.end() - first_change_after(revision));
}

void ListContent::write_changes_since(std::uint64_t revision, pki::CrlWriter& to) const {
  std::vector<const Change*> since;
  since.reserve(changes_since(revision));
  for (auto at = first_change_after(revision); at != changes_.end(); ++at) since.push_back(&*at);
  std::ranges::stable_sort(since, [](const Change* a, const Change* b) { return a->serial < b->serial; });
  for (std::size_t i = 0; i < since.size(); ++i) {
    const Change& last = *since[i];
    if (i + 1 < since.size() && since[i + 1]->serial == last.serial) continue;
    if (const auto* now = find(last.serial))
      to.add(entry_of(*now));
    else if (last.released)
      to.add(pki::encode_entry(last.serial.magnitude(), last.released_from,
                               pki::RevocationReason::remove_from_crl));
  }
}

void ListContent::forget_changes_until(std::uint64_t revision) {
  changes_.erase(changes_.begin(), first_change_after(revision));
  if (changes_.size() < changes_.capacity() / 4) changes_.shrink_to_fit();
}

ListContent::Resume::Resume(ListContent& content)
    : content_(content), before_(content.revision()), listed_(content.table_.slots()) {
  content_.changes_.clear();
}

void ListContent::Resume::delta(const pki::RevokedEntry& entry) {
  const bool removed = entry.reason == pki::RevocationReason::remove_from_crl;
  content_.changes_.push_back(
      {before_, removed ? entry.revoked_at : Instant{}, SerialKey(entry.serial), removed});
}

void ListContent::Resume::complete(const pki::RevokedEntry& entry) {
  const SerialKey serial(entry.serial);
  const auto* now = content_.find(serial);
  if (now) listed_[*content_.table_.find(serial)] = true;
  entry_.clear();
  pki::append_entry(entry_, entry);
  if (now && equal(entry_of(*now).view(), entry_)) return;
  if (!now && entry.reason == pki::RevocationReason::certificate_hold)
    content_.add_release(serial, entry.revoked_at);
  else
    content_.add_change(serial);
}

std::uint64_t ListContent::Resume::finish() {
  content_.settle();
  for (const Slot slot : content_.order_)
    if (!listed_[slot]) content_.add_change(content_.table_[slot].serial);
  return before_;
}

}  // namespace shomei::authority
