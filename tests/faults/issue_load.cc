// The authority under load, to be disturbed: a home, many threads, and afterwards what must hold all the
// same.
//   issue_load prepare FOLDER PEOPLE [--tokens TEXT] [--url URL] [--requests FILE]
//         makes FOLDER/home, and FOLDER/requests for its people
//   issue_load run HOME REQUESTS [--seed N] [--threads N] [--issues N] [--patience MS] [--clock] [--token]
//         [--stop] [--end kill]
//         the load; says what it does as act_log.h has it. --stop: stops as by SIGSTOP when the home is open
//   issue_load check HOME REQUESTS LOG
//         opens the home again, which repairs it; aftermath.h
// `run` ends with 3 when the home cannot be opened, which a fault may bring about.
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <map>

#include "home/create.h"
#include "home/home.h"
#include "tests/faults/aftermath.h"
#include "tests/faults/disturbed_token.h"
#include "tests/faults/load.h"
#include "tests/faults/logged_authorities.h"
#include "tests/faults/stepping_clock.h"

namespace shomei::test {
namespace {

namespace fs = std::filesystem;

// The authorities are as old as this when a load begins, so that a clock may step back.
constexpr std::chrono::hours kAge{24 * 40};

struct Words {
  std::vector<std::string> plain;
  std::map<std::string, std::string> options;

  Words(int count, char** words) {
    for (int i = 1; i < count; ++i) {
      const std::string word = words[i];
      if (!word.starts_with("--"))
        plain.push_back(word);
      else if (word == "--clock" || word == "--token" || word == "--stop")
        options[word] = "yes";
      else if (i + 1 < count)
        options[word] = words[++i];
    }
  }
  std::string text(const std::string& option) const {
    const auto found = options.find(option);
    return found == options.end() ? "" : found->second;
  }
  std::uint64_t number(const std::string& option, std::uint64_t otherwise) const {
    const auto found = options.find(option);
    return found == options.end() ? otherwise : std::stoull(found->second);
  }
};

int complain(const std::string& what, const Error& error) {
  std::cout << what << ": " << error.code;
  for (const auto& p : error.parameters) std::cout << " " << p.name << "=" << p.value;
  std::cout << std::endl;
  return error.fault == Fault::unavailable ? 3 : 1;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  if (at == std::string::npos) std::abort();
  return text.replace(at, from.size(), to);
}

// Holds that can be taken back, so that all four changes of a certificate occur; keys that are made quickly;
// keys and store where it is told.
std::string settings_text(const Words& words) {
  const home::Address any{"127.0.0.1", 0};
  auto text =
      replaced(home::default_settings_text(any, any, any), "hold_is_final = true", "hold_is_final = false");
  text = replaced(text, "authority_key = \"rsa-2048\"", "authority_key = \"ec-p256\"");
  if (const auto url = words.text("--url"); !url.empty())
    text = replaced(text, "url = \"\"", "url = \"" + url + "\"");
  const auto tokens = words.text("--tokens");
  if (!tokens.empty()) text = replaced(text, "authorities = \"file\"", "authorities = \"token:ca\"");
  return text + tokens;
}

int prepare(const Words& words) {
  const fs::path folder = words.plain.at(1);
  fs::remove_all(folder);
  fs::create_directories(folder);
  const auto begun = home::SystemClock().now() - kAge;
  home::CreateOptions options;
  options.with_residents = false;
  options.at = begun;
  options.settings = settings_text(words);
  if (const auto made = home::create_home(folder / "home", options); !made)
    return complain("create", made.error());
  auto home = home::Home::open(folder / "home", {.access = journal::Access::write, .at = begun});
  if (!home) return complain("open", home.error());
  auto requests = read_requests(words.text("--requests"));
  if (requests.empty()) {
    auto made = make_requests(std::stoul(words.plain.at(2)));
    if (!made) return complain("make", made.error());
    requests = *std::move(made);
  }
  if (const auto taken_in = take_in((*home)->parts(), requests); !taken_in)
    return complain("take in", taken_in.error());
  return write_requests(folder / "requests", requests) ? 0 : 1;
}

// Until somebody says SIGCONT, who may have a tracer beside it meanwhile.
void stop() {
  ::prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY);
  ::raise(SIGSTOP);
}

int run(const Words& words) {
  const auto requests = read_requests(words.plain.at(2));
  const LoadOptions options{words.number("--seed", 1), static_cast<unsigned>(words.number("--threads", 6)),
                            words.number("--issues", 1000),
                            std::chrono::milliseconds(words.number("--patience", 10))};
  auto home = home::Home::open(words.plain.at(1), {.access = journal::Access::write});
  if (!home) return complain("open", home.error());
  const auto key = (*home)->checkpoint_key();
  if (!key) return complain("key", key.error());
  ActLog log(STDOUT_FILENO);
  const SteppingClock clock(options.seed);
  journal::Journal stepped((*home)->engine(), (*home)->checkpoint_signer(), clock, key->name);
  auto own = (*home)->parts();
  LoggedAuthorities authorities(own, log);
  const counter::Parts parts{words.options.contains("--clock") ? stepped : own.journal,
                             own.profile,
                             own.directory,
                             own.rules,
                             [&](pki::CertificateKind kind) { return authorities.issuing(kind); },
                             own.known_keys,
                             own.cards};
  std::optional<DisturbedToken> disturbed;
  if (words.options.contains("--token"))
    disturbed.emplace((*home)->settings().keys.tokens.front().module, options.seed);
  if (words.options.contains("--stop")) stop();
  run_load(parts, *key, requests, log, options);
  // As a process ends that is killed when its last act has been answered: nothing is closed in good order.
  if (words.options.contains("--end")) ::kill(::getpid(), SIGKILL);
  return 0;
}

int check(const Words& words) {
  const auto requests = read_requests(words.plain.at(2));
  const auto log = read_act_log(words.plain.at(3));
  auto home = home::Home::open(words.plain.at(1), {.access = journal::Access::write});
  if (!home) return complain("the home does not open", home.error()), 1;
  const auto key = (*home)->checkpoint_key();
  if (!key) return complain("key", key.error());
  const auto parts = (*home)->parts();
  Aftermath aftermath(parts, *key, log, requests);
  const auto failures = aftermath.check();
  for (const auto& failure : failures) std::cout << failure << "\n";
  std::cout << log.acts.size() << " requests, " << log.done << " acknowledgements, " << log.signatures.size()
            << " signatures, " << log.seen.size() << " checkpoints seen, " << (*home)->recovery().written_off
            << " written off, " << aftermath.sent_again() << " sent again";
  for (const auto& [error, times] : log.errors) std::cout << "; " << times << " x " << error;
  std::cout << "\n";
  return failures.empty() ? 0 : 1;
}

int run_words(const Words& words) {
  const std::string verb = words.plain.empty() ? "" : words.plain.front();
  if (verb == "prepare" && words.plain.size() == 3) return prepare(words);
  if (verb == "run" && words.plain.size() == 3) return run(words);
  if (verb == "check" && words.plain.size() == 4) return check(words);
  return 2;
}

}  // namespace
}  // namespace shomei::test

int main(int count, char** words) {
  return shomei::test::run_words({count, words});
}
