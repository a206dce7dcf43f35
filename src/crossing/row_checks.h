// What the rows say: what the entries are held against, and what is held against them.
#pragma once

#include "crossing/check.h"
#include "crossing/recall.h"

namespace shomei::crossing {

class RowChecks {
 public:
  RowChecks(journal::Rows& rows, Recall& recall, Findings& findings, std::uint64_t entries)
      : rows_(rows), recall_(recall), findings_(findings), entries_(entries) {}

  Result<void> before_entries(Report& report);
  Result<void> after_entries();

 private:
  using Heard = Recall::Heard;
  void take_in(const journal::CertificateRecord& record);
  Result<void> check(const journal::CertificateRecord& record);
  Result<void> check(const journal::RequestRecord& record);
  Result<void> check(const residents::Resident& resident);
  // With the first entry of the act, or behind all when it has none.
  Result<void> tell(const Recall::Key& key, const ActId& act, std::string_view invariant, std::string detail);
  template <class Row, class Each>
  Result<void> each(journal::RowKind kind, const Each& what);

  journal::Rows& rows_;
  Recall& recall_;
  Findings& findings_;
  std::uint64_t entries_;
};

}  // namespace shomei::crossing
