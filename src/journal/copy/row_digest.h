// How many rows of each kind a store has, and one digest over them: two stores whose digests are the same
// keep the same. The digest of no rows is 32 zero bytes; each row makes of the digest before it the SHA-256
// of that and the row's bytes (row_bytes.h).
#pragma once

#include <array>
#include <cstdint>
#include <functional>

#include "journal/rows.h"

namespace shomei::journal {

struct RowDigest {
  std::uint64_t rows = 0;
  Sha256 digest{};
  void add(const StoreRow& row);
  bool operator==(const RowDigest&) const = default;
};

struct StoreDigest {
  std::array<RowDigest, kRowKinds> kinds;  // in the order of RowKind
  RowDigest& of(RowKind kind) { return kinds[static_cast<std::size_t>(kind)]; }
  const RowDigest& of(RowKind kind) const { return kinds[static_cast<std::size_t>(kind)]; }
  std::uint64_t rows() const;
  bool operator==(const StoreDigest&) const = default;
};

// What long work has done so far. An error ends the work, and is its answer.
struct CopyStep {
  enum class Doing { copying, reading, verifying };
  Doing doing;
  RowKind kind;            // of the rows; entry while verifying
  std::uint64_t rows = 0;  // of the kind
};
using CopyProgress = std::function<Result<void>(const CopyStep&)>;
inline constexpr std::uint64_t kCopyStepRows = 256;

Result<StoreDigest> digest_store(Rows& rows, const CopyProgress& progress = {});

}  // namespace shomei::journal
