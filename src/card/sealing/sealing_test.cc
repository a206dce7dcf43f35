// Both ends of a sealed session against each other, and each against an end that lies.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <functional>

#include "card/instruction.h"
#include "card/sealing/chip_session.h"
#include "card/sealing/session_transport.h"
#include "crypto/random.h"
#include "crypto/rsa.h"

namespace shomei::card::sealing {
namespace {

const crypto::PrivateKey& card_key() {
  static const auto key = crypto::PrivateKey::generate(crypto::KeyType::rsa_2048);
  return key;
}

std::string_view code(const auto& result) {
  return result ? "no error" : result.error().code;
}

SecretBytes seed_of(std::uint8_t byte) {
  return SecretBytes(Bytes(kSeedBytes, byte));
}

TEST(Sealing, ASeedIsHandedOverAsTheFactsSay) {
  const auto seed = crypto::random_secret(kSeedBytes);
  const auto delivered = encrypt_seed(card_key().public_key(), seed).value();
  const auto plain = crypto::decrypt_oaep(card_key(), delivered).value();
  EXPECT_EQ(to_hex(plain.reveal().first(4)), "a0228020");
  EXPECT_TRUE(equal(parse_seed(plain)->reveal(), seed.reveal()));
  const std::string key = "8020" + std::string(64, 'a');
  for (const std::string& hex :
       {std::string(), std::string("a0"), "a022" + key + "00", "a0228120" + std::string(64, 'a'),
        "a0218020" + std::string(62, 'a'), "a044" + key + "8120" + std::string(64, 'b')})
    EXPECT_FALSE(parse_seed(SecretBytes(from_hex(hex).value()))) << hex;
}

// Computed with OpenSSL's command line: the vector is AES-128-ECB of the counter,
// 7346139595c0b41e497bbde365f42d0a.
TEST(Sealing, TheFirstVectorIsTheCounterUnderTheKey) {
  const Bytes seed = from_hex("000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f").value();
  const Seal seal((SecretBytes(seed)));
  EXPECT_EQ(to_hex(seal.seal(1, view("1234"))), "861101b8d49349a0bfe272ea900230652daaef");
}

TEST(Sealing, WhatWasSealedOpensUnderTheSameKeyAndCounterAlone) {
  EXPECT_TRUE(rc::check([](const Bytes& plain, std::uint32_t counter) {
    const Seal seal(seed_of(1));
    const auto object = seal.seal(counter, plain);
    const auto opens_to_plain = [&](const std::optional<SecretBytes>& opened) {
      return opened && equal(opened->reveal(), plain);
    };
    RC_ASSERT(opens_to_plain(seal.open(counter, object)));
    RC_ASSERT_FALSE(opens_to_plain(Seal(seed_of(2)).open(counter, object)));
    RC_ASSERT_FALSE(opens_to_plain(seal.open(counter + 1, object)));
  }));
}

TEST(Sealing, OddObjectsDoNotOpen) {
  const Seal seal(seed_of(1));
  const auto good = seal.seal(1, view("1234"));
  EXPECT_TRUE(seal.open(1, concatenate({Bytes{0x86, 0x81, 0x11}, ByteView(good).subspan(2)})));
  EXPECT_TRUE(rc::check([&](const Bytes& bytes) { RC_ASSERT(!seal.open(1, bytes)); }));
  Bytes indicator = good;
  indicator[2] = 0x02;
  EXPECT_FALSE(seal.open(1, indicator));
  EXPECT_FALSE(seal.open(1, concatenate({good, good})));
  EXPECT_FALSE(seal.open(1, ByteView(good).first(good.size() - 1)));
  for (const char* hex : {"", "86", "8600", "860101", "868001", "86840000001101", "9603000000", "86ff"})
    EXPECT_FALSE(seal.open(1, from_hex(hex).value())) << hex;
}

// A card that answers what the function says, with a session of its own.
class SealingCard final : public Transport {
 public:
  explicit SealingCard(std::function<Answer(const Command&)> carry_out) : carry_out_(std::move(carry_out)) {}
  Result<Bytes> transmit(ByteView bytes) override {
    const auto command = parse_command(bytes).value();
    sent.push_back(to_bytes(bytes));
    if (command.ins == ins::kSetSessionKey) {
      session_.emplace(*parse_seed(crypto::decrypt_oaep(card_key(), command.data).value()));
      return encode_answer(sw::kDone);
    }
    if (command.cla != kSealedClass) return encode_answer(carry_out_(command));
    if (!session_) return encode_answer(kNoSession);
    const auto opened = session_->open(command);
    if (!opened) {
      session_.reset();
      return encode_answer(kSealWrong);
    }
    return encode_answer(session_->seal(carry_out_(opened->command())));
  }
  std::vector<Bytes> sent;

 private:
  std::function<Answer(const Command&)> carry_out_;
  std::optional<ChipSession> session_;
};

Bytes say(Transport& card, std::string_view hex) {
  return card.transmit(from_hex(hex).value()).value();
}

TEST(Sealing, TheTwoEndsUnderstandEachOther) {
  std::string heard;
  SealingCard card([&](const Command& command) {
    heard = to_hex(encode_command(command).reveal());
    if (command.ins == ins::kReadBinary) return Answer(Bytes(*command.le == 7 ? 7 : 300, 0xAB));
    return Answer(command.ins == ins::kVerify ? StatusWord{0x63C2} : sw::kDone);
  });
  auto session = SessionTransport::begin(card, card_key().public_key()).value();
  EXPECT_EQ(to_hex(say(session, "00a4020c020001")), "9000");
  EXPECT_EQ(heard, "00a4020c020001");
  EXPECT_EQ(to_hex(say(session, "002000940431323334")), "63c2");
  EXPECT_EQ(heard, "002000940431323334");
  EXPECT_EQ(to_hex(say(session, "00b0000007")), "abababababababab9000" + 2);
  EXPECT_EQ(heard, "00b0000007");
  EXPECT_EQ(say(session, "00b0000000").size(), 302U);
  EXPECT_EQ(to_hex(say(session, "00200094")), "63c2");  // says nothing secret, and goes as it is
  EXPECT_EQ(to_hex(say(session, "00a4020c020002")), "9000");
  // Neither the PIN nor the content went over the line.
  for (const auto& bytes : card.sent) EXPECT_EQ(to_hex(bytes).find("31323334"), std::string::npos);
}

// No checksum goes with a sealed command: its padding alone shows that it was sealed under another number,
// and one replay in 256 or so opens all the same, to something that nobody said. So several sessions are
// tried.
TEST(Sealing, AReplayedCommandEndsTheSessionOnBothEndsOrOpensToSomethingElse) {
  int refused = 0;
  for (int i = 0; i < 8; ++i) {
    std::vector<std::string> heard;
    SealingCard card([&](const Command& command) {
      heard.push_back(to_hex(encode_command(command).reveal()));
      return Answer(Bytes{1, 2, 3});
    });
    auto session = SessionTransport::begin(card, card_key().public_key()).value();
    say(session, "00a4020c020001");
    const auto replayed = card.sent.back();
    if (to_hex(card.transmit(replayed).value()) != "6988") {
      ASSERT_EQ(heard.size(), 2U);
      EXPECT_NE(heard[1], heard[0]);
      continue;
    }
    ++refused;
    EXPECT_EQ(heard.size(), 1U);
    EXPECT_EQ(to_hex(say(session, "00b0000003")), "69fc");
  }
  EXPECT_GT(refused, 0);
}

// Whatever a card answers to a sealed read, the terminal has its answer or an error.
TEST(Sealing, ALyingCardIsNotBelieved) {
  class Liar final : public Transport {
   public:
    explicit Liar(Bytes answer) : answer_(std::move(answer)) {}
    Result<Bytes> transmit(ByteView) override {
      return std::exchange(said_, true) ? answer_ : Bytes{0x90, 0x00};
    }

   private:
    Bytes answer_;
    bool said_ = false;
  };
  EXPECT_TRUE(rc::check([](Bytes answer) {
    append(answer, Bytes{0x90, 0x00});
    Liar liar(answer);
    auto session = SessionTransport::begin(liar, card_key().public_key()).value();
    RC_ASSERT(code(session.transmit(from_hex("00b0000010").value())) == "card_answer_sealed");
    RC_ASSERT(code(session.transmit(from_hex("00b0000010").value())) == "card_answer_sealed");
  }));
  Liar refuses({});
  const auto none =
      SessionTransport::begin(refuses, crypto::PrivateKey::generate(crypto::KeyType::ec_p256).public_key());
  EXPECT_EQ(code(none), "public_key_form");
}

// After it the two ends may count differently: what is said next would be sealed under a wrong number.
TEST(Sealing, AfterAnAnswerThatEndsTheSessionNothingIsSealed) {
  class Ends final : public Transport {
   public:
    explicit Ends(Bytes answer) : answer_(std::move(answer)) {}
    Result<Bytes> transmit(ByteView) override { return sent++ == 0 ? Bytes{0x90, 0x00} : answer_; }
    int sent = 0;

   private:
    Bytes answer_;
  };
  for (const char* hex : {"", "90", "6988", "69fc"}) {
    Ends card(from_hex(hex).value());
    auto session = SessionTransport::begin(card, card_key().public_key()).value();
    (void)session.transmit(from_hex("002000940431323334").value());
    EXPECT_EQ(code(session.transmit(from_hex("002000940431323334").value())), "card_answer_sealed") << hex;
    EXPECT_EQ(card.sent, 2) << hex;
  }
  Ends goes_on(from_hex("63c2").value());
  auto session = SessionTransport::begin(goes_on, card_key().public_key()).value();
  EXPECT_EQ(to_hex(say(session, "002000940431323334")), "63c2");
  EXPECT_EQ(to_hex(say(session, "002000940431323334")), "63c2");
}

TEST(Sealing, ACardThatTakesNoKeySaysSo) {
  class Refuses final : public Transport {
   public:
    explicit Refuses(StatusWord word) : word_(word) {}
    Result<Bytes> transmit(ByteView) override { return encode_answer(word_); }

   private:
    StatusWord word_;
  };
  Refuses no_pin(sw::kSecurityStatus);
  EXPECT_EQ(code(SessionTransport::begin(no_pin, card_key().public_key())), "pin_needed");
  Refuses no_key(kNoKeyDelivery);
  const auto refused_key = SessionTransport::begin(no_key, card_key().public_key());
  EXPECT_EQ(code(refused_key), "session_refused");
  EXPECT_EQ(refused_key.error().parameter("sw"), "66F1");
}

}  // namespace
}  // namespace shomei::card::sealing
