#include <nlohmann/json.hpp>

#include "app/card_session.h"
#include "app/command_list.h"
#include "app/describe.h"
#include "base/check.h"
#include "cli/print.h"
#include "crypto/digest.h"
#include "files/file.h"
#include "home/clock.h"
#include "signing/cms/detached_signature.h"
#include "signing/cms/ecdsa_value.h"

namespace shomei::app {
namespace {

using card::Kind;
using card::client::Terminal;
using nlohmann::json;
using signing::cms::DetachedSignature;
using Scheme = signing::cms::Scheme;

constexpr std::size_t kMessageBytesMax = 256 * 1024 * 1024;

std::string_view algorithm_name(Scheme scheme) {
  switch (scheme) {
    case Scheme::rsa_pkcs1_sha256:
      return "sha256WithRSAEncryption";
    case Scheme::rsa_pss_sha256:
      return "rsassaPss";
    case Scheme::ecdsa_sha384:
      return "ecdsa-with-SHA384";
  }
  return {};
}

// What the card answers: 256 bytes, or r and s.
Result<Bytes> card_signature(Terminal& terminal, Kind kind, Scheme scheme, ByteView message) {
  switch (scheme) {
    case Scheme::rsa_pkcs1_sha256:
      return terminal.sign_sha256(kind, message);
    case Scheme::rsa_pss_sha256:
      return terminal.sign(kind, card::Scheme::pss_digest, crypto::sha256(message));
    case Scheme::ecdsa_sha384:
      return terminal.sign(kind, card::Scheme::digest_info, crypto::sha384(message));
  }
  SHOMEI_INVARIANT(false);
}

// Before a PIN is asked for.
Result<void> check_scheme_name(const cli::Invocation& invocation) {
  const auto wanted = invocation.get("scheme");
  if (wanted.empty() || wanted == "pkcs1" || wanted == "pss") return {};
  return malformed("card_scheme_unknown", {{"scheme", wanted}});
}

Result<Scheme> scheme_option(const cli::Invocation& invocation, crypto::KeyType type) {
  SHOMEI_TRY(const auto own, signing::cms::scheme_of(type));
  const auto wanted = invocation.get("scheme");
  if (wanted.empty()) return own;
  if (wanted == "pkcs1" && own == Scheme::rsa_pkcs1_sha256) return own;
  if (wanted == "pss" && own == Scheme::rsa_pkcs1_sha256) return Scheme::rsa_pss_sha256;
  return refused("card_scheme_of_other_key", {{"scheme", wanted}, {"type", std::string(name(type))}});
}

// ECDSA leaves in the form that every verifier takes.
Result<Bytes> plain_signature(Terminal& terminal, Kind kind, Scheme scheme,
                              const pki::Certificate& certificate, ByteView message) {
  SHOMEI_TRY(auto signature, card_signature(terminal, kind, scheme, message));
  if (scheme == Scheme::ecdsa_sha384) {
    SHOMEI_TRY(signature, signing::cms::encode_ecdsa_value(signature));
  }
  SHOMEI_CHECK(signing::cms::verify_signature(certificate, scheme, message, signature));
  return signature;
}

Result<Bytes> cms_signature(const cli::Invocation& invocation, Terminal& terminal, Kind kind, Scheme scheme,
                            const pki::Certificate& certificate, ByteView message) {
  std::optional<Instant> signing_time;
  if (invocation.has("signing-time")) signing_time = home::SystemClock().now();
  const auto prepared = DetachedSignature::prepare(certificate, scheme, message, signing_time);
  SHOMEI_TRY(const auto signature, card_signature(terminal, kind, scheme, prepared.to_be_signed()));
  SHOMEI_TRY(auto der, prepared.finish(signature));
  return invocation.has("pem") ? to_bytes(pki::to_pem("CMS", der)) : der;
}

Result<cli::Output> sign(const cli::Invocation& invocation) {
  const bool cms = invocation.has("cms");
  if (!cms && (invocation.has("pem") || invocation.has("signing-time"))) return malformed("card_cms_option");
  SHOMEI_CHECK(check_scheme_name(invocation));
  SHOMEI_TRY(const auto kind, kind_option(invocation));
  SHOMEI_TRY(const auto message, files::read_file(invocation.get("in"), kMessageBytesMax));
  SHOMEI_TRY(auto session, CardSession::open(invocation));
  auto& terminal = session.terminal();
  SHOMEI_CHECK(verify_pin(invocation, session.held(), kind));
  SHOMEI_TRY(const auto der, terminal.certificate(kind));
  SHOMEI_TRY(const auto certificate, pki::parse_certificate(der));
  SHOMEI_TRY(const auto scheme, scheme_option(invocation, certificate.tbs.key.type()));
  SHOMEI_TRY(const auto signature,
             cms ? cms_signature(invocation, terminal, kind, scheme, certificate, message)
                 : plain_signature(terminal, kind, scheme, certificate, message));
  SHOMEI_CHECK(files::write_output(invocation.get("out"), signature));
  const json document{{"out", invocation.get("out")},
                      {"bytes", signature.size()},
                      {"algorithm", algorithm_name(scheme)},
                      {"form", cms ? "cms" : "signature"}};
  return cli::Output{text_of(document),
                     said(invocation, "Signed: ", "署名しました: ") + invocation.get("out")};
}

}  // namespace

std::vector<cli::Command> card_sign_commands() {
  return {{"card sign",
           "sign a file with the card: the bare signature, or a detached CMS signature with its certificate",
           "shomei card sign --kind signature --cms --in letter.txt --out letter.txt.p7s",
           {kKindOption,
            {"in", "FILE", "what to sign", true},
            {"out", "FILE", "where the signature goes", true},
            {"scheme", "S", "pkcs1 or pss, of an RSA key (default pkcs1)"},
            {"cms", "", "make a detached CMS signature (RFC 5652)"},
            {"signing-time", "", "with --cms: sign the time of this machine too"},
            {"pem", "", "with --cms: PEM instead of DER"},
            kPinOption,
            kPinFdOption,
            kLastTryOption,
            kReaderOption,
            kWaitOption},
           card_act<sign>}};
}

}  // namespace shomei::app
