// The order of a talk, and all that ends it. The card's end of the channel is the chip's own; what it answers
// there is the test's.
#include "issuer/session.h"

#include <gtest/gtest.h>

#include "card/application.h"
#include "card/instruction.h"

namespace shomei::issuer {
namespace {

using card::Answer;
using card::StatusWord;
using card::channel::ChipChannel;
using card::channel::KeySet;
using card::channel::OwnedCommand;
namespace ins = card::ins;
namespace sw = card::sw;

const KeySet kKeys{.version = 1,
                   .enc = SecretBytes(Bytes(32, 0xE1)),
                   .mac = SecretBytes(Bytes(32, 0xA2)),
                   .dek = SecretBytes(Bytes(32, 0xD3))};
const Bytes kDiversification(card::channel::kDiversificationBytes, 0xC0);
const Bytes kAttestation = {0x30, 0x01, 0x05};

class Card {
 public:
  Bytes respond(ByteView raw) {
    const auto command = card::parse_command(raw).value();
    if (command.cla == card::kSecuredClass) return secured(raw, command);
    if (command.ins == ins::kSelect) return card::encode_answer(sw::kDone);
    if (command.ins == ins::kGetData) return card::encode_answer(Answer(kAttestation));
    auto started = ChipChannel::start(kKeys, kDiversification, counter_++, card::kIssuerDomain, command);
    channel_ = std::move(started.value().channel);
    return card::encode_answer(Answer(started.value().answer_data));
  }

  std::vector<std::uint8_t> heard;  // instructions, through the channel
  Answer says = sw::kDone;

 private:
  Bytes secured(ByteView raw, const card::Command& command) {
    if (command.ins == ins::kExternalAuthenticate) return card::encode_answer(channel_->authenticate(raw));
    const auto plain = channel_->unwrap(raw);
    if (!plain) return card::encode_answer(plain.error());
    heard.push_back(plain->ins);
    return channel_->wrap(says);
  }

  std::optional<ChipChannel> channel_;
  std::uint32_t counter_ = 0;
};

Script script_of(std::initializer_list<std::uint8_t> instructions,
                 std::function<Result<Script>(const Answers&)> then = {}) {
  Script script;
  for (const auto instruction : instructions)
    script.commands.push_back({card::kOwnClass, instruction, 0, 0, SecretBytes(Bytes(20, 1)), 256});
  script.then = std::move(then);
  return script;
}

std::string code(const Result<Commands>& commands) {
  return commands ? "goes_on" : std::string(commands.error().code);
}

class IssuerSession : public testing::Test {
 protected:
  std::vector<Bytes> answers_to(const Commands& commands) {
    std::vector<Bytes> answers;
    for (const auto& command : commands) answers.push_back(card_.respond(command));
    return answers;
  }
  Result<Commands> carry(const Commands& commands) { return session_.take(answers_to(commands)); }
  // Up to the first command of the script.
  Commands opened(Script then) { return carry(carry(session_.open(std::move(then))).value()).value(); }
  void expect_closed() {
    EXPECT_FALSE(session_.ready());
    EXPECT_EQ(code(session_.say(script_of({ins::kDelete}))), "channel_closed");
    EXPECT_EQ(code(session_.take({card::encode_answer(sw::kDone)})), "answers_count");
  }

  Card card_;
  Session session_{[](std::uint8_t, ByteView) -> Result<KeySet> { return kKeys.clone(); }};
};

TEST_F(IssuerSession, SaysOneCommandAfterTheOther) {
  Answers judged;
  const auto judge = [&](const Answers& answers) -> Result<Script> {
    judged = answers;
    return script_of({ins::kSetStatus});
  };
  EXPECT_FALSE(session_.ready());
  auto commands = opened(script_of({ins::kDelete, ins::kGetStatus, ins::kUpdateBinary}, judge));
  EXPECT_EQ(session_.attestation_certificate(), kAttestation);
  const std::vector<std::uint8_t> order = {ins::kDelete, ins::kGetStatus, ins::kUpdateBinary,
                                           ins::kSetStatus};
  for (std::size_t said = 0; said < order.size(); ++said) {
    ASSERT_EQ(commands.size(), 1U);
    EXPECT_FALSE(session_.ready());
    EXPECT_EQ(judged.size(), said < 3 ? 0U : 3U);
    card_.says = Answer(Bytes(1, static_cast<std::uint8_t>(said)));
    commands = carry(commands).value();
    EXPECT_EQ(card_.heard, std::vector(order.begin(), order.begin() + static_cast<long>(said) + 1));
  }
  EXPECT_TRUE(commands.empty());
  ASSERT_EQ(judged.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(judged[i].data, Bytes(1, static_cast<std::uint8_t>(i)));
  EXPECT_TRUE(session_.ready());
  commands = session_.say(script_of({ins::kGetStatus})).value();
  EXPECT_TRUE(carry(commands).value().empty());
  EXPECT_EQ(card_.heard.back(), ins::kGetStatus);
}

// The terminal has brought the command to the card and says that it failed.
TEST_F(IssuerSession, SaysNothingAfterAnErrorWhoeverMadeItUp) {
  for (const auto word : std::initializer_list<StatusWord>{0x6A80, 0x6581, 0x6985, 0x6100, 0x6C10})
    for (std::size_t at = 0; at < 3; ++at) {
      card_.heard.clear();
      bool judged = false;
      const auto judge = [&](const Answers&) -> Result<Script> {
        judged = true;
        return Script{};
      };
      auto commands = opened(script_of({ins::kDelete, ins::kGetStatus, ins::kUpdateBinary}, judge));
      for (std::size_t said = 0; said < at; ++said) commands = carry(commands).value();
      (void)answers_to(commands);
      const auto next = session_.take({card::encode_answer(word)});
      ASSERT_FALSE(next) << at;
      EXPECT_EQ(next.error().code, word == sw::kMemoryFailure ? "card_memory" : "card_answer");
      EXPECT_EQ(next.error().parameter("sw"),
                to_hex_upper(Bytes{std::uint8_t(word >> 8), std::uint8_t(word)}));
      const std::string_view asked[] = {"80E40000", "80F20000", "80D70000"};
      EXPECT_EQ(next.error().parameter("command"), asked[at]);
      EXPECT_FALSE(judged);
      EXPECT_EQ(card_.heard.size(), at + 1);
      expect_closed();
    }
}

// 63C2 in the channel is the card's own word: it was not done all the same.
TEST_F(IssuerSession, SaysNothingAfterTheCardsOwnWarning) {
  const auto commands = opened(script_of({ins::kDelete, ins::kUpdateBinary}));
  card_.says = sw::tries_left(2);
  EXPECT_EQ(code(carry(commands)), "card_answer");
  EXPECT_EQ(card_.heard.size(), 1U);
  expect_closed();
}

TEST_F(IssuerSession, AScriptWithoutAJudgeIsNotDoneWithAnError) {
  const auto commands = opened(script_of({ins::kSetStatus}));
  card_.says = sw::kWrongParameters;
  EXPECT_EQ(code(carry(commands)), "card_answer");
  expect_closed();
}

TEST_F(IssuerSession, OpensAnewAfterAnErrorAndSaysNothingOfBefore) {
  const auto commands = opened(script_of({ins::kDelete, ins::kUpdateBinary}));
  (void)answers_to(commands);
  EXPECT_FALSE(session_.take({card::encode_answer(sw::kWrongData)}));
  card_.heard.clear();
  EXPECT_TRUE(carry(opened(script_of({ins::kGetStatus}))).value().empty());
  EXPECT_EQ(card_.heard, std::vector{ins::kGetStatus});
  EXPECT_TRUE(session_.ready());
}

TEST_F(IssuerSession, OpenedInTheMiddleOfAScriptItForgetsIt) {
  const auto commands = opened(script_of({ins::kDelete, ins::kUpdateBinary}));
  EXPECT_EQ(code(carry(commands)), "goes_on");
  card_.heard.clear();
  EXPECT_TRUE(carry(opened(script_of({ins::kGetStatus}))).value().empty());
  EXPECT_EQ(card_.heard, std::vector{ins::kGetStatus});
}

TEST_F(IssuerSession, WantsAsManyAnswersAsItGaveCommands) {
  for (int turns = 0; turns < 4; ++turns)
    for (const bool one_more : {false, true}) {
      auto commands = session_.open(script_of({ins::kDelete, ins::kUpdateBinary}));
      for (int taken = 0; taken < turns; ++taken) commands = carry(commands).value();
      auto answers = answers_to(commands);
      if (one_more)
        answers.push_back(answers.back());
      else
        answers.pop_back();
      EXPECT_EQ(code(session_.take(answers)), "answers_count") << turns;
      expect_closed();
    }
}

TEST_F(IssuerSession, ABentAnswerEndsTheChannel) {
  card_.says = Answer(Bytes(5, 0x5A));
  const std::size_t bytes = 2 * 8 + 8 + 2;  // a block and a MAC: bent at each byte
  for (std::size_t at = 0; at < bytes; ++at) {
    card_.heard.clear();
    auto answers = answers_to(opened(script_of({ins::kGetStatus, ins::kUpdateBinary})));
    ASSERT_EQ(answers[0].size(), bytes);
    answers[0][at] ^= 0x01;
    EXPECT_EQ(code(session_.take(answers)), "channel_answer_wrong") << at;
    EXPECT_EQ(card_.heard.size(), 1U);
    expect_closed();
  }
  for (std::size_t size = 0; size < bytes; ++size) {
    auto answers = answers_to(opened(script_of({ins::kGetStatus, ins::kUpdateBinary})));
    answers[0].resize(size);
    // Two bytes are a status word, and hardly one that needs a MAC.
    EXPECT_EQ(code(session_.take(answers)), size == 2 ? "card_answer" : "channel_answer_wrong") << size;
    expect_closed();
  }
}

TEST_F(IssuerSession, AnEarlierAnswerEndsTheChannel) {
  const auto first = answers_to(opened(script_of({ins::kGetStatus, ins::kGetStatus})));
  const auto second = session_.take(first).value();
  (void)answers_to(second);
  EXPECT_EQ(code(session_.take(first)), "channel_answer_wrong");
  expect_closed();
}

TEST_F(IssuerSession, NamesWhatACardWithoutTheDomainRefused) {
  const std::string_view asked[] = {"00A4040C", "80CA7F21", "80500000"};
  for (std::size_t at = 0; at < 3; ++at) {
    auto answers = answers_to(session_.open(script_of({ins::kGetStatus})));
    answers[at] = card::encode_answer(sw::kFileNotFound);
    const auto next = session_.take(answers);
    ASSERT_FALSE(next);
    EXPECT_EQ(next.error().code, "card_without_channel");
    EXPECT_EQ(next.error().parameter("sw"), "6A82");
    EXPECT_EQ(next.error().parameter("command"), asked[at]);
    expect_closed();
  }
  const auto authenticate = carry(session_.open(script_of({ins::kGetStatus}))).value();
  EXPECT_EQ(authenticate.size(), 1U);
  EXPECT_EQ(code(session_.take({card::encode_answer(sw::kSecurityStatus)})), "channel_not_opened");
  expect_closed();
  EXPECT_TRUE(card_.heard.empty());
}

TEST_F(IssuerSession, AJudgesErrorEndsTheChannel) {
  const auto commands =
      opened(script_of({ins::kGetStatus}, [](const Answers&) -> Result<Script> { return refused("no"); }));
  EXPECT_EQ(code(carry(commands)), "no");
  expect_closed();
}

}  // namespace
}  // namespace shomei::issuer
