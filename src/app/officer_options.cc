#include "app/officer_options.h"

#include <cstdlib>

#include "cli/print.h"
#include "counter/recorded_text.h"
#include "crypto/private_key.h"
#include "crypto/random.h"
#include "files/file.h"
#include "pki/certificate.h"

namespace shomei::app {
namespace {

constexpr std::size_t kPemFileBytesMax = 64 * 1024;

Result<RequestId> request_of(const cli::Invocation& invocation) {
  if (!invocation.has("request")) return crypto::ordered_identifier<RequestId>();
  return RequestId::parse(invocation.get("request"));
}

std::string named_or_set(const cli::Invocation& invocation, std::string_view option, const char* variable) {
  if (invocation.has(option)) return invocation.get(option);
  const char* set = std::getenv(variable);
  return set ? set : "";
}

Result<SecretBytes> read_pem(const std::string& path, std::string_view label) {
  SHOMEI_TRY(const auto text, files::read_secret_file(path, kPemFileBytesMax));
  auto der = pki::from_pem(label, text.reveal_text());
  if (!der) return std::move(der).error().with("path", path);
  return SecretBytes::adopt(*std::move(der));
}

// Whoever has the key is whom the certificate names: both rest here, where the act is done.
Result<std::optional<crypto::Sha256>> credential_of(const cli::Invocation& invocation) {
  const auto files = proof_files(invocation);
  if (files.certificate.empty() || files.key.empty()) return std::optional<crypto::Sha256>{};
  SHOMEI_TRY(const auto der, read_pem(files.certificate, "CERTIFICATE"));
  SHOMEI_TRY(const auto certificate, pki::parse_certificate(der.reveal()));
  SHOMEI_TRY(const auto pkcs8, read_pem(files.key, "PRIVATE KEY"));
  SHOMEI_TRY(const auto key, crypto::PrivateKey::parse_pkcs8(pkcs8));
  if (!(key.public_key() == certificate.tbs.key))
    return refused("officer_key_differs", {{"path", files.key}});
  return std::optional{crypto::sha256(der.reveal())};
}

Result<std::string> broken_glass(const cli::Invocation& invocation) {
  const auto why = invocation.get("break-glass");
  if (!invocation.has("break-glass")) return std::string();
  SHOMEI_CHECK(counter::check_ground(why));
  cli::print_raw(
      "*** GLASS IS BROKEN / 緊急措置 ***\n"
      "*** Roles and agreements are not asked. The journal records it, and `shomei doctor` shows it\n"
      "*** until an auditor has looked: " +
          why + "\n",
      false);
  return why;
}

}  // namespace

std::vector<cli::Option> officer_options() {
  return {{"office", "O", "the office where the act is done (an id of shomei.toml)", true},
          {"officer", "NAME", "who acts, as the journal records it (default: cli)"},
          {"request", "ID", "an identifier of yours: the same request again is answered as the first time"}};
}

std::vector<cli::Option> proof_options() {
  return {{"officer-certificate", "FILE",
           "by which the officer shows who they are (default: $SHOMEI_OFFICER_CERTIFICATE)"},
          {"officer-key", "FILE", "its private key, PEM of PKCS#8 (default: $SHOMEI_OFFICER_KEY)"},
          {"break-glass", "WHY", "do it although roles or agreements are missing; it is recorded and shown"}};
}

ProofFiles proof_files(const cli::Invocation& invocation) {
  return {named_or_set(invocation, "officer-certificate", "SHOMEI_OFFICER_CERTIFICATE"),
          named_or_set(invocation, "officer-key", "SHOMEI_OFFICER_KEY")};
}

Result<counter::Officer> officer_of(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto office, OfficeId::parse(invocation.get("office")));
  return officer_of(invocation, office);
}

Result<counter::Officer> officer_of(const cli::Invocation& invocation, const OfficeId& office) {
  counter::Officer officer;
  officer.office = office;
  if (invocation.has("office")) {
    SHOMEI_TRY(officer.office, OfficeId::parse(invocation.get("office")));
  }
  SHOMEI_TRY(officer.request, request_of(invocation));
  officer.name = invocation.get("officer", "cli");
  SHOMEI_CHECK(counter::check_officer_name(officer.name));
  SHOMEI_TRY(officer.credential, credential_of(invocation));
  SHOMEI_TRY(officer.break_glass, broken_glass(invocation));
  return officer;
}

}  // namespace shomei::app
