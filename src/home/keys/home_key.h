// The home key, from which the keys that seal everything else are derived, and its file: 32 bare bytes, or
// sealed under a passphrase (docs/formats/home.md has both byte for byte).
#pragma once

#include <filesystem>
#include <functional>

#include "base/result.h"
#include "base/secret.h"
#include "crypto/stretch.h"

namespace shomei::home {

using AskPassphrase = std::function<Result<SecretBytes>()>;

inline constexpr std::size_t kPassphraseBytesMin = 12;

// malformed "passphrase_short" {bytes_min}.
Result<void> check_new_passphrase(const SecretBytes& passphrase);

Bytes seal_home_key(const SecretBytes& home_key, const SecretBytes& passphrase,
                    const crypto::StretchCost& cost = {});

bool is_sealed_home_key(ByteView file);
// Asks for the passphrase only when the key is sealed. malformed "home_key_form"; refused
// "passphrase_wrong"; what the asking says.
Result<SecretBytes> open_home_key(ByteView file, const AskPassphrase& ask);

// keys/home.key of the folder of keys. `passphrase` null: bare. conflict "file_exists".
Result<void> create_home_key(const std::filesystem::path& folder, const SecretBytes& home_key,
                             const SecretBytes* passphrase);
// not_found "file_missing"; open_home_key's, with the parameter path.
Result<SecretBytes> read_home_key(const std::filesystem::path& folder, const AskPassphrase& ask);
// Whether the file is sealed; the file is not opened for that.
Result<bool> home_key_is_sealed(const std::filesystem::path& folder);
// Seals the same key anew; the file is written whole, and the old one stays until it is on the disk.
Result<void> change_passphrase(const std::filesystem::path& folder, const AskPassphrase& old_one,
                               const SecretBytes* new_one);

}  // namespace shomei::home
