#include "services/journal_service.h"

#include <gtest/gtest.h>

#include "crypto/private_key.h"
#include "journal/published/verify_published.h"
#include "journal/transaction.h"
#include "services/problem.h"
#include "store/memory/engine.h"

namespace shomei::services {
namespace {

class StillClock final : public Clock {
 public:
  InstantMs now_ms() const override { return InstantMs{std::chrono::milliseconds{1'795'305'600'000}}; }
};

class JournalServiceTest : public testing::Test {
 protected:
  JournalServiceTest() : router_(problem_page) { add_journal_routes(router_, engine_); }

  void grow(int entries) {
    const journal::Journal spine(engine_, *signer_, clock_, "service.example");
    auto transaction = std::move(spine.begin().value());
    for (int i = 0; i < entries; ++i)
      ASSERT_TRUE(transaction.append({.act = *ActId::parse("act-number-" + std::to_string(i))}).has_value());
    ASSERT_TRUE(transaction.commit().has_value());
  }

  http::Response get(const std::string& path) const {
    return router_({.method = "GET", .target = path, .path = path});
  }

  StillClock clock_;
  std::unique_ptr<crypto::Signer> signer_ =
      crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519));
  store::MemoryStore store_;
  store::MemoryEngine engine_{store_};
  http::Router router_;
};

TEST_F(JournalServiceTest, AnOutsiderVerifiesWhatItServes) {
  grow(600);
  const auto key =
      *journal::parse_verifier_key(journal::encode_verifier_key("service.example", signer_->public_key()));
  const auto files = [this](const std::string& path, std::size_t) -> Result<Bytes> {
    auto response = get("/" + path);
    if (response.status == 404) return not_found("url_missing", {{"url", path}});
    EXPECT_EQ(response.status, 200) << path;
    return to_bytes(response.content());
  };
  const auto report = journal::verify_published(files, {key, {}});
  ASSERT_TRUE(report.has_value());
  EXPECT_TRUE(report->holds());
  EXPECT_EQ(report->entries, 600U);
}

TEST_F(JournalServiceTest, SaysHowLongAnAnswerMayBeKept) {
  grow(300);
  const auto field = [this](const std::string& path, std::string_view name) {
    const auto response = get(path);
    const auto* value = http::find_field(response.headers, name);
    return value ? *value : std::string();
  };
  EXPECT_EQ(field("/checkpoint", "Cache-Control"), "no-cache");
  EXPECT_EQ(field("/checkpoint", "Content-Type"), "text/plain; charset=utf-8");
  for (const auto* path :
       {"/tile/0/000", "/tile/0/001.p/44", "/tile/0/001.p/3", "/tile/entries/000", "/tile/1/000.p/1"}) {
    EXPECT_EQ(field(path, "Cache-Control"), "public, max-age=31536000, immutable") << path;
    EXPECT_EQ(field(path, "Content-Type"), "application/octet-stream") << path;
  }
}

TEST_F(JournalServiceTest, WhatIsNotThereIsNotThere) {
  EXPECT_EQ(get("/checkpoint").status, 404) << "nothing has been recorded";
  EXPECT_EQ(get("/tile/0/000.p/1").status, 404);
  grow(300);
  for (const auto* path : {"/tile/0/001", "/tile/0/001.p/45", "/tile/0/002.p/1", "/tile/1/000",
                           "/tile/entries/001", "/tile/63/000.p/1"}) {
    EXPECT_EQ(get(path).status, 404) << path;
    const auto response = get(path);
    const auto* caching = http::find_field(response.headers, "Cache-Control");
    EXPECT_TRUE(!caching || *caching == "no-store") << path << ": it will be there later";
  }
  for (const auto* path :
       {"/tile/", "/tile/0/0", "/tile/0/../../etc/passwd", "/tile/0/000.p/256", "/tile/x/000"})
    EXPECT_EQ(get(path).status, 400) << path;
}

}  // namespace
}  // namespace shomei::services
