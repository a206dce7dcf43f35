#include <charconv>
#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/open_home.h"
#include "files/file.h"
#include "home/create.h"

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

Result<cli::Output> init(const cli::Invocation& invocation) {
  home::CreateOptions options;
  options.with_residents = !invocation.has("empty");
  SHOMEI_TRY(options.at, at_of(invocation));
  SHOMEI_TRY(options.first_port, port_of(invocation));
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
  std::string text = "Made the home " + invocation.home + ": two authorities";
  text += created.residents ? ", " + std::to_string(created.residents) + " residents of a demo"
                            : ", no residents";
  return cli::Output{document.dump(), text + ".\nNext: shomei --home " + invocation.home + " resident list"};
}

}  // namespace

std::vector<cli::Command> init_commands() {
  return {
      {"init",
       "make a home: keys, two authorities, an empty store, and the residents of a demo",
       "shomei --home ./shomei-home init",
       {{"empty", "", "without the residents of the demo"},
        {"port", "N",
         "status listens on N, authority and metrics on the next two; 0: any free ones (default 8440)"},
        {"settings", "FILE", "a shomei.toml of yours: the authorities get the names and keys that it says"},
        kAtOption},
       init}};
}

}  // namespace shomei::app
