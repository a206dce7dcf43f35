#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/card_trust.h"
#include "app/card_words.h"
#include "app/command_list.h"
#include "app/describe.h"
#include "app/in_file.h"
#include "base/limits.h"
#include "card/trust/pinned_authorities.h"
#include "files/file.h"

namespace shomei::app {
namespace {

using card::trust::TrustedAuthority;
using card::trust::TrustFolder;
using nlohmann::json;

constexpr std::size_t kFileBytesMax = 2 * limits::kCertificateBytesMax;

json describe(const TrustedAuthority& authority) {
  const auto& certificate = authority.certificate;
  json document{{"name", authority.name},
                {"pinned", authority.pinned},
                {"kind", nullptr},
                {"not_after", format_jst(certificate.tbs.not_after)},
                {"fingerprint", to_hex_upper(crypto::sha256(certificate.der))}};
  if (authority.kind) document["kind"] = card::name(*authority.kind);
  return document;
}

Result<json> list(const TrustFolder& trust) {
  json authorities = json::array(), missing = json::array();
  for (const auto& authority : trust.authorities()) authorities.push_back(describe(authority));
  for (const auto& pinned : card::trust::pinned_authorities()) {
    const bool there = std::ranges::any_of(
        trust.authorities(), [&](const auto& authority) { return authority.name == pinned.name; });
    if (!there) missing.push_back({{"name", pinned.name}, {"fingerprint", pinned.fingerprint}});
  }
  return json{{"authorities", authorities}, {"known_and_not_taken_in", missing}};
}

Result<json> add(TrustFolder& trust, const cli::Invocation& invocation) {
  const auto file = invocation.get("what");
  if (file.empty()) return malformed("trust_action", {{"action", "add"}});
  std::optional<crypto::Sha256> told;
  if (invocation.has("fingerprint")) {
    SHOMEI_TRY(told, card::trust::parse_fingerprint(invocation.get("fingerprint")));
  }
  SHOMEI_TRY(const auto content, files::read_file(file, kFileBytesMax));
  SHOMEI_TRY(const auto authority, in_file(file, trust.add(content, told)));
  return describe(authority);
}

Result<json> remove(TrustFolder& trust, const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto fingerprint, card::trust::parse_fingerprint(invocation.get("what")));
  SHOMEI_CHECK(trust.remove(fingerprint));
  return json{{"removed", to_hex_upper(fingerprint)}};
}

Result<json> act(TrustFolder& trust, const cli::Invocation& invocation) {
  const auto action = invocation.get("action", "list");
  if (action == "list") return list(trust);
  if (action == "add") return add(trust, invocation);
  if (action == "remove") return remove(trust, invocation);
  return malformed("trust_action", {{"action", action}});
}

Result<cli::Output> trust(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto folder, trust_folder(invocation));
  SHOMEI_TRY(auto opened, TrustFolder::open(folder));
  SHOMEI_TRY(const auto document, act(opened, invocation));
  return cli::Output{text_of(document), trust_text(document, invocation.language)};
}

}  // namespace

std::vector<cli::Command> card_trust_commands() {
  cli::Option action{"action", "ACTION", "list, add or remove (default list)"};
  cli::Option what{"what", "WHAT", "add: the file of the authority's certificate; remove: its fingerprint"};
  action.positional = what.positional = true;
  return {
      {"card trust",
       "the authorities whose certificates you believe: fetched by you, checked against known fingerprints",
       "shomei card trust add authca03.cer",
       {action,
        what,
        {"fingerprint", "HEX", "add: take in this certificate though its fingerprint is not known here"},
        kTrustOption},
       trust}};
}

}  // namespace shomei::app
