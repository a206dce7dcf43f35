// The card's issuer at a counter without keys: each turn is asked of the authority elsewhere, and asked again
// when its answer is lost.
#pragma once

#include "counter/card_issuer.h"
#include "remote/authority_client.h"

namespace shomei::remote {

class CardIssuer final : public counter::CardIssuer {
 public:
  // `authority` is borrowed. An act on a PIN is recorded under the officer's request.
  CardIssuer(AuthorityClient& authority, counter::Officer officer, ResidentId resident)
      : authority_(authority), opening_{std::move(officer), std::move(resident)} {}

  // The authority's own errors; not_found "card_session_gone" when it does not know the session any more, for
  // which `open` begins another.
  Result<counter::Turn> begin(const counter::Errand& errand) override;
  Result<counter::Turn> go_on(const std::vector<Bytes>& answers) override;
  const CardId& card() const override { return card_; }

 private:
  Result<counter::Turn> take(Result<services::CardTurn> turn);
  AuthorityClient& authority_;
  const services::CardOpening opening_;
  std::string session_;
  CardId card_;
  unsigned turn_ = 0;
};

}  // namespace shomei::remote
