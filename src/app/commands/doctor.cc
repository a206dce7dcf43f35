#include <glob.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/command_list.h"
#include "app/open_home.h"
#include "card/pcsc/pcsc_transport.h"
#include "home/keys/home_key.h"
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

Check check_home(const cli::Invocation& invocation) {
  const auto home = home::Home::open(invocation.home, {});
  if (!home) return {"home " + invocation.home, false, texts::says(home.error(), invocation.language)};
  const auto sealed = home::home_key_is_sealed((*home)->layout().keys());
  if (!sealed) return {"home " + invocation.home, false, texts::says(sealed.error(), invocation.language)};
  return {"home " + invocation.home, true, ""};
}

// A home made from a demo's settings may have kept what only a demo should allow.
std::optional<Check> check_pins(const cli::Invocation& invocation) {
  const auto home = home::Home::open(invocation.home, {});
  if (!home || (*home)->settings().demo) return std::nullopt;
  return Check{"weak PINs are refused at the counter", (*home)->settings().rules.weak_pins_refused,
               "set rules.weak_pins_refused = true in shomei.toml"};
}

// A demo's keys are worth nothing; those of other homes should not open to whoever reads the disk.
std::optional<Check> check_passphrase(const cli::Invocation& invocation) {
  const auto home = home::Home::open(invocation.home, {});
  if (!home || (*home)->settings().demo) return std::nullopt;
  const auto sealed = home::home_key_is_sealed((*home)->layout().keys());
  return Check{"the home key is sealed under a passphrase", sealed && *sealed,
               "shomei --home " + invocation.home + " keys passphrase"};
}

Result<cli::Output> doctor(const cli::Invocation& invocation) {
  auto checks = check_tools();
  checks.push_back(check_home(invocation));
  if (auto pins = check_pins(invocation)) checks.push_back(*std::move(pins));
  if (auto passphrase = check_passphrase(invocation)) checks.push_back(*std::move(passphrase));
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
