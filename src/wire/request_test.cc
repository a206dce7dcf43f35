#include "wire/request.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

namespace shomei::wire {
namespace {

using Outcome = Parsed::Outcome;
constexpr RequestLimits kLimits{};

// What was read, as text, or the status of a refusal, or "more".
std::string read(std::string_view bytes, const RequestLimits& limits = kLimits) {
  RequestView view;
  const Parsed parsed = parse_request(bytes, limits, view);
  if (parsed.outcome == Outcome::refused) return std::to_string(parsed.status);
  if (parsed.outcome == Outcome::more) return "more";
  return std::string(view.method) + " " + std::string(view.target) + " [" + std::string(view.body) + "]";
}

std::string get(std::string_view fields) {
  return "GET / HTTP/1.1\r\nHost: h\r\n" + std::string(fields) + "\r\n";
}

constexpr std::string_view kPost =
    "POST /ocsp?q=%20 HTTP/1.1\r\nHost: localhost:80\r\nContent-Type:application/ocsp-request\r\nX-Empty:\r\n"
    "Content-Length:  5 \t\r\n\r\nhello";
constexpr std::string_view kChunked =
    "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
    "Chunked\r\n\r\n3;ext=\"1\"\r\nabc\r\n0A\r\n0123456789\r\n0\r\nLate: 1\r\n"
    "\r\n";

TEST(WireRequest, IsReadWhereItLies) {
  RequestView view;
  const std::string bytes = std::string(kPost) + "GET /next";
  const Parsed parsed = parse_request(bytes, kLimits, view);
  ASSERT_EQ(parsed.outcome, Outcome::whole);
  EXPECT_EQ(parsed.used, kPost.size());
  EXPECT_EQ(view.method, "POST");
  EXPECT_EQ(view.target, "/ocsp?q=%20");
  EXPECT_EQ(view.body, "hello");
  EXPECT_EQ(view.field("content-TYPE"), "application/ocsp-request");
  EXPECT_EQ(view.field("Content-Length"), "5");
  EXPECT_EQ(view.field("X-Empty"), "");
  EXPECT_EQ(view.field("Accept"), "");
  EXPECT_EQ(view.fields().size(), 4U);
  EXPECT_TRUE(view.keep_alive);
  EXPECT_FALSE(view.http_1_0);
  EXPECT_EQ(view.target.data(), bytes.data() + 5);
  EXPECT_EQ(view.body.data(), bytes.data() + kPost.size() - 5);
}

TEST(WireRequest, NeedsMoreAtEveryCut) {
  for (const std::string_view request : {kPost, kChunked})
    for (std::size_t cut = 0; cut < request.size(); ++cut) {
      RequestView view;
      const Parsed parsed = parse_request(request.substr(0, cut), kLimits, view);
      ASSERT_EQ(parsed.outcome, Outcome::more) << cut;
      EXPECT_EQ(parsed.head_whole, cut >= request.find("\r\n\r\n") + 4) << cut;
      EXPECT_TRUE(parsed.wanted == 0 || (parsed.wanted > cut && parsed.wanted <= request.size())) << cut;
    }
}

TEST(WireRequest, IsTheSameWhateverWasReadBefore) {
  RequestView view;
  ASSERT_EQ(parse_request(kChunked, kLimits, view).outcome, Outcome::whole);
  EXPECT_EQ(view.body, "abc0123456789");
  ASSERT_EQ(parse_request(get(""), kLimits, view).outcome, Outcome::whole);
  EXPECT_EQ(view.body, "");
  EXPECT_EQ(view.fields().size(), 1U);
  EXPECT_EQ(view.field("Transfer-Encoding"), "");
}

TEST(WireRequest, MayHaveEmptyLinesBeforeIt) {
  RequestView view;
  Parsed parsed = parse_request("\r\n\r\n" + get(""), kLimits, view);
  EXPECT_EQ(parsed.outcome, Outcome::whole);
  EXPECT_EQ(parsed.used, 4 + get("").size());
  parsed = parse_request("\r\n\r\n\r", kLimits, view);
  EXPECT_EQ(parsed.outcome, Outcome::more);
  EXPECT_EQ(parsed.used, 4U);
  EXPECT_EQ(read("\r\rGET"), "400");
  EXPECT_EQ(read("\nGET / HTTP/1.1\r\n"), "400");
}

TEST(WireRequest, SaysWhetherTheConnectionStays) {
  const auto stays = [](std::string_view bytes) {
    RequestView view;
    EXPECT_EQ(parse_request(bytes, kLimits, view).outcome, Outcome::whole) << bytes;
    return view.keep_alive;
  };
  EXPECT_TRUE(stays(get("")));
  EXPECT_TRUE(stays(get("Connection: upgrade\r\n")));
  EXPECT_FALSE(stays(get("Connection: close\r\n")));
  EXPECT_FALSE(stays(get("Connection: TE ,  Close\r\n")));
  EXPECT_FALSE(stays(get("Connection: keep-alive\r\nConnection: close\r\n")));
  EXPECT_TRUE(stays(get("Connection: closed\r\n")));
  EXPECT_FALSE(stays("GET / HTTP/1.0\r\n\r\n"));
  EXPECT_TRUE(stays("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"));
  EXPECT_FALSE(stays("GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n"));
}

TEST(WireRequest, SaysWhetherTheClientWaitsToContinue) {
  const auto waits = [](std::string_view bytes) {
    RequestView view;
    return parse_request(bytes, kLimits, view).awaits_continue;
  };
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n";
  EXPECT_FALSE(waits(head));
  EXPECT_TRUE(waits(head + "\r\n"));
  EXPECT_FALSE(waits(head + "\r\na"));
  EXPECT_FALSE(waits(head + "\r\nab"));
  EXPECT_TRUE(
      waits("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n"));
  EXPECT_FALSE(waits("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"));
  EXPECT_FALSE(waits("POST / HTTP/1.1\r\nHost: h\r\nExpect: other\r\nContent-Length: 2\r\n\r\n"));
}

struct Case {
  std::string bytes;
  std::string read;
};

TEST(WireRequest, IsRefusedWhenItIsNotOfItsForm) {
  const Case cases[] = {
      {std::string("\x16\x03\x01\x02\x00\x01", 6), "400"},  // a TLS ClientHello
      {"\x16", "400"},
      {std::string("\0\0\0\0", 4), "400"},
      {" GET / HTTP/1.1\r\n", "400"},
      {"GET\r\n\r\n", "400"},
      {"GET /\r\n\r\n", "400"},
      {"GET  / HTTP/1.1\r\n", "400"},
      {"GET /  HTTP/1.1\r\n", "400"},
      {"GET / HTTP/1.1 \r\n", "400"},
      {"GET / http/1.1\r\n", "400"},
      {"GET / HTTP/1.10\r\n", "400"},
      {"GET / HTTP/11\r\n", "400"},
      {"GET / HTTP/1.2\r\n", "505"},
      {"GET / HTTP/0.9\r\n", "505"},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505"},
      {"GET /\xc3\xa9 HTTP/1.1\r\n", "400"},
      {"GET /\x7f HTTP/1.1\r\n", "400"},
      {"GET /\t HTTP/1.1\r\n", "400"},
      {"G(T / HTTP/1.1\r\n", "400"},
      {std::string(33, 'G'), "400"},
      {"GET / HTTP/1.1\nHost: h\n\n", "400"},
      {"GET / HTTP/1.1\r\nHost: h\n", "400"},
      {"GET / HTTP/1.1\r\nHost: h\rX: 1\r\n", "400"},
      {"GET / HTTP/1.1\r\nHost: h\r\n\n", "400"},
      {get("X: 1\r\n folded\r\n"), "400"},
      {get("X: 1\r\n\tfolded\r\n"), "400"},
      {get("X : 1\r\n"), "400"},
      {get(": 1\r\n"), "400"},
      {get("X\r\n"), "400"},
      {get(std::string_view("X: a\0b\r\n", 8)), "400"},
      {get("X: a\x7f\r\n"), "400"},
      {get("X\xe9: a\r\n"), "400"},
  };
  for (const Case& one : cases) EXPECT_EQ(read(one.bytes), one.read) << one.bytes;
  EXPECT_EQ(read(get("X: \xe2\x98\x83 \"quoted\"\r\n")), "GET / []");
}

TEST(WireRequest, IsRefusedWhenTwoReadersCouldCutItDifferently) {
  const std::string post = "POST / HTTP/1.1\r\nHost: h\r\n";
  const Case cases[] = {
      {"GET / HTTP/1.1\r\n\r\n", "400"},                        // no Host
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", "400"},  // two
      {"GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\nHost:\r\n\r\n", "GET / []"},
      {"GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", "GET / []"},
      {"GET / HTTP/1.0\r\n\r\n", "GET / []"},
      {post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", "400"},
      {post + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na", "400"},
      {post + "Content-Length: 1, 1\r\n\r\na", "400"},
      {post + "Content-Length: +1\r\n\r\na", "400"},
      {post + "Content-Length: -1\r\n\r\na", "400"},
      {post + "Content-Length: 0x1\r\n\r\na", "400"},
      {post + "Content-Length: 1 1\r\n\r\na", "400"},
      {post + "Content-Length:\r\n\r\na", "400"},
      {post + "Content-Length: 001\r\n\r\na", "POST / [a]"},
      {post + "Content-Length: 18446744073709551617\r\n\r\na", "413"},
      {post + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
      {post + "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n", "400"},
      {post + "Transfer-Encoding: gzip\r\n\r\n", "501"},
      {post + "Transfer-Encoding: gzip, chunked\r\n\r\n", "501"},
      {post + "Transfer-Encoding: chunked, chunked\r\n\r\n", "501"},
      {post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", "400"},
      {post + "Transfer-Encoding: xchunked\r\n\r\n", "501"},
      {post + "Transfer-Encoding:\r\n\r\n", "501"},
      {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
  };
  for (const Case& one : cases) EXPECT_EQ(read(one.bytes), one.read) << one.bytes;
}

TEST(WireRequest, ReadsChunksStrictly) {
  const std::string post = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  const Case cases[] = {
      {"0\r\n\r\n", "POST / []"},
      {"00\r\n\r\n", "POST / []"},
      {"1\r\na\r\nF;x\r\n0123456789abcde\r\n0;last\r\nA: b\r\nC:\r\n\r\n", "POST / [a0123456789abcde]"},
      {"xyz\r\n", "400"},
      {"\r\n", "400"},
      {"1 \r\na\r\n0\r\n\r\n", "400"},
      {"1\na\r\n", "400"},
      {"1\r\nab\r\n0\r\n\r\n", "400"},
      {"1\r\na\n0\r\n\r\n", "400"},
      {"0\r\nA : b\r\n\r\n", "400"},
      {"0\r\n folded\r\n\r\n", "400"},
      {"0\r\nA: b\n\r\n", "400"},
      {"1;a\x01\r\na\r\n0\r\n\r\n", "400"},
      {"ffffffffffffffff1\r\na", "413"},
      {"2001\r\n", "413"},
      {"2000\r\n", "more"},
  };
  for (const Case& one : cases) EXPECT_EQ(read(post + one.bytes), one.read) << one.bytes;
}

TEST(WireRequest, IsTakenUpToItsLimitsAndNotOver) {
  const RequestLimits limits{.head_bytes_max = 100, .body_bytes_max = 10};
  const auto head_of = [](std::size_t bytes) {
    const std::string begin = "GET / HTTP/1.1\r\nHost: h\r\nX: ";
    return begin + std::string(bytes - begin.size() - 4, 'x') + "\r\n\r\n";
  };
  EXPECT_EQ(read(head_of(100), limits), "GET / []");
  EXPECT_EQ(read("\r\n\r\n" + head_of(100), limits), "GET / []");
  EXPECT_EQ(read(head_of(101), limits), "431");
  EXPECT_EQ(read(head_of(101).substr(0, 99), limits), "more");
  EXPECT_EQ(read(head_of(101).substr(0, 100), limits), "431");
  EXPECT_EQ(read("GET /" + std::string(200, 'a'), limits), "431");
  EXPECT_EQ(read("GET /" + std::string(8191, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n").size(), 8199U);
  const auto post = [&](std::string_view length) {
    return "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::string(length) + "\r\n\r\n0123456789";
  };
  EXPECT_EQ(read(post("10"), limits), "POST / [0123456789]");
  EXPECT_EQ(read(post("11"), limits), "413");
  const std::string chunked = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(read(chunked + "a\r\n0123456789\r\n0\r\n\r\n", limits), "POST / [0123456789]");
  EXPECT_EQ(read(chunked + "9\r\n012345678\r\n2\r\n", limits), "413");
  EXPECT_EQ(read(chunked + "1;" + std::string(2000, 'e'), limits), "413");
  std::string trailers = "0\r\n";
  for (int i = 0; i < 65; ++i) trailers += "A: b\r\n";
  EXPECT_EQ(read(chunked + trailers + "\r\n", limits), "400");
}

TEST(WireRequest, HasAsManyFieldsAsThereIsRoomFor) {
  std::string fields;
  for (std::size_t i = 1; i < RequestView::kFieldsMax; ++i) fields += "X: " + std::to_string(i) + "\r\n";
  EXPECT_EQ(read(get(fields)), "GET / []");
  EXPECT_EQ(read(get(fields + "X: 1\r\n")), "431");
}

TEST(WireRequest, ShowsItsPeerAsText) {
  PeerAddress peer;
  peer.bytes = {127, 0, 0, 1};
  EXPECT_EQ(peer.text(), "127.0.0.1");
  peer = {};
  peer.six = true;
  peer.bytes[15] = 1;
  EXPECT_EQ(peer.text(), "::1");
}

// Every byte of a request bent in turn, in every way: it is read, refused or unfinished, and never read
// beyond its end.
TEST(WireRequest, OutlivesBentBytes) {
  for (const std::string_view request : {kPost, kChunked})
    for (std::size_t at = 0; at < request.size(); ++at)
      for (unsigned bend = 1; bend < 256; ++bend) {
        std::string bent(request);
        bent[at] = static_cast<char>(bent[at] ^ bend);
        RequestView view;
        const std::vector<char> exact(bent.begin(), bent.end());  // AddressSanitizer sees its end
        const Parsed parsed = parse_request({exact.data(), exact.size()}, kLimits, view);
        ASSERT_LE(parsed.used, exact.size());
      }
}

std::string token() {
  return *rc::gen::nonEmpty(
      rc::gen::container<std::string>(rc::gen::elementOf(std::string("abcXYZ019-_!~"))));
}

std::string value() {
  std::string text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab :;,\t\"\xe9%/")));
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.erase(0, 1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.pop_back();
  return text;
}

struct Made {
  std::string method, target, body;
  std::vector<std::pair<std::string, std::string>> fields;
  bool chunked = false;
};

Made make() {
  Made made{
      .method = token().substr(0, 32), .target = "/" + token(), .body = *rc::gen::arbitrary<std::string>()};
  made.chunked = *rc::gen::arbitrary<bool>();
  for (int i = *rc::gen::inRange(0, 20); i > 0; --i) made.fields.emplace_back("x" + token(), value());
  return made;
}

std::string encode(const Made& made) {
  std::string text = made.method + " " + made.target + " HTTP/1.1\r\n";
  for (const auto& [name, content] : made.fields)
    text += name + ":" + *rc::gen::element("", " ", "\t ") + content + "\r\n";
  text += "Host: h\r\n";
  if (!made.chunked)
    return text + "Content-Length: " + std::to_string(made.body.size()) + "\r\n\r\n" + made.body;
  text += "Transfer-Encoding: chunked\r\n\r\n";
  for (std::size_t at = 0; at < made.body.size();) {
    const std::size_t size = std::min<std::size_t>(*rc::gen::inRange(1, 10), made.body.size() - at);
    text += std::string(1, "0123456789"[size]) + "\r\n" + made.body.substr(at, size) + "\r\n";
    at += size;
  }
  return text + "0\r\n\r\n";
}

// Several requests in a row, given in pieces as a connection brings them.
TEST(WireRequestProperty, IsTheSameAtEverySplit) {
  rc::check([] {
    std::vector<Made> all;
    std::string bytes;
    for (int i = *rc::gen::inRange(1, 4); i > 0; --i) bytes += encode(all.emplace_back(make()));
    std::size_t next = 0;
    std::string held;
    RequestView view;
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t piece = std::min<std::size_t>(*rc::gen::inRange(1, 60), bytes.size() - at);
      held += bytes.substr(at, piece);
      at += piece;
      for (Parsed parsed; (parsed = parse_request(held, kLimits, view)).outcome != Outcome::more;) {
        RC_ASSERT(parsed.outcome == Outcome::whole);
        const Made& made = all.at(next++);
        RC_ASSERT(std::tie(view.method, view.target, view.body) ==
                  std::tie(made.method, made.target, made.body));
        for (std::size_t i = 0; i < made.fields.size(); ++i) {
          RC_ASSERT(view.fields()[i].name == made.fields[i].first);
          RC_ASSERT(view.fields()[i].value == made.fields[i].second);
        }
        held.erase(0, parsed.used);
      }
    }
    RC_ASSERT(next == all.size());
    RC_ASSERT(held.empty());
  });
}

}  // namespace
}  // namespace shomei::wire
