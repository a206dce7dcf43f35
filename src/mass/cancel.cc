#include "counter/admit.h"
#include "counter/request.h"
#include "counter/traced.h"
#include "mass/carry_out.h"
#include "mass/running.h"

namespace shomei::mass {
namespace {

Result<void> expect_agreed_to_end(const counter::Parts& parts, const counter::Officer& officer,
                                  const Standing& standing) {
  if (standing.stage != Stage::begun || !parts.admission) return {};
  const auto& order = standing.order;
  const auto content = counter::content_of({"cancel_mass", order.id.text()});
  const auto summary = "cancel the order " + order.id.text() + ": " + std::string(name(order.verb)) + ", " +
                       std::to_string(standing.through) + " of " + std::to_string(order.found.certificates) +
                       " certificates by now";
  return parts.admission->expect_agreed(act_of(order.verb), officer, content, summary);
}

Result<Report> end_early(const Parts& parts, const counter::Officer& officer, const Standing& standing) {
  SHOMEI_CHECK(expect_not_ended(standing));
  const auto& order = standing.order;
  if (standing.through == order.found.certificates)
    return refused("mass_all_done", {{"order", order.id.text()}});
  SHOMEI_CHECK(expect_agreed_to_end(parts.counter, officer, standing));
  SHOMEI_TRY(const auto list, FixedList::open(parts.folder.list(order.id), order.list));
  SHOMEI_TRY(auto rows, parts.counter.journal.read());
  SHOMEI_TRY(const auto authorities, read_authorities(*rows));
  rows.reset();
  SHOMEI_TRY(auto report, report_of(standing, list, authorities));
  const bool begun = standing.stage == Stage::begun;
  report.standing.stage = Stage::ended_early;
  SHOMEI_CHECK(
      end_with(begun ? journal::Phase::confirmation : journal::Phase::written_off, report, officer, parts));
  return report;
}

}  // namespace

Result<Report> cancel(const Parts& parts, const counter::Officer& officer, const ActId& order) {
  SHOMEI_TRY(const auto lock, keep_others_out(parts, order));
  SHOMEI_TRY(auto rows, parts.counter.journal.read());
  SHOMEI_TRY(const auto standing, read_standing(*rows, order));
  rows.reset();
  const auto act = act_of(standing.order.verb);
  SHOMEI_CHECK(counter::admit(parts.counter, act, officer));
  return counter::traced(parts.counter, act, officer, {}, end_early(parts, officer, standing));
}

}  // namespace shomei::mass
