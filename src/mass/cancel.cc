#include "counter/admit.h"
#include "mass/carry_out.h"
#include "mass/running.h"

namespace shomei::mass {

Result<Standing> pause(const Folder& folder, journal::Rows& rows, const ActId& order) {
  SHOMEI_TRY(auto standing, read_standing(rows, order));
  SHOMEI_CHECK(expect_not_ended(standing));
  SHOMEI_CHECK(files::replace_file(folder.pause(order), ByteView{}));
  return standing;
}

Result<Report> cancel(const Parts& parts, const counter::Officer& officer, const ActId& order) {
  SHOMEI_TRY(const auto lock, keep_others_out(parts, order));
  SHOMEI_TRY(auto rows, parts.counter.journal.read());
  SHOMEI_TRY(auto standing, read_standing(*rows, order));
  SHOMEI_CHECK(expect_not_ended(standing));
  SHOMEI_CHECK(counter::admit(parts.counter, act_of(standing.order.verb), officer));
  if (standing.through == standing.order.found.certificates)
    return refused("mass_all_done", {{"order", order.text()}});
  SHOMEI_TRY(const auto list, FixedList::open(parts.folder.list(order), standing.order.list));
  SHOMEI_TRY(const auto authorities, read_authorities(*rows));
  rows.reset();
  SHOMEI_TRY(auto report, report_of(standing, list, authorities));
  const bool begun = standing.stage == Stage::begun;
  report.standing.stage = Stage::ended_early;
  SHOMEI_CHECK(
      end_with(begun ? journal::Phase::confirmation : journal::Phase::written_off, report, officer, parts));
  return report;
}

}  // namespace shomei::mass
