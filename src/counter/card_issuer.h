// CardIssuer: the card's issuer as a counter's terminal sees it: errands that need the issuer's channel, and
// for each what is to be sent to the card, again and again, until it is done. The terminal carries bytes that
// it can neither read nor make. In the process of the authority it is a CardVisit; at a counter without keys
// it asks one over the network (remote/).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "authority/recover.h"
#include "card/card_kind.h"
#include "card/holder_pins.h"
#include "card/transport.h"
#include "counter/application.h"
#include "issuer/dialogues.h"

namespace shomei::counter {

struct Errand {
  enum class What {
    open,       // a channel; and what was interrupted on this card comes to its end
    open_pins,  // PINs that were never set may be set once
    make_key,   // a key pair that waits, its proof for the challenge, and the card's word for it
    finish,     // certificates that were issued for waiting keys go into the card, which is operational then
    reset_pin,  // decided and recorded; then the PIN may be set once, and blocked reference numbers are again
    change_pin,  // decided and recorded; the holder knows the PIN
  };
  What what = What::open;
  std::vector<card::Kind> kinds = {};   // of open_pins: any; of make_key: one
  std::string challenge = {};           // of make_key
  std::optional<card::PinId> pin = {};  // of reset_pin and change_pin: one of card::kHolderPins
  Application application = {};         // likewise
};
inline constexpr int kErrands = 6;
std::string_view name(Errand::What what);
std::optional<Errand::What> parse_errand(std::string_view name);

// One thing that was interrupted, and how it ended.
struct SettledThing {
  enum class What { certificate, key, pin } what{};
  card::PinId pin{};  // itself; of a certificate and a key, that of their kind
  authority::CardEnd end{};
  std::string serial = {};  // of a certificate
  bool operator==(const SettledThing&) const = default;
};

struct CardView {
  bool operational = false;
  card::CardKind kind{};
  std::vector<card::Kind> pins_set;
  std::vector<SettledThing> settled;  // by this errand
  std::optional<Date> born;           // of the holder: a new PIN is no date of birth
  bool has_pin(card::Kind of) const;
};

struct Outcome {
  CardView card;
  std::optional<issuer::KeyProof> proof;  // of make_key
};

struct Turn {
  issuer::Commands commands;       // to be sent, in their order
  std::optional<Outcome> outcome;  // when there are none
};

class CardIssuer {
 public:
  virtual ~CardIssuer() = default;
  // The first is `open`. After an error nothing but another `open` goes on.
  virtual Result<Turn> begin(const Errand& errand) = 0;
  virtual Result<Turn> go_on(const std::vector<Bytes>& answers) = 0;
  // The card that it means, once the first errand has begun.
  virtual const CardId& card() const = 0;
};

// The terminal's part: carries until it is done. What the issuer and the transport say; malformed
// "errand_endless" when the issuer does not come to an end.
Result<Outcome> carry_out(CardIssuer& issuer, card::Transport& card, const Errand& errand);

}  // namespace shomei::counter
