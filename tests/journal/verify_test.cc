// A journal with real certificates is written, then changed as an attacker or an accident would: each change
// must be found, by its own code.
#include "journal/verify.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "journal/tree.h"
#include "store/sqlite/engine.h"
#include "tests/support/small_authority.h"

namespace shomei {
namespace {

using journal::Phase;

const crypto::PrivateKey& authority_key() {
  static const auto key = crypto::PrivateKey::generate(crypto::KeyType::ec_p256);
  return key;
}

ActId act(std::string_view text) {
  return *ActId::parse(text);
}

pki::SerialNumber serial(std::string_view hex) {
  return *pki::SerialNumber::parse_hex(hex);
}

class VerifyTest : public testing::Test {
 protected:
  VerifyTest()
      : signer_(crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519))),
        engine_(std::move(
            store::SqliteEngine::open(folder_.path() / "store.sqlite", store::OpenMode::create).value())),
        spine_(*engine_, *signer_, clock_, "verify.example"),
        authority_("signature-1", "Small Authority", authority_key()),
        key_(*journal::parse_verifier_key(
            journal::encode_verifier_key("verify.example", signer_->public_key()))) {}

  void add(const journal::Draft& draft) { ASSERT_TRUE(test::append(spine_, draft).has_value()); }

  // Three entries that hold: intent, result, confirmation.
  void issue(std::string_view name, std::string_view serial_hex) {
    add(authority_.intent(act(name), serial(serial_hex)));
    add(authority_.result(act(name), authority_.sign(serial(serial_hex))));
    add({.act = act(name), .phase = Phase::confirmation});
  }

  void write_good_journal() {
    add(authority_.added(act("act-ceremony")));
    issue("act-issue-1", "0A01");
    issue("act-issue-2", "0A02");
  }

  void sql(const std::string& text) {
    auto database = store::Database::open(folder_.path() / "store.sqlite", SQLITE_OPEN_READWRITE, 1000);
    ASSERT_TRUE(database.value()
                    ->execute("DROP TRIGGER IF EXISTS journal_is_never_updated;"
                              "DROP TRIGGER IF EXISTS journal_is_never_deleted;"
                              "DROP TRIGGER IF EXISTS tile_is_only_widened")
                    .has_value());
    ASSERT_TRUE(database.value()->execute(text).has_value()) << text;
  }

  journal::VerifyReport verify(std::optional<std::string> since = {}) {
    auto rows = std::move(spine_.read().value());
    return journal::verify_journal(*rows, {key_, std::move(since)}).value();
  }

  std::vector<std::string> codes(std::optional<std::string> since = {}) {
    std::vector<std::string> found;
    for (const auto& finding : verify(std::move(since)).findings) {
      found.push_back(finding.code);
      EXPECT_FALSE(finding.detail.empty());
    }
    return found;
  }

  using Codes = std::vector<std::string>;
  test::TemporaryFolder folder_;
  test::SystemClock clock_;
  std::unique_ptr<crypto::Signer> signer_;
  std::unique_ptr<store::SqliteEngine> engine_;
  journal::Journal spine_;
  test::SmallAuthority authority_;
  journal::VerifierKey key_;
};

TEST_F(VerifyTest, AnEmptyJournalHolds) {
  const auto report = verify();
  EXPECT_TRUE(report.holds());
  EXPECT_EQ(report.entries, 0U);
}

TEST_F(VerifyTest, AGoodJournalHoldsAndIsCounted) {
  write_good_journal();
  add({.act = act("act-revoke"),
       .status = {journal::CertificateRevoked{
           "signature-1", serial("0A01"), clock_.now(), pki::RevocationReason::key_compromise, {}}}});
  add({.act = act("act-suspend"),
       .status = {journal::CertificateSuspended{"signature-1", serial("0A02"), clock_.now()}}});
  add({.act = act("act-restore"),
       .status = {journal::CertificateRestored{"signature-1", serial("0A02"), clock_.now()}}});
  add({.act = act("act-list-1"),
       .status = {journal::CrlPublished{"signature-1", 1, clock_.now(), clock_.now(), {}}}});
  const auto report = verify();
  for (const auto& finding : report.findings) ADD_FAILURE() << finding.code << " " << finding.detail;
  EXPECT_EQ(report.entries, 11U);
  EXPECT_EQ(report.acts, 7U);
  EXPECT_EQ(report.certificates, 2U);
  EXPECT_EQ(report.erased_parts, 0U);
  EXPECT_EQ(report.checkpoint.size, 11U);
  EXPECT_EQ(report.checkpoint.origin, "verify.example");
  EXPECT_LE(*report.first_at, *report.last_at);
}

TEST_F(VerifyTest, AKeptCheckpointIsContinuedOrNot) {
  write_good_journal();
  const std::string kept = verify().checkpoint_note;
  issue("act-issue-3", "0A03");
  EXPECT_EQ(codes(kept), Codes{});
  journal::Checkpoint other{.origin = "verify.example", .size = 7, .root = journal::empty_root()};
  EXPECT_EQ(codes(*journal::sign_checkpoint(other, *signer_)), Codes{"not_a_continuation"});
  other = verify().checkpoint;
  other.size += 1;
  EXPECT_EQ(codes(*journal::sign_checkpoint(other, *signer_)), Codes{"not_a_continuation"});
  EXPECT_EQ(codes("rubbish"), (Codes{"not_a_continuation"}));
}

TEST_F(VerifyTest, AChangedPartIsFound) {
  write_good_journal();
  sql("UPDATE private_part SET operator_body = CAST(operator_body || x'00' AS BLOB) WHERE sequence = 1");
  EXPECT_EQ(codes(), (Codes{"commitment_wrong", "part_form"}));
}

TEST_F(VerifyTest, AChangedSaltIsFound) {
  write_good_journal();
  sql("UPDATE private_part SET person_salt = zeroblob(32) WHERE sequence = 2");
  EXPECT_EQ(codes(), Codes{"commitment_wrong"});
}

TEST_F(VerifyTest, AMissingOperatorPartIsFound) {
  write_good_journal();
  sql("UPDATE private_part SET operator_salt = NULL, operator_body = NULL WHERE sequence = 2");
  EXPECT_EQ(codes(), Codes{"part_missing"});
  EXPECT_EQ(verify().erased_parts, 0U);
}

TEST_F(VerifyTest, AMissingStatusPartIsFoundAndAnErasedPersonIsCounted) {
  write_good_journal();
  sql("UPDATE private_part SET person_salt = NULL, person_body = NULL WHERE sequence = 2");
  EXPECT_EQ(codes(), Codes{});
  EXPECT_EQ(verify().erased_parts, 1U);
  EXPECT_EQ(verify().certificates, 1U);
  sql("UPDATE journal SET status_salt = NULL, status_body = NULL WHERE sequence = 6");
  EXPECT_EQ(codes(), Codes{"part_missing"});
}

TEST_F(VerifyTest, AChangedEntryIsFound) {
  write_good_journal();
  // The last byte belongs to the commitment of the operator part.
  sql("UPDATE journal SET entry = CAST(substr(entry, 1, length(entry) - 1) || "
      "CASE substr(entry, -1) WHEN x'00' THEN x'01' ELSE x'00' END AS BLOB) WHERE sequence = 3");
  EXPECT_EQ(codes(), (Codes{"commitment_wrong", "root_wrong", "nodes_wrong"}));
}

TEST_F(VerifyTest, ABrokenEntryIsAFindingToo) {
  write_good_journal();
  sql("UPDATE journal SET entry = x'3000' WHERE sequence = 3");
  EXPECT_EQ(codes(), (Codes{"entry_form", "size_wrong"})) << "the three in front are as they were";
}

TEST_F(VerifyTest, ACutOffEndIsFound) {
  write_good_journal();
  sql("PRAGMA foreign_keys = OFF; DELETE FROM journal WHERE sequence = 6");
  EXPECT_EQ(codes(), (Codes{"size_wrong"}));
}

TEST_F(VerifyTest, AMissingEntryIsFound) {
  write_good_journal();
  sql("PRAGMA foreign_keys = OFF; DELETE FROM journal WHERE sequence = 0");
  const auto found = codes();
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front(), "sequence_gap");
}

TEST_F(VerifyTest, ALostOrForeignCheckpointIsFound) {
  write_good_journal();
  const auto stranger = crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519));
  const auto foreign = *journal::sign_checkpoint(verify().checkpoint, *stranger);
  sql("UPDATE head SET checkpoint = '" + foreign + "'");
  EXPECT_EQ(codes(), Codes{"checkpoint_wrong"});
  sql("UPDATE head SET checkpoint = ''");
  EXPECT_EQ(codes(), Codes{"checkpoint_missing"});
}

TEST_F(VerifyTest, AChangedNodeIsFound) {
  write_good_journal();
  sql("UPDATE tile SET hashes = CAST(zeroblob(32) || substr(hashes, 33) AS BLOB)");
  EXPECT_EQ(codes(), Codes{"nodes_wrong"});
}

TEST_F(VerifyTest, PhasesOutOfOrderAreFound) {
  add(authority_.added(act("act-ceremony")));
  add({.act = act("act-result-only"), .phase = Phase::result});
  add({.act = act("act-two-results"), .phase = Phase::intent});
  add({.act = act("act-two-results"), .phase = Phase::result});
  add({.act = act("act-two-results"), .phase = Phase::result});
  add({.act = act("act-both-ways"), .phase = Phase::intent});
  add({.act = act("act-both-ways"), .phase = Phase::written_off});
  add({.act = act("act-both-ways"), .phase = Phase::result});
  add({.act = act("act-early-confirmation"), .phase = Phase::intent});
  add({.act = act("act-early-confirmation"), .phase = Phase::confirmation});
  add({.act = act("act-ceremony")});
  const auto report = verify();
  std::vector<std::uint64_t> at;
  for (const auto& finding : report.findings) {
    EXPECT_EQ(finding.code, "phase_order");
    at.push_back(finding.sequence);
  }
  EXPECT_EQ(at, (std::vector<std::uint64_t>{1, 4, 7, 9, 10}));
}

TEST_F(VerifyTest, ASerialNumberTwiceIsFoundAcrossGenerationsOfOneName) {
  write_good_journal();
  const test::SmallAuthority second("signature-2", "Small Authority", authority_key());
  const test::SmallAuthority other("user_authentication-1", "Other Authority", authority_key());
  add(second.added(act("act-ceremony-2")));
  add(other.added(act("act-ceremony-3")));
  add(other.intent(act("act-issue-8"), serial("0A01")));
  EXPECT_EQ(codes(), Codes{});
  add(second.intent(act("act-issue-9"), serial("0A01")));
  EXPECT_EQ(codes(), Codes{"serial_twice"});
}

TEST_F(VerifyTest, CertificatesWithoutTheirIntentAreFound) {
  write_good_journal();
  add({.act = act("act-issue-7"), .phase = Phase::intent});
  add(authority_.result(act("act-issue-7"), authority_.sign(serial("0B"))));
  EXPECT_EQ(codes(), Codes{"serial_not_reserved"});
  add(authority_.intent(act("act-issue-8"), serial("0C")));
  add({.act = act("act-issue-9"), .phase = Phase::intent});
  add(authority_.result(act("act-issue-9"), authority_.sign(serial("0C"))));
  EXPECT_EQ(codes(), (Codes{"serial_not_reserved", "serial_not_reserved"}));
}

TEST_F(VerifyTest, ACertificateThatItsAuthorityDidNotSignIsFound) {
  write_good_journal();
  const test::SmallAuthority impostor("signature-1", "Small Authority",
                                      crypto::PrivateKey::generate(crypto::KeyType::ec_p256));
  add(authority_.intent(act("act-issue-7"), serial("0D")));
  add(authority_.result(act("act-issue-7"), impostor.sign(serial("0D"))));
  EXPECT_EQ(codes(), Codes{"certificate_wrong"});
}

TEST_F(VerifyTest, AnotherCertificateThanTheStatusPartSaysIsFound) {
  write_good_journal();
  add(authority_.intent(act("act-issue-7"), serial("0D")));
  auto draft = authority_.result(act("act-issue-7"), authority_.sign(serial("0D")));
  draft.person["certificate"] = authority_.sign(serial("0E")).der;
  add(draft);
  add(authority_.intent(act("act-issue-8"), serial("0F")));
  draft = authority_.result(act("act-issue-8"), authority_.sign(serial("0F")));
  draft.person.clear();
  add(draft);
  EXPECT_EQ(codes(), (Codes{"certificate_wrong", "certificate_missing"}));
}

TEST_F(VerifyTest, StatusChangesThatCannotFollowAreFound) {
  write_good_journal();
  const auto now = clock_.now();
  const auto change = [&](std::string_view name, journal::StatusChange what) {
    add({.act = act(name), .status = {std::move(what)}});
  };
  change("act-restore-1", journal::CertificateRestored{"signature-1", serial("0A01"), now});
  change("act-revoke-1", journal::CertificateRevoked{"signature-1", serial("0A02"), now, {}, {}});
  change("act-suspend-2", journal::CertificateSuspended{"signature-1", serial("0A02"), now});
  change("act-revoke-2", journal::CertificateRevoked{"signature-1", serial("FFFF"), now, {}, {}});
  change("act-revoke-3", journal::CertificateRevoked{"signature-9", serial("0A01"), now, {}, {}});
  change("act-ceremony-2", journal::AuthorityAdded{"signature-1", authority_.certificate()});
  change("act-ceremony-3", journal::AuthorityAdded{"signature-3", to_bytes("no certificate")});
  change("act-list-2", journal::CrlPublished{"signature-1", 2, now, now, {}});
  change("act-list-3", journal::CrlPublished{"signature-1", 2, now, now, {}});
  EXPECT_EQ(codes(), (Codes{"status_order", "status_order", "serial_not_reserved", "authority_unknown",
                            "authority_twice", "authority_wrong", "crl_order"}));
}

// Of each list by itself; a delta list has the number of the complete list that says the same.
TEST_F(VerifyTest, TheNumbersOfListsRiseInEveryPartition) {
  add(authority_.added(act("act-ceremony")));
  const auto now = clock_.now();
  int acts = 0;
  const auto list = [&](std::uint64_t number, const char* partition, std::optional<std::uint64_t> base) {
    add({.act = act("act-list-number-" + std::to_string(++acts)),
         .status = {journal::CrlPublished{"signature-1", number, now, now, {}, partition, base}}});
  };
  const auto found = [&] { return std::ranges::count(codes(), std::string("crl_order")); };
  list(7, "", {});
  list(7, "", 7);
  list(1, "13225", {});
  list(1, "13225", 1);
  list(3, "14104", {});
  list(8, "", {});
  list(8, "", 7);
  list(2, "13225", {});
  EXPECT_EQ(found(), 0);
  list(2, "13225", {});
  EXPECT_EQ(found(), 1) << "a number twice";
  list(9, "", 7);
  EXPECT_EQ(found(), 2) << "a delta list without its complete one";
  list(3, "13225", {});
  list(3, "13225", 4);
  EXPECT_EQ(found(), 3) << "a base that is not there yet";
  list(2, "14104", {});
  EXPECT_EQ(found(), 4);
}

// Acts and serial numbers of which some do wrong: the memory must have no say in what is found.
TEST_F(VerifyTest, TheFindingsAreTheSameHoweverSmallTheMemory) {
  add(authority_.added(act("act-ceremony")));
  const auto now = clock_.now();
  for (int i = 0; i < 150; ++i) {
    const auto name = "act-number-" + std::to_string(i);
    const auto number = pki::SerialNumber::of_magnitude(Bytes{1, static_cast<std::uint8_t>(i)}).value();
    add(authority_.intent(act(name), number));
    if (i % 5 == 1) add({.act = act(name), .phase = Phase::confirmation});
    if (i % 7 == 1) add(authority_.intent(act(name + "-x"), number));
    if (i % 11 == 1)
      add({.act = act(name + "-y"), .status = {journal::CertificateRestored{"signature-1", number, now}}});
    if (i % 13 == 1)
      add({.act = act(name + "-z"), .status = {journal::CertificateRestored{"signature-2", number, now}}});
  }
  const auto whole = verify();
  ASSERT_GT(whole.findings.size(), 50U);
  for (const std::size_t bytes : {0, 4000, 9000, 20'000}) {
    auto rows = std::move(spine_.read().value());
    unsigned passes = 1;
    const auto report = journal::verify_journal(
        *rows, {.key = key_, .memory_bytes = bytes, .progress = [&](const auto& p) { passes = p.pass; }});
    EXPECT_EQ(report->acts, whole.acts) << bytes;
    ASSERT_EQ(report->findings.size(), whole.findings.size()) << bytes;
    for (std::size_t i = 0; i < whole.findings.size(); ++i)
      EXPECT_EQ(report->findings[i].detail, whole.findings[i].detail) << bytes << " finding " << i;
  }
}

TEST_F(VerifyTest, TheFirstHundredFindingsAreTheSameToo) {
  // More of a few acts than is listed, before the table is full, and again when it has been.
  for (int i = 0; i < 120; ++i) add({.act = act("act-number-" + std::to_string(i % 10))});
  for (int i = 10; i < 300; ++i)
    add({.act = act("act-number-" + std::to_string(i)), .phase = i % 2 ? Phase::result : Phase::whole});
  const auto whole = verify();
  ASSERT_EQ(whole.findings.size(), journal::kFindingsMax);
  auto rows = std::move(spine_.read().value());
  const auto report = journal::verify_journal(*rows, {.key = key_, .memory_bytes = 0});
  ASSERT_EQ(report->findings.size(), whole.findings.size());
  for (std::size_t i = 0; i < whole.findings.size(); ++i)
    EXPECT_EQ(report->findings[i].sequence, whole.findings[i].sequence) << i;
  EXPECT_EQ(report->acts, 300U);
}

// The script shares no code with the program: both must say the same of the same store.
TEST_F(VerifyTest, AnOutsidersScriptAgrees) {
  const auto script = [this](const std::string& more = "") {
    const std::string command = "python3 " SHOMEI_SOURCE "/tests/conformance/verify_journal.py " +
                                (folder_.path() / "store.sqlite").string() + " " +
                                journal::encode_verifier_key("verify.example", signer_->public_key()) + more +
                                " > " + (folder_.path() / "said").string();
    return std::system(command.c_str()) >> 8;
  };
  write_good_journal();
  EXPECT_EQ(script(), 0);
  std::ofstream(folder_.path() / "kept") << verify().checkpoint_note;
  issue("act-issue-3", "0A03");
  EXPECT_EQ(script(" --since " + (folder_.path() / "kept").string()), 0);
  sql("UPDATE private_part SET person_salt = NULL, person_body = NULL WHERE sequence = 2");
  EXPECT_EQ(script(), 0);
  std::ofstream(folder_.path() / "kept") << *journal::sign_checkpoint({"verify.example", 3, {}}, *signer_);
  EXPECT_EQ(script(" --since " + (folder_.path() / "kept").string()), 1);
  // Each change takes the one in front out of the picture.
  const char* const changes[] = {"UPDATE private_part SET person_salt = zeroblob(32) WHERE sequence = 4",
                                 "UPDATE private_part SET person_salt = NULL, person_body = NULL; UPDATE "
                                 "head SET checkpoint = replace(checkpoint, 'e', 'f')",
                                 "UPDATE head SET checkpoint = ''"};
  for (const auto* change : changes) {
    sql(change);
    EXPECT_EQ(script(), 1) << change;
    EXPECT_FALSE(verify().holds()) << change;
  }
}

TEST_F(VerifyTest, AnOutsidersScriptFindsACutOffEnd) {
  write_good_journal();
  const auto key = journal::encode_verifier_key("verify.example", signer_->public_key());
  const std::string command = "python3 " SHOMEI_SOURCE "/tests/conformance/verify_journal.py " +
                              (folder_.path() / "store.sqlite").string() + " " + key + " > /dev/null";
  sql("PRAGMA foreign_keys = OFF; DELETE FROM journal WHERE sequence = 6");
  EXPECT_EQ(std::system(command.c_str()) >> 8, 1);
}

}  // namespace
}  // namespace shomei
