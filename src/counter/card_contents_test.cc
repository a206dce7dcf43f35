// What goes to a card that has some of it: no more than it lacks.
#include "counter/card_contents.h"

#include <gtest/gtest.h>

#include "card/instruction.h"

namespace shomei::counter {
namespace {

using card::ApplicationId;
using card::PinId;

const FileName kNumberFile{ApplicationId::input_helper, 0x0001}, kFace{ApplicationId::face, 0x0002};

CardContents contents() {
  return {{{kNumberFile.first, kNumberFile.second, to_bytes("a number")},
           {kFace.first, kFace.second, to_bytes("a face")}},
          {{{ApplicationId::face, 0x0013, "123456789012"}, {kNumberFile}},
           {{ApplicationId::face, 0x0011, "020102"}, {kFace}}}};
}

// Of a card that has all of it, each number with the tries left.
issuer::CardStatus status_of(const CardContents& all, unsigned tries) {
  issuer::CardStatus status;
  for (const auto& file : all.files)
    status.files[{file.application, file.file}] = crypto::sha256(file.content);
  for (const auto pin : {PinId::face_a, PinId::face_birth_date}) status.pins[pin] = {tries, {1}};
  return status;
}

// The digits that are sent, in their order.
std::string digits_sent(const issuer::Script& script) {
  std::string all;
  for (const auto& command : script.commands) {
    if (command.ins != card::ins::kChangeReferenceData) continue;
    const auto data = to_text(command.data.reveal());
    for (const std::string_view digits : {"123456789012", "020102"})
      if (data.ends_with(digits)) all += std::string(digits) + " ";
  }
  return all;
}

std::string brought(const CardContents& wanted, const issuer::CardStatus& status) {
  return digits_sent(bring_contents(wanted, status, issuer::over));
}

TEST(NumbersOnACard, ANumberThatTheCardLacksIsSet) {
  auto status = status_of(contents(), 10);
  EXPECT_EQ(brought(contents(), status), "");
  status.pins.erase(PinId::face_a);
  EXPECT_EQ(brought(contents(), status), "123456789012 ");
  EXPECT_EQ(brought(contents(), {}), "123456789012 020102 ");
}

TEST(NumbersOnACard, AnotherFileSetsWhatIsMadeOfItAndNothingElse) {
  for (const unsigned tries : {0U, 1U, 10U}) {
    const auto status = status_of(contents(), tries);
    auto changed = contents();
    changed.files[0].content = to_bytes("another number");
    EXPECT_EQ(brought(changed, status), "123456789012 ") << tries;
    changed = contents();
    changed.files[1].content = to_bytes("another face");
    EXPECT_EQ(brought(changed, status), "020102 ") << tries;
    changed.numbers[1].made_of.clear();
    EXPECT_EQ(brought(changed, status), "") << "no tries come back with a file that says nothing of it";
  }
}

TEST(NumbersOnACard, BlockedNumbersAreThoseOfNobodysChoosing) {
  auto status = status_of(contents(), 1);
  status.pins[PinId::face_birth_date].tries_left = 0;
  status.pins[PinId::input_helper] = {0, {1}};
  EXPECT_EQ(blocked_numbers(status), std::vector{PinId::face_birth_date});
  EXPECT_EQ(digits_sent(set_numbers(contents(), blocked_numbers(status), issuer::over)), "020102 ");
}

}  // namespace
}  // namespace shomei::counter
