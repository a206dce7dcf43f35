// An office with everything behind it: a journal over a real store, both authorities with real keys, and a
// clock that the test moves. After each test every recorded decision is decided again, bit for bit, and the
// journal is verified.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "authority/ceremony.h"
#include "authority/issue.h"
#include "authority/serial.h"
#include "card/applet/chip.h"
#include "card/applet/chip_transport.h"
#include "counter/card_policy.h"
#include "counter/card_visit.h"
#include "counter/change_status.h"
#include "counter/import_register.h"
#include "counter/issue.h"
#include "counter/register_event.h"
#include "crossing/check.h"
#include "crypto/random.h"
#include "explain/decision_json.h"
#include "explain/replay.h"
#include "journal/verify.h"
#include "register/register_line.h"
#include "store/sqlite/engine.h"
#include "tests/support/dead_signer.h"
#include "tests/support/rsa_keys.h"
#include "tests/support/small_authority.h"

namespace shomei::test {

using pki::CertificateKind;
using pki::RevocationReason;
namespace field = journal::field;

inline const std::vector<CertificateKind> kBoth{CertificateKind::signature,
                                                CertificateKind::user_authentication};
inline const std::vector<CertificateKind> kSignature{CertificateKind::signature};
inline const std::vector<CertificateKind> kAuthentication{CertificateKind::user_authentication};

class MovableClock final : public Clock {
 public:
  InstantMs now_ms() const override { return at; }
  Instant at;
};

class KeptInMemory final : public card::applet::ChipStorage {
 public:
  Result<void> save(ByteView) override { return {}; }
};

inline card::applet::ChipState born_card(const issuer::Issuer& by, const CardId& id,
                                         card::CardKind kind = card::CardKind::standard) {
  using card::applet::Factory;
  auto made = *by.make_card(id, *parse_instant("2026-11-24T10:00:00+09:00"));
  auto state = card::applet::ChipState::born(
      kind, std::make_shared<const Factory>(Factory{std::move(made.keys), made.diversification,
                                                    std::move(made.attestation_key),
                                                    std::move(made.attestation_certificate)}));
  state.token_serial = made.token_serial;
  return state;
}

// A blank card in a terminal.
struct BlankCard {
  BlankCard(const issuer::Issuer& by, const CardId& id) : chip(born_card(by, id), storage) {}
  KeptInMemory storage;
  card::applet::Chip chip;
  card::applet::ChipTransport transport{chip};
};

// Whose cards all of these tests have.
struct CardMaking {
  std::unique_ptr<crypto::Signer> signer =
      crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ec_p256));
  issuer::Issuer issuer = *issuer::Issuer::open(
      SecretBytes(Bytes(issuer::kMasterKeyBytes, 0x4D)),
      *issuer::CardMaker::open(
          issuer::make_maker_certificate("SHOMEI-DEMO", *signer, *parse_instant("2026-01-01T10:00:00+09:00"))
              ->der,
          *signer));
  counter::CardPolicy policy{{issuer.maker().certificate()}, true, &issuer, {}};
};

struct Recorded {
  journal::Phase phase{};
  journal::Fields person, officer;

  std::string of(std::string_view name) const {
    return journal::text(person.contains(name) ? person : officer, name);
  }
  bool has(std::string_view name) const { return person.contains(name) || officer.contains(name); }
};

class SmallOffice : public testing::Test {
 protected:
  SmallOffice()
      : checkpoint_signer_(crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519))),
        engine_(store::SqliteEngine::open(folder_.path() / "store.sqlite", store::OpenMode::create).value()),
        journal_(*engine_, *checkpoint_signer_, clock_, "office.example") {
    go_to("2026-11-24T10:00:00+09:00");
    directory_.municipalities = {{"13225", "Tokyo-to", "Inagi-shi"},
                                 {"14104", "Kanagawa-ken", "Yokohama-shi-Naka-ku"}};
    const auto add = [&](const char* id, rules::OfficeKind kind, const char* municipality) {
      directory_.offices.push_back({*OfficeId::parse(id), kind, municipality, id, std::nullopt});
    };
    add("inagi-city-hall", rules::OfficeKind::city_hall, "13225");
    add("naka-ward-office", rules::OfficeKind::city_hall, "14104");
    add("kiosk-at-a-shop", rules::OfficeKind::kiosk, "13225");
    for (auto kind : kBoth) found(kind);
  }

  void TearDown() override {
    expect_every_decision_replays();
    const auto key = *journal::parse_verifier_key(
        journal::encode_verifier_key("office.example", checkpoint_signer_->public_key()));
    const auto report = *journal::verify_journal(*rows(), {key, std::nullopt});
    for (const auto& f : report.findings) ADD_FAILURE() << f.sequence << " " << f.code << ": " << f.detail;
    if (crosses_on_purpose_) return;
    const auto crossings = *crossing::check(*rows());
    for (const auto& f : crossings.findings)
      ADD_FAILURE() << f.sequence << " " << f.invariant << ": " << f.detail;
  }

  void go_to(std::string_view instant) { clock_.at = *parse_instant(instant); }
  std::unique_ptr<journal::Rows> rows() const { return *journal_.read(); }

  counter::Parts parts() {
    return {journal_,
            profile_,
            directory_,
            rules_,
            [this](CertificateKind kind) -> Result<const authority::Authority*> {
              if (before_authority_) before_authority_(kind);
              return &generation(kind).authority;
            },
            {},
            &cards_.policy};
  }
  static counter::Officer officer(std::string_view office = "inagi-city-hall") {
    return {"officer-7", *OfficeId::parse(office), crypto::ordered_identifier<RequestId>()};
  }

  using Story = std::function<void(residents::Resident&, residents::CardRecord&)>;
  // An ordinary citizen of Inagi with an active card, as the story changes them.
  ResidentId take_in(
      std::string_view id, const Story& story = [](auto&, auto&) {}) {
    residents::RegisterLine line;
    auto& r = line.resident;
    r.id = *ResidentId::parse(id);
    r.name = "見本　花子";
    r.address = "東京都稲城市東長沼２１１１番地";
    r.gender = residents::Gender::female;
    r.born = *parse_date("1990-01-02");
    r.municipality = r.registered_domicile = "13225";
    line.card.emplace();
    line.card->id = *CardId::parse("card-" + std::string(id));
    line.card->valid_until = *parse_date("2034-05-05");
    story(r, *line.card);
    EXPECT_TRUE(counter::import_register(parts(), officer(), {line}, [](std::size_t) {}));
    return r.id;
  }

  counter::IssueRequest request(const ResidentId& resident, std::vector<CertificateKind> kinds,
                                std::optional<rules::Ground> ground = {}) const {
    counter::IssueRequest request{officer(), resident, std::move(kinds), {}};
    request.application.ground = ground;
    return request;
  }

  // Decided as at the counter, and signed without a card: quick, for what is about other things than cards.
  journal::CertificateRecord certify(const ResidentId& resident, CertificateKind kind,
                                     std::optional<pki::SerialNumber> serial = {}) {
    const auto grants = *counter::decide_issue(parts(), request(resident, {kind}));
    auto record =
        *authority::issue(prepared(grants, serial), generation(kind).authority, order(grants), journal_);
    EXPECT_TRUE(authority::confirm_delivery(record, counter::officer_fields("issue", officer()), journal_));
    record.delivered = true;
    return record;
  }
  authority::LintedCertificate prepared(const counter::Grants& grants,
                                        std::optional<pki::SerialNumber> serial = {}) {
    const auto& [kind, decision, person] = grants.all().at(0);
    const auto& r = grants.holder().resident;
    const auto place = *directory_.municipality(r.municipality);
    return *authority::prepare(
        generation(kind).authority, profile_, decision,
        {{r.name, r.address, pki::GenderDigit::female, r.born}, place, authority::random_common_name(place)},
        new_key().public_key(), serial ? *serial : authority::random_serial());
  }
  authority::Order order(const counter::Grants& grants) const {
    authority::Order order;
    order.act = crypto::ordered_identifier<ActId>();
    order.resident = grants.holder().resident.id;
    order.card = grants.holder().card.id;
    order.office = grants.request().officer.office;
    order.partition = grants.holder().resident.municipality;
    order.person = grants.all().at(0).person;
    order.officer = counter::officer_fields("issue", grants.request().officer);
    order.request = journal::RequestRecord{grants.request().officer.request, order.act, {}, {}};
    return order;
  }

  // The whole way, onto a card.
  Result<std::vector<counter::Issued>> issue(const counter::Grants& grants) {
    BlankCard card(cards_.issuer, grants.holder().card.id);
    return issue(grants, card.transport);
  }
  Result<std::vector<counter::Issued>> issue(const counter::Grants& grants, card::Transport& card) {
    return issue(parts(), grants, card);
  }
  static Result<std::vector<counter::Issued>> issue(const counter::Parts& parts,
                                                    const counter::Grants& grants, card::Transport& card) {
    counter::CardVisit visit(parts, grants.request().officer, grants.request().resident);
    SHOMEI_TRY(auto open, counter::carry_out(visit, card, {.what = counter::Errand::What::open}));
    return counter::issue(parts, grants, pins(), {visit, card, std::move(open.card)});
  }
  // What a card of the resident says of a key that a test made.
  issuer::Attestation attestation(const ResidentId& resident, CertificateKind kind,
                                  const crypto::PublicKey& key, std::string_view challenge) const {
    const auto card = *issuer::SoftwareCard::make(cards_.issuer.maker(), card_of(resident).id, clock_.now());
    return *card.attest(counter::card_kind(kind), key, issuer::attestation_challenge(challenge));
  }

  static counter::CardPins pins() { return {SecretBytes::of_text("8351"), SecretBytes::of_text("HK7Q29")}; }

  Result<counter::EventReport> record(const ResidentId& resident, const residents::RegisterEvent& event,
                                      std::string_view office = "inagi-city-hall") {
    return counter::record_event(parts(), officer(office), resident, event);
  }
  Result<journal::CertificateRecord> revoke(const pki::SerialNumber& serial, counter::Application application,
                                            std::optional<RevocationReason> reason = {},
                                            std::string_view office = "inagi-city-hall") {
    return counter::revoke_certificate(parts(), {officer(office), serial, std::move(application), reason});
  }
  Result<journal::CertificateRecord> revoke(const pki::SerialNumber& serial,
                                            std::optional<rules::Ground> ground = {}) {
    return revoke(serial, counter::Application{.ground = ground});
  }

  // What the store says now.
  residents::Resident resident(const ResidentId& id) const { return **rows()->find_resident(id); }
  residents::CardRecord card_of(const ResidentId& id) const { return rows()->cards_of(id)->back(); }
  journal::CertificateRecord certificate(const pki::SerialNumber& serial,
                                         std::optional<CertificateKind> kind = {}) const {
    return kind ? *counter::find_certificate(*rows(), serial, kind)
                : rows()->find_certificates(serial)->at(0);
  }
  std::vector<CertificateKind> in_force(const ResidentId& id) const {
    std::vector<CertificateKind> kinds;
    const auto held = *rows()->certificates_of(id);
    for (const auto& c : held)
      if (c.state == journal::CertificateState::valid) kinds.push_back(c.kind);
    std::ranges::sort(kinds);
    return kinds;
  }
  std::uint64_t entries() const { return *rows()->journal_size(); }
  Recorded entry(std::uint64_t sequence) const {
    const auto stored = **rows()->find_entry(sequence);
    return {stored.entry.phase,
            stored.parts[1] ? *journal::parse_fields(stored.parts[1]->body) : journal::Fields{},
            *journal::parse_fields(stored.parts[2]->body)};
  }
  Recorded last_entry() const { return entry(entries() - 1); }
  std::vector<journal::StatusChange> last_changes() const {
    return *journal::parse_status_part((*rows()->find_entry(entries() - 1))->parts[0]->body);
  }

  // Another office has the card's state changed in the register.
  void set_card_state(const ResidentId& id, residents::CardState state) {
    auto card = card_of(id);
    card.state = state;
    auto transaction = *journal_.begin();
    ASSERT_TRUE(transaction.rows().update(card));
    ASSERT_TRUE(transaction.append({.act = crypto::ordered_identifier<ActId>()}));
    ASSERT_TRUE(transaction.commit());
  }
  void suspend(journal::CertificateRecord record) {
    record.state = journal::CertificateState::suspended;
    record.reason = RevocationReason::certificate_hold;
    record.revoked_at = clock_.now();
    auto transaction = *journal_.begin();
    ASSERT_TRUE(transaction.rows().update(record, journal::CertificateState::valid));
    ASSERT_TRUE(transaction.append(
        {.act = crypto::ordered_identifier<ActId>(),
         .status = {journal::CertificateSuspended{record.authority, record.serial, clock_.now()}}}));
    ASSERT_TRUE(transaction.commit());
  }

  struct Generation {
    std::unique_ptr<crypto::Signer> signer;
    journal::AuthorityRecord record;
    authority::Authority authority;
  };
  Generation& generation(CertificateKind kind) { return generations_.at(kind); }

  // Another each time: none is certified twice.
  const crypto::PrivateKey& new_key() { return rsa_key(keys_used_++); }

  // Called when a certificate of the kind is about to be decided or made: for what happens in the meantime.
  std::function<void(CertificateKind)> before_authority_;
  bool crosses_on_purpose_ = false;  // the test looks at what `journal check` finds itself
  CardMaking cards_;
  MovableClock clock_;
  counter::Directory directory_;
  rules::RuleSet rules_ = rules::current_rule_set();
  authority::Profile profile_;

 private:
  void found(CertificateKind kind) {
    auto signer = crypto::software_signer(new_key());
    const auto record = *authority::found_authority(profile_, kind, 1, *signer, journal_);
    auto opened = *authority::Authority::open(record, *signer);
    generations_.emplace(kind, Generation{std::move(signer), record, std::move(opened)});
  }

  // What was decided is decided again from what was recorded alone.
  void expect_every_decision_replays() const {
    for (std::uint64_t sequence = 0; sequence < entries(); ++sequence) {
      const auto recorded = entry(sequence);
      if (!recorded.has(field::kDecision)) continue;
      const auto replay = explain::read_replay(recorded.of(field::kFacts), recorded.of(field::kDecision),
                                               recorded.of(field::kRuleSettings));
      ASSERT_TRUE(replay) << sequence << ": " << replay.error().code;
      EXPECT_EQ(explain::encode_record(rules::decide(replay->rules, replay->act, replay->facts, replay->on)),
                recorded.of(field::kDecision))
          << "entry " << sequence;
    }
  }

  std::size_t keys_used_ = 0;
  TemporaryFolder folder_;

 protected:
  const std::filesystem::path& store_folder() const { return folder_.path(); }
  std::unique_ptr<crypto::Signer> checkpoint_signer_;
  std::unique_ptr<store::SqliteEngine> engine_;
  journal::Journal journal_;

 private:
  std::map<CertificateKind, Generation> generations_;
};

}  // namespace shomei::test
