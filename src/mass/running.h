// What carrying out and cancelling have in common.
#pragma once

#include "files/lock.h"
#include "mass/parts.h"
#include "mass/report.h"

namespace shomei::mass {

Result<void> expect_not_ended(const Standing& standing);  // refused "mass_ended" {order, stage}
// conflict "mass_under_way" {order}. Ends with its process.
Result<files::FileLock> keep_others_out(const Parts& parts, const ActId& order);
// Within the transaction that goes on with the act: nobody else has, since `last`, its last entry as it was
// known. conflict "mass_under_way" {order}: on another machine over the same store.
Result<void> expect_alone(journal::Rows& rows, const ActId& order, std::uint64_t last);
// The last entry, with the report.
Result<void> end_with(journal::Phase phase, Report& report, const counter::Officer& officer,
                      const Parts& parts);

}  // namespace shomei::mass
