// Errands on a card, their turns and outcomes as JSON (docs/formats/acts.md, *Cards*). Both ends use this.
// Read strictly.
#pragma once

#include <string>
#include <string_view>

#include "counter/card_issuer.h"
#include "counter/parts.h"

namespace shomei::services {

// A session with a card at a terminal: for whom, and who stands there.
struct CardOpening {
  counter::Officer officer;
  ResidentId resident;
};
struct CardErrand {
  std::string session;
  unsigned turn = 0;  // counted by the terminal, so that a question may be asked twice
  counter::Errand errand;
};
struct CardAnswers {
  std::string session;
  unsigned turn = 0;
  std::vector<Bytes> answers;
};
struct CardTurn {
  std::string session;
  CardId card;  // that is meant
  counter::Turn turn;
};

// malformed as of act_requests.h; "errand_form".
Result<CardOpening> parse_card_opening(std::string_view text);
Result<CardErrand> parse_card_errand(std::string_view text);
Result<CardAnswers> parse_card_answers(std::string_view text);
Result<CardTurn> parse_card_turn(std::string_view text);  // malformed "answer_form"

std::string encode(const CardOpening& opening);
std::string encode(const CardErrand& errand);
std::string encode(const CardAnswers& answers);
std::string encode(const CardTurn& turn);

}  // namespace shomei::services
