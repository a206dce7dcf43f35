#include "remote/card_issuer.h"

namespace shomei::remote {

Result<counter::Turn> CardIssuer::take(Result<services::CardTurn> turn) {
  if (!turn) return std::move(turn).error();
  session_ = std::move(turn->session);
  card_ = std::move(turn->card);
  return std::move(turn->turn);
}

// An errand that opens the channel anew stays in its session.
Result<counter::Turn> CardIssuer::begin(const counter::Errand& errand) {
  if (session_.empty()) return take(authority_.open_card(opening_));
  auto turn = take(authority_.begin_errand({session_, ++turn_, errand}));
  const bool gone = !turn && turn.error().code == "card_session_gone";
  if (!gone || errand.what != counter::Errand::What::open) return turn;
  session_.clear();
  turn_ = 0;
  return take(authority_.open_card(opening_));
}

Result<counter::Turn> CardIssuer::go_on(const std::vector<Bytes>& answers) {
  return take(authority_.go_on({session_, ++turn_, answers}));
}

}  // namespace shomei::remote
