#include "services/acts/card_routes.h"

#include <memory>
#include <nlohmann/json.hpp>

#include "counter/blank_card.h"
#include "services/acts/asking_counter.h"
#include "services/acts/card_sessions.h"
#include "services/problem.h"

namespace shomei::services {
namespace {

using Sessions = std::shared_ptr<CardSessions>;

// A question about a session: parsed, and taken to it.
template <class Asked>
http::Handler turn_of(const Sessions& sessions, const Log& log, Result<Asked> (*parse)(std::string_view),
                      Result<CardTurn> (CardSessions::*take)(const Asked&, const std::string&,
                                                             CardSessions::Clock::time_point)) {
  return [sessions, log, parse, take](const http::Request& request) {
    if (!is_json(request)) return problem_page(415);
    const auto asked = parse(body_of(request));
    if (!asked) return failed(asked.error(), request, log);
    const auto turn = ((*sessions).*take)(*asked, known_as(request), CardSessions::Clock::now());
    if (!turn) return failed(turn.error(), request, log);
    return answered(encode(*turn));
  };
}

Result<CardOpening> opening_of(const http::Request& request) {
  SHOMEI_TRY(auto opening, parse_card_opening(body_of(request)));
  vouch(opening.officer, request);
  return opening;
}

http::Response open(const Sessions& sessions, const Log& log, const http::Request& request) {
  if (!is_json(request)) return problem_page(415);
  const auto opening = opening_of(request);
  if (!opening) return failed(opening.error(), request, log);
  const auto turn = sessions->open(*opening, known_as(request), CardSessions::Clock::now());
  if (!turn) return failed(turn.error(), request, log);
  return answered(encode(*turn));
}

http::Response blank(const counter::Parts& parts, const Log& log, const http::Request& request) {
  if (!is_json(request)) return problem_page(415);
  const auto opening = opening_of(request);
  if (!opening) return failed(opening.error(), request, log);
  const auto card = counter::hand_out_blank_card(parts, opening->officer, opening->resident);
  if (!card) return failed(card.error(), request, log);
  const nlohmann::json document{{"card", card->card.text()}, {"memory", to_base64(card->memory.reveal())}};
  return answered(document.dump());
}

}  // namespace

void add_card_routes(http::Router& router, const counter::Parts& parts, Log log) {
  const auto sessions = std::make_shared<CardSessions>(parts, CardSessionLimits{});
  router.add("POST", "/acts/card/open",
             [sessions, log](const http::Request& request) { return open(sessions, log, request); });
  router.add("POST", "/acts/card/errand",
             turn_of<CardErrand>(sessions, log, parse_card_errand, &CardSessions::begin));
  router.add("POST", "/acts/card/answers",
             turn_of<CardAnswers>(sessions, log, parse_card_answers, &CardSessions::go_on));
  router.add("POST", "/acts/card/blank",
             [parts, log](const http::Request& request) { return blank(parts, log, request); });
}

}  // namespace shomei::services
