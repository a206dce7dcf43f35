// A key is blocked once and for all; proofs of compromise, and the certificates of the key.
#include "counter/block_key.h"

#include <gmock/gmock.h>

#include "tests/counter/small_office.h"

namespace shomei::test {
namespace {

using journal::CertificateState;

class BlockKey : public SmallOffice {
 protected:
  static counter::BlockRequest blocking(const crypto::PublicKey& key, bool revoke = false) {
    return {.officer = officer(), .key = crypto::sha256(key.spki()), .cause = "reported", .revoke = revoke};
  }
  static counter::BlockRequest proven(const crypto::PrivateKey& by, const crypto::PublicKey& key) {
    auto request = blocking(key);
    request.public_key = key;
    request.proof = *by.sign(view(counter::compromise_statement(key)));
    return request;
  }
  std::string code_of(const counter::BlockRequest& request) {
    const auto count = entries();
    const auto blocked = counter::block_key(parts(), request);
    if (blocked) return "blocked";
    if (blocked.error().parameter("rule_id").empty()) EXPECT_EQ(entries(), count);
    return std::string(blocked.error().code);
  }
  const ResidentId id_ = take_in("hanako-1");
};

TEST_F(BlockKey, NothingIsIssuedForItAnyMore) {
  const auto grants = *counter::decide_issue(parts(), request(id_, kSignature));
  auto certificate = prepared(grants);
  const auto count = entries();
  const auto blocked = counter::block_key(parts(), blocking(certificate.tbs().key));
  ASSERT_TRUE(blocked) << blocked.error().code;
  EXPECT_TRUE(blocked->certificates.empty());
  EXPECT_EQ(entries(), count + 1);
  const auto said = last_entry();
  EXPECT_EQ(said.of(field::kAct), "block_key");
  EXPECT_EQ(said.of(field::kCause), "reported");
  EXPECT_EQ(said.of(field::kKey), to_hex_upper(crypto::sha256(certificate.tbs().key.spki())));
  EXPECT_FALSE(said.has(field::kProof)) << "the officer's word";
  const auto refused = authority::issue(
      std::move(certificate), generation(CertificateKind::signature).authority, order(grants), journal_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "key_blocked");
  EXPECT_EQ(refused.error().parameter("cause"), "reported");
}

TEST_F(BlockKey, TheSameRequestAgainIsAnsweredAndAnotherIsAConflict) {
  const auto key = new_key().public_key();
  const auto request = blocking(key);
  const auto first = *counter::block_key(parts(), request);
  const auto count = entries();
  const auto again = counter::block_key(parts(), request);
  ASSERT_TRUE(again) << again.error().code;
  EXPECT_EQ(again->blocked.act, first.blocked.act);
  EXPECT_EQ(entries(), count);
  EXPECT_EQ(code_of(blocking(key)), "key_blocked_already");
  auto other = request;
  other.cause = "something else";
  EXPECT_EQ(code_of(other), "request_differs");
  other = request;
  other.revoke = true;
  EXPECT_EQ(code_of(other), "request_differs");
}

TEST_F(BlockKey, ItsCertificateIsRevokedInTheSameTransactionWhenThatIsWanted) {
  const auto held = certify(id_, CertificateKind::signature);
  const auto key = pki::parse_certificate(held.der)->tbs.key;
  go_to("2026-11-25T14:00:00+09:00");
  const auto commits = journal_.commits();
  const auto blocked = counter::block_key(parts(), blocking(key, true));
  ASSERT_TRUE(blocked) << blocked.error().code;
  EXPECT_EQ(journal_.commits(), commits + 1);
  ASSERT_EQ(blocked->certificates.size(), 1U);
  const auto record = certificate(held.serial);
  EXPECT_EQ(record.state, CertificateState::revoked);
  EXPECT_EQ(record.reason, RevocationReason::key_compromise);
  EXPECT_EQ(last_entry().of(field::kAct), "revoke");
  EXPECT_EQ(last_entry().of(field::kCause), "reported");
  EXPECT_EQ(last_entry().of(field::kResident), id_.text());
  EXPECT_EQ(entry(entries() - 2).of(field::kAct), "block_key");
  EXPECT_FALSE(entry(entries() - 2).has(field::kResident)) << "a key is nobody's";
}

TEST_F(BlockKey, WithoutThatItsCertificateStaysAndIsShown) {
  const auto held = certify(id_, CertificateKind::signature);
  const auto blocked = *counter::block_key(parts(), blocking(pki::parse_certificate(held.der)->tbs.key));
  ASSERT_EQ(blocked.certificates.size(), 1U);
  EXPECT_EQ(blocked.certificates[0].state, CertificateState::valid);
  EXPECT_EQ(certificate(held.serial).state, CertificateState::valid);
}

TEST_F(BlockKey, WhatTheRulesRefuseBlocksNothing) {
  const auto held = certify(id_, CertificateKind::signature);
  auto request = blocking(pki::parse_certificate(held.der)->tbs.key, true);
  request.officer = officer("kiosk-at-a-shop");
  const auto count = entries();
  EXPECT_EQ(code_of(request), "office_not_competent");
  EXPECT_EQ(entries(), count + 1) << "the trace";
  EXPECT_EQ(counter::find_blocked(*rows(), request.key).error().code, "key_not_blocked");
  EXPECT_EQ(certificate(held.serial).state, CertificateState::valid);
}

TEST_F(BlockKey, AProofIsOfTheKeyItselfOverItsOwnStatement) {
  for (const auto type : {crypto::KeyType::rsa_2048, crypto::KeyType::ec_p256, crypto::KeyType::ec_p384}) {
    const auto leaked = crypto::PrivateKey::generate(type), other = crypto::PrivateKey::generate(type);
    const auto& key = leaked.public_key();
    EXPECT_EQ(code_of(proven(other, key)), "compromise_unproven") << "another key's";
    auto request = proven(leaked, key);
    request.proof = *leaked.sign(view(counter::compromise_statement(other.public_key())));
    EXPECT_EQ(code_of(request), "compromise_unproven") << "over another statement";
    request = proven(leaked, key);
    request.key = crypto::sha256(other.public_key().spki());
    EXPECT_EQ(code_of(request), "compromise_unproven") << "for another key than it says";
    request = proven(leaked, key);
    request.public_key.reset();
    EXPECT_EQ(code_of(request), "compromise_unproven") << "of no key";
    request = proven(leaked, key);
    request.proof.back() ^= 1;
    EXPECT_EQ(code_of(request), "compromise_unproven");
    EXPECT_EQ(code_of(proven(leaked, key)), "blocked");
    const auto said = last_entry();
    const auto kept = *crypto::PublicKey::parse(*from_base64(said.of(field::kPublicKey)));
    EXPECT_TRUE(kept.verify(crypto::algorithm_of(type), view(counter::compromise_statement(kept)),
                            *from_base64(said.of(field::kProof))))
        << "what is kept proves it again";
  }
}

TEST_F(BlockKey, ACauseIsALineOfText) {
  const auto key = new_key().public_key();
  for (const auto& cause : {std::string(), std::string("two\nlines"), std::string(201, 'x'),
                            std::string("\xff"), std::string("a\u009b")}) {
    auto request = blocking(key);
    request.cause = cause;
    EXPECT_EQ(code_of(request), "cause_form") << cause;
  }
}

}  // namespace
}  // namespace shomei::test
