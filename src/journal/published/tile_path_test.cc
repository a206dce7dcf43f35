#include "journal/published/tile_path.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace shomei::journal {
namespace {

TEST(TilePath, IsWrittenAsTheSpecificationShows) {
  EXPECT_EQ(encode_tile_path({TileKind::hashes, 0, 0, 256}), "tile/0/000");
  EXPECT_EQ(encode_tile_path({TileKind::hashes, 1, 1234067, 256}), "tile/1/x001/x234/067");
  EXPECT_EQ(encode_tile_path({TileKind::hashes, 2, 999, 17}), "tile/2/999.p/17");
  EXPECT_EQ(encode_tile_path({TileKind::entries, 0, 1000, 1}), "tile/entries/x001/000.p/1");
}

TEST(TilePath, EveryPathComesBack) {
  EXPECT_TRUE(rc::check([] {
    TilePath path;
    path.kind = *rc::gen::element(TileKind::hashes, TileKind::entries);
    path.level = path.kind == TileKind::entries ? 0 : *rc::gen::inRange(0U, 64U);
    path.index = *rc::gen::inRange<std::uint64_t>(0, 1) +
                 (*rc::gen::arbitrary<std::uint64_t>() >> 8 >> *rc::gen::inRange(0, 56));
    path.width = *rc::gen::inRange(1U, 257U);
    const auto back = parse_tile_path(encode_tile_path(path));
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == path);
  }));
}

TEST(TilePath, OneFormOnly) {
  for (const std::string_view text : {"",
                                      "tile",
                                      "tile/",
                                      "tile/0",
                                      "tile/0/",
                                      "/tile/0/000",
                                      "tile/0/0",
                                      "tile/0/00",
                                      "tile/0/0000",
                                      "tile/00/000",
                                      "tile/64/000",
                                      "tile/-1/000",
                                      "tile/+1/000",
                                      "tile/x/000",
                                      "tile/0/000/",
                                      "tile/0/x000/000",
                                      "tile/0/001/000",
                                      "tile/0/x001/x000",
                                      "tile/0/x001000",
                                      "tile/0/X001/000",
                                      "tile/0/x1/000",
                                      "tile/0/000.p",
                                      "tile/0/000.p/",
                                      "tile/0/000.p/0",
                                      "tile/0/000.p/00",
                                      "tile/0/000.p/01",
                                      "tile/0/000.p/256",
                                      "tile/0/000.p/-1",
                                      "tile/0/000.p/1/",
                                      "tile/0/000.p/1.p/1",
                                      "tile/0/../0/000",
                                      "tile/entries",
                                      "tile/entries/",
                                      "tile/entries/0/000",
                                      "tile/Entries/000",
                                      "tile/0/ 00",
                                      "tile/0/00a",
                                      "tile/0/x018/x446/x744/x073/x709/x551/616",
                                      "tile/0/x999/x999/x999/x999/x999/x999/x999/x999/999",
                                      "tile//000",
                                      "tile/0//000",
                                      "tile/0/000\n",
                                      "tile/0/%30"}) {
    const auto path = parse_tile_path(text);
    ASSERT_FALSE(path.has_value()) << text;
    EXPECT_EQ(path.error().code, "tile_path_form") << text;
  }
  EXPECT_FALSE(parse_tile_path(std::string_view("tile/0/0\00000", 12)).has_value());
}

TEST(TilePath, WhatIsTakenIsTheOneForm) {
  EXPECT_TRUE(rc::check([](std::string text) {
    static const std::string kAlphabet = "0123456789x/.pentriesl";
    for (auto& c : text) c = kAlphabet[static_cast<unsigned char>(c) % kAlphabet.size()];
    text = "tile/0/" + text;
    const auto path = parse_tile_path(text);
    if (path) RC_ASSERT(encode_tile_path(*path) == text);
  }));
}

TEST(TilePath, ATreeHasSoManyHashesAtAPlace) {
  EXPECT_EQ(width_at(0, 0, 0), 0U);
  EXPECT_EQ(width_at(1, 0, 0), 1U);
  EXPECT_EQ(width_at(256, 0, 0), 256U);
  EXPECT_EQ(width_at(256, 0, 1), 0U);
  EXPECT_EQ(width_at(256, 1, 0), 1U);
  EXPECT_EQ(width_at(255, 1, 0), 0U);
  EXPECT_EQ(width_at(70'000, 0, 273), 112U);
  EXPECT_EQ(width_at(70'000, 1, 1), 17U);
  EXPECT_EQ(width_at(70'000, 2, 0), 1U);
  EXPECT_EQ(width_at(~0ULL, 7, 0), 255U);
  EXPECT_EQ(width_at(~0ULL, 8, 0), 0U);
  EXPECT_EQ(width_at(~0ULL, 63, 0), 0U);
  EXPECT_EQ(width_at(~0ULL, 0, ~0ULL), 0U);
}

}  // namespace
}  // namespace shomei::journal
