#include "services/acts/acts_service.h"

#include <algorithm>
#include <memory>

#include "counter/shared_issuing.h"
#include "services/acts/act_requests.h"
#include "services/acts/asking_counter.h"
#include "services/acts/card_routes.h"
#include "services/acts/certificate_json.h"
#include "services/acts/decide.h"
#include "services/acts/proposal_json.h"
#include "services/problem.h"

namespace shomei::services {
namespace {

using counter::Parts;
using journal::CertificateRecord;

constexpr const char* kReplay = "Idempotent-Replay";

// Whether an answer is a repeated one; two that come at the same moment are both told as the first.
Result<bool> is_known(const Parts& parts, const RequestId& request) {
  SHOMEI_TRY(const auto rows, parts.journal.read());
  SHOMEI_TRY(const auto record, rows->find_request(request));
  return record.has_value();
}

http::Response answer_with(const nlohmann::json& document, bool replay) {
  // What the store has of earlier versions may not be UTF-8.
  const std::string text = document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  auto response = answered(text);
  if (replay) response.headers.push_back({kReplay, "true"});
  return response;
}

template <class Asked>
using CarryOut = std::function<Result<CertificateRecord>(const Parts&, const Asked&)>;

template <class Asked>
http::Handler act(const Parts& parts, const Log& log, Result<Asked> (*parse)(std::string_view),
                  CarryOut<Asked> carry_out) {
  return [parts, log, parse, carry_out](const http::Request& request) {
    if (!is_json(request)) return problem_page(415);
    auto asked = parse(body_of(request));
    if (!asked) return failed(asked.error(), request, log);
    vouch(asked->officer, request);
    const auto known = is_known(parts, asked->officer.request);
    if (!known) return failed(known.error(), request, log);
    const auto record = carry_out(parts, *asked);
    if (!record) return failed(record.error(), request, log);
    return answer_with(describe_whole(*record), *known);
  };
}

Result<CertificateRecord> confirm(const Parts& parts, const Confirmation& confirmation) {
  return counter::confirm_certificate(parts, confirmation.officer, confirmation.serial, confirmation.kind);
}

http::Response block(const Parts& parts, const Log& log, const http::Request& request) {
  if (!is_json(request)) return problem_page(415);
  auto asked = parse_block_request(body_of(request));
  if (!asked) return failed(asked.error(), request, log);
  vouch(asked->officer, request);
  const auto known = is_known(parts, asked->officer.request);
  if (!known) return failed(known.error(), request, log);
  const auto state = counter::block_key(parts, *asked);
  if (!state) return failed(state.error(), request, log);
  return answer_with(describe(*state, *asked), *known);
}

http::Response agree(const Parts& parts, const Log& log, const http::Request& request) {
  if (!is_json(request)) return problem_page(415);
  auto asked = parse_agreement(body_of(request));
  if (!asked) return failed(asked.error(), request, log);
  if (!parts.admission)
    return failed(not_found("proposal_unknown", {{"request", asked->proposal.text()}}), request, log);
  vouch(asked->officer, request);
  const auto agreed = parts.admission->approve(asked->officer, asked->proposal);
  if (!agreed) return failed(agreed.error(), request, log);
  return answered(describe(*agreed));
}

http::Response answer_question(const Parts& parts, const Log& log, const http::Request& request) {
  if (!is_json(request)) return problem_page(415);
  auto question = parse_question(body_of(request));
  if (!question) return failed(question.error(), request, log);
  vouch(question->officer, request);
  const auto document = decide(parts, *question, language_of(request));
  if (!document) return failed(document.error(), request, log);
  return answered(*document);
}

}  // namespace

void add_acts_routes(http::Router& router, const Parts& parts, unsigned issuers, Log log) {
  const auto status_act = [&](CarryOut<counter::StatusRequest> carry_out) {
    return act(parts, log, parse_status_request, std::move(carry_out));
  };
  const auto issuing = std::make_shared<counter::SharedIssuing>(parts, issuers);
  const CarryOut<counter::CertificateRequest> issue = [issuing](const Parts&, const auto& request) {
    return issuing->issue(request);
  };
  router.add("POST", "/acts/decide",
             [parts, log](const http::Request& request) { return answer_question(parts, log, request); });
  router.add("POST", "/acts/block-key",
             [parts, log](const http::Request& request) { return block(parts, log, request); });
  router.add("POST", "/acts/approve",
             [parts, log](const http::Request& request) { return agree(parts, log, request); });
  router.add("POST", "/acts/issue", act(parts, log, parse_certificate_request, issue));
  router.add("POST", "/acts/confirm", act<Confirmation>(parts, log, parse_confirmation, confirm));
  router.add("POST", "/acts/revoke", status_act(counter::revoke_certificate));
  router.add("POST", "/acts/suspend", status_act(counter::suspend_certificate));
  router.add("POST", "/acts/restore", status_act(counter::restore_certificate));
  add_card_routes(router, parts, log);
}

}  // namespace shomei::services
