#include "app/responders.h"

#include <gtest/gtest.h>

#include "files/file.h"
#include "home/create.h"

namespace shomei::app {
namespace {

namespace fs = std::filesystem;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

class HandClock final : public Clock {
 public:
  InstantMs now_ms() const override { return InstantMs{at}; }
  Instant at = *parse_instant("2026-11-22T00:00:00Z");
};

TEST(ResponderStands, UntilAThirdIsLeftOrTheAuthorityEnds) {
  const Instant start = *parse_instant("2026-11-22T00:00:00Z");
  const Instant far = start + days{3650};
  const Term certificate{start, start + days{90}};
  EXPECT_FALSE(responder_stands(certificate, far, start - seconds{1}));
  EXPECT_TRUE(responder_stands(certificate, far, start));
  EXPECT_TRUE(responder_stands(certificate, far, start + days{60} - seconds{1}));
  EXPECT_FALSE(responder_stands(certificate, far, start + days{60}));
  EXPECT_TRUE(responder_stands(certificate, certificate.not_after, start + days{60}))
      << "a new one would end no later";
  EXPECT_FALSE(responder_stands(certificate, certificate.not_after, start + days{90} + seconds{1}));
}

class RespondersTest : public testing::Test {
 protected:
  RespondersTest() {
    std::string name = (fs::temp_directory_path() / "shomei-responders.XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    const auto created =
        home::create_home(folder_ / "home", {.with_residents = false, .at = clock_.at, .first_port = 0});
    EXPECT_TRUE(created);
    home_ = *home::Home::open(folder_ / "home", {journal::Access::write, clock_.at});
  }
  ~RespondersTest() override { fs::remove_all(folder_); }

  std::string published() const {
    return to_text(*files::read_file(home_->layout().responder_certificate("signature-1"), 1 << 16));
  }

  HandClock clock_;
  fs::path folder_;
  std::unique_ptr<home::Home> home_;
  std::vector<std::pair<std::string, Instant>> appointed_;  // whose, until when
  Responders::Appoint appoint_ = [this](const std::string& authority, crypto::Signer& signer,
                                        const pki::Certificate& certificate) -> Result<void> {
    EXPECT_EQ(certificate.tbs.key, signer.public_key());
    appointed_.emplace_back(authority, certificate.tbs.not_after);
    signers_[authority].push_back(&signer);
    return {};
  };
  std::map<std::string, std::vector<crypto::Signer*>> signers_;
};

TEST_F(RespondersTest, AServiceThatStaysRenewsThemInTime) {
  clock_.at += hours{1};
  Responders responders(*home_, clock_, appoint_);
  const auto first = published();
  ASSERT_TRUE(responders.appoint_all());
  EXPECT_EQ(responders.authorities(), (std::vector<std::string>{"signature-1", "user_authentication-1"}));
  EXPECT_EQ(appointed_.size(), 2U);
  EXPECT_EQ(published(), first) << "the one of the home stands";

  clock_.at += hours{4 * 24 + 12};
  ASSERT_TRUE(responders.renew());
  EXPECT_EQ(appointed_.size(), 2U);
  clock_.at += hours{5};
  ASSERT_TRUE(responders.renew());
  ASSERT_EQ(appointed_.size(), 4U);
  EXPECT_EQ(appointed_[2].first, "signature-1");
  EXPECT_EQ(appointed_[2].second, clock_.at + days{7});
  EXPECT_NE(published(), first);
  clock_.at += hours{2};
  ASSERT_TRUE(responders.renew());
  EXPECT_EQ(appointed_.size(), 4U) << "the new ones stand";
}

TEST_F(RespondersTest, ANewerKeyIsChangedOverToWithoutAGap) {
  Responders responders(*home_, clock_, appoint_);
  ASSERT_TRUE(responders.appoint_all());
  const auto& before = signers_.at("signature-1");
  ASSERT_TRUE(home_->keys().generate(home::KeyUse::responders, home::responder_key_name("signature-1", 2),
                                     crypto::KeyType::ec_p256));
  clock_.at += hours{2};
  ASSERT_TRUE(responders.renew());
  ASSERT_EQ(appointed_.size(), 3U) << "the other authority's stays";
  EXPECT_EQ(appointed_[2].first, "signature-1");
  const auto& after = signers_.at("signature-1");
  ASSERT_EQ(before.size(), 2U);
  EXPECT_EQ(after[1]->public_key().type(), crypto::KeyType::ec_p256);
  EXPECT_TRUE(after[0]->sign(view("an answer that was under way"))) << "the key before still signs";

  Responders started_anew(*home_, clock_, appoint_);
  ASSERT_TRUE(started_anew.appoint_all());
  EXPECT_EQ(signers_.at("signature-1").back()->public_key(), after[1]->public_key());
  EXPECT_EQ(appointed_.size(), 5U);
}

TEST_F(RespondersTest, LooksOnceAnHour) {
  Responders responders(*home_, clock_, appoint_);
  clock_.at += hours{4 * 24 + 16} - seconds{1800};
  ASSERT_TRUE(responders.appoint_all());
  clock_.at += seconds{1801};
  ASSERT_TRUE(responders.renew());
  EXPECT_EQ(appointed_.size(), 2U) << "half an hour ago they stood";
  clock_.at += seconds{1800};
  ASSERT_TRUE(responders.renew());
  EXPECT_EQ(appointed_.size(), 4U);
}

}  // namespace
}  // namespace shomei::app
