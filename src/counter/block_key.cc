#include "counter/block_key.h"

#include "authority/change_status.h"
#include "authority/prepare.h"
#include "counter/admit.h"
#include "counter/application.h"
#include "counter/facts.h"
#include "counter/recorded_text.h"
#include "counter/request.h"
#include "crypto/random.h"
#include "der/writer.h"

namespace shomei::counter {
namespace {

using journal::CertificateRecord;
namespace field = journal::field;

constexpr std::string_view kAct = "block_key";
constexpr std::string_view kRule = "RFC 8555 7.6";

Result<void> check_proof(const BlockRequest& request) {
  if (request.proof.empty()) return {};
  const auto& key = request.public_key;
  const bool holds =
      key && crypto::sha256(key->spki()) == request.key &&
      key->verify(crypto::algorithm_of(key->type()), view(compromise_statement(*key)), request.proof);
  if (!holds) return refused("compromise_unproven", {{"key", to_hex_upper(request.key)}}, kRule);
  return {};
}

crypto::Sha256 content_of(const BlockRequest& request) {
  return counter::content_of({kAct, to_hex(request.key), request.officer.office.text(), request.cause,
                              request.proof.empty() ? "" : "proven", request.revoke ? "revoke" : ""});
}

struct Ending {
  CertificateRecord record;
  Decided decided;
};

// Before anything is put: a refusal ends the transaction.
Result<std::vector<Ending>> decide_endings(journal::Transaction& transaction, const Parts& parts,
                                           const BlockRequest& request, const Office& office,
                                           const std::vector<CertificateRecord>& records) {
  const Instant at = parts.journal.clock().now();
  Application application;
  application.ground = rules::Ground::leak;
  std::vector<Ending> endings;
  for (const auto& record : records) {
    if (!in_force(record)) continue;
    SHOMEI_TRY(auto facts, facts_of_certificate(transaction.rows(), record, office, at));
    add_application(facts, application, jst_date(at));
    facts.stated_reason = rules::Reason::keyCompromise;
    SHOMEI_TRY(auto decided,
               decide_act_in(transaction, parts, {rules::Verb::revoke, authority::kind_of(record.kind), {}},
                             facts, request.officer, record.resident));
    endings.push_back({record, std::move(decided)});
  }
  return endings;
}

// An entry of its own, found by the person whose certificate it was.
Result<void> end(journal::Transaction& transaction, const BlockRequest& request, Ending& ending) {
  journal::Draft draft{.act = crypto::ordered_identifier<ActId>(),
                       .person = std::move(ending.decided.person),
                       .officer = officer_fields(rules::name(rules::Verb::revoke), request.officer),
                       .about = ending.record.resident};
  draft.person.insert_or_assign(std::string(field::kResident), to_bytes(ending.record.resident.text()));
  draft.person.insert_or_assign(std::string(field::kCard), to_bytes(ending.record.card.text()));
  draft.officer.insert_or_assign(std::string(field::kCause), to_bytes(request.cause));
  SHOMEI_CHECK(authority::revoke(transaction, draft, ending.record, ending.decided.decision));
  SHOMEI_CHECK(transaction.append(draft));
  return {};
}

journal::Draft blocking(const BlockRequest& request) {
  journal::Draft draft{.act = crypto::ordered_identifier<ActId>(),
                       .officer = officer_fields(kAct, request.officer)};
  const auto say = [&](std::string_view name, std::string_view text) {
    draft.officer.insert_or_assign(std::string(name), to_bytes(text));
  };
  say(field::kKey, to_hex_upper(request.key));
  say(field::kCause, request.cause);
  if (!request.proof.empty()) {
    say(field::kPublicKey, to_base64(request.public_key->spki()));
    say(field::kProof, to_base64(request.proof));
  }
  if (request.factors.empty()) return draft;
  std::vector<Bytes> members;
  for (const auto& factor : request.factors) members.push_back(der::integer_of_magnitude(factor));
  draft.person.insert_or_assign(std::string(field::kFactors), der::sequence(members));
  return draft;
}

// Whether it was done before, under this request.
Result<bool> is_done(journal::Rows& rows, const BlockRequest& request, const crypto::Sha256& content) {
  SHOMEI_TRY(const auto first, rows.find_request(request.officer.request));
  if (first && first->content != content)
    return conflict("request_differs",
                    {{"request", request.officer.request.text()}, {"act", first->act.text()}});
  return first.has_value();
}

}  // namespace

std::string compromise_statement(const crypto::PublicKey& key) {
  return "The private key of this public key is known to others than its holder. Block it.\nSPKI SHA-256 " +
         to_hex_upper(crypto::sha256(key.spki())) + "\n";
}

Result<KeyState> find_blocked(journal::Rows& rows, const crypto::Sha256& key) {
  SHOMEI_TRY(auto blocked, rows.find_blocked_key(key));
  if (!blocked) return not_found("key_not_blocked", {{"key", to_hex_upper(key)}});
  SHOMEI_TRY(auto certificates, rows.certificates_of_key(key));
  return KeyState{*std::move(blocked), std::move(certificates)};
}

Result<KeyState> block_key(const Parts& parts, const BlockRequest& request) {
  SHOMEI_TRY(const auto office, admit(parts, kAct, request.officer));
  SHOMEI_CHECK(check_cause(request.cause));
  SHOMEI_CHECK(check_proof(request));
  const auto content = content_of(request);
  SHOMEI_TRY(auto transaction, parts.journal.begin());
  SHOMEI_TRY(const bool done, is_done(transaction.rows(), request, content));
  if (done) return find_blocked(transaction.rows(), request.key);
  SHOMEI_TRY(const auto blocked, transaction.rows().find_blocked_key(request.key));
  if (blocked) return conflict("key_blocked_already", {{"key", to_hex(request.key)}});
  SHOMEI_TRY(const auto certificates, transaction.rows().certificates_of_key(request.key));
  std::vector<Ending> endings;
  if (request.revoke) {
    SHOMEI_TRY(endings, decide_endings(transaction, parts, request, office, certificates));
  }
  const auto draft = blocking(request);
  SHOMEI_CHECK(transaction.rows().insert(journal::BlockedKey{request.key, draft.act, request.cause}));
  SHOMEI_CHECK(
      transaction.rows().insert({request.officer.request, draft.act, content, to_bytes(request.key)}));
  SHOMEI_CHECK(transaction.append(draft));
  for (auto& ending : endings) SHOMEI_CHECK(end(transaction, request, ending));
  SHOMEI_TRY(auto state, find_blocked(transaction.rows(), request.key));
  SHOMEI_CHECK(transaction.commit());
  return state;
}

}  // namespace shomei::counter
