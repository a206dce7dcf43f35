#include "journal/tiles.h"
#include "tests/faults/aftermath.h"

namespace shomei::test {
namespace {

using journal::CertificateState;
using journal::Phase;
namespace field = journal::field;

struct Reader {
  JournalTold& told;
  const journal::StoredEntry& stored;

  std::string act() const { return stored.entry.act.text(); }

  JournalTold::OfCertificate& of(const pki::SerialNumber& serial, std::string_view change) {
    auto& certificate = told.certificates[serial.hex()];
    certificate.changes.emplace_back(change);
    return certificate;
  }
  void take(const journal::AuthorityAdded&) {}
  void take(const journal::CrlPublished&) {}
  void take(const journal::SerialReserved& change) {
    if (told.certificates.contains(change.serial.hex())) told.twice.insert(change.serial.hex());
    of(change.serial, "reserved").act = act();
  }
  void take(const journal::CertificateIssued& change) {
    auto& certificate = of(change.serial, "issued");
    certificate.state = CertificateState::valid;
    certificate.digest = to_hex(change.certificate);
  }
  void take(const journal::CertificateRevoked& change) {
    of(change.serial, "revoked").state = CertificateState::revoked;
  }
  void take(const journal::CertificateSuspended& change) {
    of(change.serial, "suspended").state = CertificateState::suspended;
  }
  void take(const journal::CertificateRestored& change) {
    of(change.serial, "restored").state = CertificateState::valid;
  }

  // Of an entry that ends or goes on with an act that reserved a serial number.
  void take_phase() {
    for (auto& [serial, certificate] : told.certificates) {
      if (certificate.act != act()) continue;
      if (stored.entry.phase == Phase::written_off) certificate.state = CertificateState::written_off;
      if (stored.entry.phase == Phase::confirmation) certificate.delivered = true;
    }
  }

  void take_intent(const std::vector<journal::StatusChange>& changes, const journal::Fields& person) {
    const auto tbs = person.find(field::kTbsCertificate);
    if (tbs == person.end()) return;
    for (const auto& change : changes)
      if (const auto* reserved = std::get_if<journal::SerialReserved>(&change))
        told.intents[to_hex(crypto::sha256(tbs->second))].insert(reserved->serial.hex());
  }

  Result<void> read() {
    SHOMEI_TRY(const auto changes, journal::parse_status_part(stored.parts[0]->body));
    SHOMEI_TRY(const auto person, journal::parse_fields(stored.parts[1]->body));
    SHOMEI_TRY(const auto officer, journal::parse_fields(stored.parts[2]->body));
    for (const auto& change : changes) std::visit([this](const auto& c) { take(c); }, change);
    if (stored.entry.phase == Phase::intent) take_intent(changes, person);
    if (stored.entry.phase == Phase::written_off || stored.entry.phase == Phase::confirmation) take_phase();
    const auto request = journal::text(officer, field::kRequest);
    if (request.empty() || officer.contains(field::kRefusal)) return {};
    auto& of_request = told.requests[request];
    of_request.entries.push_back(stored.entry.sequence);
    of_request.act = act();
    return {};
  }
};

}  // namespace

JournalTold read_journal(journal::Rows& rows) {
  JournalTold told;
  journal::TreeEdge tree;
  const auto read = rows.each_entry(0, {true, true, true}, [&](const journal::StoredEntry& stored) {
    if (const auto taken = Reader{told, stored}.read(); !taken)
      told.broken.push_back("entry " + std::to_string(stored.entry.sequence) + ": " +
                            std::string(taken.error().code));
    tree.add(journal::leaf_hash(journal::encode_entry(stored.entry)));
    told.roots[tree.size()] = to_hex(tree.root());
    return true;
  });
  if (!read) told.broken.push_back("the entries cannot be read: " + std::string(read.error().code));
  return told;
}

}  // namespace shomei::test
