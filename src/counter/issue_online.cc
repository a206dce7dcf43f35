#include "counter/issue_online.h"

#include <chrono>
#include <optional>
#include <thread>
#include <utility>

#include "authority/issue.h"
#include "authority/serial.h"
#include "base/check.h"
#include "counter/facts.h"
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

crypto::Sha256 content_of(const CertificateRequest& request) {
  return counter::content_of({"issue", request.resident.text(), request.officer.office.text(),
                              pki::name(request.kind), to_text(request.pkcs10)});
}

// What needs no row.
struct Proven {
  const CertificateRequest& request;
  Office office;
  const authority::Authority& authority;
  crypto::PublicKey key;
  crypto::Sha256 content;
};

Result<Proven> prove(const Parts& parts, const CertificateRequest& request) {
  SHOMEI_TRY(auto office, parts.directory.office(request.officer.office));
  SHOMEI_TRY(auto proven, pki::verify_request(request.pkcs10, request.officer.request.text()));
  SHOMEI_TRY(const auto* authority, parts.issuing_authority(request.kind));
  return Proven{request, std::move(office), *authority, std::move(proven.key), content_of(request)};
}

authority::Order order_for(const Proven& asked, const Holder& holder, const authority::Municipality& place,
                           const pki::SerialNumber& serial, journal::Fields person) {
  const auto& officer = asked.request.officer;
  authority::Order order;
  order.act = crypto::ordered_identifier<ActId>();
  order.resident = holder.resident.id;
  order.card = holder.card.id;
  order.office = officer.office;
  order.partition = place.code;
  order.person = std::move(person);
  order.officer = officer_fields("issue", officer);
  CertificateRecord named;
  named.serial_space = asked.authority.serial_space();
  named.serial = serial;
  order.request = journal::RequestRecord{officer.request, order.act, asked.content, encode_answer(named)};
  return order;
}

// What the rules say of the holder, and then the certificate. `decide` takes the act and the facts.
template <class Decide>
Result<authority::Proposal> propose(const Parts& parts, const Proven& asked, const Holder& holder,
                                    const pki::SerialNumber& serial, const Decide& decide) {
  SHOMEI_TRY(const auto place, parts.directory.municipality(holder.resident.municipality));
  const Instant at = parts.journal.clock().now();
  auto facts = facts_of(holder, asked.office, at);
  add_application(facts, asked.request.application, jst_date(at));
  facts.authority_valid_until = asked.authority.last_whole_day();
  const rules::Act act{rules::Verb::issue, authority::kind_of(asked.request.kind), std::nullopt};
  SHOMEI_TRY(auto decided, decide(act, facts));
  SHOMEI_TRY(const auto known, known_keys_of(parts));
  SHOMEI_TRY(auto linted,
             authority::prepare(asked.authority, parts.profile, decided.decision,
                                subject_of(holder.resident, decided.decision, place, parts.rules.settings),
                                asked.key, serial, *known));
  return authority::Proposal::make(std::move(linted), asked.authority,
                                   order_for(asked, holder, place, serial, std::move(decided.person)));
}

// A request on its way. The proposal is made before its turn, of rows that may have changed when it has come.
struct OnItsWay {
  std::size_t place;  // among the requests
  Proven asked;
  pki::SerialNumber serial;
  std::optional<Holder> holder = {};
  std::optional<authority::Proposal> proposal = {};
};

// What is not granted is decided again in its turn, which leaves the trace.
void propose_ahead(journal::Rows& rows, const Parts& parts, OnItsWay& one) {
  auto holder = find_holder(rows, one.asked.request.resident);
  if (!holder) return;
  const auto decide = [&](const rules::Act& act, const rules::Facts& facts) {
    return decide_ahead(parts, act, facts);
  };
  auto proposal = propose(parts, one.asked, *holder, one.serial, decide);
  if (!proposal) return;
  one.holder = *std::move(holder);
  one.proposal = *std::move(proposal);
}

enum class TakenIn { now, before };

// On the rows of the transaction, which nobody else changes meanwhile.
Result<TakenIn> take_in(authority::Intents& intents, const Parts& parts, OnItsWay& one) {
  const auto& request = one.asked.request;
  SHOMEI_TRY(auto transaction, intents.begin());
  auto& rows = transaction.rows();
  SHOMEI_CHECK(rows.foresee({request.officer.request, request.resident, crypto::sha256(one.asked.key.spki()),
                             one.serial, one.asked.authority.serial_space()}));
  SHOMEI_TRY(const auto first, rows.find_request(request.officer.request));
  if (first) return TakenIn::before;
  SHOMEI_TRY(const auto holder, find_holder(rows, request.resident));
  auto proposal = std::exchange(one.proposal, std::nullopt);
  if (!proposal || holder != one.holder) {
    const auto decide = [&](const rules::Act& act, const rules::Facts& facts) {
      return decide_act_in(transaction, parts, act, facts, request.officer, request.resident);
    };
    SHOMEI_TRY(proposal, propose(parts, one.asked, holder, one.serial, decide));
  }
  SHOMEI_CHECK(intents.put(std::move(transaction), *std::move(proposal)));
  return TakenIn::now;
}

Result<TakenIn> take_in(authority::Intents& intents, const Parts& parts, OnItsWay& one, int tries_max) {
  for (int tries = 1;; ++tries) {
    auto taken = take_in(intents, parts, one);
    if (taken || taken.error().code != "serial_used" || tries == tries_max) return taken;
    one.serial = authority::random_serial();
  }
}

// What came of the request before; while its certificate is being signed, what comes of it.
Result<CertificateRecord> earlier_answer(const Parts& parts, const RequestId& request,
                                         const crypto::Sha256& content) {
  const auto until = std::chrono::steady_clock::now() + kWaitMax;
  while (true) {
    SHOMEI_TRY(const auto rows, parts.journal.read());
    SHOMEI_TRY(auto record, answered_before(*rows, request, content));
    if (record && record->state == CertificateState::written_off)
      return conflict("request_interrupted", {{"request", request.text()}});
    if (record && record->state != CertificateState::reserved) return *std::move(record);
    if (std::chrono::steady_clock::now() >= until)
      return conflict("request_exists",
                      {{"request", request.text()}, {"act", record ? record->act.text() : ""}});
    std::this_thread::sleep_for(kLookPause);
  }
}

// The requests of a call, each on its way from the one to the next of its states.
class Round {
 public:
  Round(const Parts& parts, std::span<const CertificateRequest* const> requests)
      : parts_(parts), requests_(requests), answers_(requests.size()) {}

  std::vector<Result<CertificateRecord>> carry_out() {
    prove_all();
    propose_all();
    take_in_all();
    sign_all();
    std::vector<Result<CertificateRecord>> answers;
    for (std::size_t i = 0; i < requests_.size(); ++i) {
      const auto& request = *requests_[i];
      if (!answers_[i]) answers_[i] = earlier_answer(parts_, request.officer.request, content_of(request));
      answers.push_back(traced(parts_, "issue", request.officer, request.resident, *std::move(answers_[i])));
    }
    return answers;
  }

 private:
  void prove_all();
  void propose_all();
  void take_in_all();
  void sign_all();

  const Parts& parts_;
  std::span<const CertificateRequest* const> requests_;
  std::vector<std::optional<Result<CertificateRecord>>> answers_;  // none: what came of it before
  std::vector<OnItsWay> proven_;
  std::vector<std::size_t> places_;  // of the intents
  std::vector<authority::Intent> intents_;
};

// A number that is not random is taken in a transaction of its own, so before any is open.
void Round::prove_all() {
  for (std::size_t i = 0; i < requests_.size(); ++i) {
    auto asked = prove(parts_, *requests_[i]);
    if (!asked) {
      answers_[i] = std::move(asked).error();
      continue;
    }
    auto serial = authority::next_serial(parts_.profile, asked->authority, parts_.journal);
    if (serial)
      proven_.push_back({i, *std::move(asked), *std::move(serial)});
    else
      answers_[i] = std::move(serial).error();
  }
}

// Before the turn, for which others wait.
void Round::propose_all() {
  const auto rows = parts_.journal.read();
  if (!rows) return;
  for (auto& one : proven_) propose_ahead(**rows, parts_, one);
}

void Round::take_in_all() {
  const bool random = parts_.profile.serial_form == authority::SerialForm::random_64;
  authority::Intents intents(parts_.journal);
  for (auto& one : proven_) {
    auto taken = take_in(intents, parts_, one, random ? kSerialTriesMax : 1);
    if (!taken)
      answers_[one.place] = std::move(taken).error();
    else if (*taken == TakenIn::now)
      places_.push_back(one.place);
  }
  auto committed = std::move(intents).commit();
  if (committed) {
    intents_ = *std::move(committed);
    SHOMEI_INVARIANT(intents_.size() == places_.size());
    return;
  }
  // Refusals have lost their traces with it.
  for (const auto& one : proven_) answers_[one.place] = committed.error();
}

void Round::sign_all() {
  auto records = authority::carry_out(std::move(intents_), parts_.journal);
  for (std::size_t i = 0; i < records.size(); ++i) answers_[places_[i]] = std::move(records[i]);
}

}  // namespace

std::vector<Result<CertificateRecord>> issue_certificates(
    const Parts& parts, std::span<const CertificateRequest* const> requests) {
  return Round(parts, requests).carry_out();
}

Result<CertificateRecord> issue_certificate(const Parts& parts, const CertificateRequest& request) {
  const CertificateRequest* const one[] = {&request};
  return std::move(issue_certificates(parts, one).front());
}

}  // namespace shomei::counter
