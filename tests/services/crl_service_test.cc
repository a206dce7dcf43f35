#include "services/crl_service.h"

#include <gtest/gtest.h>

#include "pki/certificate.h"
#include "services/problem.h"
#include "store/memory/engine.h"

namespace shomei::services {
namespace {

class HandClock final : public Clock {
 public:
  InstantMs now_ms() const override { return InstantMs{at}; }
  Instant at = *parse_instant("2026-11-22T00:00:00Z");
};

class CrlServiceTest : public testing::Test {
 protected:
  CrlServiceTest() { add_crl_routes(router_, {engine_, clock_, downloads_}); }

  void publish(const std::string& name, std::uint64_t number, std::string_view content) {
    auto rows = *engine_.begin(journal::Access::write);
    ASSERT_TRUE(rows->insert(
        journal::CrlRecord{name, number, clock_.at, clock_.at + std::chrono::hours{24}, to_bytes(content)}));
    ASSERT_TRUE(rows->commit());
  }
  http::Response ask(std::string path, http::Fields headers = {}, std::string method = "GET") {
    return router_({.method = std::move(method), .path = std::move(path), .headers = std::move(headers)});
  }
  static std::string field(const http::Response& response, std::string_view name) {
    const auto* value = http::find_field(response.headers, name);
    return value ? *value : "";
  }
  static std::string text(const http::Response& response) { return to_text(response.content()); }

  store::MemoryStore store_;
  store::MemoryEngine engine_{store_};
  HandClock clock_;
  std::atomic<std::uint64_t> downloads_ = 0;
  http::Router router_{problem_page};
};

TEST_F(CrlServiceTest, EachListHasAPlaceOfItsOwn) {
  for (const char* name :
       {"signature-1", "signature-1/delta", "signature-1/13225", "signature-1/13225/delta"})
    publish(name, 1, name);
  for (const char* name :
       {"signature-1", "signature-1/delta", "signature-1/13225", "signature-1/13225/delta"}) {
    const auto der = ask("/crl/" + std::string(name) + ".crl");
    EXPECT_EQ(der.status, 200) << name;
    EXPECT_EQ(text(der), name);
    EXPECT_EQ(field(der, "Content-Type"), "application/pkix-crl");
    const auto pem = ask("/crl/" + std::string(name) + ".pem");
    EXPECT_EQ(pki::from_pem("X509 CRL", text(pem)).value(), to_bytes(std::string_view(name)));
    EXPECT_NE(field(pem, "ETag"), field(der, "ETag"));
  }
  EXPECT_EQ(downloads_, 8U);
}

TEST_F(CrlServiceTest, NothingElseIsAList) {
  publish("signature-1", 1, "list");
  for (const char* file :
       {"", ".crl", "signature-2.crl", "signature-1", "signature-1.der", "signature-1/.crl",
        "signature-1/99999.crl", "signature-1/13225/x.crl", "../signature-1.crl",
        "signature-1/delta/delta.crl", "SIGNATURE-1.crl", "signature-1\n.crl", "signature-1.crl/"})
    EXPECT_EQ(ask("/crl/" + std::string(file)).status, 404) << file;
  EXPECT_EQ(ask("/crl/" + std::string(100000, 'a') + ".crl").status, 404);
  EXPECT_EQ(downloads_, 0U);
}

TEST_F(CrlServiceTest, TheFieldsAgreeWithTheListsTimes) {
  publish("signature-1", 1, "list");
  clock_.at += std::chrono::hours{1};
  const auto response = ask("/crl/signature-1.crl");
  EXPECT_EQ(field(response, "Last-Modified"), "Sun, 22 Nov 2026 00:00:00 GMT");
  EXPECT_EQ(field(response, "Expires"), "Mon, 23 Nov 2026 00:00:00 GMT");
  EXPECT_TRUE(field(response, "Cache-Control").starts_with("max-age=82800, "));
  EXPECT_EQ(field(response, "Accept-Ranges"), "bytes");
  clock_.at += std::chrono::hours{30};
  EXPECT_TRUE(field(ask("/crl/signature-1.crl"), "Cache-Control").starts_with("max-age=0, "));
}

TEST_F(CrlServiceTest, TheBytesAreSharedUntilTheNextList) {
  publish("signature-1", 1, "first");
  const auto one = ask("/crl/signature-1.crl"), same = ask("/crl/signature-1.crl");
  EXPECT_EQ(one.shared_body, same.shared_body);
  publish("signature-1", 2, "second");
  const auto next = ask("/crl/signature-1.crl");
  EXPECT_EQ(text(next), "second");
  EXPECT_EQ(text(one), "first") << "who reads the old one has it whole";
  EXPECT_NE(field(next, "ETag"), field(one, "ETag"));
}

TEST_F(CrlServiceTest, WhoHasTheListGetsItNotAgain) {
  publish("signature-1", 1, "list");
  const auto tag = field(ask("/crl/signature-1.crl"), "ETag");
  for (const char* method : {"GET", "HEAD"}) {
    const auto response = ask("/crl/signature-1.crl", {{"If-None-Match", tag}}, method);
    EXPECT_EQ(response.status, 304);
    EXPECT_EQ(field(response, "ETag"), tag);
    EXPECT_FALSE(field(response, "Expires").empty());
  }
  EXPECT_EQ(ask("/crl/signature-1.crl", {{"If-Modified-Since", "Sun, 22 Nov 2026 00:00:00 GMT"}}).status,
            304);
  EXPECT_EQ(downloads_, 1U) << "counted where content is sent";
  publish("signature-1", 2, "next");
  EXPECT_EQ(ask("/crl/signature-1.crl", {{"If-None-Match", tag}}).status, 200);
}

TEST_F(CrlServiceTest, ABrokenDownloadGoesOnOnlyInTheSameList) {
  publish("signature-1", 1, "0123456789");
  const auto tag = field(ask("/crl/signature-1.crl"), "ETag");
  const http::Fields rest{{"Range", "bytes=4-"}, {"If-Range", tag}};
  const auto part = ask("/crl/signature-1.crl", rest);
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(text(part), "456789");
  EXPECT_EQ(field(part, "Content-Range"), "bytes 4-9/10");
  EXPECT_EQ(ask("/crl/signature-1.crl", {{"Range", "bytes=10-"}}).status, 416);
  publish("signature-1", 2, "another one");
  const auto whole = ask("/crl/signature-1.crl", rest);
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(text(whole), "another one");
}

}  // namespace
}  // namespace shomei::services
