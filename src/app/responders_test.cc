#include "app/responders.h"

#include "app/test_demo.h"
#include "files/file.h"

namespace shomei::app {
namespace {

namespace fs = std::filesystem;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

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

class RespondersTest : public DemoTest {
 protected:
  std::string published() const {
    return to_text(*files::read_file(home_->layout().responder_certificate("signature-1"), 1 << 16));
  }

  Instant authority_end() const { return (*home_->authority("signature-1"))->certificate().tbs.not_after; }
  // A file of the home, to where the home does not look.
  void put_away(const std::string& file) const {
    fs::rename(root() / file, folder_ / fs::path(file).filename());
  }
  void bring_back(const std::string& file) const {
    fs::rename(folder_ / fs::path(file).filename(), root() / file);
  }
  std::string trouble(const std::string& authority) const {
    return troubles_.contains(authority) ? troubles_.at(authority) : "not tried";
  }

  std::vector<std::pair<std::string, Instant>> appointed_;  // whose, until when
  Responders::Appoint appoint_ = [this](const std::string& authority, crypto::Signer& signer,
                                        const pki::Certificate& certificate) -> Result<void> {
    EXPECT_EQ(certificate.tbs.key, signer.public_key());
    appointed_.emplace_back(authority, certificate.tbs.not_after);
    signers_[authority].push_back(&signer);
    return {};
  };
  std::map<std::string, std::vector<crypto::Signer*>> signers_;
  Responders::Report report_ = [this](const std::string& authority, const Result<void>& tried,
                                      std::optional<Instant> certified_until) {
    troubles_[authority] = tried ? "" : std::string(tried.error().code);
    certified_until_[authority] = certified_until;
  };
  std::map<std::string, std::string> troubles_;  // whose, and the code of the last; empty: none
  std::map<std::string, std::optional<Instant>> certified_until_;
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

TEST_F(RespondersTest, AKeyThatIsAwayKeepsNoOtherFromBeingRenewed) {
  clock_.at += hours{1};
  Responders responders(*home_, clock_, appoint_, Responders::Renews::yes, report_);
  ASSERT_TRUE(responders.appoint_all());
  put_away("keys/signature-1.key");
  clock_.at += days{5};
  ASSERT_TRUE(responders.renew());
  EXPECT_EQ(trouble("user_authentication-1"), "");
  ASSERT_EQ(appointed_.size(), 3U);
  EXPECT_EQ(appointed_[2], (std::pair{std::string("user_authentication-1"), clock_.at + days{7}}));
  EXPECT_EQ(trouble("signature-1"), "key_missing");
  EXPECT_EQ(certified_until_.at("signature-1"), appointed_[0].second) << "the one of the start still holds";

  clock_.at += days{3};
  ASSERT_TRUE(responders.renew());
  EXPECT_EQ(certified_until_.at("signature-1"), std::nullopt);
  EXPECT_EQ(responders.authorities(), std::vector<std::string>{"user_authentication-1"});
  bring_back("keys/signature-1.key");
  clock_.at += seconds{30};
  EXPECT_TRUE(responders.anyone_waits());
  ASSERT_TRUE(responders.appoint_new());
  EXPECT_EQ(trouble("signature-1"), "");
  EXPECT_EQ(responders.authorities().size(), 2U);
}

TEST_F(RespondersTest, WhoseKeyIsAwayAtTheStartAnswersUntilTheLastCertificateEnds) {
  clock_.at += days{5};
  put_away("keys/signature-1.key");
  Responders responders(*home_, clock_, appoint_, Responders::Renews::yes, report_);
  ASSERT_TRUE(responders.appoint_all());
  EXPECT_EQ(responders.authorities().size(), 2U);
  EXPECT_EQ(trouble("signature-1"), "key_missing");
  ASSERT_EQ(appointed_.front().first, "signature-1");
  EXPECT_EQ(certified_until_.at("signature-1"), appointed_.front().second);
  EXPECT_LT(appointed_.front().second, clock_.at + days{3}) << "of the home, not renewed";
  EXPECT_EQ(certified_until_.at("user_authentication-1"), clock_.at + days{7});
}

TEST_F(RespondersTest, WhoLacksAResponderKeepsNoOtherFromTheStart) {
  clock_.at += hours{1};
  for (const auto renews : {Responders::Renews::yes, Responders::Renews::no}) {
    put_away("keys/signature-1-responder.key");
    Responders responders(*home_, clock_, appoint_, renews, report_);
    ASSERT_TRUE(responders.appoint_all());
    EXPECT_EQ(responders.authorities(), std::vector<std::string>{"user_authentication-1"});
    EXPECT_EQ(trouble("signature-1"), "key_missing");
    EXPECT_EQ(certified_until_.at("signature-1"), std::nullopt);

    bring_back("keys/signature-1-responder.key");
    ASSERT_TRUE(responders.appoint_new());
    EXPECT_EQ(responders.authorities().size(), 1U) << "tried a moment ago";
    clock_.at += seconds{30};
    ASSERT_TRUE(responders.appoint_new());
    EXPECT_EQ(responders.authorities().size(), 2U) << "the key was copied here";
    EXPECT_FALSE(responders.anyone_waits());
  }
}

TEST_F(RespondersTest, WhoMakesNoneTakesWhatIsPublishedForEachByItself) {
  clock_.at += hours{1};
  put_away("public/signature-1-responder.crt");
  Responders responders(*home_, clock_, appoint_, Responders::Renews::no, report_);
  ASSERT_TRUE(responders.appoint_all());
  EXPECT_EQ(responders.authorities(), std::vector<std::string>{"user_authentication-1"});
  EXPECT_EQ(trouble("signature-1"), "responder_not_certified");
}

TEST_F(RespondersTest, WhenNobodyHasAResponderTheFirstTroubleIsTheError) {
  for (const auto* name : {"signature-1", "user_authentication-1"})
    put_away("public/" + std::string(name) + "-responder.crt");
  Responders responders(*home_, clock_, appoint_, Responders::Renews::no, report_);
  const auto refused = responders.appoint_all();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "responder_not_certified");
  EXPECT_EQ(refused.error().parameter("authority"), "signature-1");
  EXPECT_EQ(trouble("user_authentication-1"), "responder_not_certified") << "all are told";
}

TEST_F(RespondersTest, AnAuthorityThatHasEndedGetsNone) {
  Responders stayed(*home_, clock_, appoint_, Responders::Renews::yes, report_);
  ASSERT_TRUE(stayed.appoint_all());
  const auto last = published();
  clock_.at = authority_end();
  appointed_.clear();
  troubles_.clear();
  ASSERT_TRUE(stayed.renew());
  ASSERT_TRUE(stayed.appoint_new());
  EXPECT_TRUE(stayed.authorities().empty());
  for (const auto renews : {Responders::Renews::yes, Responders::Renews::no}) {
    Responders started(*home_, clock_, appoint_, renews, report_);
    EXPECT_TRUE(started.appoint_all()) << "what is over is no trouble";
    EXPECT_TRUE(started.authorities().empty());
    EXPECT_FALSE(started.anyone_waits());
  }
  EXPECT_TRUE(appointed_.empty()) << "the last one stays unused";
  EXPECT_TRUE(troubles_.empty());
  EXPECT_EQ(published(), last) << "and none was made";
}

TEST_F(RespondersTest, ASecondBeforeItsEndAnAuthorityStillGetsOne) {
  clock_.at = authority_end() - seconds{1};
  Responders responders(*home_, clock_, appoint_, Responders::Renews::yes, report_);
  ASSERT_TRUE(responders.appoint_all());
  ASSERT_EQ(appointed_.size(), 2U);
  EXPECT_EQ(appointed_[0].second, authority_end());
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
