#include "counter/issue_online.h"

#include <chrono>
#include <thread>

#include "authority/issue.h"
#include "authority/serial.h"
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

struct Prepared {
  authority::LintedCertificate certificate;
  authority::Order order;
};

authority::Order order_for(const CertificateRequest& request, const Holder& holder,
                           const authority::Municipality& place, journal::Fields person) {
  authority::Order order;
  order.act = crypto::ordered_identifier<ActId>();
  order.resident = holder.resident.id;
  order.card = holder.card.id;
  order.office = request.officer.office;
  order.partition = place.code;
  order.person = std::move(person);
  order.officer = officer_fields("issue", request.officer);
  return order;
}

// On the rows of the transaction, which nobody else changes meanwhile.
Result<Prepared> prepare(journal::Transaction& transaction, const Parts& parts,
                         const CertificateRequest& request, const Office& office,
                         const authority::Authority& authority, const crypto::PublicKey& key) {
  SHOMEI_TRY(const auto holder, find_holder(transaction.rows(), request.resident));
  SHOMEI_TRY(const auto place, parts.directory.municipality(holder.resident.municipality));
  const Instant at = parts.journal.clock().now();
  auto facts = facts_of(holder, office, at);
  add_application(facts, request.application, jst_date(at));
  facts.authority_valid_until = authority.last_whole_day();
  const rules::Act act{rules::Verb::issue, authority::kind_of(request.kind), std::nullopt};
  SHOMEI_TRY(auto decided, decide_act_in(transaction, parts, act, facts, request.officer, request.resident));
  SHOMEI_TRY(auto linted,
             authority::prepare(authority, parts.profile, decided.decision,
                                subject_of(holder.resident, decided.decision, place, parts.rules.settings),
                                key, authority::random_serial()));
  return Prepared{std::move(linted), order_for(request, holder, place, std::move(decided.person))};
}

// What came of the request before; while its certificate is being signed, what comes of it.
Result<std::optional<CertificateRecord>> earlier_answer(const Parts& parts, const RequestId& request,
                                                        const crypto::Sha256& content) {
  const auto until = std::chrono::steady_clock::now() + kWaitMax;
  while (true) {
    SHOMEI_TRY(const auto rows, parts.journal.read());
    SHOMEI_TRY(auto record, answered_before(*rows, request, content));
    if (!record || record->state != CertificateState::reserved) {
      if (record && record->state == CertificateState::written_off)
        return conflict("request_interrupted", {{"request", request.text()}});
      return record;
    }
    if (std::chrono::steady_clock::now() >= until)
      return conflict("request_exists", {{"request", request.text()}, {"act", record->act.text()}});
    std::this_thread::sleep_for(kLookPause);
  }
}

// Null: another thread has taken the request in meanwhile.
Result<std::optional<authority::Intent>> take_in_request(const Parts& parts,
                                                         const CertificateRequest& request,
                                                         const Office& office,
                                                         const authority::Authority& authority,
                                                         const crypto::PublicKey& key) {
  const auto content = content_of(request);
  SHOMEI_TRY(auto transaction, parts.journal.begin());
  SHOMEI_TRY(const auto taken_in, transaction.rows().find_request(request.officer.request));
  if (taken_in) return std::optional<authority::Intent>{};
  SHOMEI_TRY(auto prepared, prepare(transaction, parts, request, office, authority, key));
  CertificateRecord named;
  named.serial_space = authority.serial_space();
  named.serial = prepared.certificate.tbs().serial;
  prepared.order.request =
      journal::RequestRecord{request.officer.request, prepared.order.act, content, encode_answer(named)};
  SHOMEI_TRY(auto intent, authority::record_intent(std::move(transaction), std::move(prepared.certificate),
                                                   authority, std::move(prepared.order)));
  return std::optional{std::move(intent)};
}

Result<CertificateRecord> issue(const Parts& parts, const CertificateRequest& request, const Office& office) {
  SHOMEI_TRY(const auto proven, pki::verify_request(request.pkcs10, request.officer.request.text()));
  SHOMEI_TRY(const auto* authority, parts.issuing_authority(request.kind));
  for (int tries = 1;; ++tries) {
    auto intent = take_in_request(parts, request, office, *authority, proven.key);
    if (!intent) {
      if (intent.error().code == "serial_used" && tries < kSerialTriesMax) continue;
      return std::move(intent).error();
    }
    if (*intent) return authority::carry_out(**std::move(intent), *authority, parts.journal);
    SHOMEI_TRY(auto earlier, earlier_answer(parts, request.officer.request, content_of(request)));
    if (earlier) return *std::move(earlier);
  }
}

}  // namespace

Result<CertificateRecord> issue_certificate(const Parts& parts, const CertificateRequest& request) {
  SHOMEI_TRY(const auto office, parts.directory.office(request.officer.office));
  return traced(parts, "issue", request.officer, request.resident, issue(parts, request, office));
}

}  // namespace shomei::counter
