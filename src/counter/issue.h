// The procedure "issue": a resident gets the certificates on a card that has none yet
// (docs/flows/issuance.md).
#pragma once

#include <vector>

#include "card/transport.h"
#include "counter/application.h"
#include "counter/parts.h"
#include "counter/personalise.h"
#include "rules/decide.h"

namespace shomei::counter {

struct IssueRequest {
  Officer officer;
  ResidentId resident;
  std::vector<pki::CertificateKind> kinds;
  Application application;
  CardPins pins;
};

struct Issued {
  journal::CertificateRecord record;
  rules::Decision decision;
};

// The decisions alone: what would be issued now, authentication first and the signature capped by it. The
// first refusal is returned as its error, after a trace of it went into the journal. conflict
// "request_exists" when certificates were issued, or begun, for that request before.
struct Grant {
  pki::CertificateKind kind{};
  rules::Decision decision;
  journal::Fields person;  // facts and decision as the journal keeps them
};
Result<std::vector<Grant>> decide_issue(const Parts& parts, const IssueRequest& request);

// Carries the grants out on a born card in that transport. On an error nothing half-made stays in force: what
// was signed and did not reach the card is revoked by the next recovery. malformed and refused as
// rules::check_pin says, before anything is done.
Result<std::vector<Issued>> issue(const Parts& parts, const IssueRequest& request,
                                  const std::vector<Grant>& grants, card::Transport& card);

}  // namespace shomei::counter
