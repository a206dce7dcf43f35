// Bad keys by the many: lists that others publish, and shared primes among all certificates.
#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/describe.h"
#include "app/number.h"
#include "app/officer_options.h"
#include "app/open_home.h"
#include "counter/admit.h"
#include "counter/shared_primes.h"
#include "files/file.h"
#include "home/import_key_list.h"

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::size_t kListBytesMax = 1024UL * 1024 * 1024;
constexpr std::size_t kBlockMax = 1'000'000;

Result<cli::Output> import(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto digest, crypto::parse_key_digest(invocation.get("kind", "spki-sha256")));
  SHOMEI_TRY(const auto officer, officer_of(invocation));
  const std::string file = invocation.get("in");
  SHOMEI_TRY(const auto text, files::read_file(file, kListBytesMax));
  auto digests = crypto::parse_key_lines(digest, to_text(text));
  if (!digests) return std::move(digests).error().with("file", file);
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  SHOMEI_TRY(const auto done,
             home::import_key_list(*home, officer, invocation.get("name"), digest, *std::move(digests)));
  const json document{{"file", done.file},
                      {"keys", done.keys},
                      {"sha256", to_hex_upper(done.sha256)},
                      {"kind", crypto::name(digest)},
                      {"in_settings", done.in_settings}};
  std::string said = "Wrote " + done.file + ": " + std::to_string(done.keys) + " keys.\n";
  if (!done.in_settings)
    said +=
        "No act asks it yet: name it in shomei.toml, and start the services anew.\n[keys]\nknown_bad = [\"" +
        done.file + "\"]\n";
  return cli::Output{document.dump(), said};
}

json describe_found(const counter::SharedPrimes& found) {
  json primes = json::array();
  for (const auto& group : found.primes) {
    json sharing = json::array();
    for (const auto place : group) sharing.push_back(to_hex_upper(found.keys[place].key));
    primes.push_back(std::move(sharing));
  }
  return {{"looked_at", found.looked_at}, {"primes", primes}, {"keys", json::array()}};
}

struct Handled {
  json document;
  std::string text;
};
Result<Handled> handle(home::Home& home, const counter::Officer& officer, const counter::SharingKey& key,
                       bool revoke) {
  SHOMEI_TRY(const auto done, counter::block_sharing_key(home.parts(), officer, key, revoke));
  json certificates = json::array();
  std::string text = "Blocked: " + to_hex_upper(key.key) + (done.blocked_before ? "  (before)" : "") + "\n";
  for (const auto& record : done.state.certificates) {
    certificates.push_back(describe(record));
    text += "  " + one_line(record) + "\n";
  }
  if (!done.refusal.empty()) text += "  not revoked: " + done.refusal + "\n";
  return Handled{{{"spki_sha256", to_hex_upper(key.key)},
                  {"blocked_before", done.blocked_before},
                  {"refusal", done.refusal.empty() ? json(nullptr) : json(done.refusal)},
                  {"certificates", certificates}},
                 text};
}

Result<cli::Output> shared_primes(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto officer, officer_of(invocation));
  crypto::SharedPrimeSearch search;
  if (invocation.has("block")) {
    SHOMEI_TRY(search.block, parse_number(invocation.get("block")));
    if (search.block < 1 || search.block > kBlockMax)
      return malformed("number_out_of_range", {{"name", "block"}, {"max", std::to_string(kBlockMax)}});
  }
  search.progress = [](std::size_t done, std::size_t) {
    cli::print_progress("keys compared with all", done);
  };
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  SHOMEI_CHECK(counter::admit(home->parts(), "block_key", officer));
  SHOMEI_TRY(const auto found, counter::look_for_shared_primes(home->parts(), search));
  json document = describe_found(found);
  std::string text = std::to_string(found.looked_at) + " RSA keys, " + std::to_string(found.primes.size()) +
                     " primes that several of them share\n";
  for (const auto& key : found.keys) {
    if (invocation.has("dry-run")) {
      document["keys"].push_back({{"spki_sha256", to_hex_upper(key.key)}});
      text += to_hex_upper(key.key) + "\n";
      continue;
    }
    SHOMEI_TRY(auto handled, handle(*home, officer, key, invocation.has("revoke")));
    document["keys"].push_back(std::move(handled.document));
    text += handled.text;
  }
  return cli::Output{document.dump(), text, found.primes.empty() ? 0 : 1};
}

}  // namespace

std::vector<cli::Command> bad_keys_lists_commands() {
  auto import_options = officer_options();
  import_options.insert(
      import_options.begin(),
      {{"in", "FILE", "the list: one key a line in hexadecimal, comments behind #", true},
       {"name", "NAME", "what it is called here, of a-z, 0-9, - and _: known-bad/NAME.keys", true},
       {"kind", "K",
        "spki-sha256 (default): SHA-256 of the SubjectPublicKeyInfo; debian-weak: the last 20 digits of "
        "SHA-1 of \"Modulus=HEX\", as openssl-blacklist has them"}});
  import_options.push_back(kAtOption);
  auto officer = officer_options();
  officer.pop_back();  // each key is a request of its own
  officer.insert(officer.end(),
                 {{"revoke", "", "revoke their certificates too, for keyCompromise"},
                  {"dry-run", "", "only say what there is"},
                  {"block", "N", "so many keys are in memory as trees at once (default 16384, about 120 MB)"},
                  kAtOption});
  return {
      {"bad-keys import", "take in a list of keys that are known to be bad",
       "shomei bad-keys import --office inagi-city-hall --in pwned.txt --name pwned", import_options, import},
      {"bad-keys shared-primes",
       "look for RSA keys that share a prime, among all certificates ever signed, and block them",
       "shomei bad-keys shared-primes --office inagi-city-hall --revoke", officer, shared_primes}};
}

}  // namespace shomei::app
