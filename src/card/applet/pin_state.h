// What can happen to a PIN and what comes of it, as a table (jpki-facts 1.4 and 1.6). `opened` is what the
// issuer's RESET RETRY COUNTER leaves: one setting of a new PIN without the old one, until it was used, the
// right old one was shown, the power is gone, or the card has told its issuer how the PIN stands: what the
// issuer has heard stays true. It is never stored, so that a card that is taken away in the middle is as it
// was before.
#pragma once

#include <array>
#include <cstdint>

namespace shomei::card::applet {

enum class PinState : std::uint8_t {
  unset,
  blocked,
  ready,
  verified,
  unset_opened,
  blocked_opened,
  ready_opened,
};
inline constexpr std::size_t kPinStateCount = 7;

enum class PinEvent : std::uint8_t {
  right,       // VERIFY with the PIN
  wrong,       // VERIFY with another, and tries are left after it
  wrong_last,  // and none is left
  new_pin,     // CHANGE REFERENCE DATA
  open,        // the issuer's RESET RETRY COUNTER
  select,      // of any application
  report,      // the issuer's GET STATUS
  reset,       // or power on or off
};
inline constexpr std::size_t kPinEventCount = 8;

enum class Tries : std::uint8_t { keep, one_less, all };
enum class PinAnswer : std::uint8_t { done, tries_left, is_blocked, security_status };

struct PinStep {
  PinState to;
  Tries tries;
  PinAnswer answer;
};

inline constexpr auto kPinSteps = [] {
  using enum PinState;
  using enum Tries;
  using enum PinAnswer;
  using Row = std::array<PinStep, kPinEventCount>;
  return std::array<Row, kPinStateCount>{{
      // right, wrong, wrong_last, new_pin, open, select, report, reset
      /* unset */
      Row{{{unset, keep, is_blocked},
           {unset, keep, is_blocked},
           {unset, keep, is_blocked},
           {unset, keep, is_blocked},
           {unset_opened, keep, done},
           {unset, keep, done},
           {unset, keep, done},
           {unset, keep, done}}},
      /* blocked */
      Row{{{blocked, keep, is_blocked},
           {blocked, keep, is_blocked},
           {blocked, keep, is_blocked},
           {blocked, keep, is_blocked},
           {blocked_opened, keep, done},
           {blocked, keep, done},
           {blocked, keep, done},
           {blocked, keep, done}}},
      /* ready */
      Row{{{verified, all, done},
           {ready, one_less, tries_left},
           {blocked, one_less, tries_left},
           {ready, keep, security_status},
           {ready_opened, keep, done},
           {ready, keep, done},
           {ready, keep, done},
           {ready, keep, done}}},
      /* verified */
      Row{{{verified, all, done},
           {ready, one_less, tries_left},
           {blocked, one_less, tries_left},
           {verified, all, done},
           {ready_opened, keep, done},
           {ready, keep, done},
           {verified, keep, done},
           {ready, keep, done}}},
      /* unset_opened */
      Row{{{unset_opened, keep, is_blocked},
           {unset_opened, keep, is_blocked},
           {unset_opened, keep, is_blocked},
           {ready, all, done},
           {unset_opened, keep, done},
           {unset_opened, keep, done},
           {unset, keep, done},
           {unset, keep, done}}},
      /* blocked_opened */
      Row{{{blocked_opened, keep, is_blocked},
           {blocked_opened, keep, is_blocked},
           {blocked_opened, keep, is_blocked},
           {ready, all, done},
           {blocked_opened, keep, done},
           {blocked_opened, keep, done},
           {blocked, keep, done},
           {blocked, keep, done}}},
      /* ready_opened: who knows the PIN needs no opening, and it is over */
      Row{{{verified, all, done},
           {ready_opened, one_less, tries_left},
           {blocked_opened, one_less, tries_left},
           {ready, all, done},
           {ready_opened, keep, done},
           {ready_opened, keep, done},
           {ready, keep, done},
           {ready, keep, done}}},
  }};
}();

constexpr const PinStep& step(PinState from, PinEvent event) {
  return kPinSteps[static_cast<std::size_t>(from)][static_cast<std::size_t>(event)];
}

}  // namespace shomei::card::applet
