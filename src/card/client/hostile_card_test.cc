// A card that lies: the terminal must neither believe nor break. What a true card does is tested with the
// chip itself in tests/card.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <deque>

#include "base/limits.h"
#include "card/apdu.h"
#include "card/client/error_family.h"
#include "card/client/survey.h"
#include "card/client/terminal.h"
#include "card/digest_info.h"
#include "card/instruction.h"
#include "crypto/digest.h"

namespace shomei::card::client {
namespace {

constexpr auto kAuth = Kind::user_authentication;
constexpr auto kSign = Kind::signature;

// Gives the answers that it was told, one after the other, and is gone when there are no more.
class Liar final : public Transport {
 public:
  explicit Liar(std::initializer_list<std::string_view> answers) {
    for (const auto answer : answers) answers_.push_back(from_hex(answer).value());
  }
  explicit Liar(std::vector<Bytes> answers) : answers_(answers.begin(), answers.end()) {}
  Result<Bytes> transmit(ByteView command) override {
    commands_.push_back(to_bytes(command));
    if (answers_.empty()) return unavailable("card_gone");
    Bytes answer = answers_.front();
    answers_.pop_front();
    return answer;
  }
  const std::vector<Bytes>& commands() const { return commands_; }

 private:
  std::deque<Bytes> answers_;
  std::vector<Bytes> commands_;
};

std::string_view code(const auto& result) {
  return result ? "no error" : result.error().code;
}

TEST(HostileCard, TakesBothWordsForBlocked) {
  for (const char* word : {"6983", "6984", "63c0"}) {
    Liar card{"9000", word};
    EXPECT_EQ(code(Terminal(card).verify(kAuth, SecretBytes::of_text("1234"))), "pin_blocked") << word;
  }
  for (const char* word : {"6983", "6984", "63c0"}) {
    Liar card{"9000", word};
    EXPECT_EQ(Terminal(card).tries_left(kAuth).value(), 0U) << word;
  }
}

// ISO/IEC 7816-4, VERIFY: to a question, 9000 means that the PIN is verified, 6300 that nothing is told.
TEST(HostileCard, MayAnswerAQuestionAboutAPinInIsosOtherWords) {
  Liar verified{"9000", "9000"};
  EXPECT_EQ(Terminal(verified).tries_left(kSign).value(), 5U);
  Liar silent{"9000", "6300"};
  EXPECT_EQ(Terminal(silent).tries_left(kSign).value(), std::nullopt);
  Liar odd{"9000", "6a86"};
  EXPECT_EQ(code(Terminal(odd).tries_left(kSign)), "card_answer");
}

TEST(HostileCard, CountsTries) {
  Liar card{"9000", "63c2"};
  const auto verified = Terminal(card).verify(kAuth, SecretBytes::of_text("1234"));
  ASSERT_EQ(code(verified), "pin_wrong");
  EXPECT_EQ(verified.error().parameter("tries"), "2");
}

TEST(HostileCard, IsNotSentAPinThatNoCardHolds) {
  for (const char* pin : {"", "123", "12345", "12a4", "ABC123"}) {
    Liar card{"9000", "9000", "9000"};
    EXPECT_EQ(code(Terminal(card).verify(kAuth, SecretBytes::of_text(pin))), "pin_form") << pin;
    EXPECT_EQ(code(Terminal(card).change_pin(kAuth, SecretBytes::of_text("1234"), SecretBytes::of_text(pin))),
              "pin_form");
    EXPECT_TRUE(card.commands().empty());
  }
  for (const char* password : {"", "abc12", "abc-123", "0123456789abcdefg"}) {
    Liar card{"9000", "9000"};
    EXPECT_EQ(code(Terminal(card).verify(kSign, SecretBytes::of_text(password))), "password_form")
        << password;
    EXPECT_TRUE(card.commands().empty());
  }
}

TEST(HostileCard, GetsTheSignaturePasswordInUpperCase) {
  Liar card{"9000", "9000"};
  ASSERT_TRUE(Terminal(card).verify(kSign, SecretBytes::of_text("abC123")));
  EXPECT_EQ(to_hex(card.commands().at(1)), "0020008006414243313233");
}

TEST(HostileCard, IsNotBelievedAboutLengths) {
  const std::string huge = "3082ffff9000";
  Liar too_long{"9000", huge};
  EXPECT_EQ(code(Terminal(too_long).certificate(kAuth)), "card_file_form");
  Liar stops{"9000", "308203c29000", "9000"};
  EXPECT_EQ(code(Terminal(stops).certificate(kAuth)), "card_file_form");
  Liar no_der{"9000", "040212349000"};
  EXPECT_EQ(code(Terminal(no_der).certificate(kAuth)), "card_file_form");
  Liar more_than_asked{"9000", "308203c2aa9000"};
  EXPECT_EQ(code(Terminal(more_than_asked).certificate(kAuth)), "card_answer");
  Liar short_signature{"9000", std::string(2 * 255, 'a') + "9000"};
  EXPECT_EQ(code(Terminal(short_signature).sign(kAuth, Scheme::pad_as_given, Bytes(51))), "card_answer");
}

TEST(HostileCard, MakesSignaturesOfNoLengthButItsKeys) {
  const auto takes = [](std::size_t bytes) {
    Liar card{"9000", std::string(2 * bytes, 'a') + "9000"};
    return Terminal(card).sign(kAuth, Scheme::pad_as_given, Bytes(51)).has_value();
  };
  for (std::size_t bytes = 0; bytes <= 260; ++bytes)
    EXPECT_EQ(takes(bytes), bytes == 96 || bytes == 256) << bytes;
}

TEST(HostileCard, MayHoldBackWhatWasAskedForAndNoMore) {
  const std::string half(256, 'a');
  Liar in_two_parts{"9000", "6100", half + "6180", half + "9000"};
  EXPECT_EQ(Terminal(in_two_parts).sign(kAuth, Scheme::pad_as_given, Bytes(51))->size(), 256U);
  EXPECT_EQ(to_hex(in_two_parts.commands().at(2)), "00c0000000");
  EXPECT_EQ(to_hex(in_two_parts.commands().at(3)), "00c0000080");
  Liar no_end{"9000", "6100", half + "6180", half + "6101", "aa9000"};
  EXPECT_EQ(code(Terminal(no_end).sign(kAuth, Scheme::pad_as_given, Bytes(51))), "card_answer");
  Liar too_much{"9000", "6101", std::string(514, 'a') + "9000"};
  EXPECT_EQ(code(Terminal(too_much).sign(kAuth, Scheme::pad_as_given, Bytes(51))), "card_answer");
  Liar nothing{"9000", "6101", "6101", "6101"};
  EXPECT_EQ(code(Terminal(nothing).sign(kAuth, Scheme::pad_as_given, Bytes(51))), "card_answer");
  Liar unasked{"9000", "6101"};
  EXPECT_EQ(code(Terminal(unasked).verify(kAuth, SecretBytes::of_text("1234"))), "card_answer");
  EXPECT_EQ(unasked.commands().size(), 2U) << "a PIN is sent once";
}

TEST(HostileCard, MayNameAnotherLengthOnce) {
  Liar shorter{"9000", "6c03", "8f8f009000"};
  EXPECT_EQ(Terminal(shorter).availability().value(), (Availability{true, true}));
  EXPECT_EQ(to_hex(shorter.commands().at(2)), "00b0000003");
  Liar again{"9000", "6c02", "6c01", "8f9000"};
  EXPECT_EQ(code(Terminal(again).availability()), "card_answer");
  Liar longer{"9000", "6cff", "8f8f009000"};
  EXPECT_EQ(code(Terminal(longer).availability()), "card_answer");
  Liar pin{"9000", "6c04", "9000"};
  EXPECT_EQ(code(Terminal(pin).verify(kAuth, SecretBytes::of_text("1234"))), "card_answer");
  EXPECT_EQ(pin.commands().size(), 2U) << "a PIN is sent once";
}

// Words that no such card answers, anywhere in the dialogue.
TEST(HostileCard, IsAskedForAPinOnceWhateverTheWord) {
  for (unsigned word = 0x6000; word <= 0x6FFF; ++word) {
    Bytes status;
    append_u16(status, static_cast<std::uint16_t>(word));
    Liar card(std::vector<Bytes>{{0x90, 0x00}, status, status, status});
    const auto verified = Terminal(card).verify(kAuth, SecretBytes::of_text("1234"));
    ASSERT_FALSE(verified) << word;
    ASSERT_EQ(card.commands().size(), 2U) << std::hex << word;
    ASSERT_EQ(family_of(verified.error()), ErrorFamily::fatal);
  }
}

TEST(HostileCard, TellsItsTokenInPrintableCharacters) {
  Bytes content(160, 0x1B);
  const std::string model = "E16R01NJ        ";
  std::ranges::copy(model, content.begin() + 64);
  const auto info = parse_token_info(content);
  ASSERT_TRUE(info);
  EXPECT_EQ(info->label, std::string(32, '?'));
  EXPECT_EQ(info->model, "E16R01NJ");
  EXPECT_EQ(info->pin_characters_max, 0x1B1B1B1BU);
  for (const std::size_t bytes : {0, 159, 161})
    EXPECT_EQ(code(parse_token_info(Bytes(bytes, 0x20))), "card_file_form");
}

TEST(Survey, FindsApplicationsByNameAndSpendsNoTry) {
  // JPKI with one PIN of its two, blocked; input helper absent; a card face that says nothing of its PINs.
  Liar card{"9000", "9000", "6984", "6a82", "6a82", "9000", "9000", "6700", "6d00", "6a82", "6a82", "6a82"};
  const auto found = survey(card);
  ASSERT_TRUE(found) << code(found);
  std::string present;
  for (const auto& application : found->applications)
    if (application.present) present += std::string(application.name) + " ";
  EXPECT_EQ(present, "jpki card_face ");
  ASSERT_EQ(found->pins.size(), 2U);
  EXPECT_EQ(found->pins[0].name, "user_authentication");
  EXPECT_EQ(found->pins[0].tries_left, 0U);
  EXPECT_EQ(found->pins[1].name, "face_birth_date");
  EXPECT_FALSE(found->pins[1].tries_left);
  for (const auto& command : card.commands())
    if (command[1] == ins::kVerify) EXPECT_EQ(command.size(), 4U);
}

TEST(Survey, OfACardThatGoesSaysSo) {
  Liar card{"9000", "9000"};
  EXPECT_EQ(code(survey(card)), "card_gone");
}

TEST(HostileCard, WithoutACertificateSaysSo) {
  Liar no_file{"6a82"};
  EXPECT_EQ(code(Terminal(no_file).certificate(kSign)), "certificate_absent");
  Liar empty{"9000", "6b00"};
  EXPECT_EQ(code(Terminal(empty).certificate(kSign)), "certificate_absent");
  Liar filler{"9000", "ffffffff9000"};
  EXPECT_EQ(code(Terminal(filler).certificate(kSign)), "certificate_absent");
  Liar locked{"9000", "6982"};
  EXPECT_EQ(code(Terminal(locked).certificate(kSign)), "pin_needed");
}

TEST(HostileCard, NamesTheCommandAndTheWordAndNeverThePin) {
  Liar card{"9000", "6f00"};
  const auto verified = Terminal(card).verify(kAuth, SecretBytes::of_text("4711"));
  ASSERT_EQ(code(verified), "card_answer");
  EXPECT_EQ(verified.error().parameter("sw"), "6F00");
  EXPECT_EQ(verified.error().parameter("command"), "00200080");
  for (const auto& parameter : verified.error().parameters) {
    EXPECT_EQ(parameter.value.find("4711"), std::string::npos);
    EXPECT_EQ(parameter.value.find("34373131"), std::string::npos);
  }
}

TEST(HostileCard, ThatCannotStoreIsNoFaultOfTheCaller) {
  Liar card{"9000", "6581"};
  const auto verified = Terminal(card).verify(kAuth, SecretBytes::of_text("4711"));
  ASSERT_EQ(code(verified), "card_memory");
  EXPECT_EQ(verified.error().fault, Fault::unavailable);
}

TEST(HostileCard, OfAnotherKindIsRecognisedWhateverItAnswersToTheName) {
  for (const char* answer : {"6a82", "6f07840590000102039000", "6110", "6c10", "6e00", "90", ""}) {
    Liar card{answer};
    EXPECT_EQ(code(Terminal(card).select_jpki()), "not_a_jpki_card") << answer;
    EXPECT_EQ(card.commands().size(), 1U);
  }
}

// Whatever comes, an end comes too.
TEST(HostileCard, MayAnswerAnything) {
  EXPECT_TRUE(rc::check([](std::vector<Bytes> answers, bool with_done) {
    if (with_done)
      for (auto& answer : answers) append(answer, Bytes{0x90, 0x00});
    const auto pin = SecretBytes::of_text("1234");
    Liar card(answers);
    Terminal terminal(card);
    const auto certificate = terminal.certificate(kAuth);
    if (certificate) RC_ASSERT(certificate->size() <= limits::kCertificateBytesMax);
    (void)terminal.token_info();
    (void)survey(card);
    (void)terminal.availability();
    (void)terminal.tries_left(kAuth);
    (void)terminal.verify(kAuth, pin);
    const auto signature = terminal.sign(kAuth, Scheme::pad_as_given, Bytes(51));
    if (signature) RC_ASSERT(signature->size() == 256U || signature->size() == 96U);  // RSA-2048, P-384
  }));
}

TEST(DigestInfo, IsTheFiftyOneBytesThatOpenScSends) {
  const auto info = digest_info(crypto::sha256(view("")));
  EXPECT_EQ(to_hex(ByteView(info).first(19)), "3031300d060960864801650304020105000420");
  EXPECT_EQ(info.size(), 51U);
}

}  // namespace
}  // namespace shomei::card::client
