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

Error pin_needed(const TokenSettings& token, std::string_view source) {
  return refused("token_pin_needed", {{"token", token.name}, {"source", std::string(source)}});
}

Result<SecretBytes> pin_of_credential(const TokenSettings& token) {
  const auto path = credential(token.pin.name);
  if (!path) return pin_needed(token, "the credential " + token.pin.name);
  return read_secret(path->string());
}

Result<SecretBytes> pin_of_variable(const TokenSettings& token) {
  const char* value = std::getenv(token.pin.name.c_str());
  if (!value || !*value) return pin_needed(token, "the variable " + token.pin.name);
  return SecretBytes::of_text(value);
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

Result<SecretBytes> pin_of(const TokenSettings& token, const AskSecret& ask) {
  using From = PinSource::From;
  if (token.pin.from == From::credential) return pin_of_credential(token);
  if (token.pin.from == From::file) return read_secret(token.pin.name);
  if (token.pin.from == From::environment) return pin_of_variable(token);
  if (!ask) return pin_needed(token, "a person at a terminal");
  auto answer = ask({SecretQuestion::About::token_pin, token.name});
  if (!answer && answer.error().code == "no_terminal") return pin_needed(token, "a person at a terminal");
  return answer;
}

}  // namespace shomei::home
