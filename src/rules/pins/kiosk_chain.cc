// Which chains of shops offer which PIN.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

struct Offer {
  std::string_view chain;
  bool signature;
  bool user_authentication;
};
constexpr std::array kOffers{Offer{"seven_eleven", true, true}, Offer{"familymart", true, false},
                             Offer{"lawson", true, false}, Offer{"ministop", true, false},
                             Offer{"aeon", false, true}};

std::optional<Finding> apply(const Case& c) {
  if (!at_office(c.facts, OfficeKind::kiosk) || !c.act.kind) return std::nullopt;
  if (c.facts.office->chain.empty()) return lacks(Fact::office_chain);
  for (const auto& offer : kOffers) {
    if (offer.chain != c.facts.office->chain) continue;
    if (*c.act.kind == Kind::signature ? offer.signature : offer.user_authentication)
      return passes("chain_offers", {{"chain", offer.chain}, {"kind", name(*c.act.kind)}});
    return refuses("chain_does_not_offer", "would_pass_at_other_chain",
                   {{"chain", offer.chain}, {"kind", name(*c.act.kind)}});
  }
  return refuses("chain_unknown", "would_pass_at_other_chain", {{"kind", name(*c.act.kind)}});
}

}  // namespace

constinit const Rule kKioskChain{.id = "kiosk_chain",
                                 .citation = "jpki-facts 3.5 (convenience-store kiosk)",
                                 .since = kFirstCards,
                                 .acts = {Verb::reset_pin, Verb::unlock_pin},
                                 .reads = {Fact::office_kind, Fact::office_chain},
                                 .apply = apply};

}  // namespace shomei::rules
