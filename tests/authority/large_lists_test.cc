// Revocation lists that are large: the list of all waits between two changes, a delta list that would save
// nothing begins anew, and what is replaced leaves the store.
#include "authority/standing_lists.h"
#include "tests/authority/list_country.h"

namespace shomei::test {
namespace {

template <class Store>
class LargeLists : public Lists<Store> {};
using Stores = testing::Types<InMemory, InSqlite>;
TYPED_TEST_SUITE(LargeLists, Stores);

TYPED_TEST(LargeLists, ALargeListOfAllWaitsAndThoseOfPartitionsDoNot) {
  const auto authority = this->found();
  const authority::CrlSettings settings{.large = 2, .rest = seconds{10}};
  auto lists = this->lists(settings);
  std::array<CertificateRecord, 4> records{this->issue("13225"), this->issue("13225"), this->issue("13225"),
                                           this->issue("13225")};
  for (std::size_t i = 0; i < 3; ++i) this->revoke(records[i]);
  ASSERT_TRUE(lists.publish(authority));
  const Instant then = this->clock_.at;
  this->revoke(records[3]);
  ASSERT_TRUE(lists.publish(authority));
  EXPECT_EQ(this->numbers(), (std::vector<std::uint64_t>{1, 2, 1}));
  EXPECT_EQ(this->complete(kName + "/13225").entries.size(), 4U);
  EXPECT_TRUE(*lists.say_what_is_true(kName)) << "nothing is to be done now";
  EXPECT_FALSE(*lists.say_what_is_true(kName, StandingLists::Large::at_once));
  EXPECT_EQ(lists.next_due(then), then + seconds{40});
  this->clock_.at = then + seconds{39};
  ASSERT_TRUE(this->lists(settings).publish(authority)) << "somebody else waits as long";
  EXPECT_EQ(this->number(kName), 1U);
  this->clock_.at = then + seconds{40};
  EXPECT_FALSE(*lists.say_what_is_true(kName));
  ASSERT_TRUE(lists.publish(authority));
  EXPECT_EQ(this->numbers(), (std::vector<std::uint64_t>{2, 2, 1}));
}

TYPED_TEST(LargeLists, WhoCannotWaitHasALargeListAtOnce) {
  const auto authority = this->found();
  const authority::CrlSettings settings{.large = 0, .rest = seconds{10}};
  auto record = this->issue("13225"), other = this->issue("13225"), third = this->issue("13225");
  auto lists = this->lists(settings);
  this->revoke(record);
  ASSERT_TRUE(lists.publish(authority));
  this->revoke(other);
  ASSERT_TRUE(lists.publish(authority));
  EXPECT_EQ(this->number(kName), 1U);
  ASSERT_TRUE(lists.publish(authority, StandingLists::Large::at_once));
  EXPECT_EQ(this->number(kName), 2U);
  this->clock_.at -= seconds{5};
  this->suspend(third);
  ASSERT_TRUE(lists.publish(authority));
  EXPECT_EQ(this->number(kName), 3U) << "a clock that came back";
  EXPECT_EQ(this->complete(kName).entries.size(), 3U);
}

TYPED_TEST(LargeLists, WhatIsReplacedIsRemovedFromTheStore) {
  const auto authority = this->found();
  auto lists = this->lists();
  for (int i = 0; i < 3; ++i) {
    auto record = this->issue("13225");
    this->revoke(record);
    ASSERT_TRUE(lists.publish(authority));
  }
  std::map<std::string, int> rows;
  ASSERT_TRUE((*this->engine().begin(journal::Access::read))
                  ->each_row(journal::RowKind::crl, [&](const journal::StoreRow& row) -> Result<void> {
                    ++rows[std::get<journal::CrlRecord>(row).name];
                    return {};
                  }));
  EXPECT_EQ(rows.size(), 6U);
  for (const auto& [name, count] : rows) EXPECT_EQ(count, 1) << name;
  EXPECT_EQ(this->numbers(), (std::vector<std::uint64_t>{3, 3, 1}));
}

TYPED_TEST(LargeLists, ADeltaListThatWouldSaveNothingBeginsAtItsOwnList) {
  const auto authority = this->found();
  auto lists = this->lists();
  ASSERT_TRUE(lists.publish(authority));
  const auto revoke_many = [&](std::size_t count) {
    this->put([&](auto& transaction, auto& draft) {
      for (std::size_t i = 0; i < count; ++i) {
        auto one = this->record("13225");
        one.state = CertificateState::revoked;
        one.revoked_at = this->clock_.now();
        one.reason = RevocationReason::key_compromise;
        ASSERT_TRUE(transaction.rows().insert(one));
        draft.status.push_back(
            journal::CertificateIssued{kName, one.serial, one.not_before, one.not_after, "13225", {}});
        draft.status.push_back(
            journal::CertificateRevoked{kName, one.serial, this->clock_.now(), *one.reason, {}});
      }
    });
    ASSERT_TRUE(lists.publish(authority));
  };
  const auto base = [&] { return *pki::crl_counter(*this->delta(kName).head.delta_base); };
  revoke_many(1000);
  EXPECT_EQ(base(), 1U) << "a thousand are few";
  EXPECT_EQ(this->delta(kName).entries.size(), 1000U);
  revoke_many(1);
  EXPECT_EQ(base(), 3U);
  EXPECT_TRUE(this->delta(kName).entries.empty());
  revoke_many(1);
  EXPECT_EQ(base(), 3U);
  EXPECT_EQ(this->delta(kName).entries.size(), 1U);
  EXPECT_EQ(this->complete(kName).entries.size(), 1002U);
}

}  // namespace
}  // namespace shomei::test
