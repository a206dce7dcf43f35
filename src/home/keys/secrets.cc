#include "home/keys/secrets.h"

#include <cstdlib>
#include <filesystem>

#include "files/file.h"

namespace shomei::home {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSecretFileBytesMax = 1024;
constexpr const char* kCredentialsFolder = "CREDENTIALS_DIRECTORY";
constexpr const char* kPassphraseFile = "SHOMEI_PASSPHRASE_FILE";
constexpr std::string_view kPassphraseCredential = "shomei-passphrase";

// The path of a credential that systemd has put there for this service.
std::optional<fs::path> credential(std::string_view name) {
  const char* folder = std::getenv(kCredentialsFolder);
  if (!folder || !*folder) return std::nullopt;
  const fs::path path = fs::path(folder) / name;
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return std::nullopt;
  return path;
}

// Where no person is asked. None: it is not there.
Result<std::optional<SecretBytes>> find_secret(const PinSource& source) {
  using From = PinSource::From;
  if (source.from == From::environment) {
    const char* value = std::getenv(source.name.c_str());
    if (!value || !*value) return std::optional<SecretBytes>{};
    return std::optional{SecretBytes::of_text(value)};
  }
  const auto path =
      source.from == From::file ? std::optional<fs::path>(source.name) : credential(source.name);
  if (!path) return std::optional<SecretBytes>{};
  SHOMEI_TRY(auto secret, read_secret(path->string()));
  return std::optional{std::move(secret)};
}

// In the words of an error.
std::string text_of(const PinSource& source) {
  return (source.from == PinSource::From::environment ? "the variable " : "the credential ") + source.name;
}

Error pin_needed(const TokenSettings& token, std::string_view source) {
  return refused("token_pin_needed", {{"token", token.name}, {"source", std::string(source)}});
}

}  // namespace

Result<SecretBytes> read_secret(const std::string& path) {
  SHOMEI_TRY(auto content, files::read_secret_file(path, kSecretFileBytesMax));
  const auto text = content.reveal_text();
  const auto line = text.substr(0, text.find('\n'));
  const auto end = line.ends_with('\r') ? line.size() - 1 : line.size();
  if (end == 0) return malformed("passphrase_form", {{"path", path}});
  return SecretBytes::of_text(line.substr(0, end));
}

Result<std::optional<SecretBytes>> passphrase_left_ready() {
  if (const auto path = credential(kPassphraseCredential)) {
    SHOMEI_TRY(auto secret, read_secret(path->string()));
    return std::optional{std::move(secret)};
  }
  if (const char* path = std::getenv(kPassphraseFile); path && *path) {
    SHOMEI_TRY(auto secret, read_secret(path));
    return std::optional{std::move(secret)};
  }
  return std::optional<SecretBytes>{};
}

Result<SecretBytes> passphrase_of(const std::string& home, const AskSecret& ask) {
  SHOMEI_TRY(auto ready, passphrase_left_ready());
  if (ready) return *std::move(ready);
  if (!ask) return refused("passphrase_needed", {{"home", home}});
  auto answer = ask({SecretQuestion::About::passphrase, home});
  if (!answer && answer.error().code == "no_terminal") return refused("passphrase_needed", {{"home", home}});
  return answer;
}

Result<SecretBytes> store_password_of(const PinSource& source) {
  SHOMEI_TRY(auto password, find_secret(source));
  if (!password) return refused("store_password_needed", {{"source", text_of(source)}});
  return *std::move(password);
}

Result<SecretBytes> pin_of(const TokenSettings& token, const AskSecret& ask) {
  if (token.pin.from != PinSource::From::ask) {
    SHOMEI_TRY(auto pin, find_secret(token.pin));
    return pin ? Result<SecretBytes>(*std::move(pin)) : pin_needed(token, text_of(token.pin));
  }
  if (!ask) return pin_needed(token, "a person at a terminal");
  auto answer = ask({SecretQuestion::About::token_pin, token.name});
  if (!answer && answer.error().code == "no_terminal") return pin_needed(token, "a person at a terminal");
  return answer;
}

}  // namespace shomei::home
