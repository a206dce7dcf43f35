#include "mass/fixed_list.h"

#include <gtest/gtest.h>

namespace shomei::mass {
namespace {

namespace fs = std::filesystem;

class MassList : public testing::Test {
 protected:
  MassList() { fs::create_directories(folder_); }
  ~MassList() override { fs::remove_all(folder_); }

  static Line line(std::uint64_t number) {
    return {"signature-1", *pki::SerialNumber::parse_hex("1000" + std::to_string(100'000 + number)),
            number % 2 == 0 ? "13225" : "",
            number % 3 == 0 ? ResidentId{} : *ResidentId::parse("resident-one"), *parse_date("2031-01-02")};
  }
  crypto::Sha256 write(std::uint64_t count) {
    crypto::Sha256 digest{};
    EXPECT_TRUE(files::replace_file(path_, [&](const files::WritePiece& piece) -> Result<void> {
      ListWriter writer(piece);
      for (std::uint64_t i = 0; i < count; ++i) SHOMEI_CHECK(writer.add(line(i)));
      SHOMEI_TRY(digest, writer.finish());
      return {};
    }));
    return digest;
  }
  Error refusal(std::string_view content) {
    EXPECT_TRUE(files::replace_file(path_, view(content)));
    const auto list = FixedList::open(path_, crypto::sha256(view(content)));
    if (!list) return list.error();
    const auto read = list->each(0, [](const Line&) { return true; });
    EXPECT_FALSE(read) << content;
    return read ? Error{} : read.error();
  }

  fs::path folder_ = fs::temp_directory_path() / ("shomei-mass-list-" + std::to_string(::getpid()));
  fs::path path_ = folder_ / "list";
};

TEST_F(MassList, ComesBackLineByLineFromAnyPlace) {
  constexpr std::uint64_t kCount = 5'000;
  const auto list = FixedList::open(path_, write(kCount));
  ASSERT_TRUE(list);
  EXPECT_EQ(list->size(), kCount);
  for (const std::uint64_t first : {0U, 1U, 1023U, 1024U, 1025U, 4'999U, 5'000U, 6'000U}) {
    auto at = first;
    ASSERT_TRUE(list->each(first, [&](const Line& read) { return read == line(at++); }));
    EXPECT_EQ(at, std::max(first, kCount)) << first;
  }
}

TEST_F(MassList, FindsAResidentsCertificatesAndNobodyElses) {
  const auto list = FixedList::open(path_, write(5'000));
  ASSERT_TRUE(list);
  const auto all = list->of_resident(*ResidentId::parse("resident-one"));
  ASSERT_TRUE(all);
  EXPECT_EQ(all->size(), 5'000U - 1'667U);
  for (const auto& [place, found] : *all) EXPECT_EQ(found, line(place)) << place;
  for (const auto* other : {"resident-on", "esident-one", "resident-one1"})
    EXPECT_TRUE(list->of_resident(*ResidentId::parse(other))->empty()) << other;
}

TEST_F(MassList, AResidentNamedAsAMunicipalityIsIsFoundAsAResident) {
  const auto named = [](const char* resident) {
    auto one = line(0);
    one.municipality = "municipality-one";
    one.resident = *ResidentId::parse(resident);
    return one;
  };
  crypto::Sha256 digest{};
  ASSERT_TRUE(files::replace_file(path_, [&](const files::WritePiece& piece) -> Result<void> {
    ListWriter writer(piece);
    for (const auto* resident : {"resident-one", "municipality-one", "resident-two"})
      SHOMEI_CHECK(writer.add(named(resident)));
    SHOMEI_TRY(digest, writer.finish());
    return {};
  }));
  const auto found = FixedList::open(path_, digest)->of_resident(*ResidentId::parse("municipality-one"));
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, (std::map<std::uint64_t, Line>{{1, named("municipality-one")}}));
}

TEST_F(MassList, AnEmptyOneIsAList) {
  const auto list = FixedList::open(path_, write(0));
  ASSERT_TRUE(list);
  EXPECT_EQ(list->size(), 0U);
}

TEST_F(MassList, IsTheFileOfItsDigestOrNone) {
  const auto digest = write(10);
  EXPECT_TRUE(FixedList::open(path_, digest));
  write(11);
  EXPECT_EQ(FixedList::open(path_, digest).error().code, "mass_list_altered");
  fs::remove(path_);
  EXPECT_EQ(FixedList::open(path_, digest).error().code, "mass_list_missing");
}

TEST_F(MassList, WhatIsNoListIsRefused) {
  const std::string head = "shomei mass list 1\n", good = "signature-1 10 13225 resident-one 2031-01-02";
  EXPECT_EQ(refusal("").code, "mass_list_form");
  EXPECT_EQ(refusal("shomei mass list 2\n").code, "mass_list_form");
  EXPECT_EQ(refusal(head + good).code, "mass_list_form") << "the end is missing";
  for (const std::string bad :
       {"", "signature-1 10 13225 resident-one", "signature-1 10 13225 resident-one 2031-02-30",
        "signature-1 1 13225 resident-one 2031-01-02", "signature-1 10  resident-one 2031-01-02",
        "signature-1 10 13225 Nobody 2031-01-02"})
    EXPECT_EQ(refusal(head + good + "\n" + bad + "\n").parameter("line"), "3") << bad;
  EXPECT_EQ(refusal(head + good + " more\n").parameter("line"), "2");
}

}  // namespace
}  // namespace shomei::mass
