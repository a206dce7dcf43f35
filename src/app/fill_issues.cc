#include "app/fill_issues.h"

#include "authority/prepare.h"
#include "authority/serial.h"
#include "base/version.h"
#include "counter/application.h"
#include "counter/facts.h"
#include "counter/request.h"
#include "counter/subject.h"
#include "crypto/random.h"
#include "journal/binding.h"
#include "pki/signed_object.h"

namespace shomei::app {
namespace {

using journal::Draft;
using journal::Fields;
using journal::Phase;
using pki::CertificateKind;
namespace field = journal::field;

constexpr std::array kKinds{CertificateKind::user_authentication, CertificateKind::signature};

Fields whose(const counter::Holder& holder) {
  return {{std::string(field::kResident), to_bytes(holder.resident.id.text())},
          {std::string(field::kCard), to_bytes(holder.card.id.text())}};
}

void set(Fields& fields, std::string_view name, ByteView value) {
  fields.insert_or_assign(std::string(name), to_bytes(value));
}

journal::CertificateRecord delivered(const authority::LintedCertificate& certificate,
                                     const authority::Authority& authority, const counter::Holder& holder,
                                     const OfficeId& office) {
  journal::CertificateRecord record;
  record.serial_space = authority.serial_space();
  record.authority = authority.name();
  record.kind = certificate.kind();
  record.serial = certificate.tbs().serial;
  record.resident = holder.resident.id;
  record.card = holder.card.id;
  record.office = office;
  record.partition = holder.resident.municipality;
  record.act = crypto::ordered_identifier<ActId>();
  record.not_before = certificate.tbs().not_before;
  record.not_after = certificate.tbs().not_after;
  record.key = crypto::sha256(certificate.tbs().key.spki());
  record.state = journal::CertificateState::valid;
  record.delivered = true;
  return record;
}

journal::RequestRecord request_of(const journal::CertificateRecord& record, const counter::Officer& officer) {
  const auto content = counter::content_of(
      {"issue", record.resident.text(), record.office.text(), pki::name(record.kind), ""});
  journal::CertificateRecord named;
  named.serial_space = record.serial_space;
  named.serial = record.serial;
  return {officer.request, record.act, content, counter::encode_answer(named)};
}

}  // namespace

struct IssueFiller::Case {
  const counter::Holder& holder;
  const counter::Office& office;
  CertificateKind kind;
};

IssueFiller::IssueFiller(const counter::Parts& parts, const FilledPeople& people,
                         std::function<crypto::PublicKey(std::uint64_t)> key, InstantMs at,
                         FillOptions options)
    : parts_(parts), people_(people), key_(std::move(key)), at_(at), options_(options) {}

Result<FilledBatch> IssueFiller::make(std::size_t first, std::size_t end, std::uint64_t sequence) const {
  FilledBatch batch;
  for (std::size_t number = first; number < end; ++number)
    SHOMEI_CHECK(add_person(batch, number, sequence + batch.leaves.size()));
  return batch;
}

Result<void> IssueFiller::add_person(FilledBatch& batch, std::size_t number, std::uint64_t sequence) const {
  counter::Holder holder{people_.resident(number), people_.card(number), {}};
  for (std::size_t k = 0; k < kKinds.size(); ++k) {
    const Case c{holder, people_.office(number), kKinds[k]};
    SHOMEI_TRY(auto issued, issue(c, number * kKinds.size() + k, sequence));
    for (auto& stored : issued.entries) {
      batch.leaves.push_back(journal::leaf_hash(journal::encode_entry(stored.entry)));
      if (!options_.person_parts) stored.parts[static_cast<std::size_t>(journal::PartKind::person)].reset();
    }
    sequence += issued.entries.size();
    holder.certificates.push_back(issued.certificate);
    batch.issues.push_back(std::move(issued));
  }
  return {};
}

Result<store::FilledIssue> IssueFiller::issue(const Case& c, std::uint64_t key,
                                              std::uint64_t sequence) const {
  const Instant at = std::chrono::floor<std::chrono::seconds>(at_);
  SHOMEI_TRY(const auto* authority, parts_.issuing_authority(c.kind));
  SHOMEI_TRY(const auto place, parts_.directory.municipality(c.holder.resident.municipality));
  const counter::Officer officer{"bench", c.office.id, crypto::ordered_identifier<RequestId>()};
  auto facts = counter::facts_of(c.holder, c.office, at);
  counter::add_application(facts, {}, jst_date(at));
  facts.authority_valid_until = authority->last_whole_day();
  const rules::Act act{rules::Verb::issue, authority::kind_of(c.kind), std::nullopt};
  const auto decision = rules::decide(parts_.rules, act, facts, jst_date(at));
  if (!decision.granted()) return decision.refusal();
  SHOMEI_TRY(const auto linted, authority::prepare(*authority, parts_.profile, decision,
                                                   counter::subject_of(c.holder.resident, decision, place,
                                                                       parts_.rules.settings),
                                                   key_(key), authority::random_serial()));
  SHOMEI_TRY(const auto signature, authority->signer().sign(linted.tbs_der()));
  store::FilledIssue issued;
  auto& record = issued.certificate = delivered(linted, *authority, c.holder, c.office.id);
  record.der = pki::assemble_signed(linted.tbs_der(), authority->signer().algorithm(), signature);
  issued.request = request_of(record, officer);
  auto by = counter::officer_fields("issue", officer);
  const auto salt = crypto::random_bytes(journal::kBoundSaltBytes);
  set(by, field::kBound, view(to_hex(journal::bound(journal::binding_of(record, by), salt))));
  Draft intent{.act = record.act, .phase = Phase::intent, .officer = by};
  intent.status = {journal::SerialReserved{record.authority, record.serial}};
  intent.person = counter::decision_fields(facts, decision, parts_.rules.settings);
  intent.person.merge(whose(c.holder));
  set(intent.person, field::kTbsCertificate, linted.tbs_der());
  set(intent.person, field::kBoundSalt, salt);
  Draft result{.act = record.act, .phase = Phase::result, .person = whose(c.holder), .officer = by};
  result.status = {journal::CertificateIssued{record.authority, record.serial, record.not_before,
                                              record.not_after, record.partition,
                                              crypto::sha256(record.der)}};
  set(result.person, field::kCertificate, record.der);
  const Draft confirmation{
      .act = record.act, .phase = Phase::confirmation, .person = whose(c.holder), .officer = by};
  issued.entries = {entry(intent, sequence), entry(result, sequence + 1), entry(confirmation, sequence + 2)};
  return issued;
}

// As a transaction makes them (journal/transaction.h).
journal::StoredEntry IssueFiller::entry(const Draft& draft, std::uint64_t sequence) const {
  journal::StoredEntry stored;
  stored.entry.sequence = sequence;
  stored.entry.recorded_at = at_;
  stored.entry.act = draft.act;
  stored.entry.phase = draft.phase;
  Fields officer = draft.officer;
  set(officer, field::kSoftware, view(kSoftware));
  const std::array bodies{journal::encode_status_part(draft.status), journal::encode_fields(draft.person),
                          journal::encode_fields(officer)};
  for (const auto kind : journal::kPartKinds) {
    const auto i = static_cast<std::size_t>(kind);
    journal::Part part;
    std::ranges::copy(crypto::random_bytes(part.salt.size()), part.salt.begin());
    part.body = bodies[i];
    stored.entry.commitments[i] = journal::commit(kind, part);
    stored.parts[i] = std::move(part);
  }
  return stored;
}

}  // namespace shomei::app
