#include "counter/blank_card.h"

#include <algorithm>

#include "counter/card_policy.h"
#include "counter/facts.h"
#include "crypto/random.h"

namespace shomei::counter {
namespace {

constexpr std::string_view kAct = "make_card";

Result<void> record(const Parts& parts, const Officer& officer, const ResidentId& resident,
                    const CardId& card) {
  journal::Draft draft{.act = crypto::ordered_identifier<ActId>(),
                       .officer = officer_fields(kAct, officer),
                       .about = resident};
  draft.person = {{std::string(journal::field::kResident), to_bytes(resident.text())},
                  {std::string(journal::field::kCard), to_bytes(card.text())}};
  SHOMEI_TRY(auto transaction, parts.journal.begin());
  SHOMEI_CHECK(transaction.append(draft));
  return transaction.commit();
}

}  // namespace

Result<BlankCard> hand_out_blank_card(const Parts& parts, const Officer& officer,
                                      const ResidentId& resident) {
  if (!parts.cards || !parts.cards->blank_card) return refused("blank_cards_none");
  SHOMEI_CHECK(parts.directory.office(officer.office));
  SHOMEI_TRY(auto rows, parts.journal.read());
  SHOMEI_TRY(const auto holder, find_holder(*rows, resident));
  rows.reset();
  const auto on_it = [&](const journal::CertificateRecord& c) { return c.card == holder.card.id; };
  if (std::ranges::any_of(holder.certificates, on_it))
    return conflict("card_issued_already", {{"card", holder.card.id.text()}});
  SHOMEI_TRY(auto memory, parts.cards->blank_card(holder.card.id));
  SHOMEI_CHECK(record(parts, officer, resident, holder.card.id));
  return BlankCard{holder.card.id, std::move(memory)};
}

}  // namespace shomei::counter
