#include "services/acts/proposal_json.h"

#include <nlohmann/json.hpp>

namespace shomei::services {

std::string describe(const officers::Proposal& proposal) {
  const nlohmann::json document{{"request", proposal.request.text()},
                                {"act", proposal.act},
                                {"summary", proposal.summary},
                                {"content_sha256", to_hex_upper(proposal.content)},
                                {"proposer", proposal.proposer},
                                {"office", proposal.office.text()},
                                {"made_at", format_jst(proposal.made_at)},
                                {"expires_at", format_jst(proposal.expires_at)},
                                {"approvals_needed", proposal.approvals_needed},
                                {"approvers", proposal.approvers},
                                {"approved", proposal.approved()}};
  return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace shomei::services
