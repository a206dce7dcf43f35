#include "http/ranges.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace shomei::http {
namespace {

using Is = WantedRange::Is;
constexpr std::string_view kContent = "0123456789";

Response whole(bool shared = false) {
  auto response = answer(200, "text/plain", to_bytes(kContent));
  response.headers.push_back({"ETag", "\"one\""});
  response.headers.push_back({"Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT"});
  if (shared) response.shared_body = std::make_shared<const Bytes>(std::exchange(response.body, {}));
  return response;
}

Response asked(const Fields& headers, bool shared = false, const std::string& method = "GET") {
  return answer_range(whole(shared), {.method = method, .headers = headers});
}

std::string field(const Response& response, std::string_view name) {
  const auto* value = find_field(response.headers, name);
  return value ? *value : "";
}

TEST(Ranges, APartIsSentWithItsPlace) {
  struct Case {
    const char* range;
    const char* part;
    const char* place;
  };
  for (const bool shared : {false, true})
    for (const Case& c : {Case{"bytes=0-0", "0", "bytes 0-0/10"}, Case{"bytes=3-5", "345", "bytes 3-5/10"},
                          Case{"bytes=8-", "89", "bytes 8-9/10"}, Case{"bytes=-3", "789", "bytes 7-9/10"},
                          Case{"bytes=-99", "0123456789", "bytes 0-9/10"},
                          Case{"bytes=9-99999999999999999999999", "9", "bytes 9-9/10"},
                          Case{"BYTES= 1-2 ", "12", "bytes 1-2/10"}}) {
      const auto response = asked({{"Range", c.range}}, shared);
      EXPECT_EQ(response.status, 206) << c.range;
      EXPECT_EQ(to_text(response.content()), c.part) << c.range;
      EXPECT_EQ(field(response, "Content-Range"), c.place) << c.range;
      EXPECT_EQ(field(response, "ETag"), "\"one\"");
    }
}

TEST(Ranges, SharedContentIsNotCopied) {
  const auto before = whole(true);
  const auto after = answer_range(before, {.method = "GET", .headers = {{"Range", "bytes=3-5"}}});
  EXPECT_EQ(after.content().data(), before.content().data() + 3);
}

TEST(Ranges, WhereThereIsNothingTheSizeIsSaid) {
  for (const auto* range : {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=18446744073709551616-"}) {
    const auto response = asked({{"Range", range}});
    EXPECT_EQ(response.status, 416) << range;
    EXPECT_EQ(field(response, "Content-Range"), "bytes */10");
    EXPECT_TRUE(response.content().empty());
  }
}

TEST(Ranges, WhatIsNoRangeOfBytesOrSeveralIsAnsweredWhole) {
  for (const auto* range :
       {"", "bytes", "bytes=", "bytes=-", "bytes=--1", "bytes=5-4", "bytes=a-b", "bytes=1-2-3",
        "bytes=0-1,3-4", "bytes=0-1,", "bytes= 1 - 2", "bytes=+1-2", "bytes=0x1-2", "lines=0-1", "bytes =0-1",
        "=0-1", "0-1", "bytes=1-2;q=1", "bytes=-1-"}) {
    const auto response = asked({{"Range", range}});
    EXPECT_EQ(response.status, 200) << range;
    EXPECT_EQ(to_text(response.content()), kContent) << range;
    EXPECT_EQ(field(response, "Content-Range"), "");
    EXPECT_EQ(field(response, "Accept-Ranges"), "bytes");
  }
  std::string many = "bytes=0-0";
  for (int i = 0; i < 1000; ++i) many += ",0-0";
  EXPECT_EQ(asked({{"Range", many}}).status, 200);
  EXPECT_EQ(asked({{"Range", "bytes=0-1"}, {"Range", "bytes=3-4"}}).status, 200);
}

TEST(Ranges, OnlyGetAndOnlyWhatWasFound) {
  const Fields range{{"Range", "bytes=0-1"}};
  EXPECT_EQ(asked(range, false, "HEAD").status, 200);
  EXPECT_EQ(asked(range, false, "POST").status, 200);
  auto missing = whole();
  missing.status = 404;
  const auto response = answer_range(missing, {.method = "GET", .headers = range});
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(field(response, "Accept-Ranges"), "");
}

TEST(Ranges, IfRangeLetsAPartThroughOnlyOfWhatTheClientHas) {
  const auto status = [](const char* condition) {
    return asked({{"Range", "bytes=0-1"}, {"If-Range", condition}}).status;
  };
  EXPECT_EQ(status("\"one\""), 206);
  EXPECT_EQ(status("\"two\""), 200);
  EXPECT_EQ(status("W/\"one\""), 200);
  EXPECT_EQ(status(""), 200);
  EXPECT_EQ(status("Sun, 06 Nov 1994 08:49:37 GMT"), 200);
  auto response = whole();
  std::erase_if(response.headers, [](const Field& f) { return f.name == "ETag"; });
  EXPECT_EQ(
      answer_range(response, {.method = "GET", .headers = {{"Range", "bytes=0-1"}, {"If-Range", ""}}}).status,
      200);
}

TEST(Ranges, OfNothingThereIsNoPart) {
  const auto response =
      answer_range(answer(200, "text/plain", {}), {.method = "GET", .headers = {{"Range", "bytes=0-"}}});
  EXPECT_EQ(response.status, 416);
  EXPECT_EQ(field(response, "Content-Range"), "bytes */0");
}

// Whatever is asked: a part lies within the content, and pieces put together are the content.
TEST(RangesProperty, NoFieldReachesBeyondTheContent) {
  EXPECT_TRUE(rc::check([] {
    const auto text =
        "bytes=" + *rc::gen::container<std::string>(rc::gen::element('0', '1', '9', '-', ',', ' ', 'x', '='));
    const auto size = *rc::gen::inRange<std::uint64_t>(0, 30);
    const auto wanted = parse_range(text, size);
    if (wanted.is != Is::part) return;
    RC_ASSERT(wanted.size > 0);
    RC_ASSERT(wanted.first < size);
    RC_ASSERT(wanted.size <= size - wanted.first);
  }));
}

TEST(RangesProperty, AContentIsFetchedInPieces) {
  EXPECT_TRUE(rc::check([] {
    const Bytes content = *rc::gen::nonEmpty<Bytes>();
    const auto step = *rc::gen::inRange<std::size_t>(1, content.size() + 2);
    Bytes got;
    while (got.size() < content.size()) {
      const auto range = "bytes=" + std::to_string(got.size()) + "-" + std::to_string(got.size() + step - 1);
      const auto response =
          answer_range(answer(200, "x/y", content), {.method = "GET", .headers = {{"Range", range}}});
      RC_ASSERT(response.status == 206);
      append(got, response.content());
    }
    RC_ASSERT(got == content);
  }));
}

}  // namespace
}  // namespace shomei::http
