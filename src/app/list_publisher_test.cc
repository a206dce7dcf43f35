#include "app/list_publisher.h"

#include "app/test_demo.h"
#include "authority/publish_crl.h"
#include "crypto/random.h"

namespace shomei::app {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using std::chrono::seconds;

class ListPublisherTest : public DemoTest {
 protected:
  fs::path key() const { return root() / "keys" / "signature-1.key"; }
  std::uint64_t number(const std::string& authority) const {
    const auto last = *(*home_->rows())->latest_crl(authority);
    return last ? last->number : 0;
  }
  void let_the_journal_grow() const {
    auto transaction = *home_->journal().begin();
    journal::Draft draft{.act = crypto::ordered_identifier<ActId>()};
    draft.officer = {{std::string(journal::field::kAct), to_bytes("nothing")}};
    ASSERT_TRUE(transaction.append(draft));
    ASSERT_TRUE(transaction.commit());
  }

  std::vector<std::string> reported_;  // "signature-1 key_missing"
  ListPublisher::Report report_ = [this](const std::string& authority, const Result<void>& tried) {
    reported_.push_back(authority + " " + (tried ? "published" : std::string(tried.error().code)));
  };
};

TEST_F(ListPublisherTest, AKeyThatIsAwayKeepsNoOtherListFromBeingPublished) {
  fs::rename(key(), folder_ / "away");
  ListPublisher lists(*home_, clock_, report_);
  ASSERT_TRUE(lists.publish());
  EXPECT_EQ(reported_,
            (std::vector<std::string>{"signature-1 key_missing", "user_authentication-1 published"}));
  EXPECT_EQ(number("user_authentication-1"), 1U);

  reported_.clear();
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(*lists.publish()) << "a pause after what failed";
  let_the_journal_grow();
  ASSERT_TRUE(*lists.publish());
  EXPECT_EQ(reported_, std::vector<std::string>{"user_authentication-1 published"}) << "looked at without it";

  reported_.clear();
  clock_.at += seconds{30};
  ASSERT_TRUE(*lists.publish());
  EXPECT_EQ(reported_, std::vector<std::string>{"signature-1 key_missing"});
  fs::rename(folder_ / "away", key());
  EXPECT_FALSE(*lists.publish());
  clock_.at += seconds{30};
  ASSERT_TRUE(*lists.publish());
  EXPECT_EQ(reported_.back(), "signature-1 published");
  EXPECT_EQ(number("signature-1"), 1U);
}

TEST_F(ListPublisherTest, LooksWhenTheJournalHasGrownOrAPartOfAListsLifeIsOver) {
  ListPublisher lists(*home_, clock_, report_);
  ASSERT_TRUE(*lists.publish());
  EXPECT_FALSE(*lists.publish());
  let_the_journal_grow();
  EXPECT_TRUE(*lists.publish());
  EXPECT_FALSE(*lists.publish());
  clock_.at += hours{1};
  EXPECT_TRUE(*lists.publish());
  EXPECT_FALSE(*lists.publish());
}

// Lists of a time when the setting was shorter: half of their lives is over before it would look again.
TEST_F(ListPublisherTest, LooksWhenAListThatStandsIsOverHalfOfItsLife) {
  for (const char* name : {"signature-1", "user_authentication-1"})
    ASSERT_TRUE(authority::publish_crl(**home_->authority_of_lists(name), {.validity = seconds{600}},
                                       home_->journal()));
  const auto number_then = number("signature-1");
  ListPublisher lists(*home_, clock_, report_);
  ASSERT_TRUE(*lists.publish());
  EXPECT_EQ(number("signature-1"), number_then);
  clock_.at += seconds{299};
  EXPECT_FALSE(*lists.publish());
  clock_.at += seconds{1};
  EXPECT_TRUE(*lists.publish()) << "what is due then, the lists say by the journal's own clock";
}

TEST_F(ListPublisherTest, AnAuthorityThatHasEndedPublishesNoneAnyMore) {
  clock_.at = (*home_->authority("signature-1"))->certificate().tbs.not_after;
  ListPublisher lists(*home_, clock_, report_);
  ASSERT_TRUE(lists.publish());
  EXPECT_TRUE(reported_.empty());
  EXPECT_EQ(number("signature-1"), 0U);
}

TEST_F(ListPublisherTest, NorDoesAnybodyElseSignOneInItsName) {
  const Instant end = (*home_->authority("signature-1"))->certificate().tbs.not_after;
  home_.reset();
  home_ = *home::Home::open(folder_ / "home", {journal::Access::write, end});
  const auto* authority = *home_->authority_of_lists("signature-1");
  const auto refused = authority::current_crl(*authority, {}, home_->journal());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "authority_ended");
}

}  // namespace
}  // namespace shomei::app
