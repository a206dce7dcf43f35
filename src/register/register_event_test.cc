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

TEST(RegisterEvent, AnEventThatChangesNothingOrBreaksTheRecordIsRefused) {
  EXPECT_EQ(apply({EventKind::moved, "旧住所", ""}, citizen()).error().code, "event_changes_nothing");
  EXPECT_EQ(apply({EventKind::moved, "", ""}, citizen()).error().code, "text_unfit");
  EXPECT_EQ(apply({EventKind::moved, "新住所", "1410"}, citizen()).error().code, "municipality_form");
  EXPECT_EQ(apply({EventKind::birth_date_corrected, "1990-02-30", ""}, citizen()).error().code, "date_form");
}

}  // namespace
}  // namespace shomei::residents
