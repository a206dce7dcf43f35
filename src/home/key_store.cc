#include "home/key_store.h"

#include "crypto/random.h"
#include "crypto/seal.h"
#include "files/file.h"

namespace shomei::home {
namespace {

constexpr std::size_t kKeyFileBytesMax = 16 * 1024;
constexpr std::string_view kHomeKeyFile = "home.key";

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

KeyStore::KeyStore(std::filesystem::path folder, SecretBytes home_key)
    : folder_(std::move(folder)), home_key_(derive(home_key, "keys")), card_key_(derive(home_key, "cards")) {}

std::filesystem::path KeyStore::path_of(std::string_view name) const {
  return folder_ / (std::string(name) + ".key");
}

Result<KeyStore> KeyStore::create(const std::filesystem::path& folder) {
  auto key = crypto::random_secret(crypto::kSealKeyBytes);
  SHOMEI_CHECK(files::create_file(folder / kHomeKeyFile, key.reveal(), files::kOwnerOnly));
  return KeyStore(folder, std::move(key));
}

Result<KeyStore> KeyStore::open(const std::filesystem::path& folder) {
  auto key = files::read_secret_file(folder / kHomeKeyFile, kKeyFileBytesMax);
  if (!key) return std::move(key).error();
  if (key->size() != crypto::kSealKeyBytes)
    return malformed("home_key_form", {{"path", (folder / kHomeKeyFile).string()}});
  return KeyStore(folder, *std::move(key));
}

Result<crypto::PrivateKey> KeyStore::generate(std::string_view name, crypto::KeyType type) const {
  auto key = crypto::PrivateKey::generate(type);
  const auto sealed = crypto::seal(home_key_, context_of(name), key.pkcs8().reveal());
  SHOMEI_CHECK(files::create_file(path_of(name), sealed, files::kOwnerOnly));
  return key;
}

Result<crypto::PrivateKey> KeyStore::load(std::string_view name) const {
  SHOMEI_TRY(const auto sealed, files::read_file(path_of(name), kKeyFileBytesMax));
  SHOMEI_TRY(const auto plain, crypto::open_sealed(home_key_, context_of(name), sealed));
  return crypto::PrivateKey::parse_pkcs8(plain);
}

}  // namespace shomei::home
