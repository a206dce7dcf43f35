// RevokedTable: the revoked and suspended certificates of one authority, forty bytes each, found by their
// serial numbers. A certificate has a slot, which stays while a list refers to it. Pure.
#pragma once

#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/calendar.h"
#include "pki/revocation_reason.h"
#include "pki/serial_number.h"

namespace shomei::authority {

// A serial number as twenty bytes with zeros in front, so that bytes are in the order of numbers.
class SerialKey {
 public:
  SerialKey() = default;
  explicit SerialKey(const pki::SerialNumber& serial) {
    const auto& magnitude = serial.magnitude();
    std::memcpy(bytes_.data() + bytes_.size() - magnitude.size(), magnitude.data(), magnitude.size());
  }
  ByteView magnitude() const {  // without the zeros
    std::size_t zeros = 0;
    while (zeros < bytes_.size() - 1 && bytes_[zeros] == 0) ++zeros;
    return ByteView(bytes_).subspan(zeros);
  }
  std::size_t hash() const;
  bool operator<(const SerialKey& other) const { return compare(other) < 0; }
  bool operator==(const SerialKey& other) const { return compare(other) == 0; }

 private:
  int compare(const SerialKey& other) const {
    return std::memcmp(bytes_.data(), other.bytes_.data(), bytes_.size());
  }
  ByteArray<20> bytes_{};  // RFC 5280 4.1.2.2: no number is longer
};

struct Revoked {
  static constexpr std::uint32_t kNoPartition = (1U << 24) - 1;

  Instant revoked_at, not_after;
  SerialKey serial;
  std::uint32_t partition : 24 = kNoPartition;  // by its place among those of its authority
  std::uint32_t reason_number : 4 = 0;
  std::uint32_t lists : 2 = 0;  // in whose order it still stands
  std::uint32_t gone : 1 = 0;   // released or run out, and on no list any more

  pki::RevocationReason reason() const { return static_cast<pki::RevocationReason>(reason_number); }
  void set_reason(pki::RevocationReason reason) { reason_number = static_cast<std::uint32_t>(reason) & 15; }
};
static_assert(sizeof(Revoked) == 40);

using Slot = std::uint32_t;

class RevokedTable {
 public:
  RevokedTable() = default;
  RevokedTable(const RevokedTable&) = delete;
  RevokedTable& operator=(const RevokedTable&) = delete;

  Revoked& operator[](Slot slot) { return chunks_[slot / kChunk][slot % kChunk]; }
  const Revoked& operator[](Slot slot) const { return chunks_[slot / kChunk][slot % kChunk]; }
  std::optional<Slot> find(const SerialKey& serial) const;
  std::size_t size() const { return size_; }  // that are found
  Slot slots() const { return slots_; }       // all are below it

  Slot insert(const Revoked& revoked);  // whose number is not found
  // It is gone: not found any more, and kept until no list refers to it.
  void remove(Slot slot);
  // Of a list that referred to it and does so no more.
  void let_go(Slot slot);

 private:
  // Ten MiB of them, so that those behind the first begin and end with large pages.
  static constexpr Slot kChunk = 262'144, kNone = std::numeric_limits<Slot>::max();
  struct Free {
    void operator()(Revoked* chunk) const { std::free(chunk); }
  };
  std::size_t place_of(const SerialKey& serial) const;  // where it is, or would be put
  void make_room();
  void add_chunk();

  std::vector<std::unique_ptr<Revoked[], Free>> chunks_;  // what is in them never moves
  std::vector<Slot>
      places_;  // by hash, with linear probing; a power of two of them, at most three of four taken
  std::vector<Slot> free_;
  std::size_t size_ = 0;
  Slot slots_ = 0;
};

}  // namespace shomei::authority
