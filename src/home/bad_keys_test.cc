// What a home knows of bad keys, as issuing asks it.
#include "home/bad_keys.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "crypto/private_key.h"
#include "files/file.h"
#include "home/create.h"
#include "home/home.h"
#include "home/import_key_list.h"

namespace shomei::home {
namespace {

namespace fs = std::filesystem;
using crypto::KeyDigest;

class HomeBadKeys : public testing::Test {
 protected:
  HomeBadKeys() {
    std::string name = (fs::temp_directory_path() / "shomei-bad-keys-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    root_ = folder_ / "home";
    EXPECT_TRUE(create_home(root_, {.with_residents = false, .first_port = 0}));
    home_ = Home::open(root_, {.access = journal::Access::write}).value();
  }
  ~HomeBadKeys() override {
    home_.reset();
    fs::remove_all(folder_);
  }
  // As a process that begins now knows it.
  std::shared_ptr<const authority::KnownKeys> known(std::vector<std::string> lists = {}) {
    settings_.known_bad = std::move(lists);
    bad_keys_.emplace(home_->layout(), settings_, home_->engine());
    auto known = bad_keys_->known();
    if (!known) code_ = known.error().code;
    return known ? *known : nullptr;
  }

  fs::path folder_, root_;
  std::unique_ptr<Home> home_;
  KeySettings settings_;
  std::optional<BadKeys> bad_keys_;
  std::string code_;
};

TEST_F(HomeBadKeys, AreTheAuthoritiesAndTheirRespondersOfEveryGeneration) {
  const auto keys = known();
  ASSERT_TRUE(keys) << code_;
  EXPECT_EQ(keys->authorities.size(), 4U) << "two authorities, each with its responder";
  for (const auto* name : {"signature-1", "user_authentication-1"})
    EXPECT_EQ(std::ranges::count(keys->authorities, home_->authority(name).value()->certificate().tbs.key), 1)
        << name;
  ASSERT_TRUE(keys->shared);
  EXPECT_EQ(keys->shared->size(), 0U);
}

TEST_F(HomeBadKeys, AreTheListsOfTheSettingsAndAListThatCannotBeAskedStopsAll) {
  const Bytes digest(32, 0x42);
  ASSERT_TRUE(
      files::replace_file(root_ / "bad.keys", crypto::encode_key_list(KeyDigest::spki_sha256, {digest})));
  const auto keys = known({"bad.keys", (root_ / "bad.keys").string()});
  ASSERT_TRUE(keys) << code_;
  ASSERT_EQ(keys->lists.size(), 2U);
  for (const auto& list : keys->lists) EXPECT_TRUE(list.contains(digest));
  ASSERT_TRUE(files::replace_file(root_ / "bad.keys", view("none")));
  EXPECT_TRUE(keys->lists[0].contains(digest)) << "who has it keeps it";
  EXPECT_FALSE(known({"bad.keys"}));
  EXPECT_EQ(code_, "key_list_form");
  EXPECT_FALSE(known({"gone.keys"}));
  EXPECT_EQ(code_, "key_list_missing");
}

TEST_F(HomeBadKeys, ARepeatedImportDoesNotBringBackAListThatWasReplacedSince) {
  const Bytes old_digest(32, 0x42), new_digest(32, 0x43);
  const auto take_in = [&](const char* request, const Bytes& digest) {
    const counter::Officer officer{"sato", *OfficeId::parse("inagi-city-hall"), *RequestId::parse(request)};
    return import_key_list(*home_, officer, "pwned", KeyDigest::spki_sha256, {digest});
  };
  const auto first = take_in("import-0001", old_digest);
  ASSERT_TRUE(first) << first.error().code;
  ASSERT_TRUE(take_in("import-0002", new_digest));
  const auto again = take_in("import-0001", old_digest);
  ASSERT_TRUE(again) << again.error().code;
  EXPECT_EQ(again->sha256, first->sha256) << "it is answered as the first time";
  const auto keys = known({first->file});
  ASSERT_TRUE(keys) << code_;
  EXPECT_TRUE(keys->lists[0].contains(new_digest));
  EXPECT_FALSE(keys->lists[0].contains(old_digest));
}

}  // namespace
}  // namespace shomei::home
