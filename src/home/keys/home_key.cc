#include "home/keys/home_key.h"

#include <algorithm>

#include "crypto/random.h"
#include "crypto/seal.h"
#include "files/file.h"

namespace shomei::home {
namespace {

constexpr std::string_view kFile = "home.key";
constexpr std::string_view kMark = "SHOMEI-HOME-KEY 1\n";
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHeadBytes = kMark.size() + 1 + 4 + 4 + kSaltBytes;
constexpr std::size_t kSealBytes = 12 + 16;  // nonce and tag
constexpr std::size_t kFileBytesMax = 1024;

std::uint32_t number_at(ByteView bytes, std::size_t at) {
  return std::uint32_t{bytes[at]} << 24 | std::uint32_t{bytes[at + 1]} << 16 |
         std::uint32_t{bytes[at + 2]} << 8 | std::uint32_t{bytes[at + 3]};
}

Bytes head_of(const crypto::StretchCost& cost, ByteView salt) {
  Bytes head = to_bytes(kMark);
  head.push_back(cost.log2_n);
  append_u32(head, cost.r);
  append_u32(head, cost.p);
  append(head, salt);
  return head;
}

// The head is bound to what it seals: nobody makes the stretching cheaper, or another, in passing.
std::string context_of(ByteView head) {
  return "home-key:" + to_text(head);
}

}  // namespace

Result<void> check_new_passphrase(const SecretBytes& passphrase) {
  if (passphrase.size() >= kPassphraseBytesMin) return {};
  return malformed("passphrase_short", {{"bytes_min", std::to_string(kPassphraseBytesMin)}});
}

Bytes seal_home_key(const SecretBytes& home_key, const SecretBytes& passphrase,
                    const crypto::StretchCost& cost) {
  const Bytes salt = crypto::random_bytes(kSaltBytes);
  Bytes file = head_of(cost, salt);
  const auto key = crypto::stretch(passphrase, salt, cost);
  append(file, crypto::seal(key, context_of(file), home_key.reveal()));
  return file;
}

bool is_sealed_home_key(ByteView file) {
  return starts_with(file, view(kMark));
}

Result<SecretBytes> open_home_key(ByteView file, const AskPassphrase& ask) {
  if (!is_sealed_home_key(file)) {
    if (file.size() != crypto::kSealKeyBytes) return malformed("home_key_form");
    return SecretBytes(file);
  }
  if (file.size() != kHeadBytes + kSealBytes + crypto::kSealKeyBytes) return malformed("home_key_form");
  const crypto::StretchCost cost{file[kMark.size()], number_at(file, kMark.size() + 1),
                                 number_at(file, kMark.size() + 5)};
  if (!crypto::is_usable(cost)) return malformed("home_key_form");
  SHOMEI_TRY(const auto passphrase, ask());
  const ByteView head = file.first(kHeadBytes);
  const auto key = crypto::stretch(passphrase, head.last(kSaltBytes), cost);
  auto home_key = crypto::open_sealed(key, context_of(head), file.subspan(kHeadBytes));
  if (!home_key) return refused("passphrase_wrong");
  return home_key;
}

Result<void> create_home_key(const std::filesystem::path& folder, const SecretBytes& home_key,
                             const SecretBytes* passphrase) {
  if (passphrase) return files::create_file(folder / kFile, seal_home_key(home_key, *passphrase));
  return files::create_file(folder / kFile, home_key.reveal());
}

Result<SecretBytes> read_home_key(const std::filesystem::path& folder, const AskPassphrase& ask) {
  SHOMEI_TRY(const auto file, files::read_secret_file(folder / kFile, kFileBytesMax));
  auto key = open_home_key(file.reveal(), ask);
  if (!key && (key.error().code == "home_key_form" || key.error().code == "passphrase_wrong"))
    return std::move(key).error().with("path", (folder / kFile).string());
  return key;
}

Result<bool> home_key_is_sealed(const std::filesystem::path& folder) {
  SHOMEI_TRY(const auto file, files::read_secret_file(folder / kFile, kFileBytesMax));
  return is_sealed_home_key(file.reveal());
}

Result<void> change_passphrase(const std::filesystem::path& folder, const AskPassphrase& old_one,
                               const SecretBytes* new_one) {
  SHOMEI_TRY(const auto key, read_home_key(folder, old_one));
  if (!new_one) return files::replace_file(folder / kFile, key.reveal());
  return files::replace_file(folder / kFile, seal_home_key(key, *new_one));
}

}  // namespace shomei::home
