#include "http/response_head.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace shomei::http {
namespace {

using namespace std::chrono_literals;

constexpr Instant kThen{784111777s};  // the example of RFC 9110 5.6.7

TEST(ResponseHead, WritesTheExampleDateOfTheRfc) {
  EXPECT_EQ(format_http_date(kThen), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(format_http_date(Instant{0s}), "Thu, 01 Jan 1970 00:00:00 GMT");
}

TEST(ResponseHead, FramesTheAnswer) {
  const auto response = answer(200, "text/plain", to_bytes(std::string_view("four")));
  EXPECT_EQ(encode_head(response, {.now = kThen}),
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
            "Content-Length: 4\r\n\r\n");
  EXPECT_NE(encode_head(response, {.keep_alive = false}).find("Connection: close\r\n"), std::string::npos);
  EXPECT_NE(encode_head(response, {.http_1_0 = true}).find("Connection: keep-alive\r\n"), std::string::npos);
}

TEST(ResponseHead, LeavesOutContentWhereThereIsNone) {
  for (const int status : {204, 304}) {
    Response response;
    response.status = status;
    EXPECT_EQ(encode_head(response, {}).find("Content-Length"), std::string::npos) << status;
  }
}

TEST(ResponseHead, KeepsTheHandlersDateAndDropsItsFraming) {
  Response response;
  response.headers = {{"date", "mine"},
                      {"content-length", "99"},
                      {"Connection", "upgrade"},
                      {"Transfer-Encoding", "chunked"}};
  EXPECT_EQ(encode_head(response, {.now = kThen}),
            "HTTP/1.1 200 OK\r\ndate: mine\r\nContent-Length: 0\r\n\r\n");
}

TEST(ResponseHead, CannotBeSplitByAField) {
  EXPECT_TRUE(rc::check([] {
    const auto pieces =
        rc::gen::container<std::string>(rc::gen::element('a', ':', ' ', '\r', '\n', '\0', 'Z'));
    Response response;
    response.headers = {{*pieces, *pieces}};
    const std::string head = encode_head(response, {});
    const auto lines = std::count(head.begin(), head.end(), '\n');
    RC_ASSERT(lines == 4 ||
              lines == 5);  // status, Date, Content-Length, the empty line and at most the field
    RC_ASSERT(std::count(head.begin(), head.end(), '\r') == lines);
    RC_ASSERT(head.find("\r\n\r\n") == head.size() - 4);
  }));
}

}  // namespace
}  // namespace shomei::http
