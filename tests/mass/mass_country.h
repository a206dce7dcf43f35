// A journal over a real store with certificates of two small authorities in it, and the parts of mass acts
// beside it. After each test the journal is verified.
#pragma once

#include <gtest/gtest.h>

#include <map>

#include "crypto/private_key.h"
#include "crypto/random.h"
#include "journal/verify.h"
#include "mass/carry_out.h"
#include "mass/fix.h"
#include "store/memory/engine.h"
#include "store/sqlite/engine.h"
#include "tests/support/small_authority.h"

namespace shomei::test {

using journal::CertificateState;
using mass::Verb;

struct InMemory {
  store::MemoryStore store;
  std::unique_ptr<journal::Engine> engine = std::make_unique<store::MemoryEngine>(store);
};
struct InSqlite {
  TemporaryFolder folder;
  std::unique_ptr<journal::Engine> engine =
      store::SqliteEngine::open(folder.path() / "store.sqlite", store::OpenMode::create).value();
};

class StandingClock final : public Clock {
 public:
  InstantMs now_ms() const override { return InstantMs{at}; }
  Instant at = *parse_instant("2027-01-05T10:00:00+09:00");
};

// Signs checkpoints, and at the wanted one the power goes: nothing of that commit is there.
struct PowerCut {};
class CutSigner final : public crypto::Signer {
 public:
  explicit CutSigner(crypto::Signer& alive) : alive_(alive) {}
  const crypto::PublicKey& public_key() const override { return alive_.public_key(); }
  Result<Bytes> sign(ByteView message) override {
    if (cut_after && (*cut_after)-- == 0) throw PowerCut();
    return alive_.sign(message);
  }
  std::optional<int> cut_after;

 private:
  crypto::Signer& alive_;
};

template <class Store>
class MassCountry : public testing::Test {
 public:
  MassCountry() {
    directory_.municipalities = {{"13225", "Tokyo-to", "Inagi-shi"}};
    directory_.offices.push_back(
        {*OfficeId::parse("inagi-city-hall"), rules::OfficeKind::city_hall, "13225", "Inagi", std::nullopt});
    for (auto& authority : authorities_) found(authority);
  }

  void TearDown() override {
    const auto key = *journal::parse_verifier_key(
        journal::encode_verifier_key("mass.example", checkpoint_key_->public_key()));
    const auto report = *journal::verify_journal(*rows(), {key, std::nullopt});
    for (const auto& f : report.findings) ADD_FAILURE() << f.sequence << " " << f.code << ": " << f.detail;
  }

  std::unique_ptr<journal::Rows> rows() { return *store_.engine->begin(journal::Access::read); }

  void found(const SmallAuthority& authority) {
    auto transaction = *journal_->begin();
    const auto certificate = *pki::parse_certificate(authority.certificate());
    const bool signature = authority.name() == "signature-1";
    ASSERT_TRUE(transaction.rows().insert(journal::AuthorityRecord{
        authority.name(),
        signature ? pki::CertificateKind::signature : pki::CertificateKind::user_authentication, 1,
        space_of(authority), authority.certificate()}));
    ASSERT_TRUE(transaction.append(authority.added(crypto::ordered_identifier<ActId>())));
    ASSERT_TRUE(transaction.commit());
  }
  static std::string space_of(const SmallAuthority& authority) { return "space of " + authority.name(); }

  // The next certificate of the authority, as `story` changes its row.
  using Story = std::function<void(journal::CertificateRecord&)>;
  journal::CertificateRecord issue(
      std::size_t authority, const Story& story = [](auto&) {}) {
    const auto& by = authorities_[authority];
    const auto serial = *pki::SerialNumber::of_magnitude(ByteArray<2>{0x10, ++last_serial_});
    const auto certificate = by.sign(serial);
    journal::CertificateRecord record;
    record.serial_space = space_of(by);
    record.authority = by.name();
    record.kind =
        authority == 0 ? pki::CertificateKind::signature : pki::CertificateKind::user_authentication;
    record.serial = serial;
    record.resident = *ResidentId::parse("resident-" + std::to_string(last_serial_));
    record.card = *CardId::parse("card-number-" + std::to_string(last_serial_));
    record.office = *OfficeId::parse("inagi-city-hall");
    record.partition = "13225";
    record.act = crypto::ordered_identifier<ActId>();
    record.not_before = certificate.tbs.not_before;
    record.not_after = certificate.tbs.not_after;
    record.key = crypto::sha256(certificate.tbs.key.spki());
    record.state = CertificateState::valid;
    record.delivered = true;
    record.der = certificate.der;
    story(record);
    auto transaction = series_ ? *series_->begin() : *journal_->begin();
    EXPECT_TRUE(transaction.rows().insert(record));
    EXPECT_TRUE(transaction.append(by.intent(record.act, serial)));
    EXPECT_TRUE(transaction.append(by.result(record.act, certificate)));
    EXPECT_TRUE(transaction.commit());
    return record;
  }
  // In one commit.
  void issue_many(int count) {
    auto series = journal_->series();
    series_ = &series;
    for (int i = 0; i < count; ++i) issue(i % 2);
    series_ = nullptr;
    EXPECT_TRUE(series.commit());
  }

  // Somebody at a counter was faster.
  void move(const journal::CertificateRecord& of, CertificateState to) {
    auto transaction = *journal_->begin();
    auto record = of;
    record.state = to;
    record.revoked_at = clock_.now();
    record.reason = pki::RevocationReason::superseded;
    ASSERT_TRUE(transaction.rows().update(record, of.state));
    journal::Draft draft{.act = crypto::ordered_identifier<ActId>()};
    if (to == CertificateState::revoked)
      draft.status = {journal::CertificateRevoked{of.authority, of.serial, clock_.now(), *record.reason, {}}};
    else
      draft.status = {journal::CertificateSuspended{of.authority, of.serial, clock_.now()}};
    ASSERT_TRUE(transaction.append(draft));
    ASSERT_TRUE(transaction.commit());
  }

  mass::Parts parts() {
    return {.counter = {*journal_, profile_, directory_, rules_,
                        [](auto) -> Result<const authority::Authority*> {
                          return not_found("authority_unknown");
                        }},
            .folder = {folder_.path() / "mass"}};
  }
  static counter::Officer officer() {
    return {"registrar", *OfficeId::parse("inagi-city-hall"), crypto::ordered_identifier<RequestId>()};
  }
  static counter::Officer proven(const std::string& name) {
    auto one = officer();
    one.name = name;
    one.credential = crypto::sha256(to_bytes("certificate of " + name));
    return one;
  }
  void appoint_registrar(const std::string& name) {
    const officers::Credential credential{*proven(name).credential,
                                          crypto::sha256(to_bytes("key of " + name)),
                                          clock_.at + std::chrono::hours{24}};
    auto transaction = *journal_->begin();
    ASSERT_TRUE(officers::appoint(transaction,
                                  {name, officers::Roles{officers::Role::registrar}, {}, {credential}},
                                  officers::fields_of("", officer())));
    ASSERT_TRUE(transaction.commit());
  }
  static mass::Wish wish(Verb verb = Verb::revoke,
                         std::string_view query = R"({"offices":["inagi-city-hall"]})") {
    mass::Wish wish{.verb = verb, .query = *mass::parse_query(query), .officer = officer()};
    if (verb == Verb::revoke) wish.ground = rules::Ground::office_fault;
    return wish;
  }

  // Where officers are required: the act, who wanted it, and why not, of the journal's last entry.
  std::string last_refusal() {
    auto reading = rows();
    const auto stored = **reading->find_entry(*reading->journal_size() - 1);
    const auto said = *journal::parse_fields(stored.parts[2]->body);
    const auto of = [&](std::string_view name) { return journal::text(said, name); };
    return of(journal::field::kAct) + " " + of(journal::field::kActor) + " " + of(journal::field::kRefusal);
  }

  std::map<std::string, int> states() {
    std::map<std::string, int> counts;
    EXPECT_TRUE(rows()->each_issued([&](const auto& c) {
      ++counts[std::string(journal::name(c.state))];
      return true;
    }));
    return counts;
  }
  // How often the journal says that a certificate ends or is held, by its number.
  std::map<std::string, int> ends() {
    std::map<std::string, int> counts;
    EXPECT_TRUE(rows()->each_entry(0, {true, false, false}, [&](const journal::StoredEntry& stored) {
      const auto changes = *journal::parse_status_part(stored.parts[0]->body);
      for (const auto& change : changes) {
        if (const auto* revoked = std::get_if<journal::CertificateRevoked>(&change))
          ++counts[revoked->authority + " " + revoked->serial.hex()];
        if (const auto* held = std::get_if<journal::CertificateSuspended>(&change))
          ++counts[held->authority + " " + held->serial.hex()];
      }
      return true;
    }));
    return counts;
  }
  std::vector<journal::Phase> phases(const ActId& act) {
    std::vector<journal::Phase> phases;
    auto reading = rows();
    const auto sequences = *reading->entries_of_act(act);
    for (const auto sequence : sequences) phases.push_back((*reading->find_entry(sequence))->entry.phase);
    return phases;
  }

  TemporaryFolder folder_;
  StandingClock clock_;
  Store store_;
  std::unique_ptr<crypto::Signer> checkpoint_key_ =
      crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519));
  CutSigner checkpoint_signer_{*checkpoint_key_};
  std::unique_ptr<journal::Journal> journal_ =
      std::make_unique<journal::Journal>(*store_.engine, checkpoint_signer_, clock_, "mass.example");
  authority::Profile profile_;
  counter::Directory directory_;
  rules::RuleSet rules_ = rules::current_rule_set();
  std::vector<SmallAuthority> authorities_ = [] {
    std::vector<SmallAuthority> two;
    two.emplace_back("signature-1", "Signatures", crypto::PrivateKey::generate(crypto::KeyType::ec_p256));
    two.emplace_back("user_authentication-1", "Users",
                     crypto::PrivateKey::generate(crypto::KeyType::ec_p256));
    return two;
  }();
  std::uint8_t last_serial_ = 0;
  journal::Series* series_ = nullptr;  // while many are issued
};

using Stores = testing::Types<InMemory, InSqlite>;

}  // namespace shomei::test
