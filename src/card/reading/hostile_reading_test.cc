// A card that lies to the reader. What a true card does is tested with the chip in tests/card.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <functional>

#include "card/apdu.h"
#include "card/contents/test_person.h"
#include "card/instruction.h"
#include "card/reading/personal_data.h"

namespace shomei::card::reading {
namespace {

class Liar final : public Transport {
 public:
  explicit Liar(std::function<Answer(const Command&)> answer) : answer_(std::move(answer)) {}
  Result<Bytes> transmit(ByteView bytes) override {
    ++commands;
    return encode_answer(answer_(parse_command(bytes).value()));
  }
  std::size_t commands = 0;

 private:
  std::function<Answer(const Command&)> answer_;
};

std::string_view code(const auto& result) {
  return result ? "no error" : result.error().code;
}

TEST(HostileReading, AnEndlessFileIsReadToItsEndAndNoFurther) {
  Liar card([](const Command& command) {
    return command.ins == ins::kReadBinary ? Answer(Bytes(256, 0xFF)) : Answer();
  });
  EXPECT_EQ(PersonalReader(card).read_file(1).value().size(), 0x8000U);
  EXPECT_EQ(card.commands, 129U);
}

TEST(HostileReading, WordsAreTakenForWhatTheyMean) {
  const auto read_code = [](StatusWord word) {
    Liar card([=](const Command& command) { return Answer(command.ins == ins::kSelect ? sw::kDone : word); });
    return code(PersonalReader(card).read_file(1));
  };
  EXPECT_EQ(read_code(sw::kSecurityStatus), "pin_needed");
  EXPECT_EQ(read_code(sw::kWrongOffset), "card_file_absent");
  EXPECT_EQ(read_code(sw::kDone), "card_file_absent");
  EXPECT_EQ(read_code(0x6F00), "card_answer");
  Liar none([](const Command&) { return Answer(sw::kFileNotFound); });
  EXPECT_EQ(code(PersonalReader(none).read_file(1)), "card_file_absent");
  EXPECT_EQ(code(PersonalReader(none).select(ApplicationId::face)), "application_absent");
  EXPECT_EQ(code(PersonalReader(none).tries_left(PinId::face_a)), "card_file_absent");
}

TEST(HostileReading, NothingOfAnotherFormIsSent) {
  Liar card([](const Command&) { return Answer(); });
  for (const auto& [pin, digits] : {std::pair<PinId, const char*>{PinId::input_helper, "123"},
                                    {PinId::input_helper, "12a4"},
                                    {PinId::input_helper_a, "12345678901"},
                                    {PinId::face_b, "123456789012"},
                                    {PinId::face_birth_date, "20000101"},
                                    {PinId::face_birth_date, ""}})
    EXPECT_EQ(code(PersonalReader(card).verify(pin, SecretBytes::of_text(digits))), "digits_form") << digits;
  EXPECT_EQ(card.commands, 0U);
}

TEST(HostileReading, BothWordsForBlockedAreTaken) {
  for (const StatusWord word : {sw::kPinBlockedIso, sw::kPinBlocked, sw::kTriesLeft}) {
    Liar card([=](const Command& command) { return Answer(command.ins == ins::kSelect ? sw::kDone : word); });
    EXPECT_EQ(code(PersonalReader(card).verify(PinId::face_a, SecretBytes::of_text("123456789012"))),
              "pin_blocked");
    EXPECT_EQ(PersonalReader(card).tries_left(PinId::face_a).value(), 0U);
  }
}

// Whatever the files hold, every reader has an answer or an error; and what it takes, the signer has signed.
TEST(HostileReading, FilesOfAnyBytesAreNeverTaken) {
  const FilesSigner signer{contents::signer_key().public_key(), {}, Vouching::card_alone};
  EXPECT_TRUE(rc::check([&](const Bytes& bytes) {
    Liar card([&](const Command& command) {
      const bool reads = command.ins == ins::kReadBinary || command.ins == ins::kReadRecord;
      return reads
                 ? Answer(Bytes(bytes.begin(),
                                bytes.begin() + static_cast<long>(std::min<std::size_t>(bytes.size(), 256))))
                 : Answer();
    });
    PersonalReader reader(card);
    RC_ASSERT(!read_signer(reader, std::nullopt).has_value());
    RC_ASSERT(!read_number(reader, signer).has_value());
    RC_ASSERT(!read_attributes(reader, signer).has_value());
    RC_ASSERT(!read_age(reader, signer).has_value());
    RC_ASSERT(!read_face(reader, signer).has_value());
    RC_ASSERT(!read_session_key(reader).has_value());
    RC_ASSERT(!read_common_record(reader).has_value());
  }));
}

}  // namespace
}  // namespace shomei::card::reading
