#include <glob.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/open_home.h"
#include "card/pcsc/pcsc_transport.h"
#include "home/keys/home_key.h"
#include "home/open_store.h"
#include "home/rehearsal.h"
#include "texts/says.h"

namespace shomei::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// What the outside steps of the story and the build use, and where a Debian machine gets it: packages of
// scripts/packages.txt.
struct Tool {
  std::string_view file;  // a program of $PATH, or an absolute path; "*" in it is any one folder
  std::string_view package;
  std::string_view use;
};

constexpr std::array kTools{
    Tool{"openssl", "openssl", "verifies certificates, signatures and status answers"},
    Tool{"ocsptool", "gnutls-bin", "asks for status answers as a second client"},
    Tool{"certtool", "gnutls-bin", "verifies revocation lists"},
    Tool{"pcscd", "pcscd", "runs the card readers"},
    Tool{"/usr/lib/pcsc/drivers/serial/libifdvpcd.so", "vsmartcard-vpcd", "the virtual reader"},
    Tool{"opensc-tool", "opensc", "the card client of others"},
    Tool{"/usr/lib/*/opensc-pkcs11.so", "opensc-pkcs11", "the card as a PKCS#11 token"},
    Tool{"/usr/lib/*/engines-3/pkcs11.so", "libengine-pkcs11-openssl", "the card as a key of openssl"},
    Tool{"unshare", "util-linux", "keeps the virtual reader apart from the machine's own"},
    Tool{"nsenter", "util-linux", "enters where the card is in its reader"},
    Tool{"setpriv", "util-linux", "ends the card reader with the one who started it"},
    Tool{"ip", "iproute2", "brings up the loopback of the apart network"},
    Tool{"jq", "jq", "reads the JSON of the story"},
    Tool{"curl", "curl", "asks the services"},
    Tool{"sqlite3", "sqlite3", "looks into the store, and copies it while it is in use"},
    Tool{"python3", "python3", "the second, independent verifier of the journal"},
    Tool{"g++", "g++", "builds the program"},
    Tool{"cmake", "cmake", "builds the program"},
    Tool{"ninja", "ninja-build", "builds the program"},
    Tool{"pkg-config", "pkg-config", "finds the libraries of the program"},
};

bool found_in_path(std::string_view program) {
  const char* path = std::getenv("PATH");
  std::string_view rest = path ? path : "/usr/bin:/bin:/usr/sbin:/sbin";
  while (!rest.empty()) {
    const auto colon = rest.find(':');
    const fs::path candidate = fs::path(rest.substr(0, colon)) / program;
    if (::access(candidate.c_str(), X_OK) == 0) return true;
    rest.remove_prefix(colon == std::string_view::npos ? rest.size() : colon + 1);
  }
  return ::access(("/usr/sbin/" + std::string(program)).c_str(), X_OK) == 0;
}

bool found(const Tool& tool) {
  if (tool.file.front() != '/') return found_in_path(tool.file);
  glob_t matches{};
  const bool any = ::glob(std::string(tool.file).c_str(), GLOB_NOSORT, nullptr, &matches) == 0;
  ::globfree(&matches);
  return any;
}

struct Check {
  std::string what;
  bool fine = false;
  std::string next;  // what to do when it is not
};

std::vector<Check> check_tools() {
  std::vector<Check> checks;
  for (const auto& tool : kTools)
    checks.push_back({std::string(tool.file) + ": " + std::string(tool.use), found(tool),
                      "apt-get install " + std::string(tool.package)});
  return checks;
}

Check check_home(const home::Home& home, const cli::Invocation& invocation) {
  const auto sealed = home::home_key_is_sealed(home.layout().keys());
  if (!sealed) return {"home " + invocation.home, false, texts::says(sealed.error(), invocation.language)};
  return {"home " + invocation.home, true, ""};
}

// Reading does not show whether the server would keep what is written.
Check check_database(const home::StoreSettings& settings, texts::Language language) {
  const auto fit = home::expect_fit_database(settings);
  return {"the database " + home::shown_database(settings) + " takes writes and keeps them", fit.has_value(),
          fit ? "" : texts::says(fit.error(), language)};
}

// A demo's keys are worth nothing; those of other homes should not open to whoever reads the disk. And a home
// made from a demo's settings may have kept what only a demo should allow.
std::vector<Check> check_earnest(const home::Home& home, const std::string& place) {
  const auto sealed = home::home_key_is_sealed(home.layout().keys());
  return {{"weak PINs are refused at the counter", home.settings().rules.weak_pins_refused,
           "set rules.weak_pins_refused = true in shomei.toml"},
          {"the home key is sealed under a passphrase", sealed && *sealed,
           "shomei --home " + place + " keys passphrase"}};
}

// Until an auditor has looked into each.
std::vector<Check> check_glass(const home::Home& home, const std::string& place, texts::Language language) {
  const auto look = [&]() -> Result<std::size_t> {
    SHOMEI_TRY(const auto rows, home.rows());
    SHOMEI_TRY(const auto open, officers::unacknowledged(*rows));
    return open.size();
  };
  const auto broken = look();
  if (!broken) return {{"broken glass is looked into", false, texts::says(broken.error(), language)}};
  if (*broken == 0) return {};
  return {{"broken glass is looked into (" + std::to_string(*broken) + " open)", false,
           "shomei --home " + place + " glass"}};
}

// Each has the home's keys in it, and nobody looks after it.
std::vector<Check> check_rehearsals(const cli::Invocation& invocation) {
  std::vector<Check> checks;
  for (const auto& copy : home::left_rehearsals(invocation.home))
    checks.push_back(
        {"no drill has left a copy of the home", false,
         texts::says(conflict("rehearsal_left", {{"path", copy.string()}}), invocation.language)});
  return checks;
}

std::vector<Check> check_home(const cli::Invocation& invocation) {
  const auto home = home::Home::open(invocation.home, {});
  if (!home) return {{"home " + invocation.home, false, texts::says(home.error(), invocation.language)}};
  std::vector<Check> checks{check_home(**home, invocation)};
  const auto& settings = (*home)->settings();
  if (!settings.store.url.empty()) checks.push_back(check_database(settings.store, invocation.language));
  std::ranges::move(check_glass(**home, invocation.home, invocation.language), std::back_inserter(checks));
  if (!settings.demo) std::ranges::move(check_earnest(**home, invocation.home), std::back_inserter(checks));
  return checks;
}

Result<cli::Output> doctor(const cli::Invocation& invocation) {
  auto checks = check_tools();
  std::ranges::move(check_home(invocation), std::back_inserter(checks));
  std::ranges::move(check_rehearsals(invocation), std::back_inserter(checks));
  json list = json::array();
  std::string text;
  bool fine = true;
  for (const auto& check : checks) {
    list.push_back({{"what", check.what}, {"fine", check.fine}, {"next", check.next}});
    text += (check.fine ? "ok       " : "MISSING  ") + check.what +
            (check.fine ? "" : "\n         -> " + check.next) + "\n";
    fine = fine && check.fine;
  }
  return cli::Output{json{{"fine", fine}, {"checks", list}}.dump(), text, fine ? 0 : 1};
}

}  // namespace

std::vector<cli::Command> doctor_commands() {
  return {{"doctor",
           "what is missing on this machine or in the home, and how to get it",
           "shomei doctor",
           {},
           doctor}};
}

}  // namespace shomei::app
