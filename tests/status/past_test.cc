// Statements about the past over a journal: what is collected, what is withheld, and what of a document that
// was bent is refused by which check.
#include <gtest/gtest.h>

#include "status/past/jws.h"
#include "tests/status/past_country.h"

namespace shomei::status {
namespace {

const CertificateName kOne{"signature-1", serial("0A0B0C0D0E0F")};
const CertificateName kOther{"signature-1", serial("1A1B1C1D1E1F")};

class PastTest : public testing::Test {
 protected:
  // Issued at 10, held from 20 to 30, revoked at 50 with effect from 40, in one entry with the other one.
  PastTest() {
    const auto at = PastCountry::second;
    const auto record = [&](int s, std::vector<journal::StatusChange> changes) {
      country_.clock_.at = at(s);
      country_.record(std::move(changes));
    };
    record(10, {PastCountry::issue(kOne)});
    record(11, {PastCountry::issue(kOther)});
    record(20, {journal::CertificateSuspended{"signature-1", kOne.serial, at(20)}});
    record(30, {journal::CertificateRestored{"signature-1", kOne.serial, at(30)}});
    const auto reason = pki::RevocationReason::affiliation_changed;
    record(50, {journal::CertificateRevoked{"signature-1", kOne.serial, at(40), reason, std::nullopt},
                journal::CertificateRevoked{"signature-1", kOther.serial, at(40), reason, std::nullopt}});
    country_.clock_.at = at(60);
  }

  Statement good() { return country_.statement(kOne, PastCountry::second(45)); }
  // The check by which it is refused; "" when it holds, else the code.
  std::string refusal(std::string_view text) {
    const auto checked = check_statement(text, country_.key_);
    if (checked) return "";
    const auto& error = checked.error();
    return std::string(error.code == "status_at_wrong" ? error.parameter("check") : error.code);
  }
  std::string refusal(const std::function<void(Statement&)>& bend) {
    auto statement = good();
    bend(statement);
    return refusal(encode_statement(statement));
  }

  PastCountry country_;
};

TEST_F(PastTest, SaysWhatIsKnownNowAndWhatWasKnownThen) {
  const auto checked = check_statement(country_.sign(good()) + "\n", country_.key_).value();
  EXPECT_EQ(checked.statement.now().state, PastState::revoked);
  EXPECT_EQ(checked.statement.now().since, PastCountry::second(40));
  EXPECT_EQ(checked.statement.then().state, PastState::valid);
  EXPECT_EQ(checked.statement.changes.size(), 4U);
  EXPECT_EQ(checked.checkpoint.size, 7U);
  EXPECT_TRUE(checked.signer.has_value());
  EXPECT_EQ(checked.authority.der, country_.authorities_.at("signature-1").certificate_der());
  EXPECT_TRUE(checked.withheld.empty());
  EXPECT_FALSE(check_statement(encode_statement(good()), country_.key_)->signer.has_value());
}

TEST_F(PastTest, WhatNobodyIssuedIsUnknownAndThatIsProvenAsFarAsItCanBe) {
  const auto statement = country_.statement({"signature-1", serial("99")}, PastCountry::second(45));
  EXPECT_EQ(statement.proof.entries.size(), 1U) << "the authority's";
  EXPECT_EQ(refusal(country_.sign(statement)), "");
  EXPECT_EQ(walk_life(*country_.rows(), {"signature-9", kOne.serial}).error().code, "authority_unknown");
  EXPECT_TRUE(walk_life(*country_.rows(), {"signature-2", kOne.serial})->changes.empty())
      << "the other generation has not issued it";
}

TEST_F(PastTest, AnInstantToComeIsNotAnswered) {
  const auto rows = country_.rows();
  const auto life = *walk_life(*rows, kOne);
  const auto ask = [&](int s) {
    return make_statement(*rows, life, {kOne, PastCountry::second(s)}, country_.clock_, country_.key_,
                          Disclosure::all_parts);
  };
  EXPECT_TRUE(ask(60));
  EXPECT_EQ(ask(61).error().code, "instant_to_come");
  country_.clock_.at = PastCountry::second(0);
  EXPECT_TRUE(ask(50)) << "the clock came back; the journal's last entry is of then";
  EXPECT_EQ(ask(51).error().code, "instant_to_come");
}

TEST_F(PastTest, APartThatTellsOfAnotherCertificateIsWithheld) {
  const auto statement = country_.statement(kOne, PastCountry::second(45), Disclosure::own_parts);
  const auto checked = check_statement(country_.sign(statement), country_.key_).value();
  EXPECT_EQ(checked.withheld, std::vector<std::uint64_t>{6});
  EXPECT_EQ(checked.statement.now().state, PastState::revoked) << "by the word of who signed";
  const auto other = to_text(kOther.serial.encode());
  for (const auto& entry : statement.proof.entries)
    if (entry.parts[0]) EXPECT_EQ(to_text(entry.parts[0]->body).find(other), std::string::npos);
}

TEST_F(PastTest, EveryCutAndEveryBentByteIsRefused) {
  for (const auto& text : {country_.sign(good()), encode_statement(good())}) {
    ASSERT_EQ(refusal(text), "");
    for (std::size_t n = 0; n < text.size(); n += 13) EXPECT_NE(refusal(text.substr(0, n)), "") << n;
    auto bent = text;
    // What an unsigned one says of when it was made nobody vouches for.
    const auto free = text.find("\"produced_at\":\"");
    for (std::size_t n = 0; n < text.size(); n += 3) {
      if (free != std::string::npos && free <= n && n < free + 42) continue;
      bent[n] = static_cast<char>(bent[n] ^ 1);
      EXPECT_NE(refusal(bent), "") << n << " of " << text.size() << ": " << text.substr(n, 20);
      bent[n] = text[n];
    }
  }
}

TEST_F(PastTest, ProofsThatWereBentAreRefusedByTheirCheck) {
  EXPECT_EQ(refusal([](Statement&) {}), "");
  EXPECT_EQ(refusal([](Statement& s) { s.proof.key = "past.example+00000000+AQ=="; }), "key");
  EXPECT_EQ(refusal([](Statement& s) { s.proof.checkpoint[0] = 'q'; }), "checkpoint");
  EXPECT_EQ(refusal([](Statement& s) { std::swap(s.proof.entries[1].parts, s.proof.entries[2].parts); }),
            "proof");
  EXPECT_EQ(refusal([](Statement& s) { std::swap(s.proof.entries[1], s.proof.entries[2]); }), "proof");
  EXPECT_EQ(refusal([](Statement& s) { s.proof.entries[1].inclusion[0][0] ^= 1; }), "proof");
  EXPECT_EQ(refusal([](Statement& s) { s.proof.entries[1].parts[0]->salt[0] ^= 1; }), "proof");
  EXPECT_EQ(refusal([](Statement& s) { s.proof.entries.pop_back(); }), "proof");
  EXPECT_EQ(refusal([](Statement& s) { s.changes.pop_back(); }), "proof") << "an entry that nothing asks for";
  EXPECT_EQ(refusal([](Statement& s) { s.proof.entries.erase(s.proof.entries.begin()); }), "authority");
  EXPECT_EQ(refusal([](Statement& s) { s.proof.entries[0].parts[0].reset(); }), "authority");
}

TEST_F(PastTest, AnswersThatDoNotFollowFromTheEntriesAreRefusedByTheirCheck) {
  EXPECT_EQ(refusal([](Statement& s) { s.changes[3].from += std::chrono::seconds(9); }), "changes");
  EXPECT_EQ(refusal([](Statement& s) { s.changes[3].reason = pki::RevocationReason::superseded; }),
            "changes");
  EXPECT_EQ(refusal([](Statement& s) { s.changes[1].recorded_at += std::chrono::milliseconds(1); }),
            "changes");
  EXPECT_EQ(refusal([](Statement& s) { std::swap(s.changes[1], s.changes[2]); }), "changes");
  EXPECT_EQ(refusal([](Statement& s) { s.changes.push_back(s.changes[3]); }), "changes") << "told twice";
  EXPECT_EQ(refusal([](Statement& s) { s.certificate = kOther; }), "changes");
  EXPECT_EQ(refusal([](Statement& s) { s.at = PastCountry::second(61); }), "time");
  EXPECT_EQ(refusal([](Statement& s) { s.produced_at = PastCountry::second(49); }), "time");
  auto lie = encode_statement(good());
  lie.replace(lie.find("\"good\":false"), 12, "\"good\":true");
  EXPECT_EQ(refusal(lie), "status_at_form");
}

TEST_F(PastTest, WhoMayNotSignIsRefusedByTheirCheck) {
  const auto statement = good();
  const auto& own = country_.delegates_.at("signature-1");
  const auto& other = country_.delegates_.at("signature-2");
  const auto text = encode_statement(statement);
  EXPECT_EQ(refusal(country_.sign(statement, "signature-2")), "responder") << "of the same issuer's name";
  EXPECT_EQ(refusal(*sign_jws(text, kStatementType, own.certificate_der, *other.signer)), "signature");
  EXPECT_EQ(refusal(*sign_jws(text, "another-type", own.certificate_der, *own.signer)), "signature");
  const auto plain = country_.authorities_.at("signature-1")
                         .sign(country_.authorities_.at("signature-1").name(), own.signer->public_key(), {});
  EXPECT_EQ(refusal(*sign_jws(text, kStatementType, plain, *own.signer)), "responder");
  EXPECT_EQ(sign_statement(statement, *own.signer, other.certificate_der).error().code,
            "status_delegate_unfit");
  const auto old = country_.authorities_.at("signature-1").delegate("2026-11-22T00:00:59Z");
  EXPECT_EQ(sign_statement(statement, *old.signer, old.certificate_der).error().code,
            "status_delegate_out_of_days");
  EXPECT_EQ(refusal(*sign_jws(text, kStatementType, old.certificate_der, *old.signer)), "responder");
}

TEST_F(PastTest, TheAuthorityMustBeTheOneThatTheCallerHas) {
  const auto text = country_.sign(good());
  const auto check = [&](const char* name) {
    return check_statement(text, country_.key_, country_.authorities_.at(name).certificate_der());
  };
  EXPECT_TRUE(check("signature-1"));
  EXPECT_EQ(check("signature-2").error().parameter("check"), "authority");
}

TEST_F(PastTest, ACertificateWithTooManyChangesIsNotAnswered) {
  std::vector<journal::StatusChange> part;
  for (std::size_t i = 0; i < kChangesMax; ++i)
    part.push_back(journal::CertificateSuspended{"signature-1", kOne.serial, PastCountry::second(1)});
  country_.record(part);
  EXPECT_EQ(walk_life(*country_.rows(), kOne).error().code, "life_too_long");
}

// The certificate's row leads to the entries; where they do not end as the row says, the journal is walked.
TEST_F(PastTest, TheRowFindsWhatTheWalkFinds) {
  const auto holder = *ResidentId::parse("resident-one");
  journal::CertificateRecord record;
  record.authority = "signature-1";
  record.serial = serial("2A2B2C");
  record.resident = holder;
  record.state = journal::CertificateState::suspended;
  record.revoked_at = PastCountry::second(55);
  const CertificateName of{record.authority, record.serial};
  country_.record({PastCountry::issue(of)}, holder);
  const journal::StatusChange hold =
      journal::CertificateSuspended{of.authority, of.serial, PastCountry::second(55)};
  const auto of_another = country_.record({hold});
  const auto found = find_life(*country_.rows(), record).value();
  ASSERT_EQ(found.changes.size(), 2U) << "that the entry is about nobody hides nothing";
  EXPECT_EQ(found.changes[1].sequence, of_another);
  EXPECT_EQ(found.changes, walk_life(*country_.rows(), of)->changes);
  EXPECT_EQ(found.founded, 0U);
}

}  // namespace
}  // namespace shomei::status
