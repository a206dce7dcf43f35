// What makes a card's word about its key believed, and everything that does not.
#include "issuer/attestation.h"

#include <gtest/gtest.h>

#include "card/attestation.h"

namespace shomei::issuer {
namespace {

using card::Kind;
using crypto::KeyType;
using crypto::PrivateKey;

const Instant kBegan = *parse_instant("2026-11-24T10:00:00+09:00");

struct Maker {
  std::unique_ptr<crypto::Signer> signer = crypto::software_signer(PrivateKey::generate(KeyType::ec_p256));
  CardMaker authority =
      *CardMaker::open(make_maker_certificate("SHOMEI-DEMO", *signer, kBegan)->der, *signer);
};

class AttestationTest : public testing::Test {
 protected:
  std::string code(const Attestation& evidence, Kind kind = Kind::signature) const {
    const auto serial = verify_attestation(evidence, kind, key_.public_key(), challenge_, makers_);
    return serial ? "holds" : std::string(serial.error().code);
  }

  const CardId id_ = *CardId::parse("card-hanako-1");
  const Maker maker_;
  const std::vector<pki::Certificate> makers_{maker_.authority.certificate()};
  const SoftwareCard card_ = *SoftwareCard::make(maker_.authority, id_, kBegan);
  const PrivateKey key_ = PrivateKey::generate(KeyType::ec_p384);
  const crypto::Sha256 challenge_ = attestation_challenge("request-1");
  const Attestation evidence_ = *card_.attest(Kind::signature, key_.public_key(), challenge_);
};

TEST_F(AttestationTest, TellsWhichCardMadeTheKey) {
  const auto serial = verify_attestation(evidence_, Kind::signature, key_.public_key(), challenge_, makers_);
  ASSERT_TRUE(serial) << serial.error().code;
  EXPECT_EQ(*serial, token_serial_of(id_));
  EXPECT_NE(*serial, token_serial_of(*CardId::parse("card-hanako-2")));
  for (const auto digit : *serial) EXPECT_TRUE(digit >= '0' && digit <= '9');
}

TEST_F(AttestationTest, IsOfOneKeyKindAndChallenge) {
  EXPECT_EQ(code(evidence_, Kind::user_authentication), "attestation_wrong");
  const auto other = PrivateKey::generate(KeyType::ec_p384);
  EXPECT_EQ(
      verify_attestation(evidence_, Kind::signature, other.public_key(), challenge_, makers_).error().code,
      "attestation_wrong");
  EXPECT_EQ(verify_attestation(evidence_, Kind::signature, key_.public_key(),
                               attestation_challenge("request-2"), makers_)
                .error()
                .code,
            "attestation_wrong");
}

TEST_F(AttestationTest, IsBelievedOfAKnownMakerAlone) {
  const Maker another;  // of the same name
  const auto foreign = *SoftwareCard::make(another.authority, id_, kBegan);
  EXPECT_EQ(code(*foreign.attest(Kind::signature, key_.public_key(), challenge_)),
            "attestation_maker_unknown");
  const auto nobody = verify_attestation(evidence_, Kind::signature, key_.public_key(), challenge_, {});
  EXPECT_EQ(nobody.error().code, "attestation_maker_unknown");
}

// Who holds no card but the word of another card cannot say it under a certificate of the first.
TEST_F(AttestationTest, AnotherCardsCertificateDoesNotFit) {
  const auto second = *SoftwareCard::make(maker_.authority, *CardId::parse("card-taro-001"), kBegan);
  Attestation mixed = evidence_;
  mixed.certificate = second.attest(Kind::signature, key_.public_key(), challenge_)->certificate;
  EXPECT_EQ(code(mixed), "attestation_wrong");
}

TEST_F(AttestationTest, TheMakerItselfIsNoCard) {
  const auto serial = token_serial_of(id_);
  const auto statement = card::attestation_statement({.token_serial = serial,
                                                      .file = card::key_file(Kind::signature),
                                                      .challenge = challenge_,
                                                      .spki = key_.public_key().spki()});
  EXPECT_EQ(code({maker_.authority.certificate().der, *maker_.signer->sign(statement)}), "attestation_form");
}

TEST_F(AttestationTest, NothingThatIsCutOrBentIsBelieved) {
  for (std::size_t i = 0; i < evidence_.signature.size(); ++i) {
    auto cut = evidence_, bent = evidence_;
    cut.signature.resize(i);
    bent.signature[i] ^= 0x01;
    EXPECT_NE(code(cut), "holds") << i;
    EXPECT_NE(code(bent), "holds") << i;
  }
  for (std::size_t i = 0; i < evidence_.certificate.size(); ++i) {
    auto cut = evidence_, bent = evidence_;
    cut.certificate.resize(i);
    bent.certificate[i] ^= 0x01;
    EXPECT_NE(code(cut), "holds") << i;
    EXPECT_NE(code(bent), "holds") << i;
  }
  Attestation endless = evidence_;
  endless.signature.resize(100'000);
  EXPECT_EQ(code(endless), "attestation_form");
}

}  // namespace
}  // namespace shomei::issuer
