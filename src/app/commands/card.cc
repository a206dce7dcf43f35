#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "card/client/pin_input.h"
#include "card/client/terminal.h"
#include "card/pcsc/pcsc_transport.h"
#include "cli/print.h"
#include "cli/prompt.h"
#include "files/file.h"
#include "pki/certificate.h"
#include "pki/certificate_kind.h"
#include "rules/pins/pin_quality.h"

namespace shomei::app {
namespace {

using card::Kind;
using card::client::Terminal;
using card::pcsc::PcscTransport;
using nlohmann::json;

constexpr std::size_t kMessageBytesMax = 256 * 1024 * 1024;
constexpr cli::Option kReader{"reader", "NAME", "the PC/SC reader; the first with a JPKI card when left out"};
constexpr cli::Option kKind{"kind", "K", "signature or user_authentication", true};
constexpr cli::Option kPin{
    "pin", "FILE",
    "file (or - for stdin) with the PIN on its first line; asked on the terminal when left out"};

Result<Kind> kind_of(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto kind, pki::parse_certificate_kind(invocation.get("kind")));
  return kind == pki::CertificateKind::signature ? Kind::signature : Kind::user_authentication;
}

Result<SecretBytes> secret(const cli::Invocation& invocation, std::string_view option,
                           std::string_view question) {
  if (!invocation.has(option)) return cli::ask_secret(question);
  SHOMEI_TRY(auto lines, cli::read_secret_lines(invocation.get(option), 1));
  if (lines.empty()) return malformed("pins_missing", {{"file", invocation.get(option)}});
  return std::move(lines.front());
}

// The user authentication certificate is free to read; the other one needs its password.
Result<json> describe_kind(Terminal& terminal, Kind kind, bool present) {
  SHOMEI_TRY(const auto tries, terminal.tries_left(kind));
  json document{{"present", present}, {"tries_left", tries}, {"blocked", tries == 0}};
  if (!present || kind == Kind::signature) return document;
  SHOMEI_TRY(const auto der, terminal.certificate(kind));
  SHOMEI_TRY(const auto certificate, pki::parse_certificate(der));
  document["serial"] = certificate.tbs.serial.hex();
  document["subject"] = certificate.tbs.subject.text();
  document["not_after"] = format_jst(certificate.tbs.not_after);
  return document;
}

Result<cli::Output> info(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto transport, PcscTransport::connect(invocation.get("reader"), card::pcsc::Use::shared));
  Terminal terminal(*transport);
  SHOMEI_CHECK(terminal.select_jpki());
  SHOMEI_TRY(const auto label, terminal.token_label());
  SHOMEI_TRY(const auto available, terminal.availability());
  SHOMEI_TRY(const auto signature, describe_kind(terminal, Kind::signature, available.signature));
  SHOMEI_TRY(const auto authentication,
             describe_kind(terminal, Kind::user_authentication, available.user_authentication));
  const json document{{"reader", transport->reader()},
                      {"token", label},
                      {"signature", signature},
                      {"user_authentication", authentication}};
  return cli::Output{document.dump(), document.dump(2)};
}

void warn_at_last_try(unsigned tries) {
  if (tries == 1) cli::print_raw("shomei: this is the last try; a wrong PIN blocks the card\n", false);
}

Result<cli::Output> sign(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto kind, kind_of(invocation));
  SHOMEI_TRY(const auto message, files::read_file(invocation.get("in"), kMessageBytesMax));
  SHOMEI_TRY(const auto transport, PcscTransport::connect(invocation.get("reader")));
  Terminal terminal(*transport);
  SHOMEI_CHECK(terminal.select_jpki());
  SHOMEI_TRY(const auto tries, terminal.tries_left(kind));
  warn_at_last_try(tries);
  SHOMEI_TRY(const auto pin, secret(invocation, "pin", "PIN: "));
  SHOMEI_CHECK(terminal.verify(kind, pin));
  SHOMEI_TRY(const auto signature, terminal.sign_sha256(kind, message));
  SHOMEI_CHECK(files::write_output(invocation.get("out"), signature));
  const json document{
      {"out", invocation.get("out")}, {"bytes", signature.size()}, {"algorithm", "sha256WithRSAEncryption"}};
  return cli::Output{document.dump(), "Signed: " + invocation.get("out")};
}

// A holder at home is told; a counter refuses.
void warn_of_weak_pin(Kind kind, const SecretBytes& pin, texts::Language language) {
  const auto of_kind = kind == Kind::signature ? rules::Kind::signature : rules::Kind::user_authentication;
  const auto checked = rules::check_pin(of_kind, pin.reveal_text(), std::nullopt, {});
  if (checked || checked.error().fault != Fault::refused) return;
  cli::print_raw("shomei: " + texts::says(refused("weak_pin_warning"), language) + "\n", false);
}

Result<cli::Output> change_pin(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto kind, kind_of(invocation));
  SHOMEI_TRY(const auto old_pin, secret(invocation, "pin", "Old PIN: "));
  SHOMEI_TRY(const auto new_pin, secret(invocation, "new-pin", "New PIN: "));
  warn_of_weak_pin(kind, new_pin, invocation.language);
  SHOMEI_TRY(const auto transport, PcscTransport::connect(invocation.get("reader")));
  Terminal terminal(*transport);
  SHOMEI_CHECK(terminal.select_jpki());
  SHOMEI_TRY(const auto tries, terminal.tries_left(kind));
  warn_at_last_try(tries);
  SHOMEI_CHECK(terminal.change_pin(kind, old_pin, new_pin));
  return cli::Output{json{{"changed", card::name(kind)}}.dump(), "The PIN is changed."};
}

}  // namespace

std::vector<cli::Command> card_commands() {
  return {
      {"card info",
       "what is on the card in a PC/SC reader: certificates, dates, tries left (costs no try)",
       "shomei card info",
       {kReader},
       info},
      {"card sign",
       "sign a file with the card (RSASSA-PKCS1-v1_5, SHA-256)",
       "shomei card sign --kind signature --in letter.txt --out letter.sig",
       {kKind,
        {"in", "FILE", "what to sign", true},
        {"out", "FILE", "where the signature goes", true},
        kPin,
        kReader},
       sign},
      {"card change-pin",
       "change a PIN of the card",
       "shomei card change-pin --kind user_authentication",
       {kKind,
        kPin,
        {"new-pin", "FILE", "file with the new PIN on its first line; asked on the terminal when left out"},
        kReader},
       change_pin}};
}

}  // namespace shomei::app
