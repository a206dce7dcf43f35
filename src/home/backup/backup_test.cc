#include "home/backup/backup.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <algorithm>

#include "counter/register_event.h"
#include "crypto/random.h"
#include "files/file.h"
#include "home/create.h"
#include "home/import_key_list.h"
#include "store/sqlite/database.h"
#include "store/sqlite/engine.h"

namespace shomei::home {
namespace {

namespace fs = std::filesystem;

// A demo home with its people and keys under a passphrase, and a backup of it: made once.
class BackupTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string name = (fs::temp_directory_path() / "shomei-backup-test.XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    CreateOptions options;
    auto settings = default_settings_text({"127.0.0.1", 0}, {"127.0.0.1", 0}, {"127.0.0.1", 0});
    settings.replace(settings.find("\"rsa-2048\""), 10, "\"ec-p256\"");
    options.settings = settings;
    options.passphrase = SecretBytes::of_text("correct horse battery");
    ASSERT_TRUE(create_home(folder_ / "home", options));
    ASSERT_TRUE(files::replace_file(folder_ / "home/cards/card-x.card", view("sealed")));
    ASSERT_TRUE(files::replace_file(folder_ / "home/cards/card-x.card.lock", view("")));
    const auto home = *Home::open(folder_ / "home", {});
    const auto made = make_backup(*home, folder_ / "backup");
    ASSERT_TRUE(made.has_value()) << made.error().code;
    made_ = std::make_unique<Backup>(*made);
  }
  static void TearDownTestSuite() { fs::remove_all(folder_); }
  // Each test may change a copy.
  void SetUp() override { fs::copy(folder_ / "backup", copy_, fs::copy_options::recursive); }
  void TearDown() override {
    fs::remove_all(copy_);
    fs::remove_all(restored_);
  }

  static std::string code_of(const Result<Backup>& result) {
    return result ? "holds" : std::string(result.error().code);
  }
  static std::string check(const fs::path& backup, const BackupTrust& trust = {}) {
    return code_of(check_backup(backup, trust));
  }
  std::string restore(const BackupTrust& trust = {}) const {
    const auto code = code_of(restore_home(copy_, restored_, {}, trust));
    EXPECT_EQ(fs::exists(restored_), code == "holds") << code;
    for (const auto& entry : fs::directory_iterator(folder_))
      EXPECT_EQ(entry.path().string().find(".new."), std::string::npos) << "nothing is left half-made";
    return code;
  }
  // Writes the manifest anew, as somebody would who can change everything.
  void forge(const std::function<void(Manifest&)>& change) const {
    auto manifest = *parse_manifest(to_text(*files::read_file(copy_ / "manifest.json", 1 << 20)));
    change(manifest);
    ASSERT_TRUE(files::replace_file(copy_ / "manifest.json", view(encode_manifest(manifest))));
  }
  void forge_digest_of_store() const {
    forge([&](Manifest& manifest) {
      const auto content = *files::read_file(copy_ / "home/store.sqlite", 1 << 28);
      const auto at = std::ranges::find(manifest.files, "store.sqlite", &BackupFile::path);
      at->bytes = content.size();
      at->sha256 = crypto::sha256(content);
    });
  }
  void change_store(std::string_view sql) const {
    const auto database = store::Database::open(copy_ / "home/store.sqlite", SQLITE_OPEN_READWRITE, 1000);
    ASSERT_TRUE(database.value()->execute(sql).has_value()) << sql;
  }

  static inline fs::path folder_;
  static inline std::unique_ptr<Backup> made_;
  const fs::path copy_ = folder_ / "copy", restored_ = folder_ / "restored";
};

TEST_F(BackupTest, HoldsAndIsForItsOwnerAlone) {
  EXPECT_EQ(made_->manifest.rows.of(journal::RowKind::resident).rows, 10U);
  EXPECT_GT(made_->manifest.entries, 10U);
  EXPECT_TRUE(made_->manifest.left_out.empty());
  EXPECT_EQ(check(copy_), "holds");
  std::vector<std::string> paths;
  for (const auto& file : made_->manifest.files) paths.push_back(file.path);
  for (const char* path :
       {"shomei.toml", "store.sqlite", "keys/home.key", "keys/signature-1.key", "keys/checkpoint.key",
        "public/checkpoint.vkey", "public/signature-1.crt", "register/demo.jsonl", "cards/card-x.card"})
    EXPECT_TRUE(std::ranges::find(paths, path) != paths.end()) << path;
  EXPECT_TRUE(std::ranges::find(paths, "cards/card-x.card.lock") == paths.end());
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "backup")) {
    struct stat about {};
    ASSERT_EQ(::stat(entry.path().c_str(), &about), 0);
    if (entry.is_regular_file()) EXPECT_EQ(about.st_mode & 0777, 0600U) << entry.path();
  }
  // Checking has left nothing beside the store, and so a backup on a disk that cannot be written holds too.
  EXPECT_EQ(check(copy_, {.manifest_sha256 = made_->manifest_sha256}), "holds");
}

TEST_F(BackupTest, IsTheSameHomeWhenItIsRestored) {
  ASSERT_EQ(restore({.since = made_->manifest.checkpoint, .manifest_sha256 = made_->manifest_sha256}),
            "holds");
  EXPECT_EQ(restore_home(copy_, restored_, {}, {}).error().code, "home_exists");
  for (const auto& file : made_->manifest.files) {
    struct stat before {
    }, after{};
    ASSERT_EQ(::stat((folder_ / "home" / file.path).c_str(), &before), 0);
    ASSERT_EQ(::stat((restored_ / file.path).c_str(), &after), 0);
    EXPECT_EQ(before.st_mode, after.st_mode) << file.path;
    if (file.path == "store.sqlite" || file.path == "shomei.toml") continue;
    EXPECT_EQ(*files::read_file(folder_ / "home" / file.path, 1 << 20),
              *files::read_file(restored_ / file.path, 1 << 20))
        << file.path;
  }
  // It goes on: the keys open, an event is recorded, and the whole journal holds.
  const auto ask = [](const SecretQuestion&) -> Result<SecretBytes> {
    return SecretBytes::of_text("correct horse battery");
  };
  const auto home = Home::open(restored_, {.access = journal::Access::write, .ask = ask});
  ASSERT_TRUE(home.has_value()) << home.error().code;
  EXPECT_EQ(journal::digest_store(**(*home)->rows()).value(), made_->manifest.rows);
  auto transaction = *(*home)->journal().begin();
  ASSERT_TRUE(transaction.append({.act = crypto::ordered_identifier<ActId>()}).has_value());
  ASSERT_TRUE(transaction.commit().has_value());
  const auto report =
      journal::verify_journal(**(*home)->rows(), {*(*home)->checkpoint_key(), made_->manifest.checkpoint});
  EXPECT_TRUE(report->holds());
}

TEST_F(BackupTest, EveryFileThatWasChangedCutTakenAwayOrPutThereIsFound) {
  for (const auto& file : made_->manifest.files) {
    const auto path = copy_ / "home" / file.path;
    const auto content = *files::read_file(path, 1 << 28);
    auto bent = content;
    if (!bent.empty()) bent[bent.size() / 2] ^= 1;
    auto longer = content;
    longer.push_back(0);
    const Bytes cut(content.begin(), content.begin() + static_cast<std::ptrdiff_t>(content.size() / 2));
    for (const auto& wrong : {bent, longer, cut}) {
      if (wrong == content) continue;
      ASSERT_TRUE(files::replace_file(path, wrong));
      EXPECT_EQ(check(copy_), "backup_file_differs") << file.path;
      EXPECT_EQ(restore(), "backup_file_differs") << file.path;
    }
    fs::remove(path);
    EXPECT_EQ(check(copy_), "backup_file_missing") << file.path;
    EXPECT_EQ(restore(), "backup_file_missing") << file.path;
    ASSERT_TRUE(files::replace_file(path, content));
  }
  ASSERT_TRUE(files::replace_file(copy_ / "home/keys/planted.key", view("x")));
  EXPECT_EQ(check(copy_), "backup_file_unknown");
  EXPECT_EQ(restore(), "holds") << "what the manifest does not name is not restored";
  EXPECT_FALSE(fs::exists(restored_ / "keys/planted.key"));
}

TEST_F(BackupTest, AStoreThatWasChangedWithItsDigestIsFoundByItsRowsAndByTheJournal) {
  change_store("UPDATE resident SET name = 'somebody else' WHERE id = (SELECT min(id) FROM resident)");
  EXPECT_EQ(check(copy_), "backup_file_differs");
  forge_digest_of_store();
  EXPECT_EQ(check(copy_), "copy_differs");
  EXPECT_EQ(restore(), "copy_differs");
}

TEST_F(BackupTest, AJournalThatWasChangedWithTheWholeManifestIsFound) {
  change_store("UPDATE private_part SET operator_body = x'30' WHERE sequence = 3");
  forge_digest_of_store();
  forge([&](Manifest& manifest) {
    const auto engine = *store::SqliteEngine::open(copy_ / "home/store.sqlite", store::OpenMode::read_only);
    manifest.rows = *journal::digest_store(**engine->begin(journal::Access::read));
  });
  const auto checked = check_backup(copy_, {});
  ASSERT_EQ(code_of(checked), "journal_not_proven");
  EXPECT_EQ(checked.error().parameter("sequence"), "3");
  EXPECT_EQ(restore(), "journal_not_proven");
}

TEST_F(BackupTest, AnyChangeIsFoundByWhoKeptTheDigestOfTheManifest) {
  change_store("UPDATE resident SET name = 'somebody else' WHERE id = (SELECT min(id) FROM resident)");
  forge_digest_of_store();
  forge([&](Manifest& manifest) {
    const auto engine = *store::SqliteEngine::open(copy_ / "home/store.sqlite", store::OpenMode::read_only);
    manifest.rows = *journal::digest_store(**engine->begin(journal::Access::read));
  });
  EXPECT_EQ(check(copy_), "holds") << "nothing else says what was in the register";
  EXPECT_EQ(check(copy_, {.manifest_sha256 = made_->manifest_sha256}), "backup_manifest_differs");
  EXPECT_EQ(restore({.manifest_sha256 = made_->manifest_sha256}), "backup_manifest_differs");
}

TEST_F(BackupTest, AnOlderOneIsFoundByAKeptCheckpoint) {
  fs::remove_all(copy_);
  const auto ask = [](const SecretQuestion&) -> Result<SecretBytes> {
    return SecretBytes::of_text("correct horse battery");
  };
  std::string kept;
  {
    const auto home = *Home::open(folder_ / "home", {.access = journal::Access::write, .ask = ask});
    auto transaction = *home->journal().begin();
    ASSERT_TRUE(transaction.append({.act = crypto::ordered_identifier<ActId>()}).has_value());
    ASSERT_TRUE(transaction.commit().has_value());
    kept = (*home->rows())->head()->checkpoint;
  }
  fs::copy(folder_ / "backup", copy_, fs::copy_options::recursive);
  const auto checked = check_backup(copy_, {.since = kept});
  ASSERT_EQ(code_of(checked), "journal_not_proven");
  EXPECT_EQ(checked.error().parameter("code"), "not_a_continuation");
  EXPECT_EQ(restore({.since = kept}), "journal_not_proven");
}

// The keys of another home sign what they like; whoever kept the verifier key finds out.
TEST_F(BackupTest, AnotherJournalIsFoundByTheKeyThatWasKept) {
  const auto other = crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519));
  const auto key =
      journal::parse_verifier_key(journal::encode_verifier_key("shomei.demo/journal", other->public_key()));
  EXPECT_EQ(check(copy_, {.key = *key}), "journal_not_proven");
}

TEST_F(BackupTest, ABareHomeKeyIsLeftOutAndNamed) {
  fs::copy(folder_ / "home", folder_ / "bare", fs::copy_options::recursive);
  ASSERT_TRUE(change_passphrase(
      folder_ / "bare/keys", [] { return SecretBytes::of_text("correct horse battery"); }, nullptr));
  const auto bare = *files::read_file(folder_ / "bare/keys/home.key", 100);
  const auto home = *Home::open(folder_ / "bare", {});
  const auto made = make_backup(*home, folder_ / "bare-backup");
  ASSERT_TRUE(made.has_value());
  ASSERT_EQ(made->manifest.left_out.size(), 1U);
  EXPECT_EQ(made->manifest.left_out[0].what, "keys/home.key");
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "bare-backup")) {
    if (!entry.is_regular_file()) continue;
    const auto content = *files::read_file(entry.path(), 1 << 28);
    EXPECT_TRUE(std::ranges::search(content, bare).empty()) << entry.path();
  }
  EXPECT_EQ(check(folder_ / "bare-backup"), "holds");
  for (const char* name : {"bare", "bare-backup"}) fs::remove_all(folder_ / name);
}

// A home whose settings name a list that is not there issues nothing.
TEST_F(BackupTest, ListsOfBadKeysComeAlongAndThoseElsewhereAreNamed) {
  const auto listed = folder_ / "listed", elsewhere = folder_ / "elsewhere.keys";
  const auto ask = [](const SecretQuestion&) -> Result<SecretBytes> {
    return SecretBytes::of_text("correct horse battery");
  };
  const Bytes bad(32, 0x42);
  fs::copy(folder_ / "home", listed, fs::copy_options::recursive);
  {
    const auto home = *Home::open(listed, {.access = journal::Access::write, .ask = ask});
    const counter::Officer officer{"sato", *OfficeId::parse("inagi-city-hall"),
                                   crypto::ordered_identifier<RequestId>()};
    const auto imported = import_key_list(*home, officer, "pwned", crypto::KeyDigest::spki_sha256, {bad});
    ASSERT_TRUE(imported.has_value()) << imported.error().code;
  }
  fs::copy(listed / "known-bad/pwned.keys", elsewhere);
  auto settings = to_text(*files::read_file(listed / "shomei.toml", 1 << 20));
  const std::string none = "known_bad = []";
  ASSERT_NE(settings.find(none), std::string::npos);
  settings.replace(settings.find(none), none.size(),
                   "known_bad = [\"./known-bad/pwned.keys\", \"" + elsewhere.string() + "\"]");
  ASSERT_TRUE(files::replace_file(listed / "shomei.toml", view(settings)));
  const auto made = make_backup(**Home::open(listed, {}), folder_ / "listed-backup");
  ASSERT_TRUE(made.has_value()) << made.error().code;
  ASSERT_EQ(made->manifest.left_out.size(), 1U);
  EXPECT_EQ(made->manifest.left_out[0].what, "list " + elsewhere.string());
  EXPECT_EQ(made->manifest.left_out[0].why, kElsewhere);
  ASSERT_EQ(code_of(restore_home(folder_ / "listed-backup", restored_, {}, {})), "holds");
  const auto home = *Home::open(restored_, {.access = journal::Access::write, .ask = ask});
  const auto known = home->bad_keys().known();
  ASSERT_TRUE(known.has_value()) << known.error().code;
  ASSERT_EQ((*known)->lists.size(), 2U);
  EXPECT_TRUE((*known)->lists[0].contains(bad));
  for (const char* name : {"listed", "listed-backup", "elsewhere.keys"}) fs::remove_all(folder_ / name);
}

TEST_F(BackupTest, NothingIsOverwrittenAndNothingIsLeftHalfMade) {
  const auto home = *Home::open(folder_ / "home", {});
  EXPECT_EQ(make_backup(*home, folder_ / "backup").error().code, "backup_exists");
  ASSERT_TRUE(files::replace_file(folder_ / "file", view("x")));
  EXPECT_EQ(make_backup(*home, folder_ / "file").error().code, "backup_exists");
  EXPECT_EQ(check(folder_), "backup_missing");
  EXPECT_EQ(restore_home(folder_ / "nowhere", restored_, {}, {}).error().code, "backup_missing");
}

}  // namespace
}  // namespace shomei::home
