#include "app/named_key.h"

#include <algorithm>
#include <array>

#include "app/in_file.h"
#include "app/read_stdin.h"
#include "base/secret.h"
#include "files/file.h"
#include "pki/certificate.h"

namespace shomei::app {
namespace {

constexpr std::size_t kFileBytesMax = 64 * 1024;
constexpr std::array<std::string_view, 4> kWays{"spki", "certificate", "sha256", "private-key"};

NamedKey of(crypto::PublicKey key) {
  return {crypto::sha256(key.spki()), std::move(key), {}};
}

// PEM, or DER.
Result<Bytes> read_der(const std::string& file, std::string_view label) {
  SHOMEI_TRY(auto content, files::read_file(file, kFileBytesMax));
  if (!content.empty() && content.front() == 0x30) return content;
  return in_file(file, pki::from_pem(label, to_text(content)));
}

Result<NamedKey> of_fingerprint(const std::string& text) {
  const auto bytes = from_hex(text);
  NamedKey named;
  if (!bytes || bytes->size() != named.fingerprint.size())
    return malformed("fingerprint_form", {{"text", text}});
  std::ranges::copy(*bytes, named.fingerprint.begin());
  return named;
}

// In any of the forms that OpenSSL writes without a passphrase.
Result<NamedKey> of_private_key(const std::string& file) {
  SHOMEI_TRY(auto content, file == "-" ? read_stdin(kFileBytesMax) : files::read_file(file, kFileBytesMax));
  const auto text = SecretBytes::adopt(std::move(content));
  for (std::string_view label : {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"}) {
    auto der = pki::from_pem(label, text.reveal_text());
    if (!der) continue;
    SHOMEI_TRY(auto key, in_file(file, crypto::PrivateKey::parse_pkcs8(SecretBytes::adopt(*std::move(der)))));
    NamedKey named = of(key.public_key());
    named.private_key = std::move(key);
    return named;
  }
  return malformed("private_key_form", {{"file", file}});
}

}  // namespace

std::vector<cli::Option> key_options() {
  return {{"spki", "FILE", "the public key: a file with its SubjectPublicKeyInfo, PEM or DER"},
          {"certificate", "FILE", "the public key of this certificate, PEM or DER"},
          {"sha256", "HEX", "SHA-256 of its SubjectPublicKeyInfo, in hexadecimal"}};
}

Result<NamedKey> named_key(const cli::Invocation& invocation) {
  if (std::ranges::count_if(kWays, [&](auto way) { return invocation.has(way); }) != 1)
    return malformed("key_unclear");
  if (invocation.has("sha256")) return of_fingerprint(invocation.get("sha256"));
  if (invocation.has("private-key")) return of_private_key(invocation.get("private-key"));
  if (invocation.has("certificate")) {
    const auto file = invocation.get("certificate");
    SHOMEI_TRY(const auto der, read_der(file, "CERTIFICATE"));
    SHOMEI_TRY(auto certificate, in_file(file, pki::parse_certificate(der)));
    return of(std::move(certificate.tbs.key));
  }
  const auto file = invocation.get("spki");
  SHOMEI_TRY(const auto der, read_der(file, "PUBLIC KEY"));
  SHOMEI_TRY(auto key, in_file(file, crypto::PublicKey::parse(der)));
  return of(std::move(key));
}

}  // namespace shomei::app
