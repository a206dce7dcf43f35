#include <algorithm>
#include <optional>

#include "crypto/random.h"
#include "officers/admission.h"
#include "officers/books.h"

namespace shomei::officers {
namespace {

namespace field = journal::field;

constexpr std::string_view kBreak = "break_glass";
constexpr std::string_view kAcknowledge = "acknowledge";

// A command asks for an act more than once on its way; one entry is enough, until an auditor has looked.
Result<bool> is_broken_for(journal::Rows& rows, std::string_view act, const Officer& officer) {
  std::optional<ActId> open;
  SHOMEI_CHECK(each_entry_of(rows, book_of_glass(), [&](const BookEntry& entry) -> Result<void> {
    const auto said = [&](std::string_view name) { return journal::text(entry.officer, name); };
    const bool same = said(field::kRequest) == officer.request.text() && said(field::kProposed) == act &&
                      said(field::kActor) == officer.name && said(field::kBreakGlass) == officer.break_glass;
    if (said(field::kAct) == kBreak && same) open = entry.act;
    if (open && said(field::kAct) == kAcknowledge && said(field::kGlass) == open->text()) open.reset();
    return {};
  }));
  return open.has_value();
}

}  // namespace

Result<void> Admission::break_glass(std::string_view act, const Officer& officer) const {
  SHOMEI_TRY(auto transaction, journal_.begin());
  SHOMEI_TRY(const bool done, is_broken_for(transaction.rows(), act, officer));
  if (done) return {};
  auto fields = fields_of(kBreak, officer);
  say(fields, field::kProposed, act);
  SHOMEI_CHECK(transaction.append(
      {.act = crypto::ordered_identifier<ActId>(), .officer = std::move(fields), .about = book_of_glass()}));
  return transaction.commit();
}

Result<std::vector<BrokenGlass>> unacknowledged(journal::Rows& rows) {
  std::vector<BrokenGlass> open;
  SHOMEI_CHECK(each_entry_of(rows, book_of_glass(), [&](const BookEntry& entry) -> Result<void> {
    const auto said = [&](std::string_view name) { return journal::text(entry.officer, name); };
    if (said(field::kAct) == kBreak)
      open.push_back({entry.act, entry.recorded_at, said(field::kActor), said(field::kOffice),
                      said(field::kProposed), said(field::kBreakGlass)});
    if (said(field::kAct) == kAcknowledge)
      std::erase_if(open, [&](const BrokenGlass& one) { return one.act.text() == said(field::kGlass); });
    return {};
  }));
  return open;
}

Result<void> acknowledge(journal::Transaction& transaction, const ActId& act, journal::Fields by) {
  SHOMEI_TRY(const auto open, unacknowledged(transaction.rows()));
  if (std::ranges::find(open, act, &BrokenGlass::act) == open.end())
    return not_found("glass_unknown", {{"act", act.text()}});
  say(by, field::kAct, kAcknowledge);
  say(by, field::kGlass, act.text());
  SHOMEI_CHECK(transaction.append(
      {.act = crypto::ordered_identifier<ActId>(), .officer = std::move(by), .about = book_of_glass()}));
  return {};
}

}  // namespace shomei::officers
