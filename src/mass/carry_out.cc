#include "mass/carry_out.h"

#include <thread>

#include "counter/admit.h"
#include "counter/traced.h"
#include "mass/decision.h"
#include "mass/notices.h"
#include "mass/pace.h"
#include "mass/running.h"

namespace shomei::mass {
namespace {

namespace field = journal::field;
using Watch = std::chrono::steady_clock;

counter::Officer officer_of(const Standing& standing, const Going& going) {
  return going.officer.value_or(standing.order.officer);
}

class Run {
 public:
  Run(const Parts& parts, Standing standing, const FixedList& list, const Authorities& authorities,
      const Going& going)
      : parts_(parts),
        standing_(std::move(standing)),
        list_(list),
        authorities_(authorities),
        going_(going),
        officer_(officer_of(standing_, going)) {}

  // Whether the end of the list was reached.
  Result<bool> to_the_end() {
    if (changes_states(standing_.order.verb)) {
      SHOMEI_TRY(decided_, decide(parts_.counter, standing_.order));
    }
    const auto all = standing_.order.found.certificates;
    for (since_ = Watch::now(); standing_.through < all;) {
      if (going_.stop() || std::filesystem::exists(parts_.folder.pause(standing_.order.id))) return false;
      const auto count = std::min(pace_.next(), going_.part_most);
      SHOMEI_TRY(const auto batch, Batch::read(list_, standing_.through, count, authorities_));
      SHOMEI_CHECK(carry_out(batch));
      going_.progress(standing_.through, all);
      if (standing_.through < all) std::this_thread::sleep_for(Pace::kPause);
    }
    return true;
  }
  const Standing& standing() const { return standing_; }

 private:
  Result<void> carry_out(const Batch& batch) {
    SHOMEI_TRY(auto transaction, parts_.counter.journal.begin());
    const auto turn = Watch::now();
    const auto& order = standing_.order;
    SHOMEI_CHECK(expect_alone(transaction.rows(), order.id, standing_.last_sequence));
    const Instant at = parts_.counter.journal.clock().now();
    journal::Draft draft{.act = order.id, .phase = journal::Phase::result};
    SHOMEI_TRY(auto part,
               batch.carry_out(order.verb, decided_ ? &decided_->decision : nullptr, at, transaction, draft));
    part.number = standing_.parts + 1;
    part.worked = std::chrono::floor<std::chrono::milliseconds>(turn - since_);
    draft.officer = counter::officer_fields(act_of(order.verb), officer_);
    draft.officer.insert_or_assign(std::string(field::kMass), to_bytes(encode_part(part)));
    SHOMEI_TRY(const auto sequence, transaction.append(draft));
    SHOMEI_CHECK(transaction.commit());
    pace_.took(Watch::now() - turn, batch.size());
    since_ += part.worked;
    take(part, sequence);
    return {};
  }

  void take(const Part& part, std::uint64_t sequence) {
    standing_.stage = Stage::begun;
    standing_.through = part.through;
    standing_.done += part.done();
    standing_.parts = part.number;
    standing_.worked += part.worked;
    standing_.last_sequence = sequence;
    standing_.last_part = sequence;
    if (!standing_.first_part) standing_.first_part = sequence;
    standing_.passed_over.insert(standing_.passed_over.end(), part.passed_over.begin(),
                                 part.passed_over.end());
  }

  const Parts& parts_;
  Standing standing_;
  const FixedList& list_;
  const Authorities& authorities_;
  const Going& going_;
  const counter::Officer officer_;
  Pace pace_;
  std::optional<counter::Decided> decided_;  // of what changes states
  Watch::time_point since_;                  // what was worked since then is in no part yet
};

// Lists first, notices then, and the last entry when both are there: whoever finds it missing does them anew.
Result<void> finish(const Parts& parts, const Going& going, const FixedList& list,
                    const Authorities& authorities, Report& report) {
  if (going.publish_lists && changes_states(report.standing.order.verb)) {
    SHOMEI_TRY(report.lists, going.publish_lists(report.standing));
  }
  SHOMEI_CHECK(
      write_notices(report.standing, list, authorities, parts.folder.notices(report.standing.order.id)));
  report.standing.stage = Stage::done;
  return end_with(journal::Phase::confirmation, report, officer_of(report.standing, going), parts);
}

Result<Report> go_on(const Parts& parts, Standing standing, const Going& going) {
  const auto order = standing.order.id;
  SHOMEI_CHECK(expect_not_ended(standing));
  // Of an earlier time. What is said from now on counts, also while the list is being looked through.
  std::error_code none;
  std::filesystem::remove(parts.folder.pause(order), none);
  SHOMEI_TRY(auto rows, parts.counter.journal.read());
  SHOMEI_TRY(const auto list, FixedList::open(parts.folder.list(order), standing.order.list));
  SHOMEI_TRY(const auto authorities, read_authorities(*rows));
  rows.reset();
  // Of one that has begun others have agreed, or glass was broken: their word may have run out since.
  if (standing.stage == Stage::fixed)
    SHOMEI_CHECK(expect_agreed(parts.counter, standing.order, officer_of(standing, going)));
  Run run(parts, std::move(standing), list, authorities, going);
  SHOMEI_TRY(const bool all, run.to_the_end());
  SHOMEI_TRY(auto fresh, parts.counter.journal.read());
  SHOMEI_TRY(const auto now, read_standing(*fresh, order));
  fresh.reset();
  SHOMEI_TRY(auto report, report_of(now, list, authorities));
  if (all) SHOMEI_CHECK(finish(parts, going, list, authorities, report));
  return report;
}

}  // namespace

Result<void> expect_not_ended(const Standing& standing) {
  if (standing.stage == Stage::fixed || standing.stage == Stage::begun) return {};
  return refused("mass_ended",
                 {{"order", standing.order.id.text()}, {"stage", std::string(name(standing.stage))}});
}

Result<files::FileLock> keep_others_out(const Parts& parts, const ActId& order) {
  if (!std::filesystem::exists(parts.folder.list(order)))
    return not_found("mass_list_missing", {{"path", parts.folder.list(order).string()}});
  auto lock = files::FileLock::take(parts.folder.lock(order));
  if (!lock && lock.error().code == "file_locked")
    return conflict("mass_under_way", {{"order", order.text()}});
  return lock;
}

Result<void> expect_alone(journal::Rows& rows, const ActId& order, std::uint64_t last) {
  bool alone = true;
  SHOMEI_CHECK(rows.each_entry(last + 1, {}, [&](const journal::StoredEntry& stored) {
    alone = stored.entry.act != order;
    return alone;
  }));
  if (!alone) return conflict("mass_under_way", {{"order", order.text()}});
  return {};
}

Result<void> end_with(journal::Phase phase, Report& report, const counter::Officer& officer,
                      const Parts& parts) {
  auto& standing = report.standing;
  SHOMEI_TRY(auto transaction, parts.counter.journal.begin());
  SHOMEI_CHECK(expect_alone(transaction.rows(), standing.order.id, standing.last_sequence));
  journal::Draft draft{.act = standing.order.id, .phase = phase};
  draft.officer = counter::officer_fields(act_of(standing.order.verb), officer);
  draft.officer.insert_or_assign(std::string(field::kMass), to_bytes(encode_report(report)));
  SHOMEI_TRY(standing.last_sequence, transaction.append(draft));
  SHOMEI_CHECK(transaction.commit());
  std::error_code stays;
  std::filesystem::remove(parts.folder.pause(standing.order.id), stays);
  return {};
}

Result<Report> carry_out(const Parts& parts, const ActId& order, const Going& going) {
  SHOMEI_TRY(const auto lock, keep_others_out(parts, order));
  SHOMEI_TRY(auto rows, parts.counter.journal.read());
  SHOMEI_TRY(auto standing, read_standing(*rows, order));
  rows.reset();
  const auto officer = officer_of(standing, going);
  const auto act = act_of(standing.order.verb);
  SHOMEI_CHECK(counter::admit(parts.counter, act, officer));
  return counter::traced(parts.counter, act, officer, {}, go_on(parts, std::move(standing), going));
}

}  // namespace shomei::mass
