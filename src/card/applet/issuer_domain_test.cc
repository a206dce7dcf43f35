// The issuer at one end of the channel, the chip at the other: docs/formats/card-issuer.md.
#include <gtest/gtest.h>

#include "card/applet/test_issuer.h"
#include "card/attestation.h"

namespace shomei::card::applet {
namespace {

TEST(IssuerDomain, MakesAWholeCard) {
  IssuerAndCard both(IssuerAndCard::born());
  both.open();
  const Bytes challenge(16, 0xC4);
  for (const Kind kind : kKinds) {
    ASSERT_EQ(both.generate(kind, challenge).word, sw::kDone);
    EXPECT_FALSE(both.state().of(kind).key);
    const auto key = both.state().of(kind).pending_key->public_key();
    const Bytes info = request_info(key);
    const auto request = both.sign_with_pending(kind, info);
    EXPECT_TRUE(key.verify(crypto::SignatureAlgorithm::rsa_pkcs1_sha256, info, request.data));
    EXPECT_EQ(both.write(ApplicationId::jpki, certificate_file(kind), certificate_for(key)), sw::kDone);
    EXPECT_EQ(both.write(ApplicationId::jpki, authority_file(kind), test_certificate(900, 2)), sw::kDone);
    EXPECT_EQ(both.state().of(kind).key->public_key().spki(), key.spki());
  }
  EXPECT_EQ(both.send(ins::kSetStatus, 0, 1).word, sw::kConditions);  // there are no PINs
  for (const Kind kind : kKinds)
    EXPECT_EQ(both.open_pin(ApplicationId::jpki, pin_file(kind)).word, sw::kDone);
  both.card.expect({{kSelectJpki, "9000"},
                    {"0024019804343731"
                     "31",
                     "9000"},
                    {"0024019b085158375a50324b44", "9000"}});
  both.open();
  EXPECT_EQ(both.send(ins::kSetStatus, 0, 1).word, sw::kDone);
  both.card.chip.reset();
  both.card.expect({{kSelectJpki, "9000"},
                    {"00b0880003", "8f8f009000"},
                    {"002000980434373131", "9000"},
                    {"802a0097010100", "*9000"}});
  EXPECT_EQ(to_bytes(encode_state(both.state()).reveal()), both.card.storage.saved);
}

TEST(IssuerDomain, AttestsTheKeyThatItMade) {
  IssuerAndCard both(IssuerAndCard::born());
  both.open();
  const Bytes challenge = crypto::random_bytes(32);
  const auto answer = both.generate(kAuth, challenge);
  const auto& key = both.state().of(kAuth).pending_key->public_key();
  const std::string hex = to_hex(answer.data);
  ASSERT_TRUE(hex.starts_with("7f49"));
  EXPECT_NE(hex.find(to_hex(key.modulus())), std::string::npos);
  const auto at = hex.rfind("5f37");
  ASSERT_NE(at, std::string::npos);
  const Bytes signature = from_hex(hex.substr(at + 6)).value();
  const auto statement = attestation_statement({.token_serial = both.state().token_serial,
                                                .application = ApplicationId::jpki,
                                                .file = key_file(kAuth),
                                                .challenge = challenge,
                                                .spki = key.spki()});
  const auto& attesting = test_factory()->attestation_key.public_key();
  EXPECT_TRUE(attesting.verify(crypto::SignatureAlgorithm::ecdsa_sha256, statement, signature));
  for (const std::size_t size : {0U, 15U, 33U})
    EXPECT_EQ(both.generate(kAuth, Bytes(size, 1)).word, sw::kWrongData) << size;
}

// A contract that the waiting key had signed would be the citizen's once the certificate comes.
TEST(IssuerDomain, SignsARequestForTheWaitingKeyAndNothingElse) {
  auto state = complete_state();
  state.factory = test_factory();
  static const auto kWaiting = crypto::PrivateKey::generate(crypto::KeyType::rsa_2048);
  state.of(kAuth).pending_key = kWaiting;
  IssuerAndCard both(state);
  both.open();
  const Bytes info = request_info(kWaiting.public_key());
  ASSERT_EQ(both.sign_with_pending(kAuth, info).word, sw::kDone);
  const Bytes spki = kWaiting.public_key().spki();
  const Bytes empty = der::encode(der::kSequence, {});
  const Bytes attributes = der::encode(der::context_constructed(0), {});
  const Bytes others[] = {
      to_bytes(view("a contract")),
      spki,
      request_info(test_key(kAuth).public_key()),  // the key in use
      concatenate({info, Bytes{0}}),
      to_bytes(ByteView(info).first(info.size() - 1)),
      der::sequence({der::integer(1), empty, spki, attributes}),
      der::sequence({empty, spki, attributes}),
      der::sequence({der::integer(0), der::octet_string(view("a contract")), spki, attributes}),
      der::sequence({der::integer(0), empty, spki}),
      der::sequence({der::integer(0), empty, spki, empty}),
      der::sequence({der::integer(0), empty, spki, attributes, empty}),
  };
  for (const auto& other : others) {
    const auto answer = both.sign_with_pending(kAuth, other);
    EXPECT_EQ(answer.word, sw::kWrongData) << to_hex(other);
    EXPECT_TRUE(answer.data.empty());
  }
  EXPECT_EQ(both.sign_with_pending(kSign, info).word, sw::kReferenceNotFound);
}

TEST(IssuerDomain, KeepsTheOldKeyUntilTheNewCertificateComes) {
  auto state = complete_state();
  state.factory = test_factory();
  IssuerAndCard both(state);
  both.open();
  const auto old_key = both.state().of(kAuth).key->public_key().spki();
  const auto old_certificate = both.state().of(kAuth).certificate;
  ASSERT_EQ(both.generate(kAuth, Bytes(16, 1)).word, sw::kDone);
  const auto key = both.state().of(kAuth).pending_key->public_key();
  const auto other = crypto::PrivateKey::generate(crypto::KeyType::rsa_2048).public_key();
  EXPECT_EQ(both.write(ApplicationId::jpki, 0x000A, certificate_for(other)), sw::kWrongData);
  EXPECT_EQ(both.write(ApplicationId::jpki, 0x000A, Bytes(400, 0x30)), sw::kWrongData);
  EXPECT_EQ(both.state().of(kAuth).key->public_key().spki(), old_key);
  EXPECT_EQ(both.state().of(kAuth).certificate, old_certificate);
  EXPECT_EQ(both.write(ApplicationId::jpki, 0x000A, certificate_for(key)), sw::kDone);
  EXPECT_EQ(both.state().of(kAuth).key->public_key().spki(), key.spki());
  EXPECT_FALSE(both.state().of(kAuth).pending_key);
}

TEST(IssuerDomain, OpensOneSettingOfANewPinAndSeesNone) {
  auto state = complete_state();
  state.factory = test_factory();
  state.pin(PinId::user_authentication)->tries_left = 0;
  IssuerAndCard both(state);
  both.open();
  ASSERT_EQ(both.open_pin(ApplicationId::jpki, pin_file(kAuth)).word, sw::kDone);
  both.card.expect({{kSelectJpki, "9000"},
                    {"00200098", "63c0"},
                    {"002000980434373131", "6984"},  // the old one stays blocked
                    {"0024019804313233"
                     "41",
                     "6a80"},  // no PIN: the setting is still open
                    {"002401980439393939", "9000"},
                    {"802a0097010100", "6982"},      // set, and not verified
                    {"002401980438383838", "6982"},  // one setting
                    {"002000980439393939", "9000"}});
}

TEST(IssuerDomain, WhatWasOpenedIsGoneWithThePower) {
  auto state = complete_state();
  state.factory = test_factory();
  state.pin(PinId::user_authentication)->tries_left = 0;
  IssuerAndCard both(state);
  both.open();
  ASSERT_EQ(both.open_pin(ApplicationId::jpki, pin_file(kAuth)).word, sw::kDone);
  both.card.chip.reset();
  both.card.expect({{kSelectJpki, "9000"}, {"002401980439393939", "6984"}});
}

TEST(IssuerDomain, SetsReferenceNumbersAndNoPinOfTheHolder) {
  IssuerAndCard both(IssuerAndCard::born());
  both.open();
  const auto set = [&](FileId file, std::string_view number) {
    return both
        .send(ins::kChangeReferenceData, 0, 0,
              concatenate({named(ApplicationId::input_helper, file), object(0x53, view(number))}))
        .word;
  };
  EXPECT_EQ(set(0x0014, "123456789012"), sw::kDone);
  EXPECT_EQ(set(0x0014, "12345678901"), sw::kWrongData);
  EXPECT_EQ(set(0x0011, "1234"), sw::kConditions);
  EXPECT_EQ(both.open_pin(ApplicationId::input_helper, 0x0014).word, sw::kConditions);
  EXPECT_EQ(both.write(ApplicationId::input_helper, 0x0001, Bytes(17, 0x31)), sw::kDone);
  both.card.expect({{"00a4040c0ad3921000310001010408", "9000"},
                    {"002000940c313233343536373839303132", "9000"},
                    {"00b0810000", "*9000"},
                    {"00b0820000", "6982"}});
}

TEST(IssuerDomain, RefusesWhatAKindOfCardCannotHave) {
  IssuerAndCard child(IssuerAndCard::born(CardKind::child));
  child.open();
  EXPECT_EQ(child.generate(kSign, Bytes(16, 1)).word, sw::kReferenceNotFound);
  EXPECT_EQ(child.open_pin(ApplicationId::jpki, pin_file(kSign)).word, sw::kReferenceNotFound);
  IssuerAndCard face(IssuerAndCard::born(CardKind::face_authentication));
  face.open();
  EXPECT_EQ(face.open_pin(ApplicationId::jpki, pin_file(kAuth)).word, sw::kReferenceNotFound);
  EXPECT_EQ(face.generate(kAuth, Bytes(16, 1)).word, sw::kDone);
}

TEST(IssuerDomain, WantsTheWholeProtection) {
  for (const Level level : channel::kLevels) {
    if (level == Level::all) continue;
    IssuerAndCard both(IssuerAndCard::born());
    both.open(level);
    EXPECT_EQ(both.send(ins::kGetStatus, 0, 0, {}, 2048).word, sw::kSecurityStatus);
  }
}

TEST(IssuerDomain, RefusesBadBlocks) {
  IssuerAndCard both(IssuerAndCard::born());
  both.open();
  const auto name = named(ApplicationId::input_helper, 0x0002);
  const auto send = [&](std::initializer_list<Bytes> objects) {
    Bytes data = name;
    for (const auto& o : objects) append(data, o);
    return both.send(ins::kUpdateBinary, 0, 0, data).word;
  };
  EXPECT_EQ(send({u16_object(0x54, 10), object(0x53, Bytes(10))}), sw::kWrongOffset);
  EXPECT_EQ(send({object(0x53, Bytes(10))}), sw::kWrongData);  // how long will it be?
  EXPECT_EQ(send({u16_object(0x80, 0x8000), object(0x53, Bytes(10))}), sw::kNoRoom);
  EXPECT_EQ(send({u16_object(0x80, 20), object(0x53, Bytes(10))}), sw::kDone);
  EXPECT_EQ(send({u16_object(0x54, 9), object(0x53, Bytes(11))}), sw::kWrongOffset);
  EXPECT_EQ(send({u16_object(0x54, 10), object(0x53, Bytes(11))}), sw::kWrongData);
  EXPECT_EQ(send({u16_object(0x54, 10), object(0x99, Bytes(10))}), sw::kWrongData);
  EXPECT_EQ(send({u16_object(0x54, 10), u16_object(0x54, 10), object(0x53, Bytes(10))}), sw::kWrongData);
  EXPECT_EQ(send({u16_object(0x54, 10), object(0x53, Bytes(10))}), sw::kDone);
  EXPECT_EQ(both.state().file({ApplicationId::input_helper, 0x0002}), Bytes(20));
  EXPECT_EQ(both.write(ApplicationId::jpki, 0x0006, Bytes(160)), sw::kReferenceNotFound);
}

TEST(IssuerDomain, TakesBackWhatWasBegun) {
  IssuerAndCard both(IssuerAndCard::born());
  both.open();
  ASSERT_EQ(both.generate(kAuth, Bytes(16, 1)).word, sw::kDone);
  EXPECT_EQ(both.send(ins::kDelete, 0, 0, named(ApplicationId::jpki, key_file(kAuth))).word, sw::kDone);
  EXPECT_FALSE(both.state().of(kAuth).pending_key);
  ASSERT_EQ(both.write(ApplicationId::face, 0x0003, Bytes(4, 1)), sw::kDone);
  const auto serial = both.state().token_serial;
  EXPECT_EQ(both.send(ins::kDelete, 0, 0).word, sw::kDone);
  EXPECT_TRUE(both.state().files.empty());
  EXPECT_EQ(both.state().token_serial, serial);
  auto in_use = complete_state();
  in_use.factory = test_factory();
  IssuerAndCard operational(in_use);
  operational.open();
  EXPECT_EQ(operational.send(ins::kDelete, 0, 0).word, sw::kConditions);
}

TEST(IssuerDomain, CountsTheChannelsThatAreBegun) {
  IssuerAndCard both(IssuerAndCard::born());
  both.open();
  both.open();
  EXPECT_EQ(both.state().sequence_counter, 2U);
  EXPECT_EQ(parse_state(both.card.storage.saved).value().sequence_counter, 2U);
  both.card.storage.fails_from = both.card.storage.saves + 1;
  both.card.expect({{kSelectDomain, "9000"},
                    {"8050000008000102030405060700", "6581"},
                    {"84820033100102030405060708090a0b0c0d0e0f10", "6985"}});
  EXPECT_EQ(both.state().sequence_counter, 2U);
}

TEST(IssuerDomain, ASpentCounterBeginsNothingAndHarmsNothing) {
  auto state = IssuerAndCard::born();
  state.sequence_counter = channel::kSequenceCounterMax - 1;
  IssuerAndCard both(state);
  both.open();
  EXPECT_EQ(both.send(ins::kGetStatus, 0, 0, {}, 2048).word, sw::kDone);
  both.card.expect({{kSelectDomain, "9000"}, {"8050000008000102030405060700", "6985"}});
  EXPECT_EQ(parse_state(both.card.storage.saved).value().sequence_counter, channel::kSequenceCounterMax);
}

TEST(IssuerDomain, TellsItsStatus) {
  auto state = complete_state();
  state.factory = test_factory();
  IssuerAndCard both(state);
  both.open();
  const auto answer = both.send(ins::kGetStatus, 0, 0, {}, 4096);
  ASSERT_EQ(answer.word, sw::kDone);
  const std::string hex = to_hex(answer.data);
  EXPECT_TRUE(hex.starts_with("c00101c10100c210"));
  const auto mark_digits = std::size_t{16};
  const auto first = hex.find("c30a0003");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(hex.substr(first + 8 + mark_digits, 8), "c30a0105");
  EXPECT_NE(hex.find("c42301000a" + to_hex(crypto::sha256(state.of(kAuth).certificate))), std::string::npos);
  EXPECT_NE(hex.find("c6220017" + to_hex(crypto::sha256(test_key(kAuth).public_key().spki()))),
            std::string::npos);
  EXPECT_EQ(both.send(ins::kGetStatus, 0, 0, {}, 10).word, sw::kWrongLength);
}

TEST(IssuerDomain, TakesACardIntoUseWhoseKindsAreCompleteOrUntouched) {
  const auto finish = [](auto change) {
    auto state = complete_state();
    state.factory = test_factory();
    state.phase = Phase::personalisation;
    change(state);
    IssuerAndCard both(state);
    both.open();
    return both.send(ins::kSetStatus, 0, 1, {}, 256).word;
  };
  EXPECT_EQ(finish([](ChipState&) {}), sw::kDone);
  EXPECT_EQ(finish([](ChipState& s) { s.of(kAuth) = {}, s.pin(pin_id(kAuth)).reset(); }), sw::kDone);
  // As a visit leaves it that was interrupted between its two kinds.
  EXPECT_EQ(finish([](ChipState& s) { s.of(kSign) = {}; }), sw::kDone);
  EXPECT_EQ(finish([](ChipState& s) { s.pin(pin_id(kAuth)).reset(); }), sw::kConditions);
  EXPECT_EQ(finish([](ChipState& s) { s.of(kAuth).key.reset(); }), sw::kConditions);
  EXPECT_EQ(finish([](ChipState& s) { s.of(kAuth).pending_key = test_key(kAuth); }), sw::kConditions);
  EXPECT_EQ(finish([](ChipState& s) { s.of(kAuth).certificate.clear(); }), sw::kConditions);
  EXPECT_EQ(finish([](ChipState& s) { s.of(kAuth).certificate.push_back(0xFF); }), sw::kConditions);
  EXPECT_EQ(finish([](ChipState& s) { s.of(kAuth).authority_certificate.pop_back(); }), sw::kConditions);
  EXPECT_EQ(finish([](ChipState& s) { s.of(kAuth).authority_certificate.clear(); }), sw::kDone);
}

}  // namespace
}  // namespace shomei::card::applet
