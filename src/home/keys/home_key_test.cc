#include "home/keys/home_key.h"

#include <gtest/gtest.h>

#include "crypto/random.h"
#include "files/file.h"
#include "home/key_store.h"

namespace shomei::home {
namespace {

namespace fs = std::filesystem;

constexpr crypto::StretchCost kCheap{10, 8, 1};
constexpr std::string_view kPassphrase = "correct horse battery";

AskPassphrase answers(std::string_view text) {
  return [text] { return Result<SecretBytes>(SecretBytes::of_text(text)); };
}

Result<SecretBytes> nobody() {
  ADD_FAILURE() << "asked for a passphrase";
  return refused("passphrase_needed");
}

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "shomei-keys-test.XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

TEST(HomeKey, OpensUnderItsPassphraseAlone) {
  const auto key = crypto::random_secret(32);
  const auto file = seal_home_key(key, SecretBytes::of_text(kPassphrase), kCheap);
  EXPECT_TRUE(is_sealed_home_key(file));
  EXPECT_EQ(to_bytes(open_home_key(file, answers(kPassphrase))->reveal()), to_bytes(key.reveal()));
  EXPECT_EQ(open_home_key(file, answers("correct horse batterz")).error().code, "passphrase_wrong");
  EXPECT_EQ(open_home_key(file, answers("")).error().code, "passphrase_wrong");
  EXPECT_NE(seal_home_key(key, SecretBytes::of_text(kPassphrase), kCheap), file) << "a salt each time";
}

TEST(HomeKey, TheFormIsTheOneOfTheDocument) {
  const auto file = seal_home_key(crypto::random_secret(32), SecretBytes::of_text(kPassphrase), {11, 4, 2});
  ASSERT_EQ(file.size(), 18U + 1 + 4 + 4 + 16 + 12 + 32 + 16);
  EXPECT_EQ(to_text(ByteView(file).first(18)), "SHOMEI-HOME-KEY 1\n");
  EXPECT_EQ(to_hex(ByteView(file).subspan(18, 9)), "0b0000000400000002");
}

TEST(HomeKey, EveryBentByteAndEveryCutIsNoticed) {
  const auto file = seal_home_key(crypto::random_secret(32), SecretBytes::of_text(kPassphrase), {10, 1, 1});
  for (std::size_t length = 0; length < file.size(); ++length) {
    const auto cut = open_home_key(ByteView(file).first(length), answers(kPassphrase));
    // A cut to exactly 32 bytes that bear the mark is no bare key.
    ASSERT_FALSE(cut && length != 32) << length;
  }
  for (std::size_t at = 0; at < file.size(); ++at) {
    Bytes bent = file;
    bent[at] ^= 0x01;
    EXPECT_FALSE(open_home_key(bent, answers(kPassphrase))) << at;
  }
}

TEST(HomeKey, ACostThatEatsTheMemoryIsRefusedBeforeAnybodyIsAsked) {
  auto file = seal_home_key(crypto::random_secret(32), SecretBytes::of_text(kPassphrase), kCheap);
  file[18] = 40;
  EXPECT_EQ(open_home_key(file, nobody).error().code, "home_key_form");
  file[18] = 15;
  file[19] = 0x7F;  // r
  EXPECT_EQ(open_home_key(file, nobody).error().code, "home_key_form");
}

TEST(HomeKey, ABareOneAsksNobody) {
  const auto key = crypto::random_secret(32);
  EXPECT_EQ(to_bytes(open_home_key(key.reveal(), nobody)->reveal()), to_bytes(key.reveal()));
  EXPECT_EQ(open_home_key(Bytes(31), nobody).error().code, "home_key_form");
}

TEST(HomeKey, APassphraseIsChangedWithoutTouchingTheKeys) {
  const Folder folder;
  const auto first = SecretBytes::of_text(kPassphrase);
  const auto second = SecretBytes::of_text("another passphrase");
  auto store = KeyStore::create(folder.path(), &first);
  ASSERT_TRUE(store);
  const auto made = store->generate("signature-1", crypto::KeyType::ec_p256);
  ASSERT_TRUE(made);
  EXPECT_EQ(change_passphrase(folder.path(), answers("not the old one"), &second).error().code,
            "passphrase_wrong");
  ASSERT_TRUE(change_passphrase(folder.path(), answers(kPassphrase), &second));
  EXPECT_EQ(KeyStore::open(folder.path(), answers(kPassphrase)).error().code, "passphrase_wrong");
  auto again = KeyStore::open(folder.path(), answers("another passphrase"));
  ASSERT_TRUE(again);
  EXPECT_EQ((*again->open("signature-1"))->public_key(), (*made)->public_key());
  ASSERT_TRUE(change_passphrase(folder.path(), answers("another passphrase"), nullptr));
  EXPECT_FALSE(*home_key_is_sealed(folder.path()));
  EXPECT_TRUE(KeyStore::open(folder.path(), nobody));
}

TEST(HomeKey, NoSecretStandsInTheFolder) {
  const Folder folder;
  const auto passphrase = SecretBytes::of_text(kPassphrase);
  auto store = KeyStore::create(folder.path(), &passphrase);
  ASSERT_TRUE(store->generate("checkpoint", crypto::KeyType::ed25519));
  for (const auto& file : fs::directory_iterator(folder.path())) {
    const auto text = to_text(*files::read_file(file.path(), 1 << 16));
    EXPECT_EQ(text.find(kPassphrase), std::string::npos) << file.path();
    EXPECT_EQ(fs::status(file.path()).permissions() & fs::perms::all,
              fs::perms::owner_read | fs::perms::owner_write);
  }
}

TEST(KeyStore, IsARing) {
  const Folder folder;
  auto store = *KeyStore::create(folder.path());
  EXPECT_FALSE(*store.has("one"));
  EXPECT_EQ(store.open("one").error().code, "key_missing");
  const auto one = store.generate("one", crypto::KeyType::ec_p384);
  ASSERT_TRUE(one);
  EXPECT_TRUE(*store.has("one"));
  EXPECT_EQ((*store.open("one"))->public_key(), (*one)->public_key());
  EXPECT_EQ(store.generate("one", crypto::KeyType::ec_p256).error().code, "key_exists");
  EXPECT_EQ((*store.open("one"))->public_key(), (*one)->public_key()) << "never overwritten";
  fs::rename(folder.path() / "one.key", folder.path() / "two.key");
  EXPECT_EQ(store.open("two").error().code, "seal_broken") << "a file under another name";
}

TEST(Passphrase, AShortOneIsRefused) {
  EXPECT_EQ(check_new_passphrase(SecretBytes::of_text("elevenbytes")).error().code, "passphrase_short");
  EXPECT_TRUE(check_new_passphrase(SecretBytes::of_text("twelve bytes")));
}

}  // namespace
}  // namespace shomei::home
