// The issuer's dialogues with a chip. The terminal between them brings every command; what it says became of
// it is another matter. Whatever it says, the chip hears nothing that was meant for after it.
#include "issuer/dialogues.h"

#include <gtest/gtest.h>

#include "card/applet/chip.h"
#include "card/instruction.h"
#include "issuer/issuer.h"
#include "pki/request.h"

namespace shomei::issuer {
namespace {

using card::ApplicationId;
using card::CardKind;
using card::Kind;
using card::PinId;
using crypto::KeyType;
using crypto::PrivateKey;
namespace ins = card::ins;

const Instant kBegan = *parse_instant("2026-11-24T10:00:00+09:00");
const CardId kCard = *CardId::parse("card-hanako-1");
constexpr std::string_view kChallenge = "request-1";

class Storage final : public card::applet::ChipStorage {
 public:
  Result<void> save(ByteView) override {
    if (full) return unavailable("disk_full");
    return {};
  }
  bool full = false;
};

card::applet::ChipState born(const Issuer& issuer, CardKind kind) {
  auto data = issuer.make_card(kCard, kBegan).value();
  auto state = card::applet::ChipState::born(
      kind, std::make_shared<const card::applet::Factory>(card::applet::Factory{
                std::move(data.keys), data.diversification, std::move(data.attestation_key),
                std::move(data.attestation_certificate)}));
  state.token_serial = data.token_serial;
  return state;
}

class IssuerDialogues : public testing::Test {
 protected:
  // The session opens, and the script is carried out. The error that ended it, or "done".
  std::string talk(Script script) {
    brought_.clear();
    const auto done = carry(session_.open(std::move(script)));
    return done ? "done" : std::string(done.error().code);
  }
  Result<void> carry(Commands commands) {
    while (!commands.empty()) {
      std::vector<Bytes> answers;
      for (const auto& command : commands) answers.push_back(bring(command));
      SHOMEI_TRY(commands, session_.take(answers));
    }
    return {};
  }
  Bytes bring(const Bytes& command) {
    Bytes answer = chip_.respond(command);
    if (command[0] != card::kSecuredClass || command[1] == ins::kExternalAuthenticate) return answer;
    brought_.push_back(command[1]);
    return lies_at_ && brought_.size() == *lies_at_ + 1 ? lie_(answer) : answer;
  }
  // Of the command of that place in the channel. What is said of the others is true.
  void lie_at(std::size_t place, std::function<Bytes(Bytes)> lie) {
    lies_at_ = place;
    lie_ = std::move(lie);
  }
  void say_wrong_data_at(std::size_t place) {
    lie_at(place, [](const Bytes&) { return card::encode_answer(card::sw::kWrongData); });
  }
  CardStatus status() {
    lies_at_.reset();
    CardStatus found;
    EXPECT_EQ(talk(ask_status([&](const CardStatus& told) -> Result<Script> {
                found = told;
                return Script{};
              })),
              "done");
    return found;
  }
  std::string say(std::string_view command) { return to_hex(chip_.respond(from_hex(command).value())); }
  const card::applet::ChipState& state() const { return chip_.state(); }
  std::size_t files() const { return state().files.size(); }

  const std::unique_ptr<crypto::Signer> maker_ =
      crypto::software_signer(PrivateKey::generate(KeyType::ec_p256));
  const Issuer issuer_ =
      *Issuer::open(SecretBytes(Bytes(kMasterKeyBytes, 7)),
                    *CardMaker::open(make_maker_certificate("SHOMEI-DEMO", *maker_, kBegan)->der, *maker_));
  Storage storage_;
  card::applet::Chip chip_{born(issuer_, CardKind::next_generation), storage_};
  Session session_{[this](std::uint8_t version, ByteView data) { return issuer_.keys_of(version, data); }};
  std::vector<std::uint8_t> brought_;  // instructions, through the channel
  std::optional<std::size_t> lies_at_;
  std::function<Bytes(Bytes)> lie_;
};

const FileContent kLong{ApplicationId::input_helper, 0x0001, Bytes(5000, 0x31)};  // three blocks
const FileContent kShort{ApplicationId::input_helper, 0x0002, Bytes(10, 0x32)};

TEST_F(IssuerDialogues, WriteFilesBlockByBlockInTheirOrder) {
  EXPECT_EQ(talk(write_files({kLong, kShort}, over)), "done");
  EXPECT_EQ(brought_, std::vector(4, ins::kUpdateBinary));
  EXPECT_EQ(state().file({kLong.application, kLong.file}), kLong.content);
  EXPECT_EQ(state().file({kShort.application, kShort.file}), kShort.content);
}

TEST_F(IssuerDialogues, WriteNothingMoreOnceABlockIsSaidToHaveFailed) {
  for (std::size_t block = 0; block < 4; ++block) {
    ASSERT_EQ(files(), 0U);
    say_wrong_data_at(block);
    EXPECT_EQ(talk(write_files({kLong, kShort}, over)), "card_answer");
    EXPECT_EQ(brought_.size(), block + 1);
    EXPECT_EQ(files(), block < 2 ? 0U : block - 1);  // what was brought is written
    EXPECT_FALSE(session_.ready());
    lies_at_.reset();
    EXPECT_EQ(
        talk(write_files({{kLong.application, kLong.file, {}}, {kShort.application, kShort.file, {}}}, over)),
        "done");
  }
}

TEST_F(IssuerDialogues, OpenNoFurtherPinOnceOneIsSaidToHaveFailed) {
  say_wrong_data_at(0);
  EXPECT_EQ(talk(open_pins({PinId::user_authentication, PinId::signature}, over)), "card_answer");
  EXPECT_EQ(brought_, std::vector{ins::kResetRetryCounter});
  EXPECT_EQ(say("00a4040c0ad392f000260100000001"), "9000");
  EXPECT_EQ(say("0024019b085158375a50324b44"), "6984");
  EXPECT_EQ(say("002401980434373131"), "9000");
}

TEST_F(IssuerDialogues, SetNoFurtherNumberOnceOneIsSaidToHaveFailed) {
  const std::vector<FixedPin> numbers = {{ApplicationId::input_helper, 0x0014, "123456789012"},
                                         {ApplicationId::input_helper, 0x0015, "12345678901234"}};
  say_wrong_data_at(0);
  EXPECT_EQ(talk(set_fixed_pins(numbers, over)), "card_answer");
  EXPECT_TRUE(state().pin(PinId::input_helper_a));
  EXPECT_FALSE(state().pin(PinId::input_helper_b));
  lies_at_.reset();
  EXPECT_EQ(talk(set_fixed_pins(numbers, over)), "done");
  EXPECT_TRUE(state().pin(PinId::input_helper_b));
}

TEST_F(IssuerDialogues, MakeAKeyThatTheCardVouchesFor) {
  EXPECT_EQ(talk(write_files({kShort}, over)), "done");
  std::optional<KeyProof> proof;
  auto making = make_key(Kind::signature, std::string(kChallenge), session_.attestation_certificate(),
                         [&](KeyProof made) -> Result<Script> {
                           proof = std::move(made);
                           return Script{};
                         });
  brought_.clear();
  ASSERT_TRUE(carry(session_.say(std::move(making)).value()));
  EXPECT_EQ(brought_, (std::vector{ins::kGenerateKeyPair, ins::kComputeSignature}));
  const auto request = pki::verify_request(proof->pkcs10, kChallenge).value();
  EXPECT_EQ(request.key.spki(), state().of(Kind::signature).pending_key->public_key().spki());
  const std::vector<pki::Certificate> makers{issuer_.maker().certificate()};
  EXPECT_EQ(verify_attestation(proof->attestation, Kind::signature, request.key,
                               attestation_challenge(kChallenge), makers)
                .value(),
            state().token_serial);
}

Script make_any_key() {
  return make_key(Kind::signature, std::string(kChallenge), {}, [](const KeyProof&) { return over(); });
}

TEST_F(IssuerDialogues, ANewKeySignsNothingOnceItIsSaidToHaveFailed) {
  say_wrong_data_at(0);
  EXPECT_EQ(talk(make_any_key()), "card_answer");
  EXPECT_EQ(brought_, std::vector{ins::kGenerateKeyPair});
  const auto waits = state().of(Kind::signature).pending_key->public_key().spki();
  EXPECT_TRUE(status().has_pending(Kind::signature, crypto::sha256(waits)));
  EXPECT_EQ(talk(drop_pending_key(Kind::signature, over)), "done");
  EXPECT_TRUE(status().pending_keys.empty());
}

TEST_F(IssuerDialogues, BelieveNoAnswerWithABentMac) {
  for (std::size_t from_the_end = 3; from_the_end < 11; ++from_the_end) {
    lie_at(0, [&](Bytes answer) {
      answer[answer.size() - from_the_end] ^= 0x80;
      return answer;
    });
    EXPECT_EQ(talk(make_any_key()), "channel_answer_wrong");
    EXPECT_EQ(brought_, std::vector{ins::kGenerateKeyPair});
    EXPECT_FALSE(session_.ready());
  }
}

TEST_F(IssuerDialogues, NameWhatKeepsACardFromComingIntoUse) {
  EXPECT_EQ(talk(make_any_key()), "done");
  EXPECT_EQ(talk(make_operational(over)), "card_incomplete");
  EXPECT_EQ(talk(drop_pending_key(Kind::signature, over)), "done");
  storage_.full = true;
  EXPECT_EQ(say("00a4040c07a0000001510000"), "9000");
  EXPECT_EQ(talk(make_operational(over)), "card_without_channel");  // its counter could not be stored
  storage_.full = false;
  EXPECT_EQ(talk(ask_status([](const CardStatus&) { return over(); })), "done");
  storage_.full = true;
  const auto full = carry(session_.say(make_operational(over)).value());
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, "card_memory");
  storage_.full = false;
  say_wrong_data_at(0);
  EXPECT_EQ(talk(make_operational(over)), "card_answer");
  EXPECT_TRUE(status().operational);  // it was brought; only the card's report says so
}

}  // namespace
}  // namespace shomei::issuer
