// A person's files on the chip, read by the terminal: who may read what, sealed and plain, and that what was
// signed is what was written.
#include <gtest/gtest.h>

#include "card/applet/chip.h"
#include "card/applet/chip_transport.h"
#include "card/contents/test_person.h"
#include "card/reading/personal_data.h"
#include "card/sealing/session_transport.h"
#include "tests/card/made_card.h"
#include "tests/card/persons_card.h"

namespace shomei::card {
namespace {

using contents::test_person;
using reading::PersonalReader;

std::string_view code(const auto& result) {
  return result ? "no error" : result.error().code;
}

struct PersonsCard {
  KeptInMemory storage;
  applet::Chip chip{state_of_person(), storage};
  applet::ChipTransport transport{chip};
  PersonalReader reader{transport};

  reading::FilesSigner open(ApplicationId application, PinId pin, std::string_view digits) {
    EXPECT_TRUE(reader.select(application));
    EXPECT_TRUE(reader.verify(pin, SecretBytes::of_text(digits)));
    return read_signer(reader, contents::root_key().public_key()).value();
  }
};

TEST(ReadPersonalData, ThePinOpensNumberAndAttributes) {
  PersonsCard card;
  const auto signer = card.open(ApplicationId::input_helper, PinId::input_helper, "1234");
  EXPECT_EQ(signer.vouching, reading::Vouching::root);
  EXPECT_EQ(read_number(card.reader, signer).value(), test_person().number);
  const auto attributes = read_attributes(card.reader, signer).value();
  EXPECT_EQ(attributes.attributes.name, test_person().name);
  EXPECT_EQ(attributes.attributes.address, test_person().address);
  EXPECT_EQ(attributes.attributes.born, "19950607");
  EXPECT_EQ(attributes.offsets, contents::Offsets::of_file);
}

TEST(ReadPersonalData, EachReferenceNumberOpensItsHalf) {
  PersonsCard card;
  auto signer = card.open(ApplicationId::input_helper, PinId::input_helper_a, test_person().number);
  EXPECT_TRUE(read_number(card.reader, signer));
  EXPECT_EQ(code(read_attributes(card.reader, signer)), "pin_needed");
  signer = card.open(ApplicationId::input_helper, PinId::input_helper_b, reference_number_b());
  EXPECT_TRUE(read_attributes(card.reader, signer));
  EXPECT_EQ(code(read_number(card.reader, signer)), "pin_needed");
}

TEST(ReadPersonalData, TheFaceOpensByWhatIsPrinted) {
  PersonsCard card;
  auto signer = card.open(ApplicationId::face, PinId::face_b, reference_number_b());
  const auto face = read_face(card.reader, signer).value();
  EXPECT_EQ(face.photo, contents::test_images().photo);
  EXPECT_EQ(face.valid_until, "20310607");
  EXPECT_EQ(code(read_number_image(card.reader, signer)), "pin_needed");
  EXPECT_EQ(code(read_age(card.reader, signer)), "pin_needed");
  signer = card.open(ApplicationId::face, PinId::face_a, test_person().number);
  EXPECT_EQ(read_number_image(card.reader, signer).value().image, contents::test_images().number);
  EXPECT_TRUE(read_face(card.reader, signer));
  signer = card.open(ApplicationId::face, PinId::face_birth_date, "070607");
  EXPECT_EQ(read_age(card.reader, signer).value().born, "19950607");
  EXPECT_EQ(code(read_face(card.reader, signer)), "pin_needed");
}

TEST(ReadPersonalData, NothingIsReadBeforeAPin) {
  PersonsCard card;
  ASSERT_TRUE(card.reader.select(ApplicationId::input_helper));
  const auto signer = read_signer(card.reader, std::nullopt).value();
  EXPECT_EQ(signer.vouching, reading::Vouching::card_alone);
  EXPECT_EQ(code(read_number(card.reader, signer)), "pin_needed");
  EXPECT_EQ(code(read_session_key(card.reader)), "pin_needed");
  ASSERT_TRUE(card.reader.select(ApplicationId::common));
  EXPECT_EQ(read_common_record(card.reader).value().municipality, "13225");
}

TEST(ReadPersonalData, ASealedReadGivesTheSameAndShowsNothingOnTheLine) {
  class Wire final : public Transport {
   public:
    explicit Wire(Transport& card) : card_(card) {}
    Result<Bytes> transmit(ByteView command) override {
      auto answer = card_.transmit(command);
      append(seen, command);
      append(seen, answer.value());
      return answer;
    }
    Bytes seen;

   private:
    Transport& card_;
  };
  PersonsCard card;
  Wire wire(card.transport);
  PersonalReader plain(wire);
  ASSERT_TRUE(plain.select(ApplicationId::input_helper));
  ASSERT_TRUE(plain.verify(PinId::input_helper, SecretBytes::of_text("1234")));
  const auto signer = read_signer(plain, contents::root_key().public_key()).value();
  auto session = sealing::SessionTransport::begin(wire, read_session_key(plain).value()).value();
  PersonalReader sealed(session);
  EXPECT_EQ(read_number(sealed, signer).value(), test_person().number);
  EXPECT_EQ(read_attributes(sealed, signer).value().attributes.name, test_person().name);
  EXPECT_TRUE(sealed.verify(PinId::input_helper_a, SecretBytes::of_text(test_person().number)));
  const std::string seen = to_text(wire.seen);
  EXPECT_EQ(seen.find(test_person().number), std::string::npos);
  EXPECT_EQ(seen.find(test_person().address), std::string::npos);
}

TEST(ReadPersonalData, AnotherRootHasNotSignedThisCard) {
  PersonsCard card;
  ASSERT_TRUE(card.reader.select(ApplicationId::face));
  const auto wrong = read_signer(card.reader, contents::card_key().public_key());
  ASSERT_EQ(code(wrong), "card_signer_unknown");
  EXPECT_EQ(wrong.error().parameter("root"), to_hex_upper(contents::key_id(contents::kFaceRootId)));
}

TEST(ReadPersonalData, AWrongNumberCostsATryAndTheLastOneBlocks) {
  PersonsCard card;
  ASSERT_TRUE(card.reader.select(ApplicationId::face));
  for (unsigned left = 9; left > 0; --left) {
    const auto verified = card.reader.verify(PinId::face_b, SecretBytes::of_text("00000000000000"));
    ASSERT_EQ(code(verified), "pin_wrong");
    EXPECT_EQ(card.reader.tries_left(PinId::face_b).value(), left);
  }
  EXPECT_EQ(code(card.reader.verify(PinId::face_b, SecretBytes::of_text("00000000000000"))), "pin_blocked");
  EXPECT_EQ(code(card.reader.verify(PinId::face_b, SecretBytes::of_text(reference_number_b()))),
            "pin_blocked");
  EXPECT_EQ(card.reader.tries_left(PinId::face_a).value(), 10U);
}

// The signature tells a file that somebody else wrote.
TEST(ReadPersonalData, AForgedFileIsRefused) {
  auto state = state_of_person();
  auto& attributes = state.files.at({ApplicationId::input_helper, 2});
  attributes.back() = '1';
  KeptInMemory storage;
  applet::Chip chip(std::move(state), storage);
  applet::ChipTransport transport(chip);
  PersonalReader reader(transport);
  ASSERT_TRUE(reader.select(ApplicationId::input_helper));
  ASSERT_TRUE(reader.verify(PinId::input_helper, SecretBytes::of_text("1234")));
  const auto signer = read_signer(reader, contents::root_key().public_key()).value();
  EXPECT_EQ(code(read_attributes(reader, signer)), "card_file_changed");
}

}  // namespace
}  // namespace shomei::card
