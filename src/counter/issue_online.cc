#include "counter/issue_online.h"

#include <utility>

#include "counter/online_issue.h"

namespace shomei::counter {
namespace {

void carry_out(const Parts& parts, OnlineIssue& issue) {
  if (!issue.prove()) return;
  // What cannot be read ahead is read in its turn.
  if (const auto rows = parts.journal.read()) issue.propose(**rows);
  authority::SharedCommit alone(parts.journal);
  const bool taken = issue.take_in(alone);
  auto intents = std::move(alone).commit().intents;
  if (!intents)
    issue.end(std::move(intents).error());  // a refusal has lost its trace with it
  else if (taken)
    issue.end(authority::carry_out(std::move(intents->front()), parts.journal));
}

}  // namespace

Result<journal::CertificateRecord> issue_certificate(const Parts& parts, const CertificateRequest& request) {
  OnlineIssue issue(parts, request);
  carry_out(parts, issue);
  return issue.answer();
}

}  // namespace shomei::counter
