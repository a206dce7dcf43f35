// Survey: what applications a card has, and how many tries are left of each PIN, found by SELECT and by the
// VERIFY without data that costs no try. Selecting drops every PIN that anyone has verified.
// Errors: those of the transport; malformed "card_answer".
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "card/transport.h"

namespace shomei::card::client {

// The applications of the card in the words of this project (jpki-facts 1.1).
struct KnownApplication {
  std::string_view name;  // "jpki", "input_helper", "card_face", "resident_register", "common"
  ByteView aid;           // of static storage
};
std::span<const KnownApplication> known_applications();

struct FoundApplication {
  std::string_view name;
  bool present = false;
};

struct FoundPin {
  std::string_view application;
  std::string_view name;               // as card/pin_id.h names it
  std::optional<unsigned> tries_left;  // none: the card does not say; 0: blocked, or none was ever set
};

struct Survey {
  std::vector<FoundApplication> applications;  // all that are known, in the order of known_applications()
  std::vector<FoundPin> pins;                  // of those that the card has
};

// Leaves the application selected that it looked at last.
Result<Survey> survey(Transport& transport);

}  // namespace shomei::card::client
