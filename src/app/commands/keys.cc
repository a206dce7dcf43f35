#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/officer_options.h"
#include "app/open_home.h"
#include "authority/ceremony.h"
#include "files/file.h"
#include "home/keys/home_key.h"
#include "home/make_responder_key.h"

namespace shomei::app {
namespace {

using home::KeyUse;
using nlohmann::json;

Result<cli::Output> passphrase(const cli::Invocation& invocation) {
  const std::string file = invocation.get("new-passphrase-file");
  if (invocation.has("none") && !file.empty()) return malformed("passphrase_unclear");
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  const auto old_one = [&] {
    return home::passphrase_of(invocation.home, ask_on_terminal(invocation.language));
  };
  const auto folder = home->layout().keys();
  if (invocation.has("none")) {
    SHOMEI_CHECK(home::change_passphrase(folder, old_one, nullptr));
  } else {
    SHOMEI_TRY(const auto new_one,
               file.empty() ? ask_new_passphrase(invocation.language) : home::read_secret(file));
    SHOMEI_CHECK(home::check_new_passphrase(new_one));
    SHOMEI_CHECK(home::change_passphrase(folder, old_one, &new_one));
  }
  const bool sealed = !invocation.has("none");
  return cli::Output{json{{"sealed", sealed}}.dump(),
                     sealed ? "The home key is sealed under the new passphrase. Old backups of keys/home.key "
                              "still open under the old one."
                            : "The home key is not sealed any more: it is as safe as the disk is."};
}

// One key as it is found where the settings say; null when there is none.
Result<json> describe_key(home::KeyPlaces& keys, KeyUse use, const std::string& name) {
  SHOMEI_TRY(const bool there, keys.has(use, name));
  if (!there) return json();
  SHOMEI_TRY(const auto signer, keys.open(use, name));
  return json{{"name", name},
              {"use", home::name(use)},
              {"place", keys.settings().place_of(use, name).text()},
              {"type", crypto::name(signer->public_key().type())},
              {"spki_sha256", to_hex_upper(crypto::sha256(signer->public_key().spki()))}};
}

// In the order in which a ceremony makes them.
std::vector<std::pair<KeyUse, std::string>> names_of(home::KeyPlaces& keys, const std::string& authority) {
  std::vector<std::pair<KeyUse, std::string>> names{{KeyUse::authorities, authority},
                                                    {KeyUse::crl, home::crl_key_name(authority)}};
  const auto latest = keys.latest_responder(authority);
  for (unsigned number = 1; latest && number <= *latest; ++number)
    names.emplace_back(KeyUse::responders, home::responder_key_name(authority, number));
  return names;
}

Result<cli::Output> show(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_CHECK(home->open_keys());
  SHOMEI_TRY(const auto rows, home->rows());
  SHOMEI_TRY(const auto authorities, rows->list_authorities());
  std::vector<std::pair<KeyUse, std::string>> names{
      {KeyUse::checkpoint, std::string(home::kCheckpointKeyName)}};
  for (const auto& authority : authorities)
    for (auto& name : names_of(home->keys(), authority.name)) names.push_back(std::move(name));
  json list = json::array();
  std::string text;
  for (const auto& [use, name] : names) {
    SHOMEI_TRY(auto key, describe_key(home->keys(), use, name));
    if (key.is_null()) continue;
    text += name + "  " + key["type"].get<std::string>() + "  " + key["place"].get<std::string>() + "  " +
            key["spki_sha256"].get<std::string>() + "\n";
    list.push_back(std::move(key));
  }
  return cli::Output{json{{"keys", list}}.dump(), text};
}

Result<cli::Output> responder(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  const auto& settings = home->settings();
  SHOMEI_TRY(const auto officer, officer_of(invocation, settings.directory.offices.front().id));
  const std::string type_name = invocation.get("key", crypto::name(settings.profile.authority_key));
  SHOMEI_TRY(const auto type, crypto::parse_key_type(type_name));
  SHOMEI_TRY(const auto name, home::make_responder_key(*home, officer, invocation.get("authority"), type));
  SHOMEI_TRY(auto key, describe_key(home->keys(), KeyUse::responders, name));
  return cli::Output{key.dump(), "Made " + name +
                                     ". The services get it certified and answer with it within the hour, "
                                     "or at their next start. The key before it is needed until then."};
}

}  // namespace

std::vector<cli::Command> keys_commands() {
  auto office = officer_options()[0];
  office.required = false;
  return {
      {"keys passphrase",
       "seal the home key under another passphrase",
       "shomei keys passphrase",
       {{"new-passphrase-file", "FILE", "its first line is the new passphrase; without it, it is asked for"},
        {"none", "", "without a passphrase from now on"}},
       passphrase},
      {"keys show",
       "the keys of the home, where they are and their fingerprints",
       "shomei keys show",
       {},
       show},
      {"keys responder",
       "make a new key for the responder of an authority; the services change over to it",
       "shomei keys responder --authority signature-1",
       {{"authority", "A", "the authority, for example signature-1", true},
        {"key", "TYPE", "its type (default: profile.authority_key)"},
        office,
        officer_options()[1],
        kAtOption},
       responder}};
}

}  // namespace shomei::app
