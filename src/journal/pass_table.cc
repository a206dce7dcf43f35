#include "journal/pass_table.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/check.h"
#include "crypto/digest.h"

namespace shomei::journal {
namespace {

constexpr std::size_t kSlotsMin = 64;
constexpr std::uint64_t kWhole = ~std::uint64_t{0};

bool too_full(std::size_t used, std::size_t slots) {
  return used * 4 > slots * 3;
}

}  // namespace

PassTable::Key PassTable::fingerprint(ByteView first, ByteView second) {
  const std::uint8_t separator[] = {0x00};
  const auto digest = crypto::sha256({first, separator, second});
  Key key;
  std::memcpy(key.data(), digest.data(), sizeof key);
  return key;
}

// While it grows there are two of them, of which the old one is the smaller.
PassTable::PassTable(std::size_t bytes_max)
    : slots_max_(std::max(kSlotsMin, bytes_max / sizeof(Slot) * 2 / 3)), slots_(kSlotsMin) {}

PassTable::Slot& PassTable::slot_of(const Key& key) {
  using Wide = unsigned __int128;
  // The first word says whose pass it is, the second where it stands.
  auto place = static_cast<std::size_t>(static_cast<Wide>(key[1]) * slots_.size() >> 64);
  while (slots_[place].value != 0 && slots_[place].key != key)
    place = place + 1 == slots_.size() ? 0 : place + 1;
  return slots_[place];
}

std::uint64_t* PassTable::find(const Key& key) {
  Slot& slot = slot_of(key);
  return slot.value == 0 ? nullptr : &slot.value;
}

void PassTable::put(const Key& key, std::uint64_t value) {
  SHOMEI_INVARIANT(value != 0);
  while (has(key) && too_full(size_ + 1, slots_.size())) make_room();
  if (!has(key)) return;
  Slot& slot = slot_of(key);
  SHOMEI_INVARIANT(slot.value == 0);
  slot = {key, value};
  ++size_;
}

void PassTable::make_room() {
  if (slots_.size() < slots_max_) return rebuild(std::min(slots_.size() * 2, slots_max_));
  last_ = first_ + (last_ - first_) / 2;
  // What stays is taken out and put back: less than half a table.
  std::vector<Slot> kept;
  kept.reserve(size_ / 2 + size_ / 8);
  for (const auto& slot : slots_)
    if (slot.value != 0 && has(slot.key)) kept.push_back(slot);
  std::ranges::fill(slots_, Slot{});
  for (const auto& slot : kept) slot_of(slot.key) = slot;
  size_ = kept.size();
}

void PassTable::rebuild(std::size_t slots) {
  const auto old = std::exchange(slots_, std::vector<Slot>(slots));
  for (const auto& slot : old)
    if (slot.value != 0) slot_of(slot.key) = slot;
}

std::size_t PassTable::count(const std::function<bool(std::uint64_t)>& wanted) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(slots_, [&](const Slot& s) { return s.value != 0 && wanted(s.value); }));
}

bool PassTable::next_pass() {
  if (last_ == kWhole) return false;
  first_ = last_ + 1;
  last_ = kWhole;
  std::ranges::fill(slots_, Slot{});
  size_ = 0;
  return true;
}

}  // namespace shomei::journal
