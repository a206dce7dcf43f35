// Proposal: an act that an officer wants to do and others must agree to first. It is known by the identifier
// of its request: who proposed asks for the act again under the same one when the others have agreed. What
// was proposed, and who agreed, stands in the journal alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "journal/transaction.h"
#include "officers/officer.h"

namespace shomei::officers {

struct Proposal {
  RequestId request;
  std::string act;           // as the table of duties names it
  crypto::Sha256 content{};  // of all that was asked: another act is not agreed to
  std::string summary;       // for who is asked to agree; of people identifiers alone
  std::string proposer;
  std::optional<crypto::Sha256> key = {};  // by which the proposer has shown who they are
  OfficeId office;
  int approvals_needed = 0;
  Instant made_at, expires_at;
  std::vector<std::string> approvers;  // other officers, each once, before it expired
  std::vector<crypto::Sha256> approvers_keys = {};
  bool approved() const { return static_cast<int>(approvers.size()) >= approvals_needed; }
};

// None when nothing was proposed under it.
Result<std::optional<Proposal>> find_proposal(journal::Rows& rows, const RequestId& request);

// Who agrees, and the key by which they have shown who they are; none where nobody has to show anything.
struct Approver {
  std::string name;
  std::optional<crypto::Sha256> key = {};
};

// `by` is the operator part of who proposes or agrees. The proposal says everything but its approvers and
// its instant.
Result<void> propose(journal::Transaction& transaction, const Proposal& proposal, journal::Fields by);
// not_found "proposal_unknown" {request}; refused "proposal_expired" {request, expires_at}, "own_proposal"
// {officer}, "approved_already" {officer}: under that name, or by that key.
Result<Proposal> approve(journal::Transaction& transaction, const RequestId& request,
                         const Approver& approver, Instant at, journal::Fields by);

}  // namespace shomei::officers
