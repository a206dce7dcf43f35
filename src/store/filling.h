// Filling: a store into which very many issues come at once, for measurements: rows of residents, cards,
// requests and certificates, and the journal's entries, as acts would have left them one by one. Nothing is
// in the store before finish() returns, and then everything is. Used by one thread at a time; errors are
// those of journal/rows.h, and after one the only thing left is to drop it.
#pragma once

#include <array>
#include <functional>
#include <span>

#include "journal/rows.h"
#include "journal/tiles.h"

namespace shomei::store {

// An issue that was delivered: what is left of it in the end.
struct FilledIssue {
  journal::CertificateRecord certificate;
  journal::RequestRecord request;
  std::array<journal::StoredEntry, 3> entries;  // intent, result, confirmation
};

class Filling {
 public:
  virtual ~Filling() = default;
  // Where the journal ends that is gone on with, and its tiles.
  virtual Result<journal::Head> head() = 0;
  virtual Result<std::optional<Bytes>> tile(unsigned level, std::uint64_t index) = 0;

  // In ascending order of identifiers, before the issues; `cards` are theirs, in any order.
  virtual Result<void> put_residents(std::span<const residents::Resident> residents) = 0;
  virtual Result<void> put_cards(std::span<const residents::CardRecord> cards) = 0;
  virtual Result<void> put_issues(std::span<const FilledIssue> issues) = 0;
  // Of this part of the tree what stands there is replaced by a wider one.
  virtual Result<void> put_tiles(std::span<const journal::TreeEdge::Tile> tiles) = 0;
  virtual Result<void> finish(const journal::Head& head) = 0;
};

}  // namespace shomei::store
