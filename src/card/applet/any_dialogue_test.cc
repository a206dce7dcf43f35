// Random dialogues, and what no dialogue may bring about.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "card/applet/test_card.h"
#include "card/applet/test_signatures.h"
#include "card/instruction.h"
#include "der/reader.h"

namespace shomei::card::applet {
namespace {

// The secret numbers of a key: d, p, q and what follows them in RSAPrivateKey (RFC 8017 A.1.2).
std::vector<Bytes> secrets_of(Kind kind) {
  const auto pkcs8 = test_key(kind).pkcs8();
  auto info = der::enter_single(pkcs8.reveal()).value();
  (void)info.take_integer();
  (void)info.take();
  auto key = der::enter_single(info.take_octet_string().value()).value();
  std::vector<Bytes> secrets;
  for (int member = 0; !key.done(); ++member) {
    const auto number = to_bytes(key.take_magnitude().value());
    if (member > 2) secrets.push_back(number);
  }
  secrets.push_back(to_bytes(view(pin_of(kind))));
  return secrets;
}

bool shows(ByteView answer, ByteView secret) {
  const auto part = secret.first(std::min<std::size_t>(secret.size(), 12));
  return !std::ranges::search(answer, part).empty();
}

// The material of random dialogues; an empty command is a reset.
constexpr std::string_view kMaterial[] = {
    "",
    kSelectJpki,
    "00a4020c020018",
    "00a4020c02001b",
    "00a4020c020017",
    "00a4020c02001a",
    "00a4020c020001",
    "00a4020c02000a",
    "00b0000000",
    "00b00000000000",
    "00b0860000",
    "00200080",
    "002000800434373131",
    "002000980434373131",
    "002000800431323334",
    "002000980431323334",
    "0020009b085158375a50324b44",
    "0020009b085158375a50324b45",
    "00200080085158375a50324b44",
    "002401980434373131",
    "0024019b085158375a50324b44",
    "802a0080010100",
    "802a0097010100",
    "802a009a010100",
    "802a0197010100",
    "802a039a010100",
    "0084000000",
};

Bytes random_step() {
  Bytes command =
      from_hex(*rc::gen::elementOf(std::vector<std::string_view>(std::begin(kMaterial), std::end(kMaterial))))
          .value();
  if (command.size() > 3 && *rc::gen::inRange(0, 8) == 0)
    command[*rc::gen::inRange<std::size_t>(0, command.size())] = *rc::gen::arbitrary<std::uint8_t>();
  return command;
}

bool proves(Kind kind, ByteView bytes, const Bytes& answer) {
  const auto command = parse_command(bytes);
  return command && command->cla == 0 && command->ins == ins::kVerify &&
         equal(command->data, view(pin_of(kind))) && answer == Bytes{0x90, 0x00};
}

// What the card must not have done, after each command of a dialogue.
class Watch {
 public:
  explicit Watch(TestCard& card) : card_(card) {}

  void after(const Bytes& command, const Bytes& answer) {
    RC_ASSERT(answer.size() >= 2U && answer.size() <= 65'538U);
    for (const Kind kind : kKinds) {
      check_secrets(kind, answer);
      check_tries(kind, command, answer);
      proved_[index_of(kind)] = proved_[index_of(kind)] || proves(kind, command, answer);
      if (!proved_[index_of(kind)]) RC_ASSERT(!shows(answer, signature_of(kind)));
    }
    const bool done = to_hex(ByteView(answer).last(2)) == "9000";
    if (command[0] == kOwnClass && command[1] == ins::kComputeSignature && done)
      check_signature(command, answer);
    RC_ASSERT(card_.chip.state().phase == Phase::operational);
    if (command[1] == ins::kSelect && command[2] == 4 && done) proved_ = {};
  }
  void after_reset() { proved_ = {}; }

 private:
  static const Bytes& signature_of(Kind kind) {
    static const std::array kSignatures{test_key(kSign).sign_padded(Bytes{1}).value(),
                                        test_key(kAuth).sign_padded(Bytes{1}).value()};
    return kSignatures[index_of(kind)];
  }
  static void check_secrets(Kind kind, const Bytes& answer) {
    static const std::array kSecrets{secrets_of(kSign), secrets_of(kAuth)};
    for (const auto& secret : kSecrets[index_of(kind)])
      RC_ASSERT(secret.size() < 8U || !shows(answer, secret));
  }
  // It is of a key whose own PIN was proved.
  void check_signature(const Bytes& bytes, const Bytes& answer) {
    const auto command = parse_command(bytes).value();
    const auto signature = ByteView(answer).first(answer.size() - 2);
    RC_ASSERT(std::ranges::any_of(kKinds, [&](Kind kind) {
      return proved_[index_of(kind)] && can_be_of(test_key(kind).public_key(), command, signature);
    }));
  }
  // A change of a proved PIN refills the counter too.
  void check_tries(Kind kind, const Bytes& command, const Bytes& answer) {
    const unsigned now = card_.tries(kind);
    unsigned& before = tries_[index_of(kind)];
    const bool changed = command[1] == ins::kChangeReferenceData && proved_[index_of(kind)];
    if (now > before) RC_ASSERT(changed || proves(kind, command, answer));
    if (now < before) RC_ASSERT(answer[0] == 0x63U);
    before = now;
  }

  TestCard& card_;
  std::array<bool, 2> proved_{};
  std::array<unsigned, 2> tries_{5, 3};
};

TEST(AnyDialogue, GivesNoSignatureWithoutThePinAndNoSecretAtAll) {
  EXPECT_TRUE(rc::check([] {
    TestCard card;
    Watch watch(card);
    const int steps = *rc::gen::inRange(1, 80);
    for (int i = 0; i < steps; ++i) {
      const Bytes command = random_step();
      if (command.empty()) {
        card.chip.reset();
        watch.after_reset();
      } else {
        watch.after(command, card.chip.respond(command));
      }
    }
  }));
}

}  // namespace
}  // namespace shomei::card::applet
