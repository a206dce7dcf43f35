// What stood in the middle when a card was taken away, a terminal died or the power went is brought to an end
// when the card is seen again: completed where the card has made its part ready, else rolled back; and the
// journal says which.
#pragma once

#include <functional>
#include <vector>

#include "authority/recover.h"
#include "counter/card_contents.h"
#include "counter/card_issuer.h"
#include "issuer/dialogues.h"
#include "journal/transaction.h"

namespace shomei::counter {

// An act on a PIN whose result is not recorded.
struct OpenPinAct {
  ActId act;
  card::PinId pin{};
  Bytes mark;  // of the PIN as it was before
};

// Of one card, as the rows tell.
struct Unsettled {
  std::vector<journal::CertificateRecord> undelivered;
  std::vector<crypto::Sha256> reserved;  // keys for which a certificate is being made at this moment
  std::vector<OpenPinAct> pin_acts;
  std::vector<journal::AuthorityRecord> authorities;
};
Result<Unsettled> find_unsettled(journal::Rows& rows, const ResidentId& resident, const CardId& card);

// How each of them ended on the card.
struct CardEnds {
  struct Certificate {
    journal::CertificateRecord record;
    authority::CardEnd end{};
  };
  struct PinAct {
    OpenPinAct act;
    authority::CardEnd end{};
  };
  std::vector<Certificate> certificates;
  std::vector<card::Kind> dropped;  // keys that waited for nothing
  std::vector<PinAct> pin_acts;
};

// What will come of them. A key for which a certificate is being made is left alone, and so is a certificate
// on a card that cannot come into use before.
CardEnds judge_card(const Unsettled& unsettled, const issuer::CardStatus& status);
// Whether the card is in use once it is brought so far.
bool comes_into_use(const CardEnds& ends, const issuer::CardStatus& status);
// Brings the card so far, and records nothing. The contents go before all else: a card in use has them.
issuer::Script settle_on_card(const CardEnds& ends, const Unsettled& unsettled,
                              const issuer::CardStatus& status, const CardContents& contents,
                              issuer::Next then);

// The entries. That a key is dropped is recorded before it is: it may be recorded twice, and never not at
// all.
Result<void> record_dropped_keys(const CardEnds& ends, const ResidentId& resident, const CardId& card,
                                 journal::Fields officer, journal::Journal& journal);
Result<void> record_certificates(const CardEnds& ends, const journal::Fields& officer,
                                 journal::Journal& journal);
Result<void> record_pin_acts(const CardEnds& ends, const journal::Fields& officer, journal::Journal& journal);

std::vector<SettledThing> settled_things(const CardEnds& ends);

// The name of the entries' field that says of which PIN an act is, and of that with the mark before.
inline constexpr std::string_view kPinField = "pin";
inline constexpr std::string_view kPinMarkField = "pin_mark";
// Of a reset: the reference numbers that were blocked and get their tries back before the PIN is opened.
inline constexpr std::string_view kNumbersField = "numbers_unblocked";

}  // namespace shomei::counter
