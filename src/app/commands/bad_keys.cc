// Keys for which nothing is issued: of others, not the home's own (commands/keys.cc).
#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/describe.h"
#include "app/named_key.h"
#include "app/officer_options.h"
#include "app/open_home.h"
#include "app/remote_counter.h"
#include "base/shown_text.h"
#include "counter/block_key.h"
#include "files/file.h"

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::size_t kProofBytesMax = 4096;
constexpr std::size_t kListedAtOnce = 1000;

json describe_blocked(const journal::BlockedKey& blocked) {
  return {{"spki_sha256", to_hex_upper(blocked.key)}, {"act", blocked.act.text()}, {"cause", blocked.cause}};
}

json describe_all(const std::vector<journal::CertificateRecord>& records) {
  json all = json::array();
  for (const auto& record : records) all.push_back(describe(record));
  return all;
}

std::string lines_of(const std::vector<journal::CertificateRecord>& records) {
  std::string text;
  for (const auto& record : records) text += "  " + one_line(record) + "\n";
  return text;
}

Result<counter::BlockRequest> block_request(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto named, named_key(invocation));
  counter::BlockRequest request;
  SHOMEI_TRY(request.officer, officer_of(invocation));
  request.key = named.fingerprint;
  request.public_key = named.key;
  request.cause = invocation.get("cause");
  request.revoke = invocation.has("revoke");
  if (named.private_key) {
    SHOMEI_TRY(request.proof, named.private_key->sign(view(counter::compromise_statement(*named.key))));
  } else if (invocation.has("proof")) {
    SHOMEI_TRY(request.proof, files::read_file(invocation.get("proof"), kProofBytesMax));
  }
  return request;
}

Result<cli::Output> block(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto request, block_request(invocation));
  SHOMEI_TRY(auto there, remote_counter(invocation));
  if (there) {
    SHOMEI_TRY(auto document, there->authority.block_key(request));
    return cli::Output{std::move(document), "Blocked: " + to_hex_upper(request.key)};
  }
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  SHOMEI_TRY(const auto state, counter::block_key(home->parts(), request));
  return cli::Output{text_of(services::describe(state, request)),
                     "Blocked: " + to_hex_upper(state.blocked.key) + "\n" + lines_of(state.certificates)};
}

Result<cli::Output> statement(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto named, named_key(invocation));
  if (!named.key) return malformed("key_unclear");
  const auto text = counter::compromise_statement(*named.key);
  if (invocation.has("out")) SHOMEI_CHECK(files::write_output(invocation.get("out"), view(text)));
  const json document{{"spki_sha256", to_hex_upper(named.fingerprint)}, {"statement", text}};
  return cli::Output{document.dump(), text};
}

Result<cli::Output> list(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto rows, home->rows());
  json all = json::array();
  std::string text;
  for (journal::Page page{.after = "", .count = kListedAtOnce};;) {
    SHOMEI_TRY(const auto some, rows->list_blocked_keys(page));
    for (const auto& blocked : some) {
      all.push_back(describe_blocked(blocked));
      text += to_hex_upper(blocked.key) + "  " + shown_line(blocked.cause) + "\n";
    }
    if (some.size() < page.count) break;
    page.after = to_hex(some.back().key);
  }
  return cli::Output{text_of(json{{"keys", all}}), text.empty() ? "No key is blocked." : text};
}

// In the words of the lints, which would say the same of it.
std::vector<std::string> known_of(const authority::KnownKeys& known, const NamedKey& named) {
  std::vector<std::string> words;
  const auto is_listed = [&](crypto::KeyDigest digest, ByteView wanted) {
    return std::ranges::any_of(
        known.lists, [&](const auto& list) { return list.digest() == digest && list.contains(wanted); });
  };
  if (is_listed(crypto::KeyDigest::spki_sha256, named.fingerprint)) words.emplace_back("key_known_bad");
  if (!named.key) return words;
  if (std::ranges::count(known.authorities, *named.key) > 0) words.emplace_back("key_not_authoritys");
  const auto modulus = named.key->modulus();
  if (modulus.empty()) return words;
  if (known.shared->divide(modulus)) words.emplace_back("rsa_shared_prime");
  if (is_listed(crypto::KeyDigest::debian_modulus, crypto::debian_digest(modulus)))
    words.emplace_back("rsa_debian_weak");
  return words;
}

Result<cli::Output> show(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto named, named_key(invocation));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  home::BadKeys bad_keys(home->layout(), home->settings().keys, home->engine());
  SHOMEI_TRY(const auto known, bad_keys.known());
  SHOMEI_TRY(const auto rows, home->rows());
  SHOMEI_TRY(const auto blocked, rows->find_blocked_key(named.fingerprint));
  SHOMEI_TRY(const auto certificates, rows->certificates_of_key(named.fingerprint));
  const auto lints = known_of(*known, named);
  const json document{{"spki_sha256", to_hex_upper(named.fingerprint)},
                      {"blocked", blocked ? describe_blocked(*blocked) : json(nullptr)},
                      {"lints", lints},
                      {"certificates", describe_all(certificates)}};
  std::string text = to_hex_upper(named.fingerprint) + "\n" +
                     (blocked ? "Blocked: " + shown_line(blocked->cause) : std::string("Not blocked.")) +
                     "\n";
  for (const auto& lint : lints) text += "Known: " + lint + "\n";
  return cli::Output{text_of(document), text + lines_of(certificates)};
}

std::vector<cli::Option> with(std::vector<cli::Option> options, std::vector<cli::Option> more) {
  options.insert(options.end(), more.begin(), more.end());
  return options;
}

}  // namespace

std::vector<cli::Command> bad_keys_commands() {
  return {
      {"bad-keys block", "block a key by a report that it is compromised: nothing is issued for it any more",
       "shomei bad-keys block --office inagi-city-hall --certificate leaked.crt --cause 'found on a paste "
       "site' --revoke",
       with(with(key_options(), {kPrivateKeyOption,
                                 {"proof", "FILE",
                                  "a signature of the key over its statement (`bad-keys statement`), as "
                                  "openssl dgst writes it"},
                                 {"cause", "TEXT",
                                  "why; it is kept and shown to who is refused, so name nobody in it", true},
                                 {"revoke", "", "revoke its certificates too, for keyCompromise"}}),
            with(officer_options(), {kAuthorityOption, kAtOption})),
       block},
      {"bad-keys statement",
       "what a compromised key signs to prove that it is",
       "shomei bad-keys statement --certificate leaked.crt --out statement.txt",
       {{"spki", "FILE", "the public key: a file with its SubjectPublicKeyInfo, PEM or DER"},
        {"certificate", "FILE", "the public key of this certificate, PEM or DER"},
        {"out", "FILE", "write it there too, byte for byte"}},
       statement},
      {"bad-keys list", "the keys that are blocked", "shomei bad-keys list", {}, list},
      {"bad-keys show",
       "what is known of a key: blocked, on a list, an authority's own; and its certificates",
       "shomei bad-keys show --certificate someone.crt", key_options(), show}};
}

}  // namespace shomei::app
