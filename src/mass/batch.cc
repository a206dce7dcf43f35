#include "mass/batch.h"

#include <algorithm>

namespace shomei::mass {

Result<Authorities> read_authorities(journal::Rows& rows) {
  SHOMEI_TRY(const auto records, rows.list_authorities());
  Authorities authorities;
  for (const auto& record : records) authorities.emplace(record.name, record);
  return authorities;
}

Result<Batch> Batch::read(const FixedList& list, std::uint64_t from, std::uint64_t count,
                          const Authorities& authorities) {
  Batch batch;
  batch.from_ = from;
  Result<void> known;
  const auto take = [&](const Line& line) {
    const auto authority = authorities.find(line.authority);
    if (authority == authorities.end()) {
      known = not_found("authority_unknown", {{"authority", line.authority}});
      return false;
    }
    auto& group = batch.groups_[line.authority];
    group.many.authority = line.authority;
    group.many.serial_space = authority->second.serial_space;
    group.many.kind = authority->second.kind;
    group.many.serials.push_back(line.serial);
    group.places.push_back(from + batch.size_++);
    return batch.size_ < count;
  };
  SHOMEI_CHECK(list.each(from, take));
  SHOMEI_CHECK(known);
  return batch;
}

Result<Part> Batch::carry_out(Verb verb, const rules::Decision* decision, Instant at,
                              journal::Transaction& transaction, journal::Draft& draft) const {
  Part part{.from = from_, .through = from_ + size_};
  if (!changes_states(verb)) return part;
  for (const auto& [name, group] : groups_) {
    const auto change = verb == Verb::revoke ? &authority::revoke : &authority::suspend;
    SHOMEI_TRY(const auto moved, change(transaction, draft, group.many, *decision, at));
    for (std::size_t i = 0; i < moved.size(); ++i)
      if (!moved[i].moved)
        part.passed_over.push_back(
            {group.places[i], moved[i].before ? std::string(journal::name(*moved[i].before)) : "unknown"});
  }
  std::ranges::sort(part.passed_over, {}, &PassedOver::place);
  return part;
}

}  // namespace shomei::mass
