// The procedure "issue": a resident gets the certificates on a card that has none yet
// (docs/flows/issuance.md).
#pragma once

#include <vector>

#include "card/transport.h"
#include "counter/application.h"
#include "counter/facts.h"
#include "counter/parts.h"
#include "counter/personalise.h"
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
// signed never reached the card and is taken back, and a new identifier is needed; "request_exists" while it
// is under way.
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

// Carries the grants out on a born card in that transport. On an error nothing half-made stays in force: what
// was signed and did not reach the card is revoked by the next recovery. malformed and refused as
// rules::check_pin says, before anything is done; conflict "facts_changed" when the register, the card or its
// certificates are no longer as they were when it was decided.
Result<std::vector<Issued>> issue(const Parts& parts, const Grants& grants, const CardPins& pins,
                                  card::Transport& card);

}  // namespace shomei::counter
