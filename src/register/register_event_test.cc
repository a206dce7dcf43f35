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

constexpr Date kToday = std::chrono::year{2026} / 11 / 22;

TEST(RegisterEvent, EachKindChangesItsAttributeAlone) {
  EXPECT_EQ(apply({EventKind::moved, "新住所", "14104"}, citizen(), kToday)->address, "新住所");
  EXPECT_EQ(apply({EventKind::moved, "新住所", "14104"}, citizen(), kToday)->municipality, "14104");
  EXPECT_EQ(apply({EventKind::moved, "新住所", ""}, citizen(), kToday)->municipality, "13225");
  EXPECT_EQ(apply({EventKind::renamed, "例示　太郎", ""}, citizen(), kToday)->name, "例示　太郎");
  EXPECT_EQ(apply({EventKind::gender_changed, "female", ""}, citizen(), kToday)->gender, Gender::female);
  EXPECT_EQ(format_date(apply({EventKind::birth_date_corrected, "1990-01-03", ""}, citizen(), kToday)->born),
            "1990-01-03");
}

TEST(RegisterEvent, ADepartureKeepsWhatItsNotificationSaidOfContinuedUse) {
  const auto notified =
      *apply({.kind = EventKind::move_out, .value = "2026-12-01", .abroad = true, .continued_use = true},
             citizen(), kToday);
  EXPECT_EQ(notified.moving_abroad->planned, *parse_date("2026-12-01"));
  EXPECT_EQ(notified.left_register, *parse_date("2026-12-01"));
  const auto left = *apply({.kind = EventKind::moved_abroad, .value = "2026-12-02"}, notified, kToday);
  EXPECT_EQ(left.moving_abroad->planned, *parse_date("2026-12-02"));
  EXPECT_TRUE(left.moving_abroad->continued_use);
  EXPECT_TRUE(apply({.kind = EventKind::moved_abroad, .value = "2026-12-01"}, notified, kToday))
      << "as planned";
  EXPECT_FALSE(apply({.kind = EventKind::moved_abroad, .value = "2026-12-01"}, citizen(), kToday)
                   ->moving_abroad->continued_use);
}

TEST(RegisterEvent, ContinuedUseIsAskedForBeforeTheDayOfDeparture_JpkiFacts36) {
  const auto on = [](const char* day) {
    return apply({.kind = EventKind::move_out, .value = day, .abroad = true, .continued_use = true},
                 citizen(), kToday);
  };
  EXPECT_EQ(on("2026-11-22").error().code, "continued_use_too_late");
  EXPECT_TRUE(on("2026-11-23"));
}

TEST(RegisterEvent, AMoveOfAnotherKindTakesThePlaceOfANotifiedDeparture) {
  const auto departing =
      *apply({.kind = EventKind::move_out, .value = "2026-12-20", .abroad = true}, citizen(), kToday);
  const auto within = *apply({.kind = EventKind::move_out, .value = "2026-12-25"}, departing, kToday);
  EXPECT_FALSE(within.moving_abroad);
  EXPECT_EQ(within.left_register, *parse_date("2026-12-25"));
  const auto across_the_street = *apply({EventKind::moved, "新住所", ""}, departing, kToday);
  EXPECT_EQ(across_the_street.moving_abroad, departing.moving_abroad) << "still to come";
  const auto back = *apply({EventKind::moved, "新住所", ""}, departing, *parse_date("2026-12-20"));
  EXPECT_FALSE(back.moving_abroad || back.left_register);
}

TEST(RegisterEvent, EndsOfARecordAreDays) {
  EXPECT_EQ(apply({.kind = EventKind::died, .value = "2026-11-20"}, citizen(), kToday)->died,
            *parse_date("2026-11-20"));
  EXPECT_EQ(apply({.kind = EventKind::lost_status, .value = "2026-11-20"}, citizen(), kToday)->left_register,
            *parse_date("2026-11-20"));
  EXPECT_EQ(apply({.kind = EventKind::move_out, .value = "2026-12-01"}, citizen(), kToday)->moving_abroad,
            std::nullopt);
  for (auto kind : {EventKind::died, EventKind::lost_status, EventKind::move_out, EventKind::moved_abroad})
    EXPECT_EQ(apply({.kind = kind, .value = ""}, citizen(), kToday).error().code, "date_form");
}

TEST(RegisterEvent, AReturnedCardLeavesThePersonsRecordAsItIs) {
  EXPECT_EQ(encode_resident(*apply({.kind = EventKind::card_returned}, citizen(), kToday)),
            encode_resident(citizen()));
}

TEST(RegisterEvent, AnEventThatChangesNothingOrBreaksTheRecordIsRefused) {
  EXPECT_EQ(apply({EventKind::moved, "旧住所", ""}, citizen(), kToday).error().code, "event_changes_nothing");
  EXPECT_EQ(apply({EventKind::moved, "", ""}, citizen(), kToday).error().code, "text_unfit");
  EXPECT_EQ(apply({EventKind::moved, "新住所", "1410"}, citizen(), kToday).error().code, "municipality_form");
  EXPECT_EQ(apply({EventKind::birth_date_corrected, "1990-02-30", ""}, citizen(), kToday).error().code,
            "date_form");
}

}  // namespace
}  // namespace shomei::residents
