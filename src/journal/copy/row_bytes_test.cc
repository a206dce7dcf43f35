#include "journal/copy/row_bytes.h"

#include <gtest/gtest.h>

#include <set>

#include "journal/copy/row_digest.h"
#include "store/engine_suite_rows.h"

namespace shomei::journal {
namespace {

namespace suite = store::suite;

// Every member is changed once, alone: a row that differs in any of them has other bytes.
template <class T>
void expect_all_differ(const T& row, std::initializer_list<void (*)(T&)> changes) {
  std::set<Bytes> seen{encode_row(row)};
  std::size_t number = 0;
  for (const auto change : changes) {
    T other = row;
    change(other);
    EXPECT_TRUE(seen.insert(encode_row(other)).second) << "change " << number;
    ++number;
  }
}

TEST(RowBytes, EveryMemberOfAResidentAndACardIsInThem) {
  using R = residents::Resident;
  expect_all_differ<R>(
      suite::full_resident(),
      {[](R& r) { r.id = suite::id<ResidentId>("resident-two"); }, [](R& r) { r.name += "x"; },
       [](R& r) { r.address += "x"; }, [](R& r) { r.gender = residents::Gender::male; },
       [](R& r) { r.born = suite::day("1991-01-01"); },
       [](R& r) { r.status = residents::ResidenceStatus::japanese; },
       [](R& r) { r.period_of_stay_ends.reset(); }, [](R& r) { r.adult_ward = false; },
       [](R& r) { r.municipality = "13102"; }, [](R& r) { r.registered_domicile.clear(); },
       [](R& r) { r.died.reset(); }, [](R& r) { r.left_register = r.died; },
       [](R& r) { r.moving_abroad->planned = *r.died; }, [](R& r) { r.moving_abroad->continued_use = false; },
       [](R& r) { r.moving_abroad.reset(); }});
  using C = residents::CardRecord;
  expect_all_differ<C>({suite::id<CardId>("card-number-one"),
                        suite::id<ResidentId>("resident-one"),
                        residents::CardKind::standard,
                        suite::day("2036-02-28"),
                        {}},
                       {[](C& c) { c.id = suite::id<CardId>("card-number-two"); },
                        [](C& c) { c.holder = suite::id<ResidentId>("resident-two"); },
                        [](C& c) { c.kind = residents::CardKind::face_authentication; },
                        [](C& c) { c.valid_until = suite::day("2036-02-29"); },
                        [](C& c) { c.state = residents::CardState::lost; }});
}

TEST(RowBytes, EveryMemberOfACertificateIsInThem) {
  using C = CertificateRecord;
  const Instant later = *parse_instant("2030-01-01T00:00:00Z");
  auto row = suite::certificate("0A", CertificateState::revoked);
  row.revoked_at = later;
  row.reason = pki::RevocationReason::superseded;
  expect_all_differ<C>(row, {[](C& c) { c.serial_space += "b"; },
                             [](C& c) { c.authority += "0"; },
                             [](C& c) { c.kind = pki::CertificateKind::user_authentication; },
                             [](C& c) { c.serial = suite::serial("0B"); },
                             [](C& c) { c.resident = suite::id<ResidentId>("resident-two"); },
                             [](C& c) { c.card = suite::id<CardId>("card-number-two"); },
                             [](C& c) { c.carrier = Carrier::phone; },
                             [](C& c) { c.predecessor = suite::serial("09"); },
                             [](C& c) { c.office = suite::id<OfficeId>("office-two"); },
                             [](C& c) { c.partition = "13102"; },
                             [](C& c) { c.act = suite::id<ActId>("act-number-two"); },
                             [](C& c) { c.not_before += std::chrono::seconds{1}; },
                             [](C& c) { c.not_after += std::chrono::seconds{1}; },
                             [](C& c) { c.state = CertificateState::suspended; },
                             [](C& c) { c.delivered = true; },
                             [](C& c) { c.revoked_at.reset(); },
                             [](C& c) { *c.revoked_at += std::chrono::seconds{1}; },
                             [](C& c) { c.reason.reset(); },
                             [](C& c) { c.reason = pki::RevocationReason::key_compromise; },
                             [](C& c) { c.key[31] = 1; },
                             [](C& c) { c.der = Bytes{0x30}; }});
}

TEST(RowBytes, EveryMemberOfTheOtherRowsIsInThem) {
  using A = AuthorityRecord;
  expect_all_differ<A>(
      {"signature-1", {}, 1, "space", Bytes{1}},
      {[](A& a) { a.name += "1"; }, [](A& a) { a.kind = pki::CertificateKind::user_authentication; },
       [](A& a) { a.generation = 2; }, [](A& a) { a.serial_space += "b"; },
       [](A& a) { a.certificate.push_back(1); }});
  using S = SerialSpace;
  expect_all_differ<S>({"space", 1}, {[](S& s) { s.name += "b"; }, [](S& s) { s.last_number = 2; }});
  using K = BlockedKey;
  expect_all_differ<K>({{}, suite::id<ActId>("act-number-one"), "leak"},
                       {[](K& k) { k.key[0] = 1; }, [](K& k) { k.act = suite::id<ActId>("act-number-two"); },
                        [](K& k) { k.cause += "s"; }});
  using R = RequestRecord;
  expect_all_differ<R>({suite::id<RequestId>("request-one"), suite::id<ActId>("act-number-one"), {}, {}},
                       {[](R& r) { r.request = suite::id<RequestId>("request-two"); },
                        [](R& r) { r.act = suite::id<ActId>("act-number-two"); },
                        [](R& r) { r.content[9] = 1; }, [](R& r) { r.answer = Bytes{1}; }});
  using L = CrlRecord;
  expect_all_differ<L>({"signature-1", 1, {}, {}, Bytes{1}},
                       {[](L& l) { l.name += "1"; }, [](L& l) { l.number = 2; },
                        [](L& l) { l.this_update += std::chrono::seconds{1}; },
                        [](L& l) { l.next_update += std::chrono::seconds{1}; }, [](L& l) { l.der.clear(); }});
  using E = StoredEntry;
  E entry;
  entry.entry.act = suite::id<ActId>("act-number-one");
  for (auto& part : entry.parts) part = Part{{}, Bytes{1}};
  expect_all_differ<E>(entry,
                       {[](E& e) { e.entry.sequence = 1; }, [](E& e) { e.parts[0].reset(); },
                        [](E& e) { e.parts[1].reset(); }, [](E& e) { e.parts[2].reset(); },
                        [](E& e) { e.parts[1]->salt[0] = 1; }, [](E& e) { e.parts[1]->body = Bytes{2}; }});
  using B = About;
  expect_all_differ<B>(
      {1, suite::id<ResidentId>("resident-one")},
      {[](B& b) { b.sequence = 2; }, [](B& b) { b.resident = suite::id<ResidentId>("resident-two"); }});
  using T = StoredTile;
  expect_all_differ<T>({0, 1, Bytes(32)},
                       {[](T& t) { t.level = 1; }, [](T& t) { t.index = 2; }, [](T& t) { t.hashes[0] = 1; }});
  using H = Head;
  expect_all_differ<H>({1, {}, "note"}, {[](H& h) { h.size = 2; },
                                         [](H& h) { h.last_recorded_at += std::chrono::milliseconds{1}; },
                                         [](H& h) { h.checkpoint += "x"; }});
}

TEST(RowDigest, DependsOnTheOrderAndTheNumberOfRows) {
  const SerialSpace one{"one", 1}, two{"two", 2};
  RowDigest forth, back, longer;
  EXPECT_EQ(forth.digest, Sha256{});
  forth.add(one), forth.add(two);
  back.add(two), back.add(one);
  longer.add(one), longer.add(two), longer.add(two);
  EXPECT_EQ(forth.rows, 2U);
  EXPECT_NE(forth.digest, back.digest);
  EXPECT_NE(forth.digest, longer.digest);
  EXPECT_EQ(forth.digest, crypto::sha256({crypto::sha256({Sha256{}, encode_row(one)}), encode_row(two)}));
}

}  // namespace
}  // namespace shomei::journal
