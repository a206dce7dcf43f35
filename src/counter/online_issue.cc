#include "counter/online_issue.h"

#include <chrono>
#include <thread>
#include <utility>

#include "authority/serial.h"
#include "base/check.h"
#include "counter/admit.h"
#include "counter/card_policy.h"
#include "counter/request.h"
#include "counter/subject.h"
#include "counter/traced.h"
#include "crypto/random.h"
#include "pki/request.h"

namespace shomei::counter {
namespace {

using journal::CertificateRecord;
using journal::CertificateState;

constexpr int kSerialTriesMax = 3;
constexpr std::chrono::milliseconds kLookPause{5};
constexpr std::chrono::seconds kWaitMax{10};
// What was decided ahead is decided again when its turn comes later than this: it was about that moment.
constexpr std::chrono::seconds kAheadMax{1};

crypto::Sha256 content_of(const CertificateRequest& request) {
  return counter::content_of({"issue", request.resident.text(), request.officer.office.text(),
                              pki::name(request.kind), to_text(request.pkcs10),
                              words_of(request.application)});
}

}  // namespace

bool OnlineIssue::fails(const Result<void>& step) {
  if (!step) end(step.error());
  return !step;
}

// A number that is not random is taken in a transaction of its own.
Result<OnlineIssue::Proven> OnlineIssue::proven() {
  SHOMEI_TRY(auto office, admit(parts_, "issue", request_.officer));
  SHOMEI_CHECK(take_agreement(parts_, request_.officer, request_.resident, {request_.kind}, application_));
  SHOMEI_TRY(auto asked, pki::verify_request(request_.pkcs10, request_.officer.request.text()));
  auto card = check_attestation(parts_, request_.kind, asked.key, request_.officer.request.text(),
                                request_.attestation);
  SHOMEI_TRY(const auto* authority, parts_.issuing_authority(request_.kind));
  SHOMEI_TRY(auto serial, authority::next_serial(parts_.profile, *authority, parts_.journal));
  return Proven{std::move(office),    authority,         std::move(asked.key),
                content_of(request_), std::move(serial), std::move(card)};
}

bool OnlineIssue::prove() {
  auto done = proven();
  if (!done) {
    end(std::move(done).error());
    return false;
  }
  proven_ = *std::move(done);
  return true;
}

authority::Order OnlineIssue::order_for(const Holder& holder, const authority::Municipality& place,
                                        journal::Fields person) const {
  const auto& officer = request_.officer;
  authority::Order order;
  order.act = crypto::ordered_identifier<ActId>();
  order.resident = holder.resident.id;
  order.card = holder.card.id;
  order.office = officer.office;
  order.partition = place.code;
  order.person = std::move(person);
  if (proven_->card) put_attested(order.person, *proven_->card);
  order.officer = officer_fields("issue", officer);
  CertificateRecord named;
  named.serial_space = proven_->authority->serial_space();
  named.serial = proven_->serial;
  order.request = journal::RequestRecord{officer.request, order.act, proven_->content, encode_answer(named)};
  return order;
}

// What the rules say of the holder, and then the certificate. `decide` takes the act and the facts.
template <class Decide>
Result<authority::Proposal> OnlineIssue::proposal_for(const Holder& holder, Instant at,
                                                      const Decide& decide) const {
  const auto& authority = *proven_->authority;
  SHOMEI_TRY(const auto card, proven_->card);
  SHOMEI_CHECK(expect_card(card, holder.card.id));
  SHOMEI_TRY(const auto place, parts_.directory.municipality(holder.resident.municipality));
  auto facts = facts_of(holder, proven_->office, at);
  add_application(facts, application_, jst_date(at));
  facts.authority_valid_until = authority.last_whole_day();
  const rules::Act act{rules::Verb::issue, authority::kind_of(request_.kind), std::nullopt};
  SHOMEI_TRY(auto decided, decide(act, facts));
  SHOMEI_TRY(const auto known, known_keys_of(parts_));
  SHOMEI_TRY(auto linted,
             authority::prepare(authority, parts_.profile, decided.decision,
                                subject_of(holder.resident, decided.decision, place, parts_.rules.settings),
                                proven_->key, proven_->serial, *known));
  return authority::Proposal::make(std::move(linted), authority,
                                   order_for(holder, place, std::move(decided.person)));
}

void OnlineIssue::propose(journal::Rows& rows) {
  auto holder = find_holder(rows, request_.resident);
  if (!holder) return;
  const Instant now = parts_.journal.clock().now();
  auto proposal = proposal_for(*holder, now, [this](const rules::Act& act, const rules::Facts& facts) {
    return decide_ahead(parts_, act, facts);
  });
  if (!proposal) return;
  proposed_at_ = now;
  holder_ = *std::move(holder);
  proposal_ = *std::move(proposal);
}

bool OnlineIssue::still_of_the_moment(Instant now) const {
  return now >= proposed_at_ && now - proposed_at_ <= kAheadMax && jst_date(now) == jst_date(proposed_at_);
}

// On the rows of the transaction, which nobody else changes meanwhile.
Result<void> OnlineIssue::try_to_take_in(authority::SharedCommit& commit) {
  const auto& officer = request_.officer;
  SHOMEI_TRY(auto transaction, commit.begin());
  auto& rows = transaction.rows();
  SHOMEI_CHECK(rows.foresee({officer.request, request_.resident, crypto::sha256(proven_->key.spki()),
                             proven_->serial, proven_->authority->serial_space()}));
  SHOMEI_TRY(const auto first, rows.find_request(officer.request));
  known_ = first.has_value();
  if (known_) return {};
  SHOMEI_TRY(const auto holder, find_holder(rows, request_.resident));
  const Instant now = parts_.journal.clock().now();
  auto proposal = std::exchange(proposal_, std::nullopt);
  if (!proposal || holder != holder_ || !still_of_the_moment(now)) {
    const auto decide = [&](const rules::Act& act, const rules::Facts& facts) {
      return decide_act_in(transaction, parts_, act, facts, officer, request_.resident);
    };
    SHOMEI_TRY(proposal, proposal_for(holder, now, decide));
  }
  return commit.put(std::move(transaction), *std::move(proposal));
}

bool OnlineIssue::take_in(authority::SharedCommit& commit) {
  const bool random = parts_.profile.serial_form == authority::SerialForm::random_64;
  const int tries_max = random ? kSerialTriesMax : 1;
  for (int tries = 1;; ++tries) {
    const auto taken = try_to_take_in(commit);
    const bool again = !taken && taken.error().code == "serial_used" && tries < tries_max;
    if (!again) return !fails(taken) && !known_;
    proven_->serial = authority::random_serial();
  }
}

std::optional<authority::SignedIntent> OnlineIssue::sign(authority::Intent&& intent) {
  auto done = authority::SignedIntent::sign(std::move(intent), parts_.journal);
  if (done) return *std::move(done);
  end(std::move(done).error());
  return std::nullopt;
}

// What came of the request before; while its certificate is being signed, what comes of it.
Result<CertificateRecord> OnlineIssue::earlier_answer() const {
  const auto& request = request_.officer.request;
  const auto until = std::chrono::steady_clock::now() + kWaitMax;
  while (true) {
    SHOMEI_TRY(const auto rows, parts_.journal.read());
    SHOMEI_TRY(auto record, answered_before(*rows, request, proven_->content));
    if (record && record->state == CertificateState::written_off)
      return conflict("request_interrupted", {{"request", request.text()}});
    if (record && record->state != CertificateState::reserved) return *std::move(record);
    if (std::chrono::steady_clock::now() >= until)
      return conflict("request_exists",
                      {{"request", request.text()}, {"act", record ? record->act.text() : ""}});
    std::this_thread::sleep_for(kLookPause);
  }
}

Result<CertificateRecord> OnlineIssue::answer() {
  if (!answer_) {
    SHOMEI_INVARIANT(known_);
    answer_ = earlier_answer();
  }
  return traced(parts_, "issue", request_.officer, request_.resident, *std::exchange(answer_, std::nullopt));
}

}  // namespace shomei::counter
