// A home that is filled at once is as one in which every certificate was issued by itself.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "app/fill_store.h"
#include "app/issuing_work.h"
#include "app/measure_finding.h"
#include "counter/change_status.h"
#include "crossing/check.h"
#include "crypto/many_rsa_keys.h"
#include "crypto/random.h"
#include "explain/decision_json.h"
#include "explain/replay.h"
#include "home/create.h"
#include "home/home.h"
#include "journal/verify.h"
#include "pki/certificate.h"
#include "store/sqlite/database.h"
#include "store/sqlite/filling.h"
#include "tests/support/small_authority.h"

namespace shomei::app {
namespace {

namespace fs = std::filesystem;
namespace field = journal::field;
using journal::CertificateState;
using Texts = std::multiset<std::string>;

constexpr std::uint64_t kOrdinary = 6, kFilled = 24;

std::string settings() {
  std::string text = home::default_settings_text({"127.0.0.1", 0}, {"127.0.0.1", 0}, {"127.0.0.1", 0});
  const std::string_view key = "authority_key = \"rsa-2048\"";
  return text.replace(text.find(key), key.size(), "authority_key = \"ec-p256\"");
}

std::unique_ptr<home::Home> open(const fs::path& root) {
  return home::Home::open(root, {.access = journal::Access::write}).value();
}

Result<void> issue_one_by_one(home::Home& home, std::size_t count) {
  const auto parts = home.parts();
  SHOMEI_TRY(const auto work, prepare_issuing(parts, count, crypto::KeyType::rsa_2048, [](std::size_t) {}));
  for (const auto& request : work.requests) {
    SHOMEI_TRY(const auto record, counter::issue_certificate(parts, request));
    SHOMEI_CHECK(counter::confirm_certificate(parts, request.officer, record.serial));
  }
  return {};
}

void fill(const fs::path& root, FillOptions options = {}) {
  const auto home = open(root);
  const auto filling = store::fill_copy_of(home->layout().store()).value();
  const auto report = fill_store(home->parts(), home->checkpoint_signer(), *filling, kFilled, options,
                                 [](std::string_view, std::size_t) {});
  ASSERT_TRUE(report) << report.error().code;
  EXPECT_EQ(report->certificates, kFilled);
  EXPECT_EQ(report->entries, 3 * kFilled);
}

journal::VerifyReport verified(const home::Home& home) {
  const auto rows = home.rows().value();
  auto report = journal::verify_journal(*rows, {home.checkpoint_key().value(), std::nullopt}).value();
  for (const auto& f : report.findings) ADD_FAILURE() << f.sequence << " " << f.code << ": " << f.detail;
  const auto crossings = crossing::check(*rows).value();
  for (const auto& f : crossings.findings)
    ADD_FAILURE() << f.sequence << " " << f.invariant << ": " << f.detail;
  return report;
}

// A home with some ordinary issues; made once, since its keys take time.
class Filled : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    made_ = std::make_unique<test::TemporaryFolder>();
    const auto root = made_->path() / "home";
    ASSERT_TRUE(home::create_home(root, {.with_residents = false, .first_port = 0, .settings = settings()}));
    const auto issued = issue_one_by_one(*open(root), kOrdinary);
    ASSERT_TRUE(issued) << issued.error().code;
  }
  static void TearDownTestSuite() { made_.reset(); }
  void SetUp() override { fs::copy(made_->path() / "home", root_, fs::copy_options::recursive); }

  void fill_and_take(FillOptions options = {}) const {
    fill(root_, options);
    const auto taken = store::take_place_of(store());
    ASSERT_TRUE(taken) << taken.error().code;
  }
  fs::path store() const { return home::Layout{root_}.store(); }

  // The first column of each row, as text.
  Texts rows_of(std::string sql) const {
    static std::set<std::string> kept;  // statements are kept by their address
    const auto database = store::Database::open(store(), SQLITE_OPEN_READWRITE, 1000).value();
    auto query = database->prepare(*kept.insert(std::move(sql)).first).value();
    Texts rows;
    while (query.step().value()) rows.insert(query.text(0));
    return rows;
  }

  static inline std::unique_ptr<test::TemporaryFolder> made_;
  const test::TemporaryFolder folder_;
  const fs::path root_ = folder_.path() / "home";
};

TEST_F(Filled, TheSchemaIsTheOrdinaryOneAndTheFileIsWhole) {
  const char* const schema = "SELECT type || name || tbl_name || coalesce(sql, '') FROM sqlite_schema";
  const auto before = rows_of(schema);
  fill_and_take();
  EXPECT_EQ(rows_of(schema), before);
  EXPECT_EQ(rows_of("PRAGMA integrity_check"), Texts{"ok"});
  EXPECT_EQ(rows_of("PRAGMA foreign_key_check"), Texts{});
  EXPECT_EQ(rows_of("PRAGMA journal_mode"), Texts{"wal"});
  EXPECT_EQ(fs::status(store()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  for (const auto& file : fs::directory_iterator(root_))
    EXPECT_EQ(file.path().filename().string().find("filling"), std::string::npos) << file.path();
}

// Each column of the same type, and what is not somebody's own the same: of the rows that acts have put and
// of those that were filled in.
TEST_F(Filled, RowsAreAsActsPutThem) {
  const std::pair<const char*, const char*> tables[] = {
      {"resident", "length(id), status, period_of_stay_ends, adult_ward, typeof(moving_abroad_planned)"},
      {"card", "length(id), length(holder), kind, state"},
      {"certificate",
       "typeof(serial), authority, length(resident), length(card), carrier, predecessor, length(act), state,"
       " delivered, revoked_at, reason, length(key), typeof(key_mark)"},
      {"certificate_der", "typeof(der)"},
      {"request", "length(id), length(act), length(content), length(answer) / 8"},
      {"journal", "length(act), typeof(entry), length(status_salt), typeof(status_body)"},
      {"private_part",
       "length(person_salt), typeof(person_body), length(operator_salt), typeof(operator_body)"},
      {"tile", "typeof(hashes)"}};
  std::map<std::string, std::set<std::string>> before;
  const auto shapes = [&](const char* table, const char* columns) {
    const auto all = rows_of(std::string("SELECT json_array(") + columns + ") FROM " + table);
    return std::set<std::string>(all.begin(), all.end());
  };
  for (const auto& [table, columns] : tables) before[table] = shapes(table, columns);
  fill_and_take();
  for (const auto& [table, columns] : tables) {
    EXPECT_FALSE(before[table].empty()) << table;
    EXPECT_EQ(shapes(table, columns), before[table]) << table;
  }
  EXPECT_EQ(rows_of("SELECT count(*) FROM certificate_der"), Texts{std::to_string(kOrdinary + kFilled)});
}

struct Shape {
  std::string phase;
  std::set<std::string> fields;
  auto operator<=>(const Shape&) const = default;
};

TEST_F(Filled, EntriesSayWhatActsSayAndTheirDecisionsCanBeMadeAgain) {
  fill_and_take();
  const auto home = open(root_);
  const auto rows = home->rows().value();
  std::set<Shape> ordinary, filled;
  const auto size = rows->journal_size().value();
  ASSERT_TRUE(rows->each_entry(0, {true, true, true}, [&](const journal::StoredEntry& stored) {
    const auto person = journal::parse_fields(stored.parts[1]->body).value();
    const auto officer = journal::parse_fields(stored.parts[2]->body).value();
    if (journal::text(officer, field::kAct) != "issue") return true;
    Shape shape{std::string(name(stored.entry.phase)) + " " + journal::text(officer, field::kRuleSet), {}};
    for (const auto& fields : {person, officer})
      for (const auto& [name, value] : fields) shape.fields.insert(name);
    // No card made the keys of those that were filled in.
    shape.fields.erase(std::string(field::kAttested));
    (stored.entry.sequence + 3 * kFilled < size ? ordinary : filled).insert(std::move(shape));
    if (stored.entry.phase != journal::Phase::intent) return true;
    const auto replay =
        explain::read_replay(journal::text(person, field::kFacts), journal::text(person, field::kDecision),
                             journal::text(person, field::kRuleSettings));
    EXPECT_TRUE(replay);
    EXPECT_EQ(explain::encode_record(rules::decide(replay->rules, replay->act, replay->facts, replay->on)),
              journal::text(person, field::kDecision));
    return true;
  }));
  EXPECT_EQ(ordinary.size(), 3U);
  EXPECT_EQ(filled, ordinary);
}

TEST_F(Filled, TheJournalVerifiesWithEveryCertificateAndGoesOn) {
  fill_and_take();
  const auto home = open(root_);
  EXPECT_EQ(verified(*home).certificates, kOrdinary + kFilled);
  ASSERT_TRUE(issue_one_by_one(*home, 4));
  const auto all = home->rows().value()->list_residents({}).value();
  EXPECT_EQ(all.size(), kOrdinary + kFilled / 2 + 4);
  std::size_t pairs = 0;
  std::set<std::string> keys;
  for (const auto& resident : all) {
    const auto held = home->rows().value()->certificates_of(resident.id).value();
    pairs += held.size() == 2 ? 1 : 0;
    for (const auto& c : held) {
      const auto certificate = pki::parse_certificate(c.der).value();
      EXPECT_EQ(crypto::sha256(certificate.tbs.key.spki()), c.key);
      EXPECT_TRUE(home->rows().value()->key_used(c.key).value());
      EXPECT_EQ(home->rows().value()->find_certificates(c.serial).value().at(0).act, c.act);
      EXPECT_EQ(home->rows().value()->entries_of_act(c.act).value().size(), 3U);
      keys.insert(to_text(c.key));
    }
  }
  EXPECT_EQ(pairs, kFilled / 2);
  EXPECT_EQ(keys.size(), kOrdinary + kFilled + 4);
}

TEST_F(Filled, WhatWasFilledInIsRevokedAsAnyOther) {
  fill_and_take();
  const auto home = open(root_);
  const auto all = home->rows().value()->list_residents({}).value();
  for (const auto& resident : all) {
    const auto held = home->rows().value()->certificates_of(resident.id).value();
    if (held.size() != 2) continue;
    const counter::StatusRequest request{{"officer", held[0].office, crypto::ordered_identifier<RequestId>()},
                                         held[0].serial,
                                         {.ground = rules::Ground::wish},
                                         {}};
    const auto revoked = counter::revoke_certificate(home->parts(), request);
    ASSERT_TRUE(revoked) << revoked.error().code;
    EXPECT_EQ(revoked->state, CertificateState::revoked);
    break;
  }
  verified(*home);
}

TEST_F(Filled, PersonPartsCanBeLeftOutAsIfErased) {
  fill_and_take({.person_parts = false});
  const auto report = verified(*open(root_));
  EXPECT_EQ(report.erased_parts, 3 * kFilled);
  EXPECT_EQ(report.certificates, kOrdinary);
}

TEST_F(Filled, AnActInBetweenIsNotLost) {
  fill(root_);
  ASSERT_TRUE(issue_one_by_one(*open(root_), 1));
  const auto taken = store::take_place_of(store());
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, "store_changed");
  EXPECT_EQ(verified(*open(root_)).certificates, kOrdinary + 1);
}

TEST_F(Filled, AStoreThatSomebodyHasOpenIsNotReplaced) {
  fill(root_);
  const auto home = open(root_);
  ASSERT_TRUE(home->rows().value()->head());
  const auto taken = store::take_place_of(store());
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, "store_changed");
}

TEST_F(Filled, AnInterruptedRunLeavesTheHomeAsItWas) {
  {
    const auto home = open(root_);
    const auto filling = store::fill_copy_of(home->layout().store()).value();
    const FilledPeople people(3, home->settings().directory, *parse_date("2026-11-22"));
    for (std::size_t i = 0; i < people.count(); ++i) {
      const std::array one{people.resident(i)};
      ASSERT_TRUE(filling->put_residents(one));
    }
  }
  EXPECT_EQ(verified(*open(root_)).certificates, kOrdinary);
  fill_and_take();
  EXPECT_EQ(verified(*open(root_)).certificates, kOrdinary + kFilled);
}

TEST_F(Filled, FindingFindsWhatIsThereAndNothingElse) {
  fill_and_take();
  const auto found = measure_finding(*open(root_), 20);
  ASSERT_TRUE(found) << found.error().code;
  EXPECT_EQ(found->questions.size(), 8U);
  for (const auto& question : found->questions) {
    EXPECT_EQ(question.wrong, 0U) << question.what << question.there;
    EXPECT_EQ(question.asked, 20U);
  }
}

TEST(RelatedPublicKeys, AreDifferentAndOfTheirLength) {
  const crypto::RelatedRsaPublicKeys keys(2000);
  std::set<Bytes> all;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    const auto key = keys.key(i);
    EXPECT_EQ(key.type(), crypto::KeyType::rsa_2048);
    all.insert(key.spki());
  }
  EXPECT_EQ(all.size(), 2000U);
}

}  // namespace
}  // namespace shomei::app
