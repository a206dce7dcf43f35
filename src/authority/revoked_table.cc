#include "authority/revoked_table.h"

#include <new>

#include "base/check.h"
#include "base/large_pages.h"

namespace shomei::authority {

std::size_t SerialKey::hash() const {
  std::uint64_t low = 0, high = 0;
  std::memcpy(&low, bytes_.data() + 12, sizeof low);
  std::memcpy(&high, bytes_.data() + 4, sizeof high);
  std::uint64_t value = low ^ (high * 0x9E3779B97F4A7C15);
  value = (value ^ (value >> 32)) * 0xD6E8FEB86659FD93;
  return value ^ (value >> 32);
}

std::size_t RevokedTable::place_of(const SerialKey& serial) const {
  const std::size_t mask = places_.size() - 1;
  std::size_t place = serial.hash() & mask;
  while (places_[place] != kNone && !((*this)[places_[place]].serial == serial)) place = (place + 1) & mask;
  return place;
}

std::optional<Slot> RevokedTable::find(const SerialKey& serial) const {
  if (places_.empty()) return std::nullopt;
  const Slot slot = places_[place_of(serial)];
  return slot == kNone ? std::nullopt : std::optional(slot);
}

void RevokedTable::make_room() {
  if (4 * (size_ + 1) <= 3 * places_.size()) return;
  const auto before = std::move(places_);
  places_.assign(before.empty() ? 64 : 2 * before.size(), kNone);
  for (const Slot slot : before)
    if (slot != kNone) places_[place_of((*this)[slot].serial)] = slot;
}

// Memory that is touched when it is needed. Random numbers are everywhere in it, and large pages are found
// sooner; an authority with few revoked has small ones.
void RevokedTable::add_chunk() {
  constexpr std::size_t kAlignment = 2 * 1024 * 1024, kBytes = kChunk * sizeof(Revoked);
  static_assert(kBytes % kAlignment == 0);
  auto* memory = std::aligned_alloc(kAlignment, kBytes);
  SHOMEI_INVARIANT(memory != nullptr);
  if (!chunks_.empty()) prefer_large_pages(memory, kBytes);
  chunks_.emplace_back(static_cast<Revoked*>(memory));
}

Slot RevokedTable::insert(const Revoked& revoked) {
  make_room();
  const std::size_t place = place_of(revoked.serial);
  SHOMEI_INVARIANT(places_[place] == kNone);
  Slot slot = slots_;
  if (!free_.empty()) {
    slot = free_.back();
    free_.pop_back();
  } else {
    SHOMEI_INVARIANT(slots_ < kNone);
    if (slots_++ % kChunk == 0) add_chunk();
  }
  new (&(*this)[slot]) Revoked(revoked);
  places_[place] = slot;
  ++size_;
  return slot;
}

void RevokedTable::remove(Slot slot) {
  const std::size_t mask = places_.size() - 1;
  std::size_t hole = place_of((*this)[slot].serial);
  SHOMEI_INVARIANT(places_[hole] == slot);
  // Those behind that would not be found across the hole move into it.
  for (std::size_t next = (hole + 1) & mask; places_[next] != kNone; next = (next + 1) & mask) {
    const std::size_t home = (*this)[places_[next]].serial.hash() & mask;
    if (((next - home) & mask) < ((next - hole) & mask)) continue;
    places_[hole] = places_[next];
    hole = next;
  }
  places_[hole] = kNone;
  --size_;
  (*this)[slot].gone = 1;
}

void RevokedTable::let_go(Slot slot) {
  auto& revoked = (*this)[slot];
  SHOMEI_INVARIANT(revoked.gone && revoked.lists > 0);
  revoked.lists = (revoked.lists - 1U) & 3U;
  if (revoked.lists == 0) free_.push_back(slot);
}

}  // namespace shomei::authority
