#include "home/ceremony/hold.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "authority/profile.h"
#include "authority/publish_crl.h"
#include "files/file.h"
#include "home/ceremony/progress.h"
#include "home/ceremony/transcript.h"
#include "home/create.h"
#include "journal/verify.h"
#include "pki/crl.h"

namespace shomei::home {
namespace {

namespace fs = std::filesystem;
using pki::CertificateKind;
using What = CeremonyStep::What;

constexpr std::string_view kName = R"(["C=JP", "O=SHOMEI-DEMO", "OU=JPKI for digital signature",
  "OU=Japan Agency for Local Authority Information Systems"])";

std::string authority_table(int generation, std::string_view more = "") {
  return "[[authority]]\nkind = \"signature\"\ngeneration = " + std::to_string(generation) +
         "\nkey = \"ec-p256\"\nplace = \"file\"\nyears = " + std::to_string(9 + generation) +
         "\nname = " + std::string(kName) + "\nresponder = { key = \"ec-p256\", place = \"file\" }\n" +
         std::string(more);
}

std::string file_text(std::string_view tables) {
  return "ceremony_format = 1\ntitle = \"A ceremony\"\nwitnesses = [\"First Witness\"]\n" +
         std::string(tables);
}

std::string founding(std::string_view more = "") {
  return file_text("[checkpoint]\nplace = \"file\"\n" + authority_table(1, more));
}

class HoldTest : public testing::Test {
 protected:
  HoldTest() {
    std::string name = (fs::temp_directory_path() / "shomei-ceremony.XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    CreateOptions options{.with_residents = false, .first_port = 0};
    options.with_authorities = false;
    EXPECT_TRUE(create_home(root_(), options));
  }
  ~HoldTest() override { fs::remove_all(folder_); }
  fs::path root_() const { return folder_ / "home"; }

  std::unique_ptr<Home> open(std::optional<Instant> at = {}) const {
    auto home = *Home::open(root_(), {.at = at});
    EXPECT_TRUE(home->open_keys());
    return home;
  }
  Result<CeremonyReport> hold(const std::string& text, std::optional<Instant> at = {},
                              const CeremonyHolding& holding = {}) const {
    const auto home = open(at);
    SHOMEI_TRY(const auto file, parse_ceremony_file(text));
    return hold_ceremony(*home, file, holding);
  }
  std::string refusal(const std::string& text, std::optional<Instant> at = {}) const {
    const auto held = hold(text, at);
    return held ? "held" : std::string(held.error().code);
  }

  // Everything below the home: path and content.
  std::map<std::string, Bytes> content() const {
    std::map<std::string, Bytes> all;
    for (const auto& entry : fs::recursive_directory_iterator(root_()))
      if (entry.is_regular_file() && !entry.path().filename().string().starts_with("store.sqlite-"))
        all.emplace(entry.path().string(), *files::read_file(entry.path(), 64 << 20));
    return all;
  }

  int openssl(const std::string& arguments) const {
    const std::string command =
        "cd '" + (root_() / "public").string() + "' && openssl " + arguments + " > ../../log 2>&1";
    return std::system(command.c_str());
  }
  std::string log() const { return to_text(*files::read_file(folder_ / "log", 1 << 16)); }

  fs::path folder_;
};

TEST_F(HoldTest, AHomeWithoutKeysSaysWhatItNeeds) {
  const auto refused = Home::open(root_(), {.access = journal::Access::write});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "ceremony_needed");
}

TEST_F(HoldTest, MakesWhatTheFileSaysAndNothingElse) {
  std::vector<std::string> told;
  CeremonyHolding holding;
  holding.on_step = [&](const CeremonyStep& step) -> Result<void> {
    EXPECT_FALSE(step.done) << step.name;
    told.push_back(step.name);
    return {};
  };
  const auto report = hold(founding(), {}, holding);
  ASSERT_TRUE(report) << report.error().code;
  EXPECT_EQ(told, (std::vector<std::string>{"checkpoint", "signature-1", "signature-1-responder",
                                            "signature-1", "signature-1", "signature-1-responder"}));
  EXPECT_FALSE(report->nothing_to_do());
  const auto home = *Home::open(root_(), {.access = journal::Access::write});
  const auto* authority = *home->issuing_authority(CertificateKind::signature);
  EXPECT_EQ(authority->name(), "signature-1");
  EXPECT_EQ(authority->signer().public_key().type(), crypto::KeyType::ec_p256);
  EXPECT_FALSE(home->issuing_authority(CertificateKind::user_authentication));
  EXPECT_EQ(openssl("verify -x509_strict -CAfile signature-1.crt signature-1-responder.crt"), 0) << log();
  const auto rows = *home->rows();
  EXPECT_TRUE(journal::verify_journal(*rows, {*home->checkpoint_key(), std::nullopt})->holds());
}

TEST_F(HoldTest, HeldAgainItMakesNothing) {
  ASSERT_TRUE(hold(founding()));
  auto before = content();
  const auto again = hold(founding());
  ASSERT_TRUE(again) << again.error().code;
  EXPECT_TRUE(again->nothing_to_do());
  const auto after = content();
  for (const auto& [path, bytes] : before) EXPECT_EQ(after.at(path), bytes) << path;
  EXPECT_EQ(after.size(), before.size());
}

TEST_F(HoldTest, APlanTouchesNothing) {
  const auto before = content();
  const auto home = open();
  const auto plan = plan_ceremony(*home, *parse_ceremony_file(founding()));
  ASSERT_TRUE(plan) << plan.error().code;
  EXPECT_EQ(plan->size(), 6U);
  EXPECT_EQ(content(), before);
}

// After each step the power goes; the same file completes it, with the keys that were made.
TEST_F(HoldTest, ACrashAfterAnyStepIsCompletedByTheSameFile) {
  const auto text = founding("crl = { key = \"ec-p256\", place = \"file\" }\n");
  const fs::path empty = folder_ / "empty";
  fs::copy(root_(), empty, fs::copy_options::recursive);
  for (int last = 1; last <= 9; ++last) {
    fs::remove_all(root_());
    fs::copy(empty, root_(), fs::copy_options::recursive);
    int steps = 0;
    std::vector<CeremonyStep> made;
    CeremonyHolding dying;
    dying.on_step = [&](const CeremonyStep& step) -> Result<void> {
      made.push_back(step);
      return ++steps == last ? Result<void>(unavailable("disk_full")) : Result<void>{};
    };
    const auto cut = hold(text, {}, dying);
    if (cut) {
      EXPECT_EQ(last, 9) << "that many steps there are, and one more";
      break;
    }
    const auto before = content();
    const auto completed = hold(text);
    ASSERT_TRUE(completed) << last << ": " << completed.error().code;
    for (const auto& step : made) {
      const auto there = std::ranges::find_if(completed->steps, [&](const CeremonyStep& s) {
        return s.what == step.what && s.name == step.name;
      });
      EXPECT_TRUE(there->done) << last << ": " << step.name;
    }
    for (const auto& [path, bytes] : before)
      if (path.ends_with(".key") || path.ends_with(".crt")) EXPECT_EQ(content().at(path), bytes) << path;
    const auto home = *Home::open(root_(), {.access = journal::Access::write});
    EXPECT_TRUE(home->authority_of_lists("signature-1"));
    EXPECT_EQ((*home->rows())->list_authorities()->size(), 1U);
  }
}

TEST_F(HoldTest, AKeyThatTheCeremonyHasNotMadeIsNeverUsed) {
  ASSERT_TRUE(open()->keys().generate(KeyUse::authorities, "signature-1", crypto::KeyType::ec_p256));
  const auto before = content();
  EXPECT_EQ(refusal(founding()), "key_exists");
  EXPECT_EQ(content().size(), before.size() + 1) << "the lock alone";
  for (const auto& [path, bytes] : before) EXPECT_EQ(content().at(path), bytes) << path;
}

TEST_F(HoldTest, AnotherFileDoesNotTakeUpWhatOneBegan) {
  CeremonyHolding dying;
  dying.on_step = [](const CeremonyStep&) -> Result<void> { return unavailable("disk_full"); };
  ASSERT_FALSE(hold(founding(), {}, dying));
  EXPECT_EQ(refusal(founding() + "# changed\n"), "key_exists");
  EXPECT_EQ(refusal(founding()), "held");
}

TEST_F(HoldTest, WhatDoesNotFitIsRefusedBeforeAnythingIsMade) {
  const auto with = [](std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  };
  const auto first = founding();
  EXPECT_EQ(refusal(file_text(authority_table(1))), "ceremony_needs_checkpoint");
  EXPECT_EQ(refusal(with(first, "generation = 1", "generation = 2")), "ceremony_generation");
  EXPECT_EQ(refusal(with(first, "O=SHOMEI-DEMO", "O=SHOMEI")), "ceremony_name_differs");
  EXPECT_EQ(refusal(with(first, "place = \"file\"\nyears", "place = \"token:hsm\"\nyears")),
            "ceremony_place_differs");
  EXPECT_EQ(refusal(founding("link = true\n")), "ceremony_link_alone");
  EXPECT_EQ(refusal(founding("not_before = \"2020-01-01T00:00:00+09:00\"\n")), "ceremony_begins_before");
  EXPECT_FALSE(fs::exists(root_() / "keys" / "checkpoint.key"));
  ASSERT_EQ(refusal(first), "held");
  EXPECT_EQ(refusal(file_text(authority_table(1))), "key_exists");
  const auto second = file_text(authority_table(2));
  EXPECT_EQ(refusal(with(second, "years = 11", "years = 10")), "ceremony_ends_earlier");
  EXPECT_EQ(refusal(file_text(authority_table(3))), "ceremony_generation");
}

TEST_F(HoldTest, TheNewGenerationIssuesFromItsFirstMomentOn) {
  ASSERT_EQ(refusal(founding()), "held");
  const Instant now = open()->clock().now();
  const Instant begins = now + std::chrono::days{30};
  ASSERT_EQ(refusal(file_text(authority_table(2, "not_before = \"" + format_jst(begins) + "\"\n"))), "held");
  const auto issues = [&](Instant at) {
    const auto home = *Home::open(root_(), {.access = journal::Access::write, .at = at});
    return (*home->issuing_authority(CertificateKind::signature))->name();
  };
  EXPECT_EQ(issues(now + std::chrono::days{1}), "signature-1");
  EXPECT_EQ(issues(begins - std::chrono::seconds{60}), "signature-1");
  EXPECT_EQ(issues(begins + std::chrono::seconds{1}), "signature-2");
}

TEST_F(HoldTest, ResponderCertificatesVerifyThroughTheLinksBothWays) {
  ASSERT_EQ(refusal(founding()), "held");
  ASSERT_EQ(refusal(file_text(authority_table(2, "link = true\n"))), "held");
  for (const char* link : {"signature-2-new-with-old.crt", "signature-2-old-with-new.crt"})
    EXPECT_TRUE(fs::exists(root_() / "public" / link)) << link;
  EXPECT_EQ(openssl("verify -x509_strict -CAfile signature-1.crt -untrusted signature-2-new-with-old.crt "
                    "signature-2-responder.crt"),
            0)
      << log();
  EXPECT_EQ(openssl("verify -x509_strict -CAfile signature-2.crt -untrusted signature-2-old-with-new.crt "
                    "signature-1-responder.crt"),
            0)
      << log();
  EXPECT_NE(openssl("verify -CAfile signature-1.crt signature-2-responder.crt"), 0)
      << "no way without a link";
  EXPECT_NE(openssl("verify -CAfile signature-1.crt -untrusted signature-2-old-with-new.crt "
                    "signature-2-responder.crt"),
            0)
      << "nor through the other one";
}

TEST_F(HoldTest, ALinkBeginsWithItsKeyAndEndsWithTheFirstOfTheTwo) {
  const Instant now = open()->clock().now();
  ASSERT_EQ(refusal(founding()), "held");
  const Instant begins = now + std::chrono::days{40};
  ASSERT_EQ(
      refusal(file_text(authority_table(2, "link = true\nnot_before = \"" + format_jst(begins) + "\"\n"))),
      "held");
  const auto tbs = [&](const std::string& name) {
    const auto text = to_text(*files::read_file(root_() / "public" / (name + ".crt"), 1 << 16));
    return pki::parse_certificate(*pki::from_pem("CERTIFICATE", text))->tbs;
  };
  const auto first = tbs("signature-1"), second = tbs("signature-2");
  const auto new_with_old = tbs("signature-2-new-with-old"), old_with_new = tbs("signature-2-old-with-new");
  ASSERT_LT(first.not_after, second.not_after);
  EXPECT_EQ(new_with_old.key, second.key);
  EXPECT_EQ(new_with_old.not_before, begins);
  EXPECT_EQ(new_with_old.not_after, first.not_after);
  EXPECT_EQ(old_with_new.key, first.key);
  EXPECT_EQ(old_with_new.not_before, first.not_before);
  EXPECT_EQ(old_with_new.not_after, first.not_after);

  const auto home = *Home::open(root_(), {.access = journal::Access::write});
  const auto* authority = *home->authority("signature-1");
  auto stranger = authority->certificate();
  stranger.tbs.subject = pki::Name().add(pki::NameAttribute::country, "JP");
  EXPECT_EQ(authority::make_link_certificate(stranger, *authority, authority::LinkNumber::own).error().code,
            "link_names_differ");
}

TEST_F(HoldTest, HeldAgainForAnAuthorityThatHasEndedItPublishesWhatIsLostButAppointsNobody) {
  ASSERT_EQ(refusal(founding()), "held");
  for (const char* file : {"signature-1.crt", "signature-1-responder.crt"})
    ASSERT_TRUE(fs::remove(root_() / "public" / file));
  ASSERT_EQ(refusal(founding(), open()->clock().now() + std::chrono::days{11 * 366}), "held");
  EXPECT_TRUE(fs::exists(root_() / "public" / "signature-1.crt"));
  EXPECT_FALSE(fs::exists(root_() / "public" / "signature-1-responder.crt"));
}

// What the people's certificates say of their issuer is met by a link with the number of its subject alone.
TEST_F(HoldTest, ALinkWithANumberOfItsOwnIsNoWayForOpenssl) {
  ASSERT_EQ(refusal(founding()), "held");
  ASSERT_EQ(refusal(file_text(authority_table(2, "link = true\nlink_number = \"own\"\n"))), "held");
  EXPECT_NE(openssl("verify -CAfile signature-1.crt -untrusted signature-2-new-with-old.crt "
                    "signature-2-responder.crt"),
            0);
  EXPECT_EQ(openssl("verify -CAfile signature-1.crt signature-2-new-with-old.crt"), 0) << log();
}

TEST_F(HoldTest, AKeyOfItsOwnSignsTheLists) {
  ASSERT_EQ(refusal(founding("crl = { key = \"ec-p384\", place = \"file\" }\n")), "held");
  {
    const auto home = *Home::open(root_(), {.access = journal::Access::write});
    const auto* authority = *home->authority_of_lists("signature-1");
    const auto list = *authority::current_crl(*authority, {}, home->journal());
    EXPECT_EQ(pki::parse_crl(list.der)->head.algorithm, crypto::SignatureAlgorithm::ecdsa_sha384);
    EXPECT_EQ(authority::current_crl(*authority, {}, home->journal())->number, list.number);
    ASSERT_TRUE(
        files::replace_file(root_() / "public" / "list.pem", view(pki::to_pem("X509 CRL", list.der))));
  }
  EXPECT_EQ(openssl("verify -x509_strict -CAfile signature-1.crt signature-1-crl.crt"), 0) << log();
  EXPECT_EQ(openssl("crl -in list.pem -noout -CAfile signature-1-crl.crt"), 0) << log();
  const std::string check = "verify -crl_check -CAfile signature-1.crt -CRLfile list.pem ";
  EXPECT_NE(openssl(check + "signature-1-responder.crt"), 0) << "RFC 5280 6.3.3 (f) is an extra to openssl";
  EXPECT_EQ(openssl(check + "-extended_crl -untrusted signature-1-crl.crt signature-1-responder.crt"), 0)
      << log();
  fs::rename(root_() / "keys" / "signature-1.key", root_() / "in-a-safe");
  {
    const auto home = *Home::open(root_(), {.access = journal::Access::write});
    EXPECT_EQ(home->authority("signature-1").error().code, "key_missing");
    const auto* authority = *home->authority_of_lists("signature-1");
    EXPECT_TRUE(authority::publish_crl(*authority, {}, home->journal())) << "needs the key for lists alone";
    EXPECT_EQ(authority->signer().sign(view("anything else")).error().code, "key_missing");
  }
  fs::rename(root_() / "in-a-safe", root_() / "keys" / "signature-1.key");
  fs::remove(root_() / "public" / "signature-1-crl.crt");
  const auto home = *Home::open(root_(), {.access = journal::Access::write});
  EXPECT_TRUE(home->authority("signature-1")) << "issuing needs no key for lists";
  EXPECT_EQ(home->authority_of_lists("signature-1").error().code, "crl_certificate_missing");
}

TEST_F(HoldTest, TheTranscriptIsSignedAndSaysEveryFingerprint) {
  const auto file = *parse_ceremony_file(founding());
  const auto home = open();
  const auto report = *hold_ceremony(*home, file);
  const auto transcript = *make_transcript(file, report, {"machine\n\nforged line", "shomei.demo/journal"},
                                           home->checkpoint_signer());
  const auto blank = transcript.note.rfind("\n\n");
  const std::string text = transcript.note.substr(0, blank + 1);
  EXPECT_TRUE(text.starts_with("shomei ceremony transcript v1\nA ceremony\n"));
  EXPECT_EQ(text.find("\nforged"), std::string::npos);
  for (const auto& key : report.keys)
    EXPECT_NE(text.find(to_hex_upper(key.spki)), std::string::npos) << key.name;
  for (const auto& c : report.certificates)
    EXPECT_NE(text.find(to_hex_upper(c.certificate)), std::string::npos);
  EXPECT_NE(text.find(to_hex_upper(crypto::sha256(view(transcript.json)))), std::string::npos);
  EXPECT_NE(text.find("First Witness"), std::string::npos);

  const auto signature_line = transcript.note.substr(blank + 2);
  const auto key = *home->checkpoint_key();
  ASSERT_TRUE(signature_line.starts_with("\u2014 shomei.demo/journal "));
  const auto bytes = *from_base64(signature_line.substr(
      signature_line.rfind(' ') + 1, signature_line.size() - signature_line.rfind(' ') - 2));
  EXPECT_TRUE(equal(ByteView(bytes).first(4), key.id));
  EXPECT_TRUE(key.key.verify(crypto::SignatureAlgorithm::ed25519, view(text), ByteView(bytes).subspan(4)));
  EXPECT_FALSE(journal::open_checkpoint(transcript.note, key)) << "never taken for a checkpoint";
  const auto document = nlohmann::json::parse(transcript.json);
  EXPECT_EQ(document["witnesses"][0], "First Witness");
  EXPECT_EQ(document["ceremony_sha256"], to_hex_upper(file.digest));
}

}  // namespace
}  // namespace shomei::home
