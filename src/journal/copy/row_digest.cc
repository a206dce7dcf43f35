#include "journal/copy/row_digest.h"

#include "journal/copy/row_bytes.h"

namespace shomei::journal {

void RowDigest::add(const StoreRow& row) {
  digest = crypto::sha256({ByteView(digest), encode_row(row)});
  ++rows;
}

std::uint64_t StoreDigest::rows() const {
  std::uint64_t sum = 0;
  for (const auto& kind : kinds) sum += kind.rows;
  return sum;
}

Result<StoreDigest> digest_store(Rows& rows, const CopyProgress& progress) {
  StoreDigest digest;
  for (const auto kind : all_row_kinds()) {
    auto& of_kind = digest.of(kind);
    SHOMEI_CHECK(rows.each_row(kind, [&](const StoreRow& row) -> Result<void> {
      of_kind.add(row);
      if (!progress || of_kind.rows % kCopyStepRows != 0) return {};
      return progress({CopyStep::Doing::reading, kind, of_kind.rows});
    }));
  }
  return digest;
}

}  // namespace shomei::journal
