// What a store keeps, as rows of a few kinds: for who copies a store whole, and compares two (copy/).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "journal/certificate_record.h"
#include "journal/entry.h"
#include "register/resident.h"

namespace shomei::journal {

struct StoredEntry {
  Entry entry;
  std::array<std::optional<Part>, 3> parts;  // a part may have been erased, or withheld from this reader
};

// A request is taken in once: whoever is not sure whether it arrived may send it again, and gets the same
// answer.
struct RequestRecord {
  RequestId request;
  ActId act;         // the first that it led to
  Sha256 content{};  // of what was asked
  Bytes answer;      // what the act answered, in a form of its own; empty while it is under way
};

// A public key for which nothing is issued any more: it leaked, or is known to be weak.
struct BlockedKey {
  Sha256 key{};  // SHA-256 of its SubjectPublicKeyInfo
  ActId act;     // the act that blocked it
  std::string cause;
};

// Where the journal ends: what the last commit that appended entries put.
struct Head {
  std::uint64_t size = 0;        // entries
  InstantMs last_recorded_at{};  // of the last of them
  std::string checkpoint;        // a signed note over them; empty while there are none
};

// How far the serial numbers of a space were counted. A space in which nothing was counted has no such row.
struct SerialSpace {
  std::string name;
  std::uint64_t last_number = 0;
};

// Whom an entry was put about, where it was put about somebody.
struct About {
  std::uint64_t sequence = 0;
  ResidentId resident;
};

struct StoredTile {
  unsigned level = 0;
  std::uint64_t index = 0;
  Bytes hashes;
};

// In this order they are put, and each kind has one order among its rows in every engine.
enum class RowKind : std::uint8_t {
  resident,      // by identifier (as bytes, like all text here)
  card,          // by identifier
  authority,     // by name
  serial_space,  // by name
  certificate,   // as they were inserted
  blocked_key,   // by key
  request,       // by identifier
  crl,           // by name and number
  entry,         // by sequence; parts that were erased are missing
  about,         // by mark_of the resident, and sequence
  tile,          // by level and index
  head,          // one; none while the journal is empty
};
inline constexpr std::size_t kRowKinds = 12;
std::array<RowKind, kRowKinds> all_row_kinds();
std::string_view name(RowKind kind);  // "resident", …, "serial_space", …

using StoreRow =
    std::variant<residents::Resident, residents::CardRecord, AuthorityRecord, SerialSpace, CertificateRecord,
                 BlockedKey, RequestRecord, CrlRecord, StoredEntry, About, StoredTile, Head>;
static_assert(std::variant_size_v<StoreRow> == kRowKinds);
inline RowKind kind_of(const StoreRow& row) {
  return static_cast<RowKind>(row.index());
}

// For std::visit: a function for each kind, and one for the rest.
template <class... Functions>
struct Each : Functions... {
  using Functions::operator()...;
};
template <class... Functions>
Each(Functions...) -> Each<Functions...>;  // clang 14 deduces no aggregate without it

// The first eight bytes of the SHA-256 of its text, as a signed number.
std::int64_t mark_of(const ResidentId& resident);

}  // namespace shomei::journal
