#include "home/read_officer_settings.h"

namespace shomei::home {
namespace {

constexpr std::int64_t kHoursMax = 30 * 24;
constexpr std::int64_t kApprovalsMax = 9;

Result<void> read_approvals(TomlTable& officers, officers::Settings& into) {
  SHOMEI_TRY(auto table, officers.table("approvals"));
  if (!table) return {};
  for (const auto& duty : officers::duties()) {
    if (!table->has(duty.act)) continue;
    std::int64_t number = 0;
    SHOMEI_CHECK(table->read(duty.act, number, "a number of officers"));
    if (number < 0 || number > kApprovalsMax) return wrong_value(table->full(duty.act), "0 to 9");
    into.approvals.emplace(duty.act, static_cast<int>(number));
  }
  return table->expect_no_other();
}

}  // namespace

Result<void> read_officers(TomlTable& root, officers::Settings& into) {
  SHOMEI_TRY(auto table, root.table("officers"));
  if (!table) return {};
  SHOMEI_CHECK(table->read("required", into.required, "true or false"));
  std::int64_t hours = into.proposals_live.count();
  SHOMEI_CHECK(table->read("proposal_hours", hours, "a number of hours"));
  if (hours < 1 || hours > kHoursMax) return wrong_value(table->full("proposal_hours"), "1 to 720");
  into.proposals_live = std::chrono::hours{hours};
  SHOMEI_CHECK(read_approvals(*table, into));
  return table->expect_no_other();
}

}  // namespace shomei::home
