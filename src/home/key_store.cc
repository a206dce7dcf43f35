#include "home/key_store.h"

#include "base/check.h"
#include "crypto/private_key.h"
#include "crypto/random.h"
#include "crypto/seal.h"
#include "files/file.h"
#include "home/keys/key_settings.h"

namespace shomei::home {
namespace {

constexpr std::size_t kKeyFileBytesMax = 16 * 1024;

std::string context_of(std::string_view name) {
  return "key:" + std::string(name);
}

// One key for each use, derived from the home's.
SecretBytes derive(const SecretBytes& key, std::string_view use) {
  const auto derived =
      crypto::sha256({view("shomei home key v1"), Bytes{0}, view(use), Bytes{0}, key.reveal()});
  return SecretBytes(derived);
}

}  // namespace

KeyStore::KeyStore(std::filesystem::path folder, const SecretBytes& home_key)
    : folder_(std::move(folder)),
      sealing_key_(derive(home_key, "keys")),
      card_key_(derive(home_key, "cards")) {}

std::filesystem::path KeyStore::path_of(std::string_view name) const {
  SHOMEI_INVARIANT(is_key_name(name));
  return folder_ / (std::string(name) + ".key");
}

Result<KeyStore> KeyStore::create(const std::filesystem::path& folder, const SecretBytes* passphrase) {
  const auto key = crypto::random_secret(crypto::kSealKeyBytes);
  SHOMEI_CHECK(create_home_key(folder, key, passphrase));
  return KeyStore(folder, key);
}

Result<KeyStore> KeyStore::open(const std::filesystem::path& folder, const AskPassphrase& ask) {
  SHOMEI_TRY(const auto key, read_home_key(folder, ask));
  return KeyStore(folder, key);
}

Result<std::unique_ptr<crypto::Signer>> KeyStore::generate(std::string_view name, crypto::KeyType type) {
  auto key = crypto::PrivateKey::generate(type);
  SHOMEI_CHECK(keep(name, key.pkcs8().reveal()));
  return crypto::software_signer(std::move(key));
}

Result<void> KeyStore::keep(std::string_view name, ByteView plain) {
  const auto sealed = crypto::seal(sealing_key_, context_of(name), plain);
  auto kept = files::create_file(path_of(name), sealed, files::kOwnerOnly);
  if (!kept && kept.error().code == "file_exists") return crypto::key_exists(name, folder_.string());
  return kept;
}

Result<void> KeyStore::create_secret(std::string_view name, const SecretBytes& secret) {
  return keep(name, secret.reveal());
}

Result<SecretBytes> KeyStore::open_secret(std::string_view name) {
  const auto sealed = files::read_file(path_of(name), kKeyFileBytesMax);
  if (!sealed && sealed.error().code == "file_missing") return crypto::key_missing(name, folder_.string());
  if (!sealed) return sealed.error();
  return crypto::open_sealed(sealing_key_, context_of(name), *sealed);
}

Result<std::unique_ptr<crypto::Signer>> KeyStore::open(std::string_view name) {
  SHOMEI_TRY(const auto plain, open_secret(name));
  SHOMEI_TRY(auto key, crypto::PrivateKey::parse_pkcs8(plain));
  return crypto::software_signer(std::move(key));
}

Result<std::unique_ptr<crypto::Signer>> KeyStore::open_or_generate(std::string_view name,
                                                                   crypto::KeyType type) {
  auto there = open(name);
  if (there || there.error().code != "key_missing") return there;
  auto made = generate(name, type);
  if (made || made.error().code != "key_exists") return made;
  return open(name);
}

Result<bool> KeyStore::has(std::string_view name) {
  std::error_code failed;
  const bool there = std::filesystem::exists(path_of(name), failed);
  if (failed)
    return unavailable("file_unreadable", {{"path", path_of(name).string()}, {"system", failed.message()}});
  return there;
}

}  // namespace shomei::home
