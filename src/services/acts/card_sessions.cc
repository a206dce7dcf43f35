#include "services/acts/card_sessions.h"

#include <algorithm>

#include "crypto/random.h"

namespace shomei::services {

Result<void> CardSessions::make_room(const std::string& counter, Clock::time_point now) {
  std::erase_if(sessions_, [&](const auto& entry) {
    const auto& session = *entry.second;
    return now - session.used > limits_.idle_max || now - session.opened > limits_.whole_max;
  });
  std::size_t of_counter = 0;
  auto oldest = sessions_.end();
  for (auto entry = sessions_.begin(); entry != sessions_.end(); ++entry) {
    if (entry->second->counter != counter) continue;
    ++of_counter;
    if (oldest == sessions_.end() || entry->second->used < oldest->second->used) oldest = entry;
  }
  if (of_counter >= limits_.of_a_counter_max) sessions_.erase(oldest);
  if (sessions_.size() >= limits_.sessions_max) return unavailable("card_sessions_full");
  return {};
}

Result<CardTurn> CardSessions::open(const CardOpening& opening, const std::string& counter,
                                    Clock::time_point now) {
  const auto session = std::make_shared<Session>(parts_, opening, counter, now);
  const auto id = crypto::random_identifier_text();
  {
    const std::lock_guard lock(mutex_);
    SHOMEI_CHECK(make_room(counter, now));
    sessions_.emplace(id, session);
  }
  auto turn = session->visit.begin({.what = counter::Errand::What::open});
  if (!turn) {
    const std::lock_guard lock(mutex_);
    sessions_.erase(id);
    return std::move(turn).error();
  }
  return CardTurn{id, session->visit.card(), *std::move(turn)};
}

Result<CardSessions::SessionPointer> CardSessions::find(const std::string& id, const std::string& counter,
                                                        Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(id);
  const bool there = found != sessions_.end() && found->second->counter == counter &&
                     now - found->second->used <= limits_.idle_max &&
                     now - found->second->opened <= limits_.whole_max;
  if (!there) return not_found("card_session_gone");
  found->second->used = now;
  return found->second;
}

template <class Step>
Result<CardTurn> CardSessions::take_turn(const std::string& id, unsigned turn, const std::string& counter,
                                         Clock::time_point now, const Step& step) {
  SHOMEI_TRY(const auto session, find(id, counter, now));
  const std::lock_guard lock(session->mutex);
  if (turn == session->turn && turn != 0) return session->last;
  if (turn != session->turn + 1) return conflict("card_turn_wrong", {{"turn", std::to_string(turn)}});
  session->turn = turn;
  auto next = step(session->visit);
  session->last = next ? Result<CardTurn>(CardTurn{id, session->visit.card(), *std::move(next)})
                       : std::move(next).error();
  return session->last;
}

Result<CardTurn> CardSessions::begin(const CardErrand& asked, const std::string& counter,
                                     Clock::time_point now) {
  return take_turn(asked.session, asked.turn, counter, now,
                   [&](counter::CardVisit& visit) { return visit.begin(asked.errand); });
}

Result<CardTurn> CardSessions::go_on(const CardAnswers& given, const std::string& counter,
                                     Clock::time_point now) {
  return take_turn(given.session, given.turn, counter, now,
                   [&](counter::CardVisit& visit) { return visit.go_on(given.answers); });
}

std::size_t CardSessions::count() const {
  const std::lock_guard lock(mutex_);
  return sessions_.size();
}

}  // namespace shomei::services
