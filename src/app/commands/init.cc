#include <charconv>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/open_home.h"
#include "files/file.h"
#include "home/counter_home.h"
#include "home/create.h"
#include "http/client.h"

namespace shomei::app {
namespace {

constexpr std::size_t kSettingsBytesMax = 1024 * 1024;

Result<std::uint16_t> port_of(const cli::Invocation& invocation) {
  const std::string text = invocation.get("port", "8440");
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port > 65533)
    return malformed("port_form", {{"text", text}});
  return port;
}

std::string text_of(const std::string& home, const home::Created& created) {
  const std::string start = "Made the home " + home + ": ";
  const std::string next = ".\nNext: shomei --home " + home;
  if (created.authorities.empty())
    return start + "no keys and no authorities yet" + next + " ceremony CEREMONY.toml --dry-run";
  return start + "two authorities" +
         (created.residents ? ", " + std::to_string(created.residents) + " residents of a demo"
                            : ", no residents") +
         next + " resident list";
}

// An option that would be passed over could mean that another home was wanted.
Result<void> expect_fitting(const cli::Invocation& invocation) {
  const auto refuse = [&](const std::string& with,
                          std::initializer_list<std::string> options) -> Result<void> {
    if (!invocation.has(with)) return {};
    for (const auto& option : options)
      if (invocation.has(option))
        return malformed("option_unfit", {{"option", "--" + option}, {"with", "--" + with}});
    return {};
  };
  SHOMEI_CHECK(refuse("counter", {"empty", "port", "no-authorities", "settings", "at"}));
  SHOMEI_CHECK(refuse("no-authorities", {"at"}));
  return refuse("settings", {"port"});
}

Result<std::optional<SecretBytes>> new_passphrase(const cli::Invocation& invocation) {
  if (!invocation.has("passphrase-file")) return home::passphrase_left_ready();
  SHOMEI_TRY(auto passphrase, home::read_secret(invocation.get("passphrase-file")));
  return std::optional{std::move(passphrase)};
}

// A counter's home: where it asks is all that it needs to know.
Result<cli::Output> init_counter(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto authority, http::parse_place(invocation.get("counter")));
  SHOMEI_TRY(const auto passphrase, new_passphrase(invocation));
  SHOMEI_CHECK(home::create_counter_home(invocation.home, invocation.get("counter"),
                                         passphrase ? &*passphrase : nullptr));
  const nlohmann::json document{
      {"home", invocation.home}, {"authorities", nlohmann::json::array()}, {"residents", 0}};
  return cli::Output{document.dump(), "Made the counter's home " + invocation.home + ", which asks " +
                                          authority.text() + ".\nNext: shomei --home " + invocation.home +
                                          " counter issue ..."};
}

Result<cli::Output> init(const cli::Invocation& invocation) {
  SHOMEI_CHECK(expect_fitting(invocation));
  if (invocation.has("counter")) return init_counter(invocation);
  home::CreateOptions options;
  options.with_residents = !invocation.has("empty");
  SHOMEI_TRY(options.at, at_of(invocation));
  SHOMEI_TRY(options.first_port, port_of(invocation));
  options.with_authorities = !invocation.has("no-authorities");
  options.ask = ask_on_terminal(invocation.language);
  SHOMEI_TRY(options.passphrase, new_passphrase(invocation));
  const std::string file = invocation.get("settings");
  if (!file.empty()) {
    SHOMEI_TRY(const auto text, files::read_file(file, kSettingsBytesMax));
    options.settings = to_text(text);
  }
  auto made = home::create_home(invocation.home, options);
  if (!made) return file.empty() ? std::move(made).error() : std::move(made).error().with("file", file);
  const auto& created = *made;
  const nlohmann::json document{
      {"home", invocation.home}, {"authorities", created.authorities}, {"residents", created.residents}};
  return cli::Output{document.dump(), text_of(invocation.home, *made)};
}

}  // namespace

std::vector<cli::Command> init_commands() {
  return {
      {"init",
       "make a home: keys, two authorities, an empty store, and the residents of a demo",
       "shomei --home ./shomei-home init",
       {{"empty", "", "without the residents of the demo"},
        {"port", "N",
         "status listens on N, authority and metrics on the next two; 0: any free ones (default 8440); not "
         "with --settings"},
        {"counter", "PLACE",
         "a counter's home, without keys and register: whom it asks, unix:/path or https://host:port; goes "
         "with --passphrase-file alone"},
        {"no-authorities", "", "without keys and authorities, and without residents: a ceremony makes them"},
        {"passphrase-file", "FILE",
         "seal the home key under the first line of this file (else under the passphrase that "
         "$CREDENTIALS_DIRECTORY or $SHOMEI_PASSPHRASE_FILE has ready)"},
        {"settings", "FILE", "a shomei.toml of yours: the authorities get the names and keys that it says"},
        kAtOption},
       init}};
}

}  // namespace shomei::app
