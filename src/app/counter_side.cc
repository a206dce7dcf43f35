#include "app/counter_side.h"

#include "app/secret_questions.h"

namespace shomei::app {

Result<counter::OpenCard> CardSide::open() {
  SHOMEI_TRY(auto outcome, counter::carry_out(*issuer, *card, {.what = counter::Errand::What::open}));
  return counter::OpenCard{*issuer, *card, std::move(outcome.card)};
}

CardSide card_side(const cli::Invocation& invocation, home::Home& home, const counter::Officer& officer,
                   const ResidentId& resident, Missing missing) {
  CardSide side;
  side.issuer = std::make_unique<counter::CardVisit>(home.parts(), officer, resident);
  side.card = std::make_unique<CardAtCounter>(invocation, *side.issuer, [&home, missing](const CardId& id) {
    const auto box = home.card_box();
    return missing == Missing::made ? box.take_or_make(id, home.make_card()) : box.take(id);
  });
  return side;
}

Result<CardSide> card_side(const cli::Invocation& invocation, RemoteCounter& counter,
                           const counter::Officer& officer, const ResidentId& resident, Missing missing) {
  CardSide side;
  side.issuer = std::make_unique<remote::CardIssuer>(counter.authority, officer, resident);
  if (invocation.has("reader")) {
    side.card = std::make_unique<CardAtCounter>(invocation, *side.issuer, CardAtCounter::Take());
    return side;
  }
  SHOMEI_TRY(const auto box, counter.home->card_box(ask_on_terminal(invocation.language)));
  const home::MakeCard fetch = [&counter, officer,
                                resident](const CardId&) -> Result<card::applet::ChipState> {
    SHOMEI_TRY(const auto memory, counter.authority.blank_card({officer, resident}));
    return card::applet::parse_state(memory.reveal());
  };
  side.card =
      std::make_unique<CardAtCounter>(invocation, *side.issuer, [box, fetch, missing](const CardId& id) {
        return missing == Missing::made ? box.take_or_make(id, fetch) : box.take(id);
      });
  return side;
}

}  // namespace shomei::app
