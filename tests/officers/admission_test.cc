// Who may do what, over a journal: appointments, credentials, roles, offices, agreement, broken glass.
#include "officers/admission.h"

#include <gtest/gtest.h>

#include "crypto/random.h"
#include "officers/books.h"
#include "store/memory/engine.h"
#include "tests/support/small_authority.h"

namespace shomei::test {
namespace {

using namespace officers;
namespace field = journal::field;

class MovableClock final : public Clock {
 public:
  InstantMs now_ms() const override { return at; }
  Instant at = *parse_instant("2026-11-24T10:00:00+09:00");
};

crypto::Sha256 certificate_of(std::string_view officer) {
  return crypto::sha256(to_bytes("certificate of " + std::string(officer)));
}

crypto::Sha256 key_of(std::string_view officer) {
  return crypto::sha256(to_bytes("key of " + std::string(officer)));
}

class AdmissionTest : public testing::Test {
 protected:
  AdmissionTest()
      : signer_(crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519))),
        engine_(store_),
        journal_(engine_, *signer_, clock_, "officers.example") {
    appoint_one("key-1", Roles{Role::key_officer}, {});
    appoint_one("key-2", Roles{Role::key_officer}, {});
    appoint_one("boss", Roles{Role::supervisor}, {"inagi-city-hall"});
    appoint_one("sato", Roles{Role::counter_clerk}, {"inagi-city-hall"});
    appoint_one("reg-1", Roles{Role::registrar}, {});
    appoint_one("reg-2", Roles{Role::registrar}, {});
    appoint_one("eye", Roles{Role::auditor}, {});
  }

  void appoint_one(const std::string& name, Roles roles, const std::vector<const char*>& offices) {
    appoint_with(name, roles, offices, key_of(name));
  }
  void appoint_with(const std::string& name, Roles roles, const std::vector<const char*>& offices,
                    const crypto::Sha256& key) {
    Appointment appointment{
        name, roles, {}, {{certificate_of(name), key, clock_.at + std::chrono::hours{24 * 365}}}};
    for (const auto* office : offices) appointment.offices.push_back(*OfficeId::parse(office));
    put(appointment, "key-1");
  }
  void put(const Appointment& appointment, const std::string& by) {
    auto transaction = *journal_.begin();
    ASSERT_TRUE(appoint(transaction, appointment, fields_of("", proven(by))));
    ASSERT_TRUE(transaction.commit());
  }
  void let_go(const std::string& name) {
    auto transaction = *journal_.begin();
    ASSERT_TRUE(dismiss(transaction, name, fields_of("", proven("key-1"))));
    ASSERT_TRUE(transaction.commit());
  }

  static Officer proven(const std::string& name, const char* office = "inagi-city-hall") {
    return {.name = name,
            .office = *OfficeId::parse(office),
            .request = crypto::ordered_identifier<RequestId>(),
            .credential = certificate_of(name)};
  }
  Admission admission(Settings settings = {}) const {
    settings.required = true;
    return {std::move(settings), journal_};
  }
  static std::string code(const auto& result) { return result ? "" : std::string(result.error().code); }
  std::string admitted(std::string_view act, const Officer& officer) const {
    return code(admission().admit(act, officer));
  }
  std::string last(std::string_view name) const {
    const auto rows = *journal_.read();
    const auto stored = **rows->find_entry(*rows->journal_size() - 1);
    return journal::text(*journal::parse_fields(stored.parts[2]->body), name);
  }
  std::uint64_t entries() const { return *(*journal_.read())->journal_size(); }

  const crypto::Sha256 content_ = crypto::sha256(to_bytes("revoke all of generation 1"));
  MovableClock clock_;
  std::unique_ptr<crypto::Signer> signer_;
  store::MemoryStore store_;
  store::MemoryEngine engine_;
  journal::Journal journal_;
};

TEST_F(AdmissionTest, RolesAndOfficesAndCredentialsAreHeldAgainstTheTable) {
  EXPECT_EQ(admitted("issue", proven("sato")), "");
  EXPECT_EQ(admitted("issue", proven("sato", "naka-ward-office")), "office_out_of_reach");
  EXPECT_EQ(admitted("issue", proven("eye")), "role_lacks_act");
  EXPECT_EQ(admitted("issue", proven("nobody")), "officer_not_appointed");
  EXPECT_EQ(admitted("fly", proven("key-1")), "role_lacks_act");
  EXPECT_EQ(admitted("mass_revoke", proven("reg-1")), "");
  EXPECT_EQ(admitted("mass_revoke", proven("boss")), "role_lacks_act");
  appoint_one("local", Roles{Role::registrar}, {"inagi-city-hall"});
  EXPECT_EQ(admitted("mass_revoke", proven("local")), "office_out_of_reach");

  auto unproven = proven("sato");
  unproven.credential.reset();
  EXPECT_EQ(admitted("issue", unproven), "officer_unproven");
  auto borrowed = proven("sato");
  borrowed.credential = certificate_of("boss");
  EXPECT_EQ(admitted("issue", borrowed), "credential_unknown");
  clock_.at += std::chrono::hours{24 * 366};
  EXPECT_EQ(admitted("issue", proven("sato")), "credential_expired");
}

TEST_F(AdmissionTest, EveryRefusalIsRecordedWithWhoAndWhatAndThatOfStrangersOnlySoOften) {
  const auto before = entries();
  EXPECT_EQ(admitted("issue", proven("eye")), "role_lacks_act");
  ASSERT_EQ(entries(), before + 1);
  EXPECT_EQ(last(field::kActor), "eye");
  EXPECT_EQ(last(field::kAct), "issue");
  EXPECT_EQ(last(field::kRefusal), "role_lacks_act");
  EXPECT_EQ(last(field::kCredential), to_hex_upper(certificate_of("eye")));
  const auto admission = this->admission();
  const auto at_first = entries();
  for (int i = 0; i < 100; ++i)
    EXPECT_EQ(code(admission.admit("issue", proven("stranger"))), "officer_not_appointed");
  EXPECT_EQ(entries(), at_first + 60);
}

TEST_F(AdmissionTest, WhoIsDismissedOrAppointedOtherwiseIsThatAtOnce) {
  let_go("sato");
  EXPECT_EQ(admitted("issue", proven("sato")), "officer_not_appointed");
  appoint_one("sato", Roles{Role::auditor}, {});
  EXPECT_EQ(admitted("issue", proven("sato")), "role_lacks_act");
  auto transaction = *journal_.begin();
  EXPECT_EQ(code(dismiss(transaction, "nobody", {})), "officer_unknown");
}

TEST_F(AdmissionTest, TheListHasThoseWhoStandInTheirOrder) {
  let_go("boss");
  const auto all = *list_appointments(**journal_.read());
  std::string names;
  for (const auto& one : all) names += one.name + " ";
  EXPECT_EQ(names, "key-1 key-2 sato reg-1 reg-2 eye ");
}

TEST_F(AdmissionTest, TwoOthersMustAgreeToExactlyThisInTime) {
  const auto admission = this->admission();
  const auto officer = proven("reg-1");
  const auto asks = [&](const Officer& who, const crypto::Sha256& content) {
    return code(admission.expect_agreed("mass_revoke", who, content, "generation 1"));
  };
  EXPECT_EQ(asks(officer, content_), "approval_needed");
  EXPECT_EQ(last(field::kProposed), "mass_revoke");
  EXPECT_EQ(asks(officer, content_), "approval_missing");
  const auto agree = [&](const Officer& who) { return code(admission.approve(who, officer.request)); };
  EXPECT_EQ(agree(proven("reg-1")), "own_proposal");
  EXPECT_EQ(agree(proven("sato")), "role_lacks_act");
  EXPECT_EQ(agree(proven("boss")), "office_out_of_reach") << "the act reaches further than a city hall";
  EXPECT_EQ(agree(proven("eye")), "role_lacks_act");
  EXPECT_EQ(agree(proven("reg-2")), "");
  EXPECT_EQ(agree(proven("reg-2")), "approved_already");
  EXPECT_EQ(asks(officer, content_), "approval_missing");
  EXPECT_EQ(agree(proven("key-1")), "");
  EXPECT_EQ(asks(officer, content_), "");
  EXPECT_EQ(asks(officer, crypto::sha256(to_bytes("something else"))), "request_differs");
  auto other = proven("key-2");
  other.request = officer.request;
  EXPECT_EQ(asks(other, content_), "proposal_of_another");
  EXPECT_EQ(code(admission.approve(proven("key-2"), crypto::ordered_identifier<RequestId>())),
            "proposal_unknown");
}

TEST_F(AdmissionTest, AgreementComesTooLateAndLapses) {
  const auto admission = this->admission({.proposals_live = std::chrono::hours{2}});
  const auto officer = proven("reg-1");
  EXPECT_EQ(code(admission.expect_agreed("mass_notify", officer, content_, "")), "approval_needed");
  clock_.at += std::chrono::hours{1};
  EXPECT_EQ(code(admission.approve(proven("reg-2"), officer.request)), "");
  EXPECT_EQ(code(admission.expect_agreed("mass_notify", officer, content_, "")), "");
  clock_.at += std::chrono::hours{1};
  EXPECT_EQ(code(admission.expect_agreed("mass_notify", officer, content_, "")), "proposal_expired");
  EXPECT_EQ(code(admission.approve(proven("key-1"), officer.request)), "proposal_expired");
}

TEST_F(AdmissionTest, AnOfficeAgreesToAnExceptionOfItsOwn) {
  appoint_one("far", Roles{Role::supervisor}, {"naka-ward-office"});
  const auto admission = this->admission();
  const auto officer = proven("sato");
  EXPECT_EQ(code(admission.expect_agreed("exception", officer, content_, "")), "approval_needed");
  EXPECT_EQ(code(admission.approve(proven("far", "naka-ward-office"), officer.request)),
            "office_out_of_reach");
  EXPECT_EQ(code(admission.approve(proven("boss"), officer.request)), "");
  EXPECT_EQ(code(admission.expect_agreed("exception", officer, content_, "")), "");
}

// One person with one key has two names and two certificates, and one word.
TEST_F(AdmissionTest, OneKeyIsOnePersonUnderWhateverName) {
  appoint_with("twin", Roles{Role::key_officer}, {}, key_of("reg-1"));
  appoint_with("reg-2b", Roles{Role::registrar}, {}, key_of("reg-2"));
  const auto admission = this->admission();
  const auto officer = proven("reg-1");
  const auto agree = [&](const std::string& who) {
    return code(admission.approve(proven(who), officer.request));
  };
  EXPECT_EQ(code(admission.expect_agreed("mass_revoke", officer, content_, "")), "approval_needed");
  EXPECT_EQ(last(field::kKey), to_hex_upper(key_of("reg-1")));
  EXPECT_EQ(agree("twin"), "own_proposal");
  EXPECT_EQ(last(field::kActor), "twin");
  EXPECT_EQ(last(field::kRefusal), "own_proposal");
  EXPECT_EQ(agree("reg-2"), "");
  EXPECT_EQ(last(field::kKey), to_hex_upper(key_of("reg-2")));
  EXPECT_EQ(agree("reg-2b"), "approved_already");
  let_go("reg-1");
  EXPECT_EQ(agree("twin"), "own_proposal") << "the proposal says by which key it was made";
  appoint_with("reg-1", Roles{Role::registrar}, {}, key_of("another"));
  appoint_with("third", Roles{Role::registrar}, {}, key_of("another"));
  EXPECT_EQ(agree("third"), "own_proposal") << "and by which others it could be";
  EXPECT_EQ((*find_proposal(**journal_.read(), officer.request))->approvers.size(), 1U);
}

// An entry that says an approval which approve() would not have taken.
TEST_F(AdmissionTest, AWordByTheProposersKeyDoesNotCountHoweverItGotThere) {
  const auto admission = this->admission();
  const auto officer = proven("reg-1");
  EXPECT_EQ(code(admission.expect_agreed("mass_notify", officer, content_, "")), "approval_needed");
  const auto put_word = [&](const std::string& name, const crypto::Sha256& key) {
    auto fields = fields_of("approve", proven(name));
    say(fields, field::kKey, to_hex_upper(key));
    auto transaction = *journal_.begin();
    ASSERT_TRUE(transaction.append({.act = crypto::ordered_identifier<ActId>(),
                                    .officer = fields,
                                    .about = book_of_proposal(officer.request.text())}));
    ASSERT_TRUE(transaction.commit());
  };
  put_word("twin", key_of("reg-1"));
  EXPECT_EQ(code(admission.expect_agreed("mass_notify", officer, content_, "")), "approval_missing");
  put_word("other", key_of("other"));
  EXPECT_EQ(code(admission.expect_agreed("mass_notify", officer, content_, "")), "");
}

// A supervisor could make a clerk of a second key, and agree to what that clerk asks.
TEST_F(AdmissionTest, WhoHasAppointedAClerkAloneIsNotTheSecondOfficerForThatClerk) {
  put({"ito",
       Roles{Role::counter_clerk},
       {*OfficeId::parse("inagi-city-hall")},
       {{certificate_of("ito"), key_of("ito"), clock_.at + std::chrono::hours{1}}}},
      "boss");
  appoint_one("boss-2", Roles{Role::supervisor}, {"inagi-city-hall"});
  const auto admission = this->admission();
  const auto officer = proven("ito");
  EXPECT_EQ(code(admission.expect_agreed("exception", officer, content_, "")), "approval_needed");
  EXPECT_EQ(code(admission.approve(proven("boss"), officer.request)), "own_clerk");
  EXPECT_EQ(last(field::kRefusal), "own_clerk");
  let_go("ito");
  EXPECT_EQ(code(admission.approve(proven("boss"), officer.request)), "officer_not_appointed")
      << "nor while the clerk is dismissed, to be appointed again";
  put({"ito",
       Roles{Role::counter_clerk},
       {*OfficeId::parse("inagi-city-hall")},
       {{certificate_of("ito"), key_of("ito"), clock_.at + std::chrono::hours{1}}}},
      "boss");
  EXPECT_EQ(code(admission.approve(proven("boss-2"), officer.request)), "");
  const auto by_reg_1 = proven("reg-1");
  EXPECT_EQ(code(admission.expect_agreed("mass_notify", by_reg_1, content_, "")), "approval_needed");
  EXPECT_EQ(code(admission.approve(proven("key-1"), by_reg_1.request)), "") << "who is no clerk";
}

TEST_F(AdmissionTest, WhatOneProposedAndAnotherDoesIsRefusedToWhoDoesIt) {
  const auto admission = this->admission();
  const auto proposer = proven("reg-1");
  auto doer = proven("reg-2");
  doer.request = proposer.request;
  const auto asks = [&] {
    return code(admission.expect_agreed("mass_notify", proposer, content_, "", doer));
  };
  EXPECT_EQ(asks(), "approval_missing") << "nobody proposes in another's name";
  EXPECT_EQ(last(field::kActor), "reg-2");
  EXPECT_EQ(last(field::kRefusal), "approval_missing");
  EXPECT_EQ(code(admission.expect_agreed("mass_notify", proposer, content_, "")), "approval_needed");
  EXPECT_EQ(asks(), "approval_missing");
  EXPECT_EQ(last(field::kActor), "reg-2");
  EXPECT_EQ(last(field::kCredential), to_hex_upper(certificate_of("reg-2")));
  ASSERT_TRUE(admission.approve(proven("reg-2"), proposer.request));
  EXPECT_EQ(asks(), "");
}

TEST_F(AdmissionTest, TheSettingsSayHowManyAndRaisingItCountsAtOnce) {
  const auto one = admission({.approvals = {{"mass_revoke", 1}}});
  const auto officer = proven("reg-1");
  EXPECT_EQ(code(one.expect_agreed("mass_revoke", officer, content_, "")), "approval_needed");
  EXPECT_EQ(code(one.approve(proven("reg-2"), officer.request)), "");
  EXPECT_EQ(code(one.expect_agreed("mass_revoke", officer, content_, "")), "");
  EXPECT_EQ(code(admission().expect_agreed("mass_revoke", officer, content_, "")), "approval_missing");
  const auto none = admission({.approvals = {{"mass_revoke", 0}}});
  EXPECT_EQ(code(none.expect_agreed("mass_revoke", proven("reg-1"), content_, "")), "");
}

TEST_F(AdmissionTest, BrokenGlassLetsThroughAndIsSeenUntilAnAuditorHasLooked) {
  auto officer = proven("sato");
  officer.credential.reset();
  officer.break_glass = "the operations authority does not answer";
  const auto before = entries();
  EXPECT_EQ(admitted("mass_revoke", officer), "");
  EXPECT_EQ(admitted("mass_revoke", officer), "") << "one entry for one request";
  EXPECT_EQ(entries(), before + 1);
  EXPECT_EQ(code(admission().expect_agreed("mass_revoke", officer, content_, "")), "");
  auto open = *unacknowledged(**journal_.read());
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].officer, "sato");
  EXPECT_EQ(open[0].what, "mass_revoke");
  EXPECT_EQ(open[0].why, officer.break_glass);
  auto transaction = *journal_.begin();
  ASSERT_TRUE(acknowledge(transaction, open[0].act, fields_of("acknowledge", proven("eye"))));
  EXPECT_EQ(code(acknowledge(transaction, open[0].act, {})), "glass_unknown");
  ASSERT_TRUE(transaction.commit());
  EXPECT_TRUE(unacknowledged(**journal_.read())->empty());
}

TEST_F(AdmissionTest, BrokenGlassStandsNeitherForTheWordOfAnotherNorForAnAuditors) {
  const auto admission = this->admission();
  const auto officer = proven("reg-1");
  EXPECT_EQ(code(admission.expect_agreed("mass_revoke", officer, content_, "")), "approval_needed");
  auto nobody = proven("suzuki");
  nobody.credential.reset();
  nobody.break_glass = "I say so";
  EXPECT_EQ(code(admission.approve(nobody, officer.request)), "officer_not_appointed");
  EXPECT_EQ(admitted("acknowledge", nobody), "officer_not_appointed");
  EXPECT_TRUE((*find_proposal(**journal_.read(), officer.request))->approvers.empty());
}

TEST_F(AdmissionTest, GlassThatAnAuditorHasLookedIntoIsBrokenAnew) {
  auto officer = proven("sato");
  officer.break_glass = "nobody answers";
  EXPECT_EQ(admitted("erase_person", officer), "");
  auto transaction = *journal_.begin();
  const auto open = *unacknowledged(transaction.rows());
  ASSERT_EQ(open.size(), 1U);
  ASSERT_TRUE(acknowledge(transaction, open[0].act, fields_of("acknowledge", proven("eye"))));
  ASSERT_TRUE(transaction.commit());
  EXPECT_EQ(admitted("erase_person", officer), "");
  EXPECT_EQ(unacknowledged(**journal_.read())->size(), 1U);
  officer.name = "another";
  EXPECT_EQ(admitted("erase_person", officer), "");
  EXPECT_EQ(unacknowledged(**journal_.read())->size(), 2U) << "another officer under the same request";
}

TEST_F(AdmissionTest, AnEntryThatCannotBeReadAppointsNobody) {
  auto transaction = *journal_.begin();
  ASSERT_TRUE(transaction.append({.act = crypto::ordered_identifier<ActId>(),
                                  .officer = {{"officer", to_bytes("sato")}, {"roles", to_bytes("king")}},
                                  .about = book_of_officer("sato")}));
  ASSERT_TRUE(transaction.commit());
  EXPECT_EQ(admitted("issue", proven("sato")), "part_form");
}

TEST(Founding, TheFirstOfficerAppointsThemselvesAndTheSecondNeedsNoThird) {
  const MovableClock clock;
  const auto signer = crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519));
  store::MemoryStore store;
  store::MemoryEngine engine(store);
  const journal::Journal journal(engine, *signer, clock, "officers.example");
  const Admission admission({.required = true}, journal);
  Officer first{.name = "key-1",
                .office = *OfficeId::parse("inagi-city-hall"),
                .request = crypto::ordered_identifier<RequestId>()};
  EXPECT_FALSE(admission.admit("issue", first)) << "nobody but for the first appointment";
  EXPECT_TRUE(admission.admit("appoint_officer", first));
  EXPECT_TRUE(admission.expect_agreed("appoint_officer", first, {}, ""));
  auto transaction = *journal.begin();
  ASSERT_TRUE(appoint(transaction,
                      {"key-1",
                       Roles{Role::key_officer},
                       {},
                       {{certificate_of("key-1"), key_of("key-1"), clock.at + std::chrono::hours{1}}}},
                      fields_of("", first)));
  ASSERT_TRUE(transaction.commit());
  EXPECT_FALSE(admission.admit("appoint_officer", first)) << "from now on with a certificate";
  first.credential = certificate_of("key-1");
  EXPECT_TRUE(admission.admit("appoint_officer", first));
  EXPECT_TRUE(admission.expect_agreed("appoint_officer", first, {}, "")) << "nobody could agree";
}

TEST(Appointments, AreReadAsTheyWereWritten) {
  Appointment appointment{"sato", Roles{Role::counter_clerk, Role::supervisor}, {}, {}};
  appointment.offices = {*OfficeId::parse("inagi-city-hall"), *OfficeId::parse("naka-ward-office")};
  appointment.credentials.push_back(
      {certificate_of("a"), key_of("a"), *parse_instant("2027-01-01T00:00:00Z")});
  appointment.credentials.push_back({certificate_of("b"), key_of("b"), *parse_instant("2028-01-01T00:00:00Z"),
                                     "user_authentication-1", *pki::SerialNumber::parse_hex("0AFF")});
  EXPECT_EQ(*parse_appointment(encode_appointment(appointment)), appointment);
  EXPECT_EQ(journal::text(encode_appointment(appointment), "credentials"),
            to_hex_upper(certificate_of("a")) + " " + to_hex_upper(key_of("a")) + " 2027-01-01T00:00:00Z\n" +
                to_hex_upper(certificate_of("b")) + " " + to_hex_upper(key_of("b")) +
                " 2028-01-01T00:00:00Z user_authentication-1 0AFF");
  auto broken = encode_appointment(appointment);
  const auto digest = to_hex_upper(certificate_of("a"));
  for (const auto& line : {digest + " 2027-01-01T00:00:00Z", digest + " AB 2027-01-01T00:00:00Z",
                           "AB " + digest + " 2027-01-01T00:00:00Z"}) {
    broken.insert_or_assign("credentials", to_bytes(line));
    const auto parsed = parse_appointment(broken);
    ASSERT_FALSE(parsed) << line;
    EXPECT_EQ(parsed.error().code, "part_form") << line;
  }
  broken = encode_appointment(appointment);
  broken.insert_or_assign("offices", Bytes{});
  EXPECT_FALSE(parse_appointment(broken)) << "nowhere is not everywhere";
}

}  // namespace
}  // namespace shomei::test
