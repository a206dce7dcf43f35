#include "counter/blank_card.h"

#include <algorithm>

#include "counter/admit.h"
#include "counter/card_policy.h"
#include "counter/facts.h"
#include "crypto/random.h"

namespace shomei::counter {
namespace {

constexpr std::string_view kAct = "make_card";

// Who has got the card, as an earlier entry says it: the request, and nothing when nobody has.
Result<std::optional<std::string>> handed_out_to(journal::Rows& rows, const ResidentId& resident,
                                                 const CardId& card) {
  SHOMEI_TRY(const auto sequences, rows.entries_of_resident(resident));
  for (const auto sequence : sequences) {
    SHOMEI_TRY(const auto stored, rows.find_entry(sequence));
    if (!stored) continue;
    const auto& person = stored->parts[static_cast<std::size_t>(journal::PartKind::person)];
    const auto& officer = stored->parts[static_cast<std::size_t>(journal::PartKind::officer)];
    if (!person || !officer) continue;
    SHOMEI_TRY(const auto of_officer, journal::parse_fields(officer->body));
    if (journal::text(of_officer, journal::field::kAct) != kAct) continue;
    SHOMEI_TRY(const auto of_person, journal::parse_fields(person->body));
    if (journal::text(of_person, journal::field::kCard) == card.text())
      return std::optional{journal::text(of_officer, journal::field::kRequest)};
  }
  return std::optional<std::string>{};
}

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
  SHOMEI_CHECK(admit(parts, kAct, officer));
  SHOMEI_TRY(auto rows, parts.journal.read());
  SHOMEI_TRY(const auto holder, find_holder(*rows, resident));
  SHOMEI_TRY(const auto holder_of_keys, handed_out_to(*rows, resident, holder.card.id));
  rows.reset();
  const auto on_it = [&](const journal::CertificateRecord& c) { return c.card == holder.card.id; };
  if (std::ranges::any_of(holder.certificates, on_it))
    return conflict("card_issued_already", {{"card", holder.card.id.text()}});
  if (holder_of_keys && *holder_of_keys != officer.request.text())
    return conflict("card_handed_out", {{"card", holder.card.id.text()}});
  SHOMEI_TRY(auto memory, parts.cards->blank_card(holder.card.id));
  if (holder_of_keys) return BlankCard{holder.card.id, std::move(memory)};
  SHOMEI_CHECK(record(parts, officer, resident, holder.card.id));
  return BlankCard{holder.card.id, std::move(memory)};
}

}  // namespace shomei::counter
