// What happens between a person, a PIN and a card: how many tries there are is asked of the card, the PIN of
// the person, and it is sent. While the person is asked, others may use the card.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"
#include "card/kind.h"
#include "card/pcsc/hold_card.h"
#include "cli/command.h"

namespace shomei::app {

inline constexpr cli::Option kPinOption{
    "pin", "FILE",
    "file (or - for stdin) with the PIN on its first line; asked on the terminal when left out"};
inline constexpr cli::Option kPinFdOption{"pin-fd", "N",
                                          "file descriptor from which the next line is read as the PIN"};
inline constexpr cli::Option kLastTryOption{"last-try", "",
                                            "spend the last try: a wrong PIN then blocks the card"};

struct PinErrand {
  // Selects what has to be selected, and costs no try. None: the card does not say.
  std::function<Result<std::optional<unsigned>>()> ask_card;
  std::function<Result<SecretBytes>(std::optional<unsigned> tries)> ask_person;
  std::function<Result<void>(const SecretBytes& pin)> send;
  std::string_view pin_option = "pin";  // where a file gives it
};

// The last try, and one of which the card says nothing, is spent only when the person says so. The card is
// reset when it is done with, so that no PIN stays verified. conflict "pin_tries_changed" {tries} when there
// are fewer than the person was told; refused "pin_blocked", "pin_last_try"; what the functions say.
Result<void> run_pin_errand(const cli::Invocation& invocation, card::pcsc::HeldCard& card,
                            const PinErrand& errand);
// That of a PIN of the JPKI application, which is selected then.
Result<void> verify_pin(const cli::Invocation& invocation, card::pcsc::HeldCard& card, card::Kind kind);

// What must hold before a PIN may be sent: tries are left, and the last one is spent only when the person
// says so, by --last-try or by "yes" on the terminal, where no `pin_option` or --pin-fd gives the PIN.
// refused "pin_blocked", "pin_last_try".
Result<void> may_spend_try(const cli::Invocation& invocation, std::optional<unsigned> tries,
                           std::string_view pin_option);

// From the file or the descriptor that the options name, else typed on the terminal without echo. malformed
// "pins_missing", "number_form" (option).
Result<SecretBytes> read_pin(const cli::Invocation& invocation, std::string_view file_option,
                             std::string_view descriptor_option, std::string_view question);

}  // namespace shomei::app
