// What a new card costs, and on which of its terms it is applied for. Exactly one of the rules on fees has a
// say.
#pragma once

#include "rules/questions.h"

namespace shomei::rules {

inline constexpr std::int32_t kCardYen = 800;          // seed: card reissue fee
inline constexpr std::int32_t kExpressCardYen = 1800;  // together with the certificates about 2,000 yen
inline constexpr std::int32_t kCertificatesYen = 200;  // seed: once, for one certificate or both

enum class Terms { at_ones_own_cost, waived, express, after_departure, renewal };

// A card that lapsed with a departure is replaced on terms of its own, whatever became of it. Without a
// ground: one that was reported lost, or the renewal of the card.
inline Terms terms(const Case& c) {
  const auto& abroad = c.facts.moving_abroad;
  const bool lapsed = abroad && abroad->planned <= c.on && !abroad->continued_use;
  if (lapsed && c.facts.ground != Ground::express) return Terms::after_departure;
  if (!c.facts.ground)
    return c.facts.card_state == CardState::lost ? Terms::at_ones_own_cost : Terms::renewal;
  switch (*c.facts.ground) {
    case Ground::disaster:
    case Ground::defect:
    case Ground::office_fault:
    case Ground::authority_compromise:
      return Terms::waived;
    case Ground::express:
      return Terms::express;
    case Ground::lost:
    case Ground::stolen:
    case Ground::damaged:
    case Ground::leak:
    case Ground::wish:
    case Ground::reissue:
      break;
  }
  return Terms::at_ones_own_cost;
}

// The card's price, and that of the certificates once if any is loaded.
inline Finding charges(const Case& c, std::string_view code, std::int32_t card_yen) {
  const std::int32_t certificates_yen = c.facts.certificates.empty() ? 0 : kCertificatesYen;
  return informs(
      code,
      {{"yen", card_yen + certificates_yen}, {"card_yen", card_yen}, {"certificates_yen", certificates_yen}},
      Fee{card_yen + certificates_yen});
}

}  // namespace shomei::rules
