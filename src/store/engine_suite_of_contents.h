// The fourth part of the tests that every engine must pass: a store as rows, which are read, put into another
// store of any engine (copying is journal/copy), and a store that was moved away. Instantiated beside
// EngineSuite with the same type.
#pragma once

#include <algorithm>

#include "store/engine_suite.h"

namespace shomei::store::suite {

// Every kind of row, each with what may be missing and with what may be there; and more entries than a tile
// has.
inline constexpr int kEntriesOfFull = 300;
inline void fill_every_kind(journal::Engine& engine, const journal::Journal& spine) {
  {
    auto rows = std::move(engine.begin(journal::Access::write).value());
    for (const auto& r : {resident("resident-two"), full_resident(), resident("resident-one")})
      ASSERT_TRUE(rows->insert(r).has_value());
    for (const char* card : {"card-number-two", "card-number-one"})
      ASSERT_TRUE(rows->insert(residents::CardRecord{id<CardId>(card),
                                                     id<ResidentId>("resident-one"),
                                                     {},
                                                     day("2036-02-28"),
                                                     residents::CardState::lost})
                      .has_value());
    for (const char* name : {"user_authentication-1", "signature-2", "signature-1"})
      ASSERT_TRUE(rows->insert(journal::AuthorityRecord{name, {}, 2, "space-a", Bytes{1, 2}}).has_value());
    for (const char* space : {"space-b", "space-a", "space-b"})
      ASSERT_TRUE(rows->next_number(space).has_value());
    for (int i = 5; i-- > 0;) {
      auto c = certificate("0" + std::to_string(i + 1), static_cast<CertificateState>(i),
                           i == 4 ? "space-uncounted" : "space-a");
      c.resident = id<ResidentId>(i % 2 ? "resident-two" : "resident-full");
      c.key[0] = static_cast<std::uint8_t>(i);
      if (i > 0) c.der = Bytes(2000, static_cast<std::uint8_t>(i));
      if (i == 3) c.revoked_at = c.not_before, c.reason = pki::RevocationReason::superseded;
      if (i == 1) c.predecessor = serial("05"), c.delivered = true, c.carrier = journal::Carrier::phone;
      ASSERT_TRUE(rows->insert(c).has_value());
    }
    for (const std::uint8_t i : {std::uint8_t{9}, std::uint8_t{200}, std::uint8_t{3}})
      ASSERT_TRUE(rows->insert(journal::BlockedKey{{i}, id<ActId>("act-number-one"), "漏洩"}).has_value());
    for (const char* request : {"request-b", "request-a", "request-c"})
      ASSERT_TRUE(rows->insert(journal::RequestRecord{
                                   id<RequestId>(request),
                                   id<ActId>("act-number-one"),
                                   {7},
                                   std::string_view(request) == "request-a" ? Bytes{1, 0, 2} : Bytes{}})
                      .has_value());
    for (std::uint64_t number : {10U, 9U, 2U})
      ASSERT_TRUE(
          rows->insert(journal::CrlRecord{
                           number == 9 ? "signature-2" : "signature-1", number, {}, {}, Bytes(3000, 7)})
              .has_value());
    ASSERT_TRUE(rows->commit().has_value());
  }
  auto transaction = std::move(spine.begin().value());
  for (int i = 0; i < kEntriesOfFull; ++i) {
    journal::Draft draft{.act = id<ActId>("act-number-" + std::to_string(i)),
                         .person = {{"facts", to_bytes("見本")}}};
    if (i % 3 == 0) draft.about = id<ResidentId>("resident-" + std::to_string(i % 7 + 1));
    ASSERT_TRUE(transaction.append(draft).has_value());
  }
  ASSERT_TRUE(transaction.rows().erase_person_part(41).has_value());
  ASSERT_TRUE(transaction.commit().has_value());
}

}  // namespace shomei::store::suite

namespace shomei::store {

template <class Store>
class EngineSuiteOfContents : public EngineSuite<Store> {
 protected:
  std::vector<journal::StoreRow> all(journal::Rows& rows, journal::RowKind kind) {
    std::vector<journal::StoreRow> all;
    const auto read = rows.each_row(kind, [&](const journal::StoreRow& row) -> Result<void> {
      all.push_back(row);
      return {};
    });
    EXPECT_TRUE(read.has_value()) << journal::name(kind) << ": " << (read ? "" : read.error().code);
    return all;
  }
};

TYPED_TEST_SUITE_P(EngineSuiteOfContents);

TYPED_TEST_P(EngineSuiteOfContents, EveryKindOfRowComesInItsOrder) {
  using enum journal::RowKind;
  const auto engine = this->open();
  for (const auto kind : journal::all_row_kinds())
    EXPECT_TRUE(this->all(*this->read(*engine), kind).empty()) << journal::name(kind);
  suite::fill_every_kind(*engine, this->spine_of(*engine));
  auto rows = this->read(*engine);
  const auto keys = [&](journal::RowKind kind, auto key) {
    std::vector<std::string> found;
    for (const auto& row : this->all(*rows, kind)) found.push_back(key(row));
    return found;
  };
  using Keys = std::vector<std::string>;
  EXPECT_EQ(keys(resident, [](const auto& r) { return std::get<residents::Resident>(r).id.text(); }),
            (Keys{"resident-full", "resident-one", "resident-two"}));
  EXPECT_EQ(keys(card, [](const auto& r) { return std::get<residents::CardRecord>(r).id.text(); }),
            (Keys{"card-number-one", "card-number-two"}));
  EXPECT_EQ(keys(authority, [](const auto& r) { return std::get<journal::AuthorityRecord>(r).name; }),
            (Keys{"signature-1", "signature-2", "user_authentication-1"}));
  EXPECT_EQ(keys(serial_space,
                 [](const auto& r) {
                   const auto& space = std::get<journal::SerialSpace>(r);
                   return space.name + " " + std::to_string(space.last_number);
                 }),
            (Keys{"space-a 1", "space-b 2"}));
  EXPECT_EQ(keys(certificate, [](const auto& r) { return std::get<CertificateRecord>(r).serial.hex(); }),
            (Keys{"05", "04", "03", "02", "01"}));
  EXPECT_EQ(keys(blocked_key,
                 [](const auto& r) { return std::to_string(std::get<journal::BlockedKey>(r).key[0]); }),
            (Keys{"3", "9", "200"}));
  EXPECT_EQ(keys(request, [](const auto& r) { return std::get<journal::RequestRecord>(r).request.text(); }),
            (Keys{"request-a", "request-b", "request-c"}));
  EXPECT_EQ(keys(crl,
                 [](const auto& r) {
                   const auto& list = std::get<journal::CrlRecord>(r);
                   return list.name + " " + std::to_string(list.number);
                 }),
            (Keys{"signature-1 2", "signature-1 10", "signature-2 9"}));
  const auto entries = this->all(*rows, entry);
  ASSERT_EQ(entries.size(), static_cast<std::size_t>(suite::kEntriesOfFull));
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& stored = std::get<journal::StoredEntry>(entries[i]);
    EXPECT_EQ(stored.entry.sequence, i);
    EXPECT_EQ(stored.parts[1].has_value(), i != 41) << "what was erased";
  }
  const auto abouts = this->all(*rows, about);
  EXPECT_EQ(abouts.size(), static_cast<std::size_t>(suite::kEntriesOfFull / 3));
  EXPECT_TRUE(std::ranges::is_sorted(abouts, {}, [](const auto& row) {
    const auto& a = std::get<journal::About>(row);
    return std::pair(journal::mark_of(a.resident), a.sequence);
  }));
  EXPECT_EQ(keys(tile,
                 [](const auto& r) {
                   const auto& t = std::get<journal::StoredTile>(r);
                   return std::to_string(t.level) + "/" + std::to_string(t.index) + " " +
                          std::to_string(t.hashes.size() / 32);
                 }),
            (Keys{"0/0 256", "0/1 44", "1/0 1"}));
  EXPECT_EQ(this->all(*rows, head).size(), 1U);
}

TYPED_TEST_P(EngineSuiteOfContents, AWalkEndsWithTheFirstErrorOfWhoWalks) {
  const auto engine = this->open();
  suite::fill_every_kind(*engine, this->spine_of(*engine));
  auto rows = this->read(*engine);
  for (const auto kind : journal::all_row_kinds()) {
    int calls = 0;
    const auto walk = rows->each_row(kind, [&](const auto&) -> Result<void> {
      ++calls;
      return conflict("store_not_empty");
    });
    EXPECT_EQ(calls, 1) << journal::name(kind);
    ASSERT_FALSE(walk.has_value()) << journal::name(kind);
    EXPECT_EQ(walk.error().code, "store_not_empty");
  }
}

// Also for those who had it open before it was.
TYPED_TEST_P(EngineSuiteOfContents, AStoreThatWasMovedAwayIsReadAndNotWritten) {
  const auto engine = this->open(), before = this->open();
  this->append(*engine, "act-number-one");
  this->append(*before, "act-number-two");
  {
    auto rows = this->write(*engine);
    EXPECT_EQ(rows->retired_to().value(), std::nullopt);
    ASSERT_TRUE(rows->retire("postgresql://it's/elsewhere").has_value());
  }
  this->append(*before, "act-number-three");  // that was not committed
  {
    auto rows = this->write(*engine);
    ASSERT_TRUE(rows->retire("postgresql://it's/elsewhere").has_value());
    ASSERT_TRUE(rows->commit().has_value());
  }
  for (auto* late : {engine.get(), before.get()}) {
    const auto spine = this->spine_of(*late);
    auto transaction = spine.begin();
    Result<void> written = transaction ? Result<void>{} : Result<void>(transaction.error());
    if (transaction) {
      const auto appended = transaction->append(this->draft("act-number-four"));
      written = appended ? transaction->commit() : Result<void>(appended.error());
    }
    ASSERT_FALSE(written.has_value());
    EXPECT_EQ(written.error().code, "store_moved");
    EXPECT_EQ(written.error().parameter("to"), "postgresql://it's/elsewhere");
    EXPECT_FALSE(written.error().parameter("path").empty());
  }
  const auto reader = std::move(TypeParam::open_read_only(this->place_).value());
  EXPECT_EQ(this->read(*reader)->retired_to().value(), "postgresql://it's/elsewhere");
  const auto report = this->verify(*reader);
  EXPECT_TRUE(report.holds());
  EXPECT_EQ(report.entries, 3U);
}

REGISTER_TYPED_TEST_SUITE_P(EngineSuiteOfContents, EveryKindOfRowComesInItsOrder,
                            AWalkEndsWithTheFirstErrorOfWhoWalks, AStoreThatWasMovedAwayIsReadAndNotWritten);

}  // namespace shomei::store
