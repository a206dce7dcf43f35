#include "journal/copy/copy.h"

#include "base/check.h"

namespace shomei::journal {
namespace {

using Doing = CopyStep::Doing;

Result<void> expect_empty(Rows& rows) {
  for (const auto kind : all_row_kinds())
    SHOMEI_CHECK(rows.each_row(kind, [&](const StoreRow&) -> Result<void> {
      return conflict("store_not_empty", {{"kind", std::string(name(kind))}});
    }));
  return {};
}

Result<void> compare(const StoreDigest& found, const StoreDigest& wanted) {
  for (const auto kind : all_row_kinds())
    if (found.of(kind) != wanted.of(kind))
      return internal("copy_differs", {{"kind", std::string(name(kind))},
                                       {"rows", std::to_string(found.of(kind).rows)},
                                       {"rows_wanted", std::to_string(wanted.of(kind).rows)}});
  return {};
}

Result<VerifyReport> verify(Rows& rows, const ProofOptions& options) {
  SHOMEI_INVARIANT(options.key.has_value());
  VerifyOptions how{.key = *options.key, .since = options.since, .memory_bytes = options.memory_bytes};
  how.go_on = [&](const VerifyProgress& p) -> Result<void> {
    return options.progress ? options.progress({Doing::verifying, RowKind::entry, p.entries})
                            : Result<void>{};
  };
  SHOMEI_TRY(auto report, verify_journal(rows, how));
  if (report.holds()) return report;
  const auto& first = report.findings.front();
  return refused(
      "journal_not_proven",
      {{"sequence", std::to_string(first.sequence)}, {"code", first.code}, {"detail", first.detail}});
}

}  // namespace

Result<bool> is_empty(Rows& rows) {
  const auto empty = expect_empty(rows);
  if (!empty && empty.error().code != "store_not_empty") return empty.error();
  return empty.has_value();
}

Result<StoreProof> prove_store(Rows& rows, const StoreDigest& wanted, const ProofOptions& options) {
  StoreProof proof;
  SHOMEI_TRY(proof.digest, digest_store(rows, options.progress));
  SHOMEI_CHECK(compare(proof.digest, wanted));
  SHOMEI_TRY(proof.head, rows.head());
  if (proof.head.size == 0 && !options.since) return proof;
  SHOMEI_TRY(proof.journal, verify(rows, options));
  return proof;
}

Result<StoreProof> copy_store(Rows& from, Rows& to, const ProofOptions& options) {
  SHOMEI_CHECK(expect_empty(to));
  StoreDigest digest;
  for (const auto kind : all_row_kinds()) {
    auto& of_kind = digest.of(kind);
    const auto copied = from.each_row(kind, [&](const StoreRow& row) -> Result<void> {
      SHOMEI_CHECK(to.put_row(row));
      of_kind.add(row);
      if (!options.progress || of_kind.rows % kCopyStepRows != 0) return {};
      return options.progress({Doing::copying, kind, of_kind.rows});
    });
    SHOMEI_CHECK(copied);
  }
  SHOMEI_TRY(const auto head, from.head());
  SHOMEI_TRY(auto proof, prove_store(to, digest, options));
  if (proof.head.checkpoint != head.checkpoint)
    return internal("copy_differs", {{"kind", std::string(name(RowKind::head))},
                                     {"rows", std::to_string(proof.head.size)},
                                     {"rows_wanted", std::to_string(head.size)}});
  return proof;
}

}  // namespace shomei::journal
