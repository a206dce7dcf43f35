// The PINs that a counter's terminal asks the citizen for.
#pragma once

#include "cli/command.h"
#include "counter/card_pins.h"

namespace shomei::app {

inline constexpr cli::Option kPinsOption{
    "pins", "FILE",
    "file (or - for stdin) with the authentication PIN on line 1 and the signature password on line 2; asked "
    "on the terminal when left out"};

// Those of the kinds; nothing is asked or read when there are none.
Result<counter::CardPins> pins_from(const cli::Invocation& invocation, const std::vector<card::Kind>& kinds);

// Of which PIN an act is.
inline constexpr cli::Option kPinKindOption{"kind", "K", "signature, user_authentication or input_helper",
                                            true};
Result<card::PinId> pin_kind_from(const cli::Invocation& invocation);  // malformed "pin_unknown" {name}

inline constexpr cli::Option kNewPinOption{
    "pin", "FILE",
    "file (or - for stdin) with the new PIN on its first line; asked on the terminal when left out"};
inline constexpr cli::Option kChangedPinOption{"pins", "FILE",
                                               "file (or - for stdin) with the old PIN on line 1 and the new "
                                               "one on line 2; asked on the terminal when left "
                                               "out"};
Result<SecretBytes> new_pin_from(const cli::Invocation& invocation, card::PinId pin);
struct ChangedPin {
  SecretBytes old_pin, new_pin;
};
Result<ChangedPin> changed_pin_from(const cli::Invocation& invocation, card::PinId pin);

}  // namespace shomei::app
