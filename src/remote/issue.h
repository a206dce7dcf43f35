// The procedure "issue" at a counter without keys: the card makes its keys, the authority elsewhere decides
// and signs, and the counter carries both ways (docs/flows/issuance.md).
#pragma once

#include <vector>

#include "card/transport.h"
#include "counter/issue.h"
#include "remote/authority_client.h"

namespace shomei::remote {

struct IssueRequest {
  counter::Officer officer;  // of each kind the request is <request>-u or <request>-s
  services::Question question;
};

// What the authority would decide now; nothing is done. The refusal, when it would refuse.
Result<services::Outlook> decide_issue(AuthorityClient& authority, const IssueRequest& request);

// Carries it out on the card that the outlook names, which is open. malformed and refused as rules::check_pin
// says, before anything is done; conflict "issue_came_to_nothing" {serial, state} when the authority issued
// and took it back; conflict "card_not_finished" {what, serials} when the certificates are there and nobody
// knows that the card has them: they are completed or taken back when it is seen next (`counter settle`).
Result<std::vector<journal::CertificateRecord>> issue(AuthorityClient& authority, const IssueRequest& request,
                                                      const services::Outlook& outlook,
                                                      const counter::CardPins& pins,
                                                      const rules::Settings& settings,
                                                      counter::OpenCard card);

}  // namespace shomei::remote
