// CardSessions: the cards that stand in counters' terminals at this moment, each with its issuer's end of the
// channel. Bounded in number, for each counter and in all, and in time: a terminal that dies leaves nothing
// behind. What it was in the middle of is found on the card when that is seen next.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "counter/card_visit.h"
#include "services/acts/card_json.h"

namespace shomei::services {

struct CardSessionLimits {
  std::size_t sessions_max = 256;
  std::size_t of_a_counter_max = 32;
  std::chrono::seconds idle_max{300};  // a citizen thinks of a PIN
  std::chrono::seconds whole_max{1800};
};

class CardSessions {
 public:
  using Clock = std::chrono::steady_clock;
  CardSessions(const counter::Parts& parts, CardSessionLimits limits) : parts_(parts), limits_(limits) {}

  // `counter`: by what it is known; nobody else's session can be gone on with. unavailable
  // "card_sessions_full"; what CardVisit says.
  Result<CardTurn> open(const CardOpening& opening, const std::string& counter, Clock::time_point now);
  // The turn asked last may be asked again. not_found "card_session_gone"; conflict "card_turn_wrong"; what
  // CardVisit says.
  Result<CardTurn> begin(const CardErrand& asked, const std::string& counter, Clock::time_point now);
  Result<CardTurn> go_on(const CardAnswers& given, const std::string& counter, Clock::time_point now);

  std::size_t count() const;

 private:
  struct Session {
    Session(const counter::Parts& parts, const CardOpening& opening, std::string of_counter,
            Clock::time_point now)
        : visit(parts, opening.officer, opening.resident),
          counter(std::move(of_counter)),
          opened(now),
          used(now) {}
    counter::CardVisit visit;
    const std::string counter;
    const Clock::time_point opened;
    Clock::time_point used;  // guarded by the mutex of the sessions
    std::mutex mutex{};      // guards the rest: one turn at a time
    unsigned turn = 0;
    Result<CardTurn> last = CardTurn{};
  };
  using SessionPointer = std::shared_ptr<Session>;

  // The gone make room, and of a counter that has too many cards in its terminals, the one used longest ago.
  Result<void> make_room(const std::string& counter, Clock::time_point now);
  Result<SessionPointer> find(const std::string& id, const std::string& counter, Clock::time_point now);
  template <class Step>
  Result<CardTurn> take_turn(const std::string& id, unsigned turn, const std::string& counter,
                             Clock::time_point now, const Step& step);

  const counter::Parts parts_;
  const CardSessionLimits limits_;
  mutable std::mutex mutex_;
  std::map<std::string, SessionPointer> sessions_;
};

}  // namespace shomei::services
