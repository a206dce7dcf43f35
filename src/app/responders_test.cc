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

TEST(ResponderStands, UntilThirtyDaysAreLeftOrTheAuthorityEnds) {
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
    return {};
  };
};

TEST_F(RespondersTest, AServiceThatStaysRenewsThemInTime) {
  clock_.at += hours{1};
  Responders responders(*home_, clock_, appoint_);
  const auto first = published();
  ASSERT_TRUE(responders.appoint_all());
  EXPECT_EQ(responders.authorities(), (std::vector<std::string>{"signature-1", "user_authentication-1"}));
  EXPECT_EQ(appointed_.size(), 2U);
  EXPECT_EQ(published(), first) << "the one of the home stands";

  clock_.at += days{59};
  ASSERT_TRUE(responders.renew());
  EXPECT_EQ(appointed_.size(), 2U);
  clock_.at += days{1};
  ASSERT_TRUE(responders.renew());
  ASSERT_EQ(appointed_.size(), 4U);
  EXPECT_EQ(appointed_[2].first, "signature-1");
  EXPECT_GT(appointed_[2].second, clock_.at + days{80});
  EXPECT_NE(published(), first);
  clock_.at += hours{2};
  ASSERT_TRUE(responders.renew());
  EXPECT_EQ(appointed_.size(), 4U) << "the new ones stand";
}

TEST_F(RespondersTest, LooksOnceAnHour) {
  Responders responders(*home_, clock_, appoint_);
  clock_.at += days{60} - seconds{1800};
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
