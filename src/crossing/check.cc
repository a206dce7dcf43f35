#include "crossing/check.h"

#include <algorithm>

#include "crossing/entry_checks.h"
#include "crossing/row_checks.h"

namespace shomei::crossing {
namespace {

constexpr std::uint64_t kProgressEvery = 1024;

bool is_nameless(const Said& said) {
  if (said.erased || !said.resident.empty()) return false;
  return std::ranges::any_of(said.changes, [](const journal::StatusChange& change) {
    return !std::holds_alternative<journal::AuthorityAdded>(change) &&
           !std::holds_alternative<journal::CrlPublished>(change);
  });
}

class Check {
 public:
  Check(journal::Rows& rows, const Options& options)
      : rows_(rows), options_(options), recall_(options.memory_bytes), findings_(recall_, kFindingsMax) {}

  Result<Report> run() {
    SHOMEI_TRY(const auto end, rows_.head());
    progress_.of = end.size;
    do {
      SHOMEI_CHECK(pass());
      findings_.end_of_pass();
      ++progress_.pass;
    } while (recall_.next_pass());
    report_.findings = findings_.take();
    return std::move(report_);
  }

 private:
  Result<void> pass() {
    report_.entries = report_.erased_parts = report_.nameless = 0;
    progress_.entries = 0;
    RowChecks rows(rows_, recall_, findings_, progress_.of);
    SHOMEI_CHECK(rows.before_entries(report_));
    EntryChecks entries(recall_, findings_);
    SHOMEI_CHECK(rows_.each_entry(0, {true, true, true}, [&](const journal::StoredEntry& stored) {
      const auto said = said_by(stored);
      count(said);
      entries.check(said);
      step();
      return !stopped_;
    }));
    if (stopped_) return *stopped_;
    return rows.after_entries();
  }

  void count(const Said& said) {
    ++report_.entries;
    if (said.erased) ++report_.erased_parts;
    if (is_nameless(said)) ++report_.nameless;
  }

  void step() {
    ++progress_.entries;
    if (progress_.entries % kProgressEvery != 0) return;
    if (options_.progress) options_.progress(progress_);
    if (!options_.go_on) return;
    if (const auto going = options_.go_on(progress_); !going) stopped_ = going.error();
  }

  journal::Rows& rows_;
  const Options& options_;
  Recall recall_;
  Findings findings_;
  Report report_;
  journal::VerifyProgress progress_;
  std::optional<Error> stopped_;
};

}  // namespace

Result<Report> check(journal::Rows& rows, const Options& options) {
  return Check(rows, options).run();
}

}  // namespace shomei::crossing
