// COMPUTE DIGITAL SIGNATURE: which bytes are signed, under which scheme, by which key (jpki-facts 1.5).
#include <gtest/gtest.h>

#include "card/applet/test_card.h"
#include "card/applet/test_signatures.h"
#include "card/instruction.h"
#include "card/scheme.h"
#include "crypto/random.h"

namespace shomei::card::applet {
namespace {

TEST(Sign, PadsWhatItIsGivenIntoOneAnswer) {
  TestCard card;
  card.expect({{kSelectJpki, "9000"}, {"002000980434373131", "9000"}, {"00a4020c020017", "9000"}});
  for (const std::size_t size : {1U, 32U, 51U, 244U, 245U}) {
    const Bytes input(size, 0x5A);
    const auto answer = card.ask({0x80, ins::kComputeSignature, 0, 0x80, input, 256});
    EXPECT_EQ(answer.word, sw::kDone) << size;
    EXPECT_EQ(answer.data, test_key(kAuth).sign_padded(input).value()) << size;
  }
  EXPECT_EQ(card.ask({0x80, ins::kComputeSignature, 0, 0x80, Bytes(246, 1), 256}).word, sw::kWrongLength);
  EXPECT_EQ(card.ask({0x80, ins::kComputeSignature, 0, 0x80, {}, 256}).word, sw::kWrongLength);
  EXPECT_EQ(card.ask({0x80, ins::kComputeSignature, 0, 0x80, Bytes(51, 1), {}}).word, sw::kWrongLength);
  EXPECT_EQ(card.ask({0x80, ins::kComputeSignature, 0, 0x80, Bytes(51, 1), 255}).word, sw::kWrongLength);
  for (const std::uint8_t scheme : Bytes{6, 7, 0x80, 0x9E, 0xFF})
    EXPECT_EQ(card.ask({0x80, ins::kComputeSignature, scheme, 0x80, Bytes(32), 256}).word,
              sw::kWrongParameters);
}

TEST(Sign, GivesASignatureThatVerifies) {
  TestCard card;
  card.expect({{kSelectJpki, "9000"}, {"0020009b085158375a50324b44", "9000"}});
  const auto digest = crypto::sha256(view("a contract"));
  const Bytes input = concatenate({from_hex("3031300d060960864801650304020105000420").value(), digest});
  const auto answer = card.ask({0x80, ins::kComputeSignature, 0, 0x9A, input, 256});
  const auto& key = test_key(kSign).public_key();
  EXPECT_TRUE(key.verify(crypto::SignatureAlgorithm::rsa_pkcs1_sha256, view("a contract"), answer.data));
  EXPECT_FALSE(key.verify(crypto::SignatureAlgorithm::rsa_pkcs1_sha256, view("another"), answer.data));
}

constexpr std::uint8_t kAuthKey = 0x97;
constexpr std::uint8_t kSignKey = 0x9A;

Command signing(Scheme scheme, ByteView input, std::uint8_t key = kAuthKey) {
  return {0x80, ins::kComputeSignature, static_cast<std::uint8_t>(scheme), key, input, 256};
}

Bytes signature_of(TestCard& card, Scheme scheme, ByteView input, StatusWord expected = sw::kDone) {
  auto answer = card.ask(signing(scheme, input));
  EXPECT_EQ(answer.word, expected) << static_cast<int>(scheme) << " " << input.size();
  return answer.data;
}

TEST(Sign, MakesOfTheInputWhatTheSchemeSays) {
  TestCard card;
  card.expect({{kSelectJpki, "9000"}, {"002000980434373131", "9000"}});
  const Bytes message = to_bytes(view("a message of any length, which the card hashes itself"));
  const auto digest = crypto::sha256(message);
  const auto& key = test_key(kAuth);
  const auto with_info = key.sign(message).value();
  EXPECT_EQ(signature_of(card, Scheme::pad_digest_of, message), key.sign_padded(digest).value());
  EXPECT_EQ(signature_of(card, Scheme::digest_info, digest), with_info);
  EXPECT_EQ(signature_of(card, Scheme::digest_info_of, message), with_info);
  for (const auto scheme : {Scheme::digest_info, Scheme::pss_digest})
    for (const std::size_t size : {1U, 31U, 33U}) signature_of(card, scheme, Bytes(size), sw::kWrongLength);
}

// Both PINs are proved, so that either key would sign.
void prove_both(TestCard& card) {
  card.expect(
      {{kSelectJpki, "9000"}, {"002000980434373131", "9000"}, {"0020009b085158375a50324b44", "9000"}});
}

Kind other(Kind kind) {
  return kind == kSign ? kAuth : kSign;
}

TEST(Sign, MakesPssSignaturesOfTheKeyThatWasNamed) {
  TestCard card;
  prove_both(card);
  const Bytes message = to_bytes(view("a message of any length, which the card hashes itself"));
  const auto digest = crypto::sha256(message);
  for (const Kind kind : kKinds) {
    const std::uint8_t reference = kind == kSign ? kSignKey : kAuthKey;
    const auto& key = test_key(kind).public_key();
    const auto& not_the_key = test_key(other(kind)).public_key();
    const auto of_digest = card.ask(signing(Scheme::pss_digest, digest, reference)).data;
    const auto of_message = card.ask(signing(Scheme::pss_digest_of, message, reference)).data;
    for (const auto& signature : {of_digest, of_message}) {
      EXPECT_TRUE(crypto::verify_pss(key, message, signature));
      EXPECT_FALSE(crypto::verify_pss(key, digest, signature)) << "hashed twice";
      EXPECT_FALSE(crypto::verify_pss(not_the_key, message, signature));
    }
    EXPECT_NE(of_digest, card.ask(signing(Scheme::pss_digest, digest, reference)).data) << "a new salt";
  }
}

constexpr Scheme kSchemes[] = {Scheme::pad_as_given,   Scheme::pad_digest_of, Scheme::digest_info,
                               Scheme::digest_info_of, Scheme::pss_digest,    Scheme::pss_digest_of};

TEST(Sign, SignaturesAreToldApartByKeyInputAndScheme) {
  TestCard card;
  prove_both(card);
  const Bytes input = crypto::random_bytes(32);  // every scheme takes so many
  const Bytes another = crypto::random_bytes(32);
  const auto& key = test_key(kAuth).public_key();
  for (const auto scheme : kSchemes) {
    const auto signature = signature_of(card, scheme, input);
    for (const auto said : kSchemes)
      EXPECT_EQ(can_be_of(key, signing(said, input), signature), said == scheme) << int(scheme) << int(said);
    EXPECT_FALSE(can_be_of(key, signing(scheme, another), signature)) << int(scheme);
    EXPECT_FALSE(can_be_of(test_key(kSign).public_key(), signing(scheme, input), signature)) << int(scheme);
    Bytes bent = signature;
    bent.back() ^= 1;
    EXPECT_FALSE(can_be_of(key, signing(scheme, input), bent)) << int(scheme);
  }
}

TEST(NextGeneration, SignsWithP384) {
  TestCard card(next_generation_state());
  card.expect({{kSelectJpki, "9000"}, {"002000980434373131", "9000"}});
  const Bytes message = to_bytes(view("a contract"));
  const auto holds = [&](Kind kind, ByteView both) {
    const auto& key = card.chip.state().of(kind).key->public_key();
    return both.size() == 96 &&
           key.verify(crypto::SignatureAlgorithm::ecdsa_sha384, message, in_der(both)).has_value();
  };
  const auto verifies = [&](ByteView both) { return holds(kAuth, both) && !holds(kSign, both); };
  for (int round = 0; round < 20; ++round) {  // numbers with leading zeros among them, now and then
    EXPECT_TRUE(verifies(signature_of(card, Scheme::pad_as_given, crypto::sha384(message))));
    EXPECT_TRUE(verifies(signature_of(card, Scheme::digest_info, crypto::sha384(message))));
    EXPECT_TRUE(verifies(signature_of(card, Scheme::digest_info_of, message)));
  }
  signature_of(card, Scheme::digest_info, crypto::sha256(message), sw::kWrongLength);
  for (const std::size_t size : {1U, 32U, 47U, 49U})
    signature_of(card, Scheme::pad_as_given, Bytes(size), sw::kWrongLength);
  signature_of(card, Scheme::pss_digest, crypto::sha256(message), sw::kWrongParameters);
  signature_of(card, Scheme::pss_digest_of, message, sw::kWrongParameters);
  signature_of(card, Scheme::pad_digest_of, message, sw::kWrongParameters);
}

TEST(Sign, FindsNoDefaultKeyOfTheCardFace) {
  TestCard card;
  card.expect({{"00a4040c0ad3921000310001010402", "9000"},
               {"802a0000010100", "6a88"},
               {kSelectJpki, "9000"},
               {"802a0000010100", "6a86"}});
}

}  // namespace
}  // namespace shomei::card::applet
