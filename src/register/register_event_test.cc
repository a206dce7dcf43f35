#include "register/register_event.h"

#include <gtest/gtest.h>

#include "register/register_line.h"

namespace shomei::residents {
namespace {

Resident citizen() {
  return parse_register_line(
             R"({"id":"resident-1","name":"見本　太郎","address":"旧住所","gender":"male","born":"1990-01-02","status":"japanese","municipality":"13225"})")
      ->resident;
}

TEST(RegisterEvent, EachKindChangesItsAttributeAlone) {
  EXPECT_EQ(apply({EventKind::moved, "新住所", "14104"}, citizen())->address, "新住所");
  EXPECT_EQ(apply({EventKind::moved, "新住所", "14104"}, citizen())->municipality, "14104");
  EXPECT_EQ(apply({EventKind::moved, "新住所", ""}, citizen())->municipality, "13225");
  EXPECT_EQ(apply({EventKind::renamed, "例示　太郎", ""}, citizen())->name, "例示　太郎");
  EXPECT_EQ(apply({EventKind::gender_changed, "female", ""}, citizen())->gender, Gender::female);
  EXPECT_EQ(format_date(apply({EventKind::birth_date_corrected, "1990-01-03", ""}, citizen())->born),
            "1990-01-03");
}

TEST(RegisterEvent, ADepartureKeepsWhatItsNotificationSaidOfContinuedUse) {
  const auto notified = *apply(
      {.kind = EventKind::move_out, .value = "2026-12-01", .abroad = true, .continued_use = true}, citizen());
  EXPECT_EQ(notified.moving_abroad->planned, *parse_date("2026-12-01"));
  EXPECT_EQ(notified.left_register, *parse_date("2026-12-01"));
  const auto left = *apply({.kind = EventKind::moved_abroad, .value = "2026-12-02"}, notified);
  EXPECT_EQ(left.moving_abroad->planned, *parse_date("2026-12-02"));
  EXPECT_TRUE(left.moving_abroad->continued_use);
  EXPECT_TRUE(apply({.kind = EventKind::moved_abroad, .value = "2026-12-01"}, notified)) << "as planned";
  EXPECT_FALSE(apply({.kind = EventKind::moved_abroad, .value = "2026-12-01"}, citizen())
                   ->moving_abroad->continued_use);
}

TEST(RegisterEvent, WhoMovesInIsInTheRegisterAgain) {
  const auto away = *apply({.kind = EventKind::move_out, .value = "2026-12-01", .abroad = true}, citizen());
  const auto back = *apply({EventKind::moved, "新住所", "14104"}, away);
  EXPECT_FALSE(back.left_register);
  EXPECT_FALSE(back.moving_abroad);
}

TEST(RegisterEvent, EndsOfARecordAreDays) {
  EXPECT_EQ(apply({.kind = EventKind::died, .value = "2026-11-20"}, citizen())->died,
            *parse_date("2026-11-20"));
  EXPECT_EQ(apply({.kind = EventKind::lost_status, .value = "2026-11-20"}, citizen())->left_register,
            *parse_date("2026-11-20"));
  EXPECT_EQ(apply({.kind = EventKind::move_out, .value = "2026-12-01"}, citizen())->moving_abroad,
            std::nullopt);
  for (auto kind : {EventKind::died, EventKind::lost_status, EventKind::move_out, EventKind::moved_abroad})
    EXPECT_EQ(apply({.kind = kind, .value = ""}, citizen()).error().code, "date_form");
}

TEST(RegisterEvent, AReturnedCardLeavesThePersonsRecordAsItIs) {
  EXPECT_EQ(encode_resident(*apply({.kind = EventKind::card_returned}, citizen())),
            encode_resident(citizen()));
}

TEST(RegisterEvent, AnEventThatChangesNothingOrBreaksTheRecordIsRefused) {
  EXPECT_EQ(apply({EventKind::moved, "旧住所", ""}, citizen()).error().code, "event_changes_nothing");
  EXPECT_EQ(apply({EventKind::moved, "", ""}, citizen()).error().code, "text_unfit");
  EXPECT_EQ(apply({EventKind::moved, "新住所", "1410"}, citizen()).error().code, "municipality_form");
  EXPECT_EQ(apply({EventKind::birth_date_corrected, "1990-02-30", ""}, citizen()).error().code, "date_form");
}

}  // namespace
}  // namespace shomei::residents
