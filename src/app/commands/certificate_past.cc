#include <nlohmann/json.hpp>

#include "app/commands/certificate.h"
#include "app/describe.h"
#include "app/in_file.h"
#include "app/named_certificate.h"
#include "app/open_home.h"
#include "app/past_words.h"
#include "counter/change_status.h"
#include "files/file.h"
#include "status/past/check_statement.h"
#include "status/past/jws.h"
#include "status/past/make_statement.h"

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::size_t kCertificateFileBytesMax = 64 * 1024;

// The clock of a demo home goes to an instant that is still to come, as with --at everywhere; else it stays,
// and the instant is what is asked about.
Result<std::unique_ptr<home::Home>> open_home_about(const cli::Invocation& invocation, Instant at) {
  auto without = invocation;
  without.values.erase("at");
  SHOMEI_TRY(auto home, open_home(without, journal::Access::read));
  if (!home->settings().demo || at <= home->clock().now()) return home;
  SHOMEI_TRY(const auto rows, home->rows());
  SHOMEI_TRY(const auto head, rows->head());
  if (at <= std::chrono::floor<std::chrono::seconds>(head.last_recorded_at)) return home;
  return open_home(invocation, journal::Access::read);
}

struct Found {
  status::CertificateName name;
  status::Life life;
};

Result<Found> find(const cli::Invocation& invocation, journal::Rows& rows) {
  SHOMEI_TRY(const auto named, certificate_named(invocation));
  if (!invocation.has("authority")) {
    SHOMEI_TRY(const auto record, counter::find_certificate(rows, named.serial, named.kind));
    SHOMEI_TRY(auto life, status::find_life(rows, record));
    return Found{{record.authority, record.serial}, std::move(life)};
  }
  if (named.kind) return malformed("option_unfit", {{"option", "--kind"}, {"with", "--authority"}});
  const status::CertificateName name{invocation.get("authority"), named.serial};
  SHOMEI_TRY(const auto records, rows.find_certificates(named.serial));
  for (const auto& record : records) {
    if (record.authority != name.authority) continue;
    SHOMEI_TRY(auto life, status::find_life(rows, record));
    return Found{name, std::move(life)};
  }
  SHOMEI_TRY(auto life, status::walk_life(rows, name));
  return Found{name, std::move(life)};
}

Result<Bytes> certificate_in(const std::string& file) {
  SHOMEI_TRY(const auto text, files::read_file(file, kCertificateFileBytesMax));
  return in_file(file, pki::from_pem("CERTIFICATE", to_text(text)));
}

// By the responder that `serve` has appointed.
Result<std::string> sign(home::Home& home, const status::Statement& statement) {
  const auto& authority = statement.certificate.authority;
  SHOMEI_CHECK(home.open_keys());
  SHOMEI_TRY(const auto number, home.keys().latest_responder(authority));
  const auto key_name = home::responder_key_name(authority, std::max(number, 1U));
  SHOMEI_TRY(const auto signer, home.keys().open(home::KeyUse::responders, key_name));
  const auto certificate = certificate_in(home.layout().responder_certificate(authority).string());
  if (!certificate) return refused("responder_not_certified", {{"authority", authority}});
  return status::sign_statement(statement, *signer, *certificate);
}

cli::Output written(const cli::Invocation& invocation, const status::Statement& statement) {
  const auto file = invocation.get("out");
  const json document{{"authority", statement.certificate.authority},
                      {"serial", statement.certificate.serial.hex()},
                      {"at", format_jst(statement.at)},
                      {"good", statement.good()},
                      {"signed", invocation.has("signed")},
                      {"file", file}};
  return {text_of(document), says(statement, invocation.language) + file + "\n"};
}

json describe(const status::CheckedStatement& checked) {
  auto document = json::parse(status::encode_statement(checked.statement));
  document.erase("proof");
  document["holds"] = true;
  document["signed"] = checked.signer.has_value();
  document["withheld"] = checked.withheld;
  document["checkpoint"] = {{"origin", checked.checkpoint.origin},
                            {"size", checked.checkpoint.size},
                            {"root", to_base64(checked.checkpoint.root)}};
  document["authority_certificate"] = to_hex_upper(crypto::sha256(checked.authority.der));
  if (checked.signer) document["signer_certificate"] = to_hex_upper(crypto::sha256(checked.signer->der));
  return document;
}

Result<cli::Output> check(const cli::Invocation& invocation) {
  const auto file = invocation.get("file");
  SHOMEI_TRY(const auto text, files::read_file(file, status::kJwsBytesMax));
  SHOMEI_TRY(const auto key, journal::parse_verifier_key(invocation.get("key")));
  std::optional<Bytes> authority;
  if (invocation.has("authority-certificate")) {
    SHOMEI_TRY(authority, certificate_in(invocation.get("authority-certificate")));
  }
  SHOMEI_TRY(const auto checked, in_file(file, status::check_statement(to_text(text), key, authority)));
  return cli::Output{text_of(describe(checked)),
                     says(checked.statement, invocation.language) + says_proof(checked, invocation.language)};
}

}  // namespace

Result<cli::Output> certificate_status_at(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto at, at_of(invocation));
  SHOMEI_TRY(const auto home, open_home_about(invocation, *at));
  SHOMEI_TRY(const auto key, home->checkpoint_key());
  SHOMEI_TRY(const auto rows, home->rows());
  SHOMEI_TRY(const auto found, find(invocation, *rows));
  SHOMEI_TRY(const auto statement, status::make_statement(*rows, found.life, {found.name, *at}, home->clock(),
                                                          key, status::Disclosure::all_parts));
  auto document = status::encode_statement(statement);
  if (invocation.has("signed")) {
    SHOMEI_TRY(document, sign(*home, statement));
  }
  if (!invocation.has("out")) return cli::Output{document, says(statement, invocation.language)};
  SHOMEI_CHECK(files::write_output(invocation.get("out"), view(document + "\n")));
  return written(invocation, statement);
}

std::vector<cli::Command> certificate_check_commands() {
  return {{"certificate check-status",
           "check a statement about a certificate's past, anywhere, and say what it says",
           "shomei certificate check-status --file status.json --key VKEY",
           {{"file", "FILE", "the statement", true},
            {"key", "VKEY", "the verifier key that the authority publishes", true},
            {"authority-certificate", "FILE",
             "the authority's certificate (PEM), where you have it from elsewhere"}},
           check}};
}

}  // namespace shomei::app
