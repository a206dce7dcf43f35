// The second part of the tests that every engine must pass: acts that share a commit, and what their
// procedures ask for. Instantiated beside EngineSuite with the same type.
#pragma once

#include <algorithm>
#include <atomic>
#include <thread>

#include "store/engine_suite.h"

namespace shomei::store {

template <class Store>
class EngineSuiteOfActs : public EngineSuite<Store> {};

TYPED_TEST_SUITE_P(EngineSuiteOfActs);

// Many threads, few commits: each act is whole, and one that is dropped or fails takes nothing with it.
TYPED_TEST_P(EngineSuiteOfActs, ActsThatShareACommitSucceedAndFailApart) {
  const auto engine = this->open();
  const auto spine = this->spine_of(*engine);
  constexpr int kThreads = 16, kActs = 12;
  std::atomic<int> committed{0}, refused{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < kActs; ++i) {
        const std::string name = std::to_string(t) + "-" + std::to_string(i);
        auto transaction = spine.begin();
        if (!transaction) continue;
        // Every third number has been used by the act before it.
        const int number = t * kActs + i - (i % 3 == 2 ? 1 : 0);
        auto c = suite::certificate("7F0000", CertificateState::reserved);
        c.serial = *pki::SerialNumber::of_magnitude(
            Bytes{1, static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)});
        const bool first = transaction->rows().insert(suite::resident("resident-" + name)).has_value() &&
                           transaction->append(this->draft("act-number-" + name)).has_value();
        const auto inserted = transaction->rows().insert(c);
        if (!first || !inserted) {
          if (!inserted && inserted.error().code == "serial_used") ++refused;
          continue;  // dropped
        }
        if (transaction->commit()) ++committed;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(refused, kThreads * kActs / 3);
  EXPECT_EQ(committed, kThreads * kActs * 2 / 3);
  const auto rows = this->read(*engine);
  EXPECT_EQ(rows->list_residents({}).value().size(), static_cast<std::size_t>(committed));
  EXPECT_EQ(rows->journal_size().value(), static_cast<std::uint64_t>(committed));
  EXPECT_TRUE(this->verify(*engine).holds());
  EXPECT_LT(spine.commits(), static_cast<std::uint64_t>(committed)) << "they share";
}

// A thread's series: what it keeps is there after one commit, what it drops is not, and until then nobody
// sees any of it.
TYPED_TEST_P(EngineSuiteOfActs, TheActsOfASeriesShareOneCommit) {
  const auto engine = this->open();
  const auto spine = this->spine_of(*engine);
  auto series = spine.series();
  for (int i = 0; i < 6; ++i) {
    auto transaction = series.begin();
    ASSERT_TRUE(transaction.has_value());
    const std::string name = std::to_string(i);
    ASSERT_TRUE(transaction->rows().insert(suite::resident("resident-" + name)).has_value());
    ASSERT_TRUE(transaction->append(this->draft("act-number-" + name)).has_value());
    if (i % 3 == 1) continue;  // dropped
    ASSERT_TRUE(transaction->commit().has_value());
  }
  EXPECT_EQ(spine.commits(), 0U);
  EXPECT_EQ(this->read(*engine)->journal_size().value(), 0U);
  ASSERT_TRUE(series.commit().has_value());
  EXPECT_EQ(spine.commits(), 1U);
  EXPECT_EQ(this->read(*engine)->journal_size().value(), 4U);
  EXPECT_EQ(this->read(*engine)->list_residents({}).value().size(), 4U);
  EXPECT_TRUE(this->verify(*engine).holds());
  EXPECT_TRUE(spine.series().commit().has_value()) << "of nothing";
}

TYPED_TEST_P(EngineSuiteOfActs, SeriesOfManyThreadsAndSingleActsMix) {
  const auto engine = this->open();
  const auto spine = this->spine_of(*engine);
  std::atomic<int> kept{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 6; ++t)
    threads.emplace_back([&, t] {
      for (int round = 0; round < 5; ++round) {
        auto series = spine.series();
        for (int i = 0; i < (t % 2 == 0 ? 7 : 1); ++i) {
          auto transaction = series.begin();
          if (!transaction) return;
          const std::string name = std::to_string(t) + std::to_string(round) + std::to_string(i);
          if (transaction->append(this->draft("act-number-" + name)) && transaction->commit()) ++kept;
        }
        if (!series.commit()) return;
        auto alone = spine.begin();
        if (alone && alone->append(this->draft("act-alone-" + std::to_string(t) + std::to_string(round))) &&
            alone->commit())
          ++kept;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(kept, 5 * (3 * 8 + 3 * 2));
  EXPECT_EQ(this->read(*engine)->journal_size().value(), static_cast<std::uint64_t>(kept));
  EXPECT_TRUE(this->verify(*engine).holds());
}

TYPED_TEST_P(EngineSuiteOfActs, FindsEntriesByWhomTheyAreAbout) {
  const auto engine = this->open();
  const auto spine = this->spine_of(*engine);
  const auto one = suite::id<ResidentId>("resident-one"), two = suite::id<ResidentId>("resident-two");
  for (const auto& about : {one, two, ResidentId{}, one}) {
    auto transaction = std::move(spine.begin().value());
    auto draft = this->draft("act-about-" + std::to_string(spine.commits()));
    draft.about = about;
    ASSERT_TRUE(transaction.append(draft).has_value());
    ASSERT_TRUE(transaction.commit().has_value());
  }
  // And by the certificate that an act issued.
  auto transaction = std::move(spine.begin().value());
  auto c = suite::certificate("0A", CertificateState::reserved);
  c.resident = one;
  c.act = suite::id<ActId>("act-that-issues");
  ASSERT_TRUE(transaction.rows().insert(c).has_value());
  ASSERT_TRUE(transaction.append(this->draft("act-that-issues")).has_value());
  ASSERT_TRUE(transaction.commit().has_value());
  const auto rows = this->read(*engine);
  EXPECT_EQ(rows->entries_of_resident(one).value(), (std::vector<std::uint64_t>{0, 3, 4}));
  EXPECT_EQ(rows->entries_of_resident(two).value(), (std::vector<std::uint64_t>{1}));
  EXPECT_TRUE(rows->entries_of_resident(suite::id<ResidentId>("resident-three")).value().empty());
}

TYPED_TEST_P(EngineSuiteOfActs, KnowsTheKeysThatWereUsedAndThoseThatAreBlocked) {
  const auto engine = this->open();
  auto rows = this->write(*engine);
  auto c = suite::certificate("0A", CertificateState::written_off);
  c.key.fill(0x5A);
  ASSERT_TRUE(rows->insert(c).has_value());
  journal::BlockedKey blocked{{}, suite::id<ActId>("act-number-one"), "it leaked"};
  blocked.key.fill(0x77);
  ASSERT_TRUE(rows->insert(blocked).has_value());
  EXPECT_EQ(rows->insert(blocked).error().code, "key_blocked_already");
  ASSERT_TRUE(rows->commit().has_value());
  rows = this->read(*engine);
  EXPECT_TRUE(rows->key_used(c.key).value()) << "whatever became of the certificate";
  EXPECT_FALSE(rows->key_used(blocked.key).value());
  auto near = c.key;  // the same mark
  near[31] ^= 1;
  EXPECT_FALSE(rows->key_used(near).value());
  EXPECT_EQ(rows->find_blocked_key(blocked.key).value().value().cause, "it leaked");
  EXPECT_FALSE(rows->find_blocked_key(c.key).value().has_value());
}

TYPED_TEST_P(EngineSuiteOfActs, FindsCertificatesByTheirKey) {
  const auto engine = this->open();
  auto rows = this->write(*engine);
  auto one = suite::certificate("0A", CertificateState::written_off);
  auto two = suite::certificate("0B", CertificateState::valid);
  auto other = suite::certificate("0C", CertificateState::valid);
  one.key.fill(0x5A);
  two.key = one.key;
  other.key = one.key;
  other.key[31] ^= 1;  // the same mark
  two.der = {0x30, 0x00};
  for (const auto& c : {one, two, other}) ASSERT_TRUE(rows->insert(c).has_value());
  EXPECT_EQ(suite::serials(rows->certificates_of_key(one.key)), (std::vector<std::string>{"0A", "0B"}));
  two.state = CertificateState::revoked;
  ASSERT_TRUE(rows->update(two, CertificateState::valid).has_value());
  EXPECT_EQ(rows->certificates_of_key(one.key).value()[1].state, CertificateState::revoked)
      << "as the act itself has changed it";
  ASSERT_TRUE(rows->commit().has_value());
  rows = this->read(*engine);
  const auto found = rows->certificates_of_key(one.key).value();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].der, two.der);
  EXPECT_TRUE(rows->certificates_of_key({}).value().empty());
}

TYPED_TEST_P(EngineSuiteOfActs, GoesThroughAllThatWasSignedInTheOrderOfTheirIssue) {
  const auto engine = this->open();
  auto rows = this->write(*engine);
  constexpr unsigned kAll = 1500;  // more than any engine fetches at once
  for (unsigned i = 0; i < kAll; ++i) {
    auto c = suite::certificate(
        to_hex(Bytes{0x7F, static_cast<std::uint8_t>(i >> 8U), static_cast<std::uint8_t>(i)}),
        i % 3 == 0 ? CertificateState::reserved : CertificateState::valid);
    if (i % 3 != 0) c.der = {static_cast<std::uint8_t>(i)};
    ASSERT_TRUE(rows->insert(c).has_value());
  }
  ASSERT_TRUE(rows->commit().has_value());
  rows = this->read(*engine);
  std::vector<unsigned> seen;
  const auto look = [&](std::size_t until) {
    seen.clear();
    return rows->each_signed([&](const journal::CertificateRecord& c) {
      const auto number = c.serial.magnitude();
      seen.push_back(static_cast<unsigned>(number[1]) << 8U | number[2]);
      EXPECT_EQ(c.der, Bytes{number[2]});
      return seen.size() < until;
    });
  };
  ASSERT_TRUE(look(SIZE_MAX).has_value());
  EXPECT_EQ(seen.size(), kAll / 3 * 2);
  EXPECT_TRUE(std::ranges::is_sorted(seen));
  EXPECT_TRUE(std::ranges::none_of(seen, [](unsigned i) { return i % 3 == 0; }));
  ASSERT_TRUE(look(7).has_value());
  EXPECT_EQ(seen.size(), 7U) << "it ends when it is told to";
}

TYPED_TEST_P(EngineSuiteOfActs, ListsBlockedKeysInTheirOrderByPages) {
  const auto engine = this->open();
  auto rows = this->write(*engine);
  EXPECT_TRUE(rows->list_blocked_keys({}).value().empty());
  for (const unsigned i : {7U, 0U, 255U, 8U}) {
    journal::BlockedKey blocked{{}, suite::id<ActId>("act-number-one"), "cause " + std::to_string(i)};
    blocked.key.fill(static_cast<std::uint8_t>(i));
    ASSERT_TRUE(rows->insert(blocked).has_value());
  }
  ASSERT_TRUE(rows->commit().has_value());
  rows = this->read(*engine);
  std::vector<std::string> causes;
  for (journal::Page page{.after = "", .count = 3};;) {
    const auto some = rows->list_blocked_keys(page).value();
    for (const auto& one : some) causes.push_back(one.cause);
    if (some.size() < page.count) break;
    page.after = to_hex(some.back().key);
  }
  EXPECT_EQ(causes, (std::vector<std::string>{"cause 0", "cause 7", "cause 8", "cause 255"}));
}

TYPED_TEST_P(EngineSuiteOfActs, ListsTheCertificatesOfAnOfficeFromTheNewest) {
  const auto engine = this->open();
  auto rows = this->write(*engine);
  for (const char* hex : {"01", "02", "03", "04", "05"}) {
    auto c = suite::certificate(hex, CertificateState::valid);
    c.office = suite::id<OfficeId>(std::string_view(hex) == "03" ? "office-two" : "office-one");
    ASSERT_TRUE(rows->insert(c).has_value());
  }
  const auto office = suite::id<OfficeId>("office-one");
  EXPECT_EQ(suite::serials(rows->certificates_of_office(office, {.after = "", .count = 3})),
            (std::vector<std::string>{"05", "04", "02"}));
  EXPECT_EQ(suite::serials(rows->certificates_of_office(office, {.after = "02", .count = 3})),
            (std::vector<std::string>{"01"}));
  EXPECT_TRUE(rows->certificates_of_office(office, {.after = "01", .count = 3}).value().empty());
}

// The rows of one act, of every table that acts write to, read back before they are taken back.
template <class Rows>
void put_act(Rows& rows, const std::string& name, std::string_view hex) {
  const auto act = suite::id<ActId>("act-number-" + name);
  const auto c = suite::certificate(hex, CertificateState::reserved);
  ASSERT_TRUE(
      rows.insert(journal::RequestRecord{suite::id<RequestId>("request-" + name), act, {}, Bytes{7}}));
  ASSERT_TRUE(rows.insert(c));
  ASSERT_TRUE(rows.insert(suite::resident("resident-" + name)));
  auto valid = c;
  valid.state = CertificateState::valid;
  valid.der = Bytes{0x30, 0x00};
  ASSERT_TRUE(rows.update(valid, CertificateState::reserved));
  EXPECT_EQ(rows.find_request(suite::id<RequestId>("request-" + name)).value().value().answer, Bytes{7});
  const auto found = rows.find_certificates(c.serial).value();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(suite::members(found[0]), suite::members(valid));
  EXPECT_TRUE(rows.key_used(c.key).value());
}

TYPED_TEST_P(EngineSuiteOfActs, AnActThatIsTakenBackLeavesNothingAndTheOneBeforeItStays) {
  const auto engine = this->open();
  auto rows = this->write(*engine);
  for (const bool kept : {true, false}) {
    ASSERT_TRUE(rows->begin_act().has_value());
    put_act(*rows, kept ? "kept" : "gone", kept ? "0A" : "0B");
    ASSERT_TRUE((kept ? rows->end_act() : rows->undo_act()).has_value());
  }
  const auto expect_what_was_kept = [&](journal::Rows& seen) {
    EXPECT_EQ(suite::serials(seen.certificates_of(suite::id<ResidentId>("resident-one"))),
              (std::vector<std::string>{"0A"}));
    EXPECT_EQ(suite::serials(seen.undelivered()), (std::vector<std::string>{"0A"}));
    EXPECT_TRUE(seen.find_request(suite::id<RequestId>("request-kept")).value().has_value());
    EXPECT_FALSE(seen.find_request(suite::id<RequestId>("request-gone")).value().has_value());
    EXPECT_EQ(seen.list_residents({}).value().size(), 1U);
  };
  expect_what_was_kept(*rows);
  // What was taken back is free again.
  ASSERT_TRUE(rows->begin_act().has_value());
  put_act(*rows, "gone", "0B");
  ASSERT_TRUE(rows->undo_act().has_value());
  ASSERT_TRUE(rows->commit().has_value());
  expect_what_was_kept(*this->read(*engine));
}

TYPED_TEST_P(EngineSuiteOfActs, AnActSeesTheActsBeforeItInTheSameCommit) {
  const auto engine = this->open();
  auto rows = this->write(*engine);
  auto c = suite::certificate("0A", CertificateState::reserved);
  ASSERT_TRUE(rows->begin_act().has_value());
  ASSERT_TRUE(rows->certificates_of(c.resident).value().empty());
  ASSERT_TRUE(rows->insert(c).has_value());
  ASSERT_TRUE(rows->end_act().has_value());
  ASSERT_TRUE(rows->begin_act().has_value());
  EXPECT_EQ(rows->insert(c).error().code, "serial_used");
  EXPECT_EQ(suite::serials(rows->certificates_of(c.resident)), (std::vector<std::string>{"0A"}));
  for (const auto& [from, to] : {std::pair(CertificateState::reserved, CertificateState::valid),
                                 std::pair(CertificateState::valid, CertificateState::suspended)}) {
    c.state = to;
    ASSERT_TRUE(rows->update(c, from).has_value());
    EXPECT_EQ(rows->update(c, from).error().code, "certificate_state_moved");
  }
  ASSERT_TRUE(rows->end_act().has_value());
  ASSERT_TRUE(rows->commit().has_value());
  EXPECT_EQ(suite::serials(this->read(*engine)->certificates_in_state(CertificateState::suspended)),
            (std::vector<std::string>{"0A"}));
}

TYPED_TEST_P(EngineSuiteOfActs, KeepsTilesAndTheHeadAsTheyWerePutLast) {
  const auto engine = this->open();
  auto rows = this->write(*engine);
  EXPECT_FALSE(rows->tile(0, 0).value().has_value());
  ASSERT_TRUE(rows->put_tile(0, 0, Bytes(64, 1)).has_value());
  ASSERT_TRUE(rows->put_tile(1, 5, Bytes(8192, 3)).has_value());
  auto wider = Bytes(64, 1);
  wider.resize(96, 2);
  ASSERT_TRUE(rows->put_tile(0, 0, wider).has_value());
  const journal::Head head{3, this->clock_.now, "a note\n"};
  ASSERT_TRUE(rows->put_head(head).has_value());
  for (const auto end : {0, 1}) {
    EXPECT_EQ(rows->tile(0, 0).value().value(), wider);
    EXPECT_EQ(rows->tile(1, 5).value().value(), Bytes(8192, 3));
    EXPECT_FALSE(rows->tile(0, 1).value().has_value());
    EXPECT_EQ(rows->head().value().size, head.size);
    EXPECT_EQ(rows->head().value().last_recorded_at, head.last_recorded_at);
    EXPECT_EQ(rows->head().value().checkpoint, head.checkpoint);
    if (end == 0) ASSERT_TRUE(rows->commit().has_value());
    rows = this->read(*engine);
  }
}

TYPED_TEST_P(EngineSuiteOfActs, ActsAreHeldByManyOrByOne) {
  const auto engine = this->open(), other = this->open();
  auto one = std::move(engine->hold_acts(journal::Hold::shared).value());
  auto two = std::move(other->hold_acts(journal::Hold::shared).value());
  EXPECT_EQ(other->hold_acts(journal::Hold::alone).value(), nullptr);
  one.reset();
  EXPECT_EQ(engine->hold_acts(journal::Hold::alone).value(), nullptr);
  two.reset();
  auto alone = std::move(engine->hold_acts(journal::Hold::alone).value());
  ASSERT_NE(alone, nullptr);
  EXPECT_EQ(other->hold_acts(journal::Hold::alone).value(), nullptr);
  EXPECT_EQ(other->hold_acts(journal::Hold::shared).value(), nullptr) << "nobody waits in here";
  alone.reset();
  EXPECT_NE(other->hold_acts(journal::Hold::shared).value(), nullptr);
}

// A hint is no promise: what is foreseen is answered as it is when it is asked.
TYPED_TEST_P(EngineSuiteOfActs, WhatIsForeseenIsAnsweredAsItIsThen) {
  const auto engine = this->open();
  auto rows = this->write(*engine);
  const auto person = suite::resident("resident-one");
  const residents::CardRecord card{
      suite::id<CardId>("card-number-one"), person.id, {}, suite::day("2036-02-28"), {}};
  const journal::RequestRecord request{
      suite::id<RequestId>("request-one"), suite::id<ActId>("act-number-one"), {}, {}};
  auto c = suite::certificate("0A", CertificateState::reserved);
  c.key.fill(0x5A);
  journal::BlockedKey blocked{c.key, request.act, "it leaked"};
  const journal::Foreseen all{request.request, person.id, c.key, c.serial, c.serial_space};
  const auto expect_nothing = [&] {
    EXPECT_FALSE(rows->find_request(request.request).value());
    EXPECT_FALSE(rows->find_resident(person.id).value());
    EXPECT_TRUE(rows->cards_of(person.id).value().empty());
    EXPECT_TRUE(rows->certificates_of(person.id).value().empty());
    EXPECT_FALSE(rows->key_used(c.key).value());
    EXPECT_FALSE(rows->find_blocked_key(c.key).value());
  };
  const auto expect_everything = [&] {
    EXPECT_TRUE(rows->find_request(request.request).value());
    EXPECT_EQ(suite::members(rows->find_resident(person.id).value().value()), suite::members(person));
    EXPECT_EQ(rows->cards_of(person.id).value().size(), 1U);
    EXPECT_EQ(rows->certificates_of(person.id).value().size(), 1U);
    EXPECT_TRUE(rows->key_used(c.key).value());
    EXPECT_TRUE(rows->find_blocked_key(c.key).value());
    EXPECT_EQ(rows->insert(request).error().code, "request_exists");
    EXPECT_EQ(rows->insert(c).error().code, "serial_used");
    EXPECT_EQ(rows->insert(person).error().code, "resident_exists");
    EXPECT_EQ(rows->insert(card).error().code, "card_exists");
    EXPECT_EQ(rows->insert(blocked).error().code, "key_blocked_already");
  };
  for (const bool kept : {false, true}) {
    ASSERT_TRUE(rows->begin_act().has_value());
    ASSERT_TRUE(rows->foresee(all).has_value());
    expect_nothing();
    ASSERT_TRUE(rows->foresee(all).has_value());
    ASSERT_TRUE(rows->insert(request) && rows->insert(person) && rows->insert(card) && rows->insert(c) &&
                rows->insert(blocked));
    expect_everything();
    ASSERT_TRUE(rows->foresee(all).has_value());
    expect_everything();
    ASSERT_TRUE((kept ? rows->end_act() : rows->undo_act()).has_value());
  }
  ASSERT_TRUE(rows->commit().has_value());
  rows = this->read(*engine);
  ASSERT_TRUE(rows->foresee(all).has_value());
  EXPECT_EQ(rows->cards_of(person.id).value().size(), 1U);
  rows = this->write(*engine);
  ASSERT_TRUE(rows->begin_act().has_value());
  ASSERT_TRUE(rows->foresee(all).has_value());
  expect_everything();
}

REGISTER_TYPED_TEST_SUITE_P(EngineSuiteOfActs, ActsThatShareACommitSucceedAndFailApart,
                            TheActsOfASeriesShareOneCommit, SeriesOfManyThreadsAndSingleActsMix,
                            FindsEntriesByWhomTheyAreAbout, KnowsTheKeysThatWereUsedAndThoseThatAreBlocked,
                            FindsCertificatesByTheirKey, GoesThroughAllThatWasSignedInTheOrderOfTheirIssue,
                            ListsBlockedKeysInTheirOrderByPages, ListsTheCertificatesOfAnOfficeFromTheNewest,
                            AnActThatIsTakenBackLeavesNothingAndTheOneBeforeItStays,
                            AnActSeesTheActsBeforeItInTheSameCommit, KeepsTilesAndTheHeadAsTheyWerePutLast,
                            ActsAreHeldByManyOrByOne, WhatIsForeseenIsAnsweredAsItIsThen);

}  // namespace shomei::store
