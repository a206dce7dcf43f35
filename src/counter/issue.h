// The procedure "issue": a resident gets the certificates on a card that has none yet
// (docs/flows/issuance.md).
#pragma once

#include <vector>

#include "card/transport.h"
#include "counter/application.h"
#include "counter/card_pins.h"
#include "counter/facts.h"
#include "counter/parts.h"
#include "rules/decide.h"

namespace shomei::counter {

struct IssueRequest {
  Officer officer;
  ResidentId resident;
  std::vector<pki::CertificateKind> kinds;  // at least one
  Application application;
};

// What the rules granted for one request: who, which card, which kinds, by which facts, in one value from the
// decision to the card. Only decide_issue makes it.
class Grants {
 public:
  struct Grant {
    pki::CertificateKind kind{};
    rules::Decision decision;
    journal::Fields person;  // facts and decision as the journal keeps them
  };
  const std::vector<Grant>& all() const { return grants_; }
  const IssueRequest& request() const { return request_; }
  const Holder& holder() const { return holder_; }
  const rules::Facts& facts() const { return facts_; }  // as they were before the first grant

 private:
  friend Result<Grants> decide_issue(const Parts&, const IssueRequest&);
  Grants(IssueRequest request, Holder holder, rules::Facts facts)
      : request_(std::move(request)), holder_(std::move(holder)), facts_(std::move(facts)) {}
  IssueRequest request_;
  Holder holder_;
  rules::Facts facts_;
  std::vector<Grant> grants_;
};

// What was issued for the request before, as it is now, when it was asked before: who is not sure whether an
// issue came to its end asks again under the same identifier. None when it is new. conflict
// "request_differs" when it asked something else; "request_interrupted" when nothing came of it: what was
// signed never reached the card and is taken back, and a new identifier is needed; "request_half_done"
// {serials} when the card has one of two certificates, and the other was never begun; "request_exists" while
// it is under way.
Result<std::optional<std::vector<journal::CertificateRecord>>> issued_before(const Parts& parts,
                                                                             const IssueRequest& request);

// The decisions alone: what would be issued now, authentication first and the signature capped by it. The
// first refusal is returned as its error, after a trace of it went into the journal. conflict
// "request_exists" when certificates were issued, or begun, for that request before (issued_before).
Result<Grants> decide_issue(const Parts& parts, const IssueRequest& request);

struct Issued {
  journal::CertificateRecord record;
  rules::Decision decision;
};

// The card in the terminal, and its issuer, who has opened a channel to it.
struct OpenCard {
  CardIssuer& issuer;
  card::Transport& transport;
  CardView view;  // as it was seen last
};

// Carries the grants out on the card: PINs that it was never given, keys, certificates. What is interrupted
// is completed or taken back when the card is seen next (settle_card.h). malformed and refused as
// rules::check_pin says, before anything is done; refused what check_attestation() and expect_card() say;
// conflict "facts_changed" when the register, the card or its certificates are no longer as they were when it
// was decided, "card_not_finished" {serials} when the certificates are issued and the card does not have
// them.
Result<std::vector<Issued>> issue(const Parts& parts, const Grants& grants, const CardPins& pins,
                                  OpenCard card);

}  // namespace shomei::counter
