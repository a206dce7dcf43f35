// The revocation lists that stand, over real stores: what each says, what is signed anew and what is not, and
// whether a delta list makes of every list that is in date the one of now.
#include "authority/standing_lists.h"

#include "authority/publish_crl.h"
#include "journal/verify.h"
#include "tests/authority/list_country.h"

namespace shomei::test {
namespace {

using Stores = testing::Types<InMemory, InSqlite>;
TYPED_TEST_SUITE(Lists, Stores);

TYPED_TEST(Lists, EveryPartitionHasOneAndWithoutRevocationsItIsEmpty) {
  const auto authority = this->found();
  auto lists = this->lists();
  ASSERT_TRUE(lists.publish(authority));
  EXPECT_EQ(this->numbers(), (std::vector<std::uint64_t>{1, 1, 1}));
  EXPECT_FALSE(this->complete(kName).head.scope) << "the list of all is no part";
  for (const auto& place : kPlaces) {
    const auto list = this->complete(kName + "/" + place.code);
    EXPECT_TRUE(list.entries.empty());
    ASSERT_TRUE(list.head.scope);
    const auto point = authority::distribution_point_name(this->profile_, authority.kind(), place).der();
    EXPECT_EQ(list.head.scope->point_name_der, point);
    EXPECT_EQ(list.head.scope->of, pki::CrlScope::Of::users);
    EXPECT_EQ(list.head.freshest_name_der, point);
    const auto record = this->stands(kName + "/" + place.code);
    EXPECT_TRUE(pki::verify_signed(pki::parse_signed(record->der).value(), authority.certificate().tbs.key));
  }
}

TYPED_TEST(Lists, ARevocationSignsTheListsConcernedAndNoOther) {
  const auto authority = this->found();
  auto lists = this->lists();
  auto here = this->issue("13225");
  auto there = this->issue("14104");
  ASSERT_TRUE(lists.publish(authority));
  this->revoke(here);
  ASSERT_TRUE(lists.publish(authority));
  EXPECT_EQ(this->numbers(), (std::vector<std::uint64_t>{2, 2, 1}));
  this->suspend(there);
  ASSERT_TRUE(lists.publish(authority));
  EXPECT_EQ(this->numbers(), (std::vector<std::uint64_t>{3, 2, 2}));
  ASSERT_TRUE(lists.publish(authority));
  EXPECT_EQ(this->numbers(), (std::vector<std::uint64_t>{3, 2, 2})) << "nothing has changed";
  EXPECT_EQ(this->complete(kName).entries.size(), 2U);
  const auto of_there = this->complete(kName + "/14104").entries;
  ASSERT_EQ(of_there.size(), 1U);
  EXPECT_EQ(of_there[0].serial, there.serial);
  EXPECT_EQ(of_there[0].reason, RevocationReason::certificate_hold);
}

TYPED_TEST(Lists, APartitionThatTheSettingsDoNotNameGoesOn) {
  const auto authority = this->found();
  {
    auto lists = this->lists();
    ASSERT_TRUE(lists.publish(authority));
  }
  const auto before = this->complete(kName + "/14104").head.scope;
  auto record = this->issue("14104");
  this->revoke(record);
  StandingLists lists(this->journal_, {}, {this->profile_, {kPlaces[0]}});
  ASSERT_TRUE(lists.publish(authority));
  EXPECT_EQ(this->complete(kName + "/14104").head.scope, before);
  EXPECT_EQ(this->complete(kName + "/14104").entries.size(), 1U);
  EXPECT_EQ(lists.current(authority, {kName, "99999", false}).error().code, "crl_unknown");
}

// Rows without a certificate, whose partition no setting names, have no list of it: nothing says how it is
// named.
TYPED_TEST(Lists, WhatHasNoNameStandsOnTheListOfAll) {
  const auto authority = this->found();
  auto lists = this->lists();
  auto record = this->issue("no-code");
  this->revoke(record);
  ASSERT_TRUE(lists.publish(authority));
  EXPECT_EQ(this->complete(kName).entries.size(), 1U);
  EXPECT_EQ((*this->engine().begin(journal::Access::read))->latest_crls()->size(), 6U);
}

TYPED_TEST(Lists, ListsAreSignedAnewAtHalfOfTheirLives) {
  const auto authority = this->found();
  auto lists = this->lists();
  ASSERT_TRUE(lists.publish(authority));
  this->clock_.at += hours{12} - seconds{1};
  ASSERT_TRUE(lists.publish(authority));
  EXPECT_EQ(this->numbers(), (std::vector<std::uint64_t>{1, 1, 1}));
  this->clock_.at += seconds{1};
  ASSERT_TRUE(lists.publish(authority));
  EXPECT_EQ(this->numbers(), (std::vector<std::uint64_t>{2, 2, 2}));
}

// The setting was made longer: what stands ends when it says, and not when lists of now would.
TYPED_TEST(Lists, AListIsSignedAnewAtHalfOfItsOwnLifeWhenThatIsShorter) {
  const auto authority = this->found();
  ASSERT_TRUE(this->lists({.validity = hours{1}}).publish(authority));
  auto longer = this->lists({.validity = days{7}});
  ASSERT_TRUE(longer.publish(authority));
  EXPECT_EQ(this->numbers(), (std::vector<std::uint64_t>{1, 1, 1}));
  EXPECT_EQ(longer.next_due(this->clock_.at), this->clock_.at + std::chrono::minutes{30});
  this->clock_.at += std::chrono::minutes{30};
  ASSERT_TRUE(longer.publish(authority));
  EXPECT_EQ(this->numbers(), (std::vector<std::uint64_t>{2, 2, 2}));
  EXPECT_EQ(this->stands(kName)->next_update, this->clock_.at + days{7});
  EXPECT_EQ(longer.next_due(this->clock_.at), this->clock_.at + hours{84});
}

TYPED_TEST(Lists, ANextUpdateNeverGoesBackAndNumbersRise) {
  const auto authority = this->found();
  ASSERT_TRUE(this->lists({.validity = days{7}}).publish(authority));
  const auto before = this->stands(kName)->next_update;
  auto shorter = this->lists({.validity = hours{1}});
  auto record = this->issue("13225");
  this->revoke(record);
  ASSERT_TRUE(shorter.publish(authority));
  EXPECT_EQ(this->number(kName), 2U);
  EXPECT_EQ(this->stands(kName)->next_update, before);
  EXPECT_EQ(this->stands(kName + "/13225/delta")->next_update, before);
  this->clock_.at -= hours{5};
  ASSERT_TRUE(shorter.publish(authority));
  EXPECT_EQ(this->number(kName), 3U) << "a clock that came back";
  EXPECT_EQ(this->stands(kName)->this_update, this->clock_.at);
  EXPECT_EQ(this->stands(kName)->next_update, before);
}

TYPED_TEST(Lists, ACertificateLeavesWhenItHasRunOutForAsLongAsAListLives) {
  const auto authority = this->found();
  auto lists = this->lists();
  auto record = this->issue("13225", days{10});
  this->revoke(record);
  ASSERT_TRUE(lists.publish(authority));
  this->clock_.at = record.not_after + hours{24};
  ASSERT_TRUE(lists.publish(authority));
  EXPECT_EQ(this->complete(kName + "/13225").entries.size(), 1U);
  this->clock_.at += seconds{1};
  ASSERT_TRUE(lists.publish(authority));
  EXPECT_TRUE(this->complete(kName + "/13225").entries.empty());
  EXPECT_TRUE(this->complete(kName).entries.empty());
  EXPECT_TRUE(this->delta(kName).entries.empty()) << "RFC 5280 5.2.4 lets it be passed over";
}

// RFC 5280 3.3: each is on one list that was signed after its certificate ran out.
TYPED_TEST(Lists, AfterAStandstillWhatRanOutIsOnOneMoreListAndLeavesThen) {
  const auto authority = this->found();
  auto record = this->issue("13225", days{10});
  ASSERT_TRUE(this->lists().publish(authority));
  this->revoke(record);
  this->clock_.at = record.not_after + days{30};
  auto lists = this->lists();  // whoever published before has died
  for (const char* partition : {"13225", ""}) {
    const auto anew = lists.sign_anew(authority, {kName, partition, false});
    EXPECT_EQ(pki::parse_crl(anew->der)->entries.size(), 1U) << partition;
  }
  ASSERT_TRUE(lists.publish(authority));
  ASSERT_TRUE(lists.publish(authority));
  EXPECT_TRUE(this->complete(kName + "/13225").entries.empty()) << "all lists have shown it";
  EXPECT_TRUE(this->complete(kName).entries.empty());
  EXPECT_EQ(this->number(kName + "/14104"), 2U);
}

TYPED_TEST(Lists, ADeltaListSaysWhatCameAndWhatWasTakenBack) {
  const auto authority = this->found();
  auto lists = this->lists();
  auto held = this->issue("13225");
  auto lost = this->issue("13225");
  this->suspend(held);
  ASSERT_TRUE(lists.publish(authority));
  EXPECT_TRUE(this->delta(kName).entries.empty()) << "it begins at itself";
  this->restore(held);
  this->revoke(lost);
  ASSERT_TRUE(lists.publish(authority));
  for (const auto& name : {kName, kName + "/13225"}) {
    const auto delta = this->delta(name);
    EXPECT_EQ(delta.head.number, this->complete(name).head.number);
    EXPECT_EQ(delta.head.scope, this->complete(name).head.scope);
    EXPECT_EQ(delta.head.authority_key, this->complete(name).head.authority_key);
    EXPECT_EQ(pki::crl_counter(*delta.head.delta_base), 1U);
    ASSERT_EQ(delta.entries.size(), 2U);
    EXPECT_EQ(pki::find_entry(delta, held.serial)->reason, RevocationReason::remove_from_crl);
    EXPECT_EQ(pki::find_entry(delta, lost.serial)->reason, RevocationReason::key_compromise);
  }
  EXPECT_TRUE(this->delta(kName + "/14104").entries.empty());
}

// "If the certificate was placed on hold in any CRL issued after the base ... and then released": RFC
// 5280 5.2.4.
TYPED_TEST(Lists, AHoldThatOnlyADeltaListShowedIsTakenBackInTheNext) {
  const auto authority = this->found();
  auto lists = this->lists();
  auto held = this->issue("13225");
  ASSERT_TRUE(lists.publish(authority));
  this->suspend(held);
  ASSERT_TRUE(lists.publish(authority));
  this->restore(held);
  auto after_a_crash = this->lists();
  ASSERT_TRUE(after_a_crash.publish(authority));
  EXPECT_EQ(pki::find_entry(this->delta(kName), held.serial)->reason, RevocationReason::remove_from_crl);
}

TYPED_TEST(Lists, AnotherKeyBeginsAnewWithItsOwn) {
  auto authority = this->found();
  auto lists = this->lists();
  ASSERT_TRUE(lists.publish(authority));
  const auto key = crypto::PrivateKey::generate(crypto::KeyType::ec_p256);
  const auto signer = crypto::software_signer(crypto::PrivateKey(key));
  auto certificate =
      *authority::make_crl_certificate(authority, key.public_key(), *pki::SerialNumber::parse_hex("77"));
  ASSERT_TRUE(authority.sign_lists_with(certificate, *signer));
  ASSERT_TRUE(lists.publish(authority));
  EXPECT_EQ(this->numbers(), (std::vector<std::uint64_t>{2, 2, 2}));
  EXPECT_EQ(pki::crl_counter(*this->delta(kName).head.delta_base), 2U)
      << "a delta list is for lists of its own key (RFC 5280 5.2.4)";
}

// Lists of two processes over one store: numbers stay in order, and no list takes a revocation back.
TYPED_TEST(Lists, TwoWhoPublishDoNotUndoEachOthersLists) {
  const auto authority = this->found();
  auto one = this->lists(), other = this->lists();
  ASSERT_TRUE(one.publish(authority));
  ASSERT_TRUE(other.publish(authority));
  EXPECT_EQ(this->numbers(), (std::vector<std::uint64_t>{1, 1, 1})) << "what stands is taken over";
  std::size_t entries = 0;
  for (int i = 0; i < 6; ++i) {
    auto record = this->issue(i % 2 ? "13225" : "14104");
    this->revoke(record);
    ASSERT_TRUE((i % 3 ? one : other).publish(authority));
    EXPECT_EQ(this->complete(kName).entries.size(), ++entries);
    ASSERT_TRUE((i % 3 ? other : one).publish(authority));
    EXPECT_EQ(this->number(kName), entries + 1);
  }
  EXPECT_EQ(this->delta(kName).entries.size(), entries);
}

TYPED_TEST(Lists, TheListOfAllAloneCanBeHadWithoutTheOthers) {
  const auto authority = this->found();
  auto record = this->issue("13225");
  this->revoke(record);
  const auto list = *authority::current_crl(authority, {}, this->journal_);
  EXPECT_EQ(pki::parse_crl(list.der)->entries.size(), 1U);
  EXPECT_EQ(this->numbers(), (std::vector<std::uint64_t>{1, 0, 0}));
  EXPECT_EQ(authority::publish_crl(authority, {}, this->journal_)->number, 2U);
}

TYPED_TEST(Lists, AStatusPartThatIsNotTheCommittedOneStopsThem) {
  const auto authority = this->found();
  authority::RevokedCertificates revoked{hours{24}};
  ASSERT_TRUE(revoked.catch_up(**this->engine().begin(journal::Access::read), this->clock_.at, [](auto&) {}));
  auto transaction = *this->journal_.begin();
  auto stored = *transaction.rows().find_entry(0);
  ASSERT_TRUE(stored);
  stored->entry.sequence = revoked.next();
  stored->parts[0]->salt[0] ^= 1;
  ASSERT_TRUE(transaction.rows().put_entry(*stored, {}));
  auto head = *transaction.rows().head();
  ++head.size;
  ASSERT_TRUE(transaction.rows().put_head(head));
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(revoked.catch_up(transaction.rows(), this->clock_.at, [](auto&) {}).error().code,
              "status_part_untrue");
}

using Listed = std::map<std::string, std::string>;  // by serial number, what stands behind it
Listed listed(const pki::Crl& crl) {
  Listed all;
  for (const auto& e : crl.entries) {
    Bytes entry;
    pki::append_entry(entry, e);
    all[e.serial.hex()] = to_hex(entry);
  }
  return all;
}

// What a client makes of a list that it has and a delta list (RFC 5280 5.2.4).
Listed combined(Listed have, const pki::Crl& delta) {
  for (const auto& e : delta.entries) {
    Bytes entry;
    pki::append_entry(entry, e);
    if (e.reason == RevocationReason::remove_from_crl)
      have.erase(e.serial.hex());
    else
      have[e.serial.hex()] = to_hex(entry);
  }
  return have;
}

std::string written(authority::ListContent& content) {
  const pki::CrlHead head{.this_update = Instant{}, .next_update = Instant{seconds{1}}};
  pki::CrlWriter list(head, content.size());
  content.write(list);
  return to_hex(list.finish_tbs());
}

template <class Store>
class RandomLife : public Lists<Store> {
 protected:
  static constexpr int kSteps = 250;
  void act() {
    auto& all = records_;
    const auto pick = [&](CertificateState state) -> CertificateRecord* {
      std::vector<CertificateRecord*> of;
      for (auto& r : all)
        if (r.state == state) of.push_back(&r);
      return of.empty() ? nullptr : of[this->random_() % of.size()];
    };
    switch (this->random_() % 8) {
      case 0:
      case 1:
        all.push_back(this->issue(this->random_() % 2 ? "13225" : "14104", days{1 + this->random_() % 8}));
        return;
      case 2:
        if (auto* r = pick(CertificateState::valid)) this->revoke(*r);
        return;
      case 3:
      case 4:
        if (auto* r = pick(CertificateState::valid)) this->suspend(*r);
        return;
      case 5:
        if (auto* r = pick(CertificateState::suspended)) this->restore(*r);
        return;
      case 6:
        if (auto* r = pick(CertificateState::suspended)) this->revoke(*r, RevocationReason::superseded);
        return;
      default:
        this->clock_.at += hours{this->random_() % 20};
    }
  }
  std::vector<CertificateRecord> records_;
};
TYPED_TEST_SUITE(RandomLife, Stores);

TYPED_TEST(RandomLife, WhatFollowsTheJournalSaysWhatTheRowsSay) {
  this->found();
  authority::RevokedCertificates followed{hours{24}};
  const auto catch_up = [&](authority::RevokedCertificates& of) {
    ASSERT_TRUE(of.catch_up(**this->engine().begin(journal::Access::read), this->clock_.at, [](auto&) {}));
  };
  catch_up(followed);
  for (int step = 0; step < this->kSteps; ++step) {
    this->act();
    if (step % 3 != 0) continue;  // several acts at once too
    catch_up(followed);
    authority::RevokedCertificates read{hours{24}};
    catch_up(read);
    for (const char* partition : {"", "13225", "14104"})
      ASSERT_EQ(written(followed.content(kName, partition)), written(read.content(kName, partition)))
          << step << " " << partition;
  }
  EXPECT_GT(followed.content(kName, "").size(), 5U);
}

// Every list that was ever in date at its end, with the delta list of then, is the complete list of then, but
// for certificates that have run out. Whoever publishes is started anew now and then, and is another
// sometimes.
TYPED_TEST(RandomLife, ADeltaListMakesOfEveryListInDateTheOneOfNow) {
  const auto authority = this->found();
  struct Kept {
    Listed listed;
    std::uint64_t number;
    Instant until;
  };
  std::map<std::string, std::vector<Kept>> kept;
  std::array<std::optional<StandingLists>, 2> publishers;
  for (auto& one : publishers) one.emplace(this->journal_, authority::CrlSettings{}, this->places());
  std::size_t compared = 0, removed = 0;
  for (int step = 0; step < this->kSteps; ++step) {
    this->act();
    if (this->random_() % 10 == 0)
      publishers[this->random_() % 2].emplace(this->journal_, authority::CrlSettings{}, this->places());
    if (this->random_() % 2) continue;
    ASSERT_TRUE(publishers[this->random_() % 4 == 0]->publish(authority));
    for (const auto& name : {kName, kName + "/13225", kName + "/14104"}) {
      const auto now = this->complete(name);
      const auto delta = this->delta(name);
      ASSERT_EQ(delta.head.number, now.head.number);
      const auto want = listed(now);
      const auto base = pki::crl_counter(*delta.head.delta_base);
      for (const auto& have : kept[name]) {
        if (have.until <= this->clock_.at) continue;
        ASSERT_LE(base, have.number) << "a list in date is of use";
        auto got = combined(have.listed, delta);
        std::erase_if(got, [&](const auto& one) {
          const auto at = std::ranges::find_if(this->records_,
                                               [&](const auto& r) { return r.serial.hex() == one.first; });
          return at->not_after + hours{24} < this->clock_.at;
        });
        ASSERT_EQ(got, want) << name << " from " << have.number << " in step " << step;
        ++compared;
      }
      removed += std::ranges::count(delta.entries, std::optional(RevocationReason::remove_from_crl),
                                    &pki::RevokedEntry::reason);
      if (kept[name].empty() || kept[name].back().number != *pki::crl_counter(now.head.number)) {
        if (!kept[name].empty()) {
          EXPECT_LE(kept[name].back().until, now.head.next_update);
        }
        kept[name].push_back({want, *pki::crl_counter(now.head.number), now.head.next_update});
      }
    }
  }
  EXPECT_GT(compared, 100U);
  EXPECT_GT(removed, 10U);
  const auto key = *journal::parse_verifier_key(
      journal::encode_verifier_key("lists.example", this->checkpoint_signer_->public_key()));
  const auto report = journal::verify_journal(**this->engine().begin(journal::Access::read), {.key = key});
  for (const auto& finding : report->findings) EXPECT_NE(finding.code, "crl_order") << finding.detail;
}

}  // namespace
}  // namespace shomei::test
