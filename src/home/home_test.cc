#include "home/home.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <thread>

#include "card/applet/chip_transport.h"
#include "counter/card_visit.h"
#include "counter/facts.h"
#include "counter/import_register.h"
#include "counter/issue.h"
#include "counter/register_event.h"
#include "crypto/random.h"
#include "files/file.h"
#include "files/lock.h"
#include "home/create.h"
#include "home/test_folder.h"
#include "journal/verify.h"
#include "store/sqlite/engine.h"

namespace shomei::home {
namespace {

namespace fs = std::filesystem;
using pki::CertificateKind;

// Authorities whose keys are made quickly: nothing here is about RSA.
std::string quick_settings() {
  const Address any{"127.0.0.1", 0};
  const std::string_view key = "authority_key = \"rsa-2048\"";
  auto text = default_settings_text(any, any, any);
  return text.replace(text.find(key), key.size(), "authority_key = \"ec-p256\"");
}

// A command that carries one is longer than any other.
constexpr std::size_t kCertificateBytesMin = 1000;

// Each test has a demo home of its own: a copy of one that is made once.
class HomeTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    made_ = std::make_unique<TemporaryFolder>();
    ASSERT_TRUE(create_home(made_->path() / "home", {.settings = quick_settings()}));
  }
  static void TearDownTestSuite() { made_.reset(); }
  void SetUp() override { fs::copy(made_->path() / "home", root_, fs::copy_options::recursive); }

  std::unique_ptr<Home> open() const { return *Home::open(root_, {.access = journal::Access::write}); }

  static counter::IssueRequest request(const std::string& resident, std::vector<CertificateKind> kinds) {
    counter::IssueRequest request;
    request.officer = {"officer", *OfficeId::parse("inagi-city-hall"),
                       crypto::ordered_identifier<RequestId>()};
    request.resident = *ResidentId::parse(resident);
    request.kinds = std::move(kinds);
    return request;
  }
  static counter::CardPins pins() { return {SecretBytes::of_text("1234"), SecretBytes::of_text("ABC123")}; }

  static Result<std::vector<counter::Issued>> issue(Home& home, const std::string& resident,
                                                    std::vector<CertificateKind> kinds) {
    const auto parts = home.parts();
    const auto asked = request(resident, std::move(kinds));
    SHOMEI_TRY(const auto grants, counter::decide_issue(parts, asked));
    SHOMEI_TRY(const auto card, take_card(home, resident));
    card::applet::ChipTransport transport(card->chip());
    return issue_onto(parts, grants, transport);
  }
  static Result<std::unique_ptr<card::file::CardFile>> take_card(Home& home, const std::string& resident) {
    return home.card_box().take_or_make(*CardId::parse("card-" + resident), home.make_card());
  }
  static Result<std::vector<counter::Issued>> issue_onto(const counter::Parts& parts,
                                                         const counter::Grants& grants,
                                                         card::Transport& card) {
    counter::CardVisit visit(parts, grants.request().officer, grants.request().resident);
    SHOMEI_TRY(auto open, counter::carry_out(visit, card, {.what = counter::Errand::What::open}));
    return counter::issue(parts, grants, pins(), {visit, card, std::move(open.card)});
  }

  static std::string verdict(const Home& home) {
    const auto rows = *home.rows();
    const auto report = *journal::verify_journal(*rows, {*home.checkpoint_key(), std::nullopt});
    std::string text;
    for (const auto& f : report.findings) text += f.code + "@" + std::to_string(f.sequence) + " ";
    return text;
  }

  // Writes `to` for `from` in shomei.toml.
  void change_setting(const std::string& from, const std::string& to) const {
    const auto path = root_ / "shomei.toml";
    std::string text = to_text(*files::read_file(path, 1 << 20));
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    ASSERT_TRUE(files::replace_file(path, view(text.replace(at, from.size(), to))));
  }

  static inline std::unique_ptr<TemporaryFolder> made_;
  const TemporaryFolder folder_;
  const fs::path root_ = folder_.path() / "home";
};

const std::vector<CertificateKind> kBoth{CertificateKind::signature, CertificateKind::user_authentication};

TEST_F(HomeTest, ACitizenGetsBothCertificatesAndMovesHouse) {
  const auto home = open();
  const auto issued = issue(*home, "q7k2m9xa", kBoth);
  ASSERT_TRUE(issued) << issued.error().code;
  ASSERT_EQ(issued->size(), 2U);
  EXPECT_EQ((*issued)[0].record.kind, CertificateKind::user_authentication)
      << "authentication is decided first";
  const auto moved =
      counter::record_event(home->parts(), request("q7k2m9xa", {}).officer, *ResidentId::parse("q7k2m9xa"),
                            {residents::EventKind::moved, "神奈川県横浜市中区１番地", "14104"});
  ASSERT_TRUE(moved) << moved.error().code;
  ASSERT_EQ(moved->revoked.size(), 1U);
  EXPECT_EQ(moved->revoked[0].kind, CertificateKind::signature);
  EXPECT_EQ(moved->revoked[0].reason, pki::RevocationReason::affiliation_changed);
  EXPECT_EQ(verdict(*home), "");
}

TEST_F(HomeTest, ItsCardsAnswerAsTheSettingsSay) {
  change_setting("secure_messaging_word = \"6882\"", "secure_messaging_word = \"69FC\"");
  const auto home = open();
  const auto card = take_card(*home, "q7k2m9xa");
  ASSERT_TRUE(card);
  EXPECT_EQ((*card)->chip().respond(Bytes{0x0C, 0x20, 0x00, 0x98}), (Bytes{0x69, 0xFC}));
}

TEST_F(HomeTest, EveryPersonOfTheDemoGetsWhatTheRulesSay) {
  const auto home = open();
  const std::pair<const char*, const char*> signature[] = {{"c4t8w1zp", "signature_age_not_reached"},
                                                           {"w3h6r5nd", "adult_ward_signs_nothing"},
                                                           {"z4d6a8vo", "card_not_active"}};
  for (const auto& [resident, code] : signature) EXPECT_EQ(issue(*home, resident, kBoth).error().code, code);
  EXPECT_TRUE(issue(*home, "c4t8w1zp", {CertificateKind::user_authentication}));
  EXPECT_TRUE(issue(*home, "f9b2k7ys", kBoth));
  const auto parts = home->parts();
  EXPECT_TRUE(counter::decide_issue(parts, request("w3h6r5nd", {CertificateKind::user_authentication})));
  for (auto resident : {"s5v1d8qe", "j8x5p2hk", "e1r9t4wm", "l6n3c9fb", "m2g7j4ua"})
    EXPECT_TRUE(counter::decide_issue(parts, request(resident, kBoth))) << resident;
  EXPECT_EQ(verdict(*home), "") << "refusals leave their traces too";
}

TEST_F(HomeTest, ASecondIssueOfAKindIsRefusedByItsRule) {
  const auto home = open();
  ASSERT_TRUE(issue(*home, "q7k2m9xa", kBoth));
  EXPECT_EQ(issue(*home, "q7k2m9xa", kBoth).error().code, "certificate_held_already");
}

TEST_F(HomeTest, TheSettingNumbersCertificatesOneAfterTheOther) {
  change_setting(R"(serial = "random-64")", R"(serial = "sequential-32")");
  std::vector<std::string> serials;
  for (auto resident : {"q7k2m9xa", "f9b2k7ys"}) {
    const auto home = open();  // the count outlives the program
    const auto issued = issue(*home, resident, kBoth);
    ASSERT_TRUE(issued) << issued.error().code;
    for (const auto& i : *issued)
      serials.push_back(std::string(pki::name(i.record.kind)) + " " + i.record.serial.hex());
  }
  EXPECT_EQ(serials, (std::vector<std::string>{"user_authentication 01000000", "signature 01000000",
                                               "user_authentication 01000001", "signature 01000001"}))
      << "one space an issuer name";
  change_setting(R"(serial = "sequential-32")", R"(serial = "random-64")");
  const auto home = open();
  EXPECT_GT(issue(*home, "s5v1d8qe", kBoth)->front().record.serial.magnitude().size(), 4U);
  EXPECT_EQ(verdict(*home), "");
}

TEST_F(HomeTest, WhatACrashLeftIsRepairedByTheNextOpening) {
  {
    const auto home = open();
    // The card is never finished: the certificates are in the journal and on no card.
    const auto parts = home->parts();
    const auto asked = request("q7k2m9xa", kBoth);
    const auto grants = *counter::decide_issue(parts, asked);
    struct DeadCard : card::Transport {
      explicit DeadCard(card::Transport& inner) : inner_(inner) {}
      Result<Bytes> transmit(ByteView command) override {
        // Dies when the first certificate is to be written, after both were signed.
        if (command.size() > kCertificateBytesMin) return unavailable("card_gone");
        return inner_.transmit(command);
      }
      card::Transport& inner_;
    };
    const auto card = *take_card(*home, "q7k2m9xa");
    card::applet::ChipTransport transport(card->chip());
    DeadCard dying(transport);
    EXPECT_FALSE(issue_onto(parts, grants, dying));
  }
  {
    const auto home = open();
    EXPECT_EQ(home->recovery().confirmed, 2U) << "the home writes the card itself";
    EXPECT_EQ(verdict(*home), "");
    const auto card = *take_card(*home, "q7k2m9xa");
    EXPECT_EQ(card->chip().state().phase, card::applet::Phase::operational);
    const auto issued = *(*home->rows())->certificates_of(*ResidentId::parse("q7k2m9xa"));
    for (const auto& record : issued)
      EXPECT_EQ(card->chip().state().of(counter::card_kind(record.kind)).certificate, record.der);
  }
  const auto home = open();
  EXPECT_EQ(home->recovery().confirmed, 0U) << "once is enough";
  auto asked = request("q7k2m9xa", kBoth);
  asked.application.ground = rules::Ground::reissue;
  const auto grants = *counter::decide_issue(home->parts(), asked);
  const auto card = *take_card(*home, "q7k2m9xa");
  card::applet::ChipTransport transport(card->chip());
  EXPECT_TRUE(issue_onto(home->parts(), grants, transport)) << "a card in use gets new certificates";
}

TEST_F(HomeTest, TheCardIssuersKeysAreMadeOnceAndForEarlierHomesToo) {
  const auto certificate = files::read_file(root_ / "public/card-maker.crt", 1 << 16);
  ASSERT_TRUE(certificate) << "init made it";
  for (const auto* file : {"keys/card-master.key", "keys/card-maker.key", "public/card-maker.crt"})
    fs::remove(root_ / file);
  { ASSERT_TRUE(Home::open(root_, {})) << "reading makes nothing"; }
  EXPECT_FALSE(fs::exists(root_ / "keys/card-master.key"));
  const auto first = open()->card_issuer().maker().certificate().der;
  EXPECT_EQ(open()->card_issuer().maker().certificate().der, first);
  fs::remove(root_ / "public/card-maker.crt");
  EXPECT_EQ(open()->card_issuer().maker().certificate().tbs.key, pki::parse_certificate(first)->tbs.key);
}

// So that a card shows what it lacks, and gets no more.
TEST_F(HomeTest, WhatCardsSayOfTheirHoldersIsTheSameAgain) {
  const auto made = [&] {
    const auto home = open();
    const auto rows = *home->rows();
    const auto holder = *counter::find_holder(*rows, *ResidentId::parse("q7k2m9xa"));
    return home->parts().cards->contents(holder.resident, holder.card);
  };
  const auto first = made(), again = made();
  ASSERT_TRUE(first) << first.error().code;
  ASSERT_TRUE(again);
  ASSERT_EQ(first->files.size(), again->files.size());
  for (std::size_t i = 0; i < first->files.size(); ++i)
    EXPECT_EQ(first->files[i].content, again->files[i].content) << i;
  EXPECT_EQ(first->numbers.size(), 5U);
  EXPECT_TRUE(fs::exists(root_ / "public/card-files-root.der"));
}

// Another one in its place would make strangers of all cards.
TEST_F(HomeTest, AMasterKeyThatWasLostIsNotMadeAgain) {
  fs::remove(root_ / "keys/card-master.key");
  const auto opened = Home::open(root_, {.access = journal::Access::write});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, "key_missing");
}

TEST_F(HomeTest, WhatChangesBetweenDecisionAndIssueStopsTheIssue) {
  const auto home = open();
  const auto parts = home->parts();
  const auto asked = request("q7k2m9xa", kBoth);
  const auto grants = *counter::decide_issue(parts, asked);
  const auto today = format_date(jst_date(home->clock().now()));
  ASSERT_TRUE(counter::record_event(parts, asked.officer, asked.resident,
                                    {.kind = residents::EventKind::died, .value = today}));
  const auto card = *take_card(*home, "q7k2m9xa");
  card::applet::ChipTransport transport(card->chip());
  EXPECT_EQ(issue_onto(parts, grants, transport).error().code, "facts_changed");
  EXPECT_TRUE((*home->rows())->certificates_of(asked.resident)->empty());
}

TEST_F(HomeTest, AWeakPinIsRefusedBeforeTheCardIsSpokenTo) {
  const auto home = open();
  auto parts = home->parts();
  const auto strict = rules::current_rule_set();
  const counter::Parts strict_parts{parts.journal, parts.profile, parts.directory, strict,
                                    parts.issuing_authority};
  const auto grants = *counter::decide_issue(strict_parts, request("q7k2m9xa", kBoth));
  struct UntouchedCard : card::Transport {
    Result<Bytes> transmit(ByteView) override {
      ADD_FAILURE() << "the card was spoken to";
      return unavailable("card_gone");
    }
  } untouched;
  counter::CardVisit visit(strict_parts, grants.request().officer, grants.request().resident);
  EXPECT_EQ(counter::issue(strict_parts, grants, pins(), {visit, untouched, {}}).error().code,
            "weak_pin_run");
}

TEST_F(HomeTest, ARequestIsTakenInOnce) {
  const auto home = open();
  const auto parts = home->parts();
  const auto asked = request("q7k2m9xa", {CertificateKind::user_authentication});
  const auto grants = *counter::decide_issue(parts, asked);
  const auto card = *take_card(*home, "q7k2m9xa");
  card::applet::ChipTransport transport(card->chip());
  const auto issued = issue_onto(parts, grants, transport);
  ASSERT_TRUE(issued) << issued.error().code;

  auto again = request("f9b2k7ys", kBoth);
  again.officer.request = asked.officer.request;
  const auto refused = counter::decide_issue(parts, again);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "request_exists");
  EXPECT_EQ(refused.error().parameter("act"), issued->front().record.act.text());
  struct UntouchedCard : card::Transport {
    Result<Bytes> transmit(ByteView) override {
      ADD_FAILURE() << "the card was spoken to";
      return unavailable("card_gone");
    }
  } untouched;
  counter::CardVisit visit(parts, asked.officer, asked.resident);
  EXPECT_EQ(counter::issue(parts, grants, pins(), {visit, untouched, {}}).error().code, "request_exists");
  EXPECT_EQ(verdict(*home), "");
}

TEST_F(HomeTest, SettingsOfOnesOwnNameTheAuthorities) {
  auto text = to_text(*files::read_file(root_ / "shomei.toml", 1 << 20));
  text.replace(text.find("SHOMEI-DEMO"), 11, "TRAINING");
  ASSERT_TRUE(create_home(root_.parent_path() / "training", {.with_residents = false, .settings = text}));
  const auto home = *Home::open(root_.parent_path() / "training", {journal::Access::write, {}});
  const auto* authority = *home->issuing_authority(CertificateKind::signature);
  EXPECT_EQ(authority->subject().values(pki::NameAttribute::organization),
            std::vector<std::string>{"TRAINING"});
  EXPECT_EQ(create_home(root_.parent_path() / "bad", {.settings = "format = 1"}).error().code,
            "setting_value");
  EXPECT_FALSE(fs::exists(root_.parent_path() / "bad")) << "nothing is left of a home that could not be made";
}

TEST_F(HomeTest, AHomeIsNeverMadeTwice) {
  EXPECT_EQ(create_home(root_, {}).error().code, "home_exists");
  EXPECT_EQ(Home::open(folder_.path() / "nowhere", {}).error().code, "home_missing");
}

TEST_F(HomeTest, ARegisterFileThatDoesNotFitTheHomeIsNamedByItsLine) {
  const auto home = open();
  const auto line = [](std::string_view id, std::string_view born, std::string_view municipality) {
    return R"({"id":")" + std::string(id) +
           R"(","name":"見本　一","address":"東京都","gender":"male","born":")" + std::string(born) +
           R"(","status":"japanese","municipality":")" + std::string(municipality) +
           R"(","card":{"id":"card-)" + std::string(id) + "\",\"valid_until\":\"2034-05-05\"}}\n";
  };
  const std::string good = line("resident-a", "1990-01-02", "13225");
  const Date tomorrow = add_days(jst_date(home->clock().now()), 1);
  std::string card_again = line("resident-b", "1990-01-02", "13225");
  card_again.replace(card_again.find("card-resident-b"), 15, "card-resident-a");
  const std::tuple<std::string, std::string, Fault> cases[] = {
      {line("resident-b", "1990-01-02", "99999"), "municipality_unknown", Fault::malformed},
      {line("resident-b", format_date(tomorrow), "13225"), "born_in_future", Fault::malformed},
      {line("q7k2m9xa", "1990-01-02", "13225"), "resident_exists", Fault::conflict},
      {card_again, "card_exists", Fault::conflict}};
  const auto officer = request("q7k2m9xa", {}).officer;
  for (const auto& [bad, code, fault] : cases) {
    const auto taken = counter::import_register(
        home->parts(), officer, *counter::read_register(good + "\n" + bad), [](std::size_t) {});
    ASSERT_FALSE(taken) << code;
    EXPECT_EQ(taken.error().code, code);
    EXPECT_EQ(taken.error().fault, fault) << code;
    EXPECT_EQ(taken.error().parameter("line"), "3") << code;
  }
  const auto today = line("resident-c", format_date(add_days(tomorrow, -1)), "13225");
  EXPECT_TRUE(
      counter::import_register(home->parts(), officer, *counter::read_register(today), [](std::size_t) {}));
  EXPECT_EQ(counter::record_event(home->parts(), officer, *ResidentId::parse("q7k2m9xa"),
                                  {residents::EventKind::birth_date_corrected, format_date(tomorrow), ""})
                .error()
                .code,
            "born_in_future");
}

TEST_F(HomeTest, KeysAndCardsAreTheOwnersAlone) {
  ASSERT_TRUE(issue(*open(), "q7k2m9xa", kBoth));
  for (const auto& folder : {"keys", "cards"}) {
    struct stat status {};
    ASSERT_EQ(::stat((root_ / folder).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0700U) << folder;
    for (const auto& file : fs::directory_iterator(root_ / folder)) {
      ASSERT_EQ(::stat(file.path().c_str(), &status), 0);
      EXPECT_EQ(status.st_mode & 0077U, 0U) << file.path();
    }
  }
}

TEST_F(HomeTest, TheClockOfADemoMovesForwardOnly) {
  EXPECT_EQ(
      Home::open(root_, {journal::Access::write, parse_instant("2020-01-01T00:00:00Z").value()}).error().code,
      "clock_before_journal");
  const auto later =
      Home::open(root_, {journal::Access::write, parse_instant("2090-01-01T00:00:00Z").value()});
  ASSERT_TRUE(later);
  EXPECT_EQ(issue(**later, "q7k2m9xa", kBoth).error().code, "card_out_of_date");
}

TEST(CreateHome, TheDemoCanBeMadeAtTheEndsOfWhereAClockMoves) {
  for (auto at : {"2000-01-01T00:00:00+09:00", "2199-12-31T23:59:00+09:00"}) {
    const TemporaryFolder folder;
    const auto made =
        create_home(folder.path() / "home", {.at = *parse_instant(at), .settings = quick_settings()});
    EXPECT_TRUE(made) << at << ": " << made.error().code;
  }
}

// As a repair or a move of the store does it.
TEST_F(HomeTest, AnOpeningToWriteWaitsForWhoHoldsAllActsAloneAndNotForEver) {
  const auto open_within = [&](std::chrono::milliseconds wait_max, const std::atomic<bool>* stop = nullptr) {
    const auto home =
        Home::open(root_, {.access = journal::Access::write, .wait_max = wait_max, .stop = stop});
    return home ? "opened" : std::string(home.error().code);
  };
  const auto store = *store::SqliteEngine::open(root_ / "store.sqlite", store::OpenMode::existing);
  auto alone = *store->hold_acts(journal::Hold::alone);
  ASSERT_NE(alone, nullptr);
  EXPECT_EQ(open_within(std::chrono::milliseconds{30}), "acts_held");
  std::atomic<bool> stop = false;
  std::thread person([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    stop = true;
  });
  EXPECT_EQ(open_within(std::chrono::minutes{5}, &stop), "interrupted");
  person.join();
  {
    const auto moves = files::FileLock::take(Layout{root_}.move_lock());
    ASSERT_TRUE(moves);
    EXPECT_EQ(open_within(std::chrono::minutes{5}), "move_under_way");
  }
  std::thread repair([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    alone.reset();
  });
  EXPECT_EQ(open_within(std::chrono::minutes{5}), "opened") << "also with the file of a move that is over";
  repair.join();
}

TEST_F(HomeTest, NoActIsMadeByAClockFarBeforeTheLastEntry) {
  const auto last = *parse_instant("2090-01-01T00:00:00Z");
  const auto rename = [&](std::optional<Instant> at, const char* name) -> Result<void> {
    SHOMEI_TRY(const auto home, Home::open(root_, {journal::Access::write, at}));
    SHOMEI_CHECK(counter::record_event(home->parts(), request("q7k2m9xa", {}).officer,
                                       *ResidentId::parse("q7k2m9xa"),
                                       {residents::EventKind::renamed, name, ""}));
    return {};
  };
  ASSERT_TRUE(rename(last, "見本　華子"));
  EXPECT_EQ(rename(last - std::chrono::minutes{6}, "見本　花子").error().code, "clock_before_journal");
  EXPECT_TRUE(rename(last - std::chrono::minutes{4}, "見本　花子"))
      << "a small step back is met by the journal";
  EXPECT_TRUE(rename(std::nullopt, "見本　華子")) << "a demo comes back from the future";
  EXPECT_EQ(verdict(*open()), "") << "and the journal's times never fall";

  auto text = to_text(*files::read_file(root_ / "shomei.toml", 1 << 20));
  text.replace(text.find("demo = true"), 11, "demo = false");
  ASSERT_TRUE(files::replace_file(root_ / "shomei.toml", view(text)));
  const auto refused = rename(std::nullopt, "見本　花子");
  EXPECT_EQ(refused.error().code, "clock_before_journal");
  EXPECT_TRUE(refused.error().parameter("last").starts_with("2090-01-01T09:00:00"));
  EXPECT_TRUE(Home::open(root_, {})) << "reading needs no clock";
}

}  // namespace
}  // namespace shomei::home
