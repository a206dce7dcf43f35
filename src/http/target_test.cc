#include "http/target.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace shomei::http {
namespace {

std::string path_of(std::string_view text) {
  const auto target = parse_target(text);
  return target ? target->path : "refused: " + std::string(target.error().code);
}

// What the most careful client would send for a path.
std::string encoded(const std::string& path) {
  std::string text;
  for (const char c : path)
    text += c == '/' ? "/" : "%" + to_hex(ByteView(reinterpret_cast<const std::uint8_t*>(&c), 1));
  return text;
}

TEST(Target, TakesTheFormsOfRfc9112) {
  EXPECT_EQ(path_of("/"), "/");
  EXPECT_EQ(path_of("/ocsp/MEIw"), "/ocsp/MEIw");
  EXPECT_EQ(path_of("http://status.example:8080/crl?x"), "/crl");
  EXPECT_EQ(path_of("HTTPS://status.example"), "/");
  EXPECT_EQ(path_of("http://status.example?a=b"), "/");
  EXPECT_EQ(path_of("*"), "*");
}

TEST(Target, KeepsWhatBase64NeedsInAPath) {
  EXPECT_EQ(path_of("/ocsp/a//b+c=="), "/ocsp/a//b+c==");
  EXPECT_EQ(path_of("/ocsp/a%2F%2fb%2Bc%3D"), "/ocsp/a//b+c=");
}

TEST(Target, ReadsTheQueryAsFormsWriteIt) {
  const auto target = parse_target("/find?name=%E5%B1%B1+%2B&&empty=&bare&name=2");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/find");
  const Fields expected{{"name", "山 +"}, {"empty", ""}, {"bare", ""}, {"name", "2"}};
  EXPECT_EQ(target->query, expected);
}

TEST(Target, RefusesWhatHasNoPlaceInATarget) {
  for (const std::string_view bad : {"",
                                     "crl",
                                     "?x=1",
                                     "host:443",
                                     "/a b",
                                     "/a#b",
                                     "/%",
                                     "/%1",
                                     "/%zz",
                                     "/%00",
                                     "/%0a",
                                     "/%7f",
                                     "/../a",
                                     "/a/..",
                                     "/a/%2e%2E/b",
                                     "/.",
                                     "/a/./b",
                                     "/a%2f..",
                                     "/\x80",
                                     "/caf\xc3\xa9",
                                     "/?a=%",
                                     "/?a=%0",
                                     "/?%gg",
                                     "/?a=%00",
                                     "ftp://host/",
                                     "http:///path",
                                     "http://",
                                     "http:",
                                     "//%2"})
    EXPECT_EQ(path_of(bad), "refused: target_form") << bad;
}

TEST(Target, TakesDotsThatDoNotClimb) {
  EXPECT_EQ(path_of("/a..b/.well-known/...//c."), "/a..b/.well-known/...//c.");
}

TEST(Target, LimitsTheFieldsOfAQuery) {
  std::string text = "/?a=1";
  for (int i = 1; i < 64; ++i) text += "&a=1";
  EXPECT_TRUE(parse_target(text));
  EXPECT_FALSE(parse_target(text + "&a=1"));
}

TEST(Target, DecodesWhatAClientEncoded) {
  EXPECT_TRUE(rc::check([] {
    const auto inner = *rc::gen::container<std::string>(rc::gen::inRange<char>(0x21, 0x7f));
    const std::string path = "/x" + inner;
    RC_PRE(path.find("/.") == std::string::npos);
    RC_ASSERT(path_of(encoded(path)) == path);
  }));
}

TEST(Target, NeverYieldsAControlCharacterOrAClimb) {
  EXPECT_TRUE(rc::check([] {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
        "/", "..", ".", "%", "%2e", "%2f", "%00", "%0d", "a", "?", "&", "=", "+"));
    std::string text = "/";
    for (const auto& piece : pieces) text += piece;
    const auto target = parse_target(text);
    if (!target) return;
    const std::string framed = target->path + "/";
    RC_ASSERT(framed.find("/../") == std::string::npos);
    RC_ASSERT(framed.find("/./") == std::string::npos);
    RC_ASSERT(framed.find('\r') == std::string::npos);
    RC_ASSERT(framed.find('\0') == std::string::npos);
  }));
}

}  // namespace
}  // namespace shomei::http
