// What each version of the rules answers is pinned: a decision of the journal names its version and must be
// the same when it is decided again, so a rule that answers otherwise needs a new one. rule_set_pins.txt has
// a line for each version: the version, SHA-256 of the cases, SHA-256 of the settings as they come and of
// every recorded answer.
//   SHOMEI_PIN_RULES=1 build/dev/bin/lives_record_test --gtest_filter='Pinned.*'
// adds the line of a new version. It changes none that stands there.
#include <fstream>
#include <map>
#include <sstream>

#include "base/bytes.h"
#include "crypto/digest.h"
#include "each_life.h"
#include "explain/decision_json.h"
#include "explain/facts_json.h"

namespace shomei::rules {
namespace {

constexpr int kPlausible = 5000;
constexpr int kWild = 1000;
constexpr int kOneOfSettings = 4;  // one case in so many has settings of its own
constexpr std::string_view kFile = SHOMEI_SOURCE "/tests/lives/rule_set_pins.txt";

struct Pin {
  std::string cases, answers;
  bool operator==(const Pin&) const = default;
};
using Pins = std::map<std::string, Pin, std::less<>>;

std::string hash(const std::string& text) {
  return to_hex(crypto::sha256(view(text)));
}

// encode_settings says what differs from these: were they others, recorded settings would mean something
// else.
std::string settings_as_they_come() {
  const Settings s;
  std::string text{name(s.renewal_counts_from)};
  for (auto reason : {s.death, s.left_japan, s.lost_status, s.card_returned, s.recording_error, s.key_doubt})
    text += " " + std::string(name(reason));
  text += s.hold_is_final ? " final" : " released";
  text += s.weak_pins_refused ? " refused" : " taken";
  text += s.stay_special_period_since ? format_date(*s.stay_special_period_since) : " none";
  return text + " " + s.overseas_address_ja + " " + s.overseas_address_en;
}

Pin pin_of(std::string_view version) {
  Lives lives(20261123);
  Chance chance(20261124);
  std::string cases, answers = settings_as_they_come() + "\n";
  for (int i = 0; i < kPlausible + kWild; ++i) {
    const auto [act, facts, on] = i < kPlausible ? lives.next() : lives.wild();
    const auto set = *find_rule_set(version, i % kOneOfSettings == 0 ? any_settings(chance) : Settings{});
    cases += std::string(name(act.verb)) + " " + std::string(act.kind ? name(*act.kind) : "-") + " " +
             std::string(act.register_pin ? name(*act.register_pin) : "-") + " " + format_date(on) + " " +
             explain::encode_facts(facts) + explain::encode_settings(set.settings) + "\n";
    answers += explain::encode_record(decide(set, act, facts, on)) + "\n";
  }
  return {hash(cases), hash(answers)};
}

Pins read_pins() {
  std::ifstream file{std::string(kFile)};
  Pins pins;
  for (std::string version, cases, answers; file >> version >> cases >> answers;)
    pins[version] = {cases, answers};
  return pins;
}

void write_pins(const Pins& pins) {
  std::ofstream file{std::string(kFile)};
  for (const auto& [version, pin] : pins) file << version << " " << pin.cases << " " << pin.answers << "\n";
  ASSERT_TRUE(file.flush()) << kFile;
}

constexpr const char* kWhatToDo =
    "\nIf no answer was meant to change, find out what changed it, and take that back. If the law changed, "
    "or our"
    "\nreading of it, the set needs a new version (src/rules/rule_set.cc): the rule that is asked no more "
    "stays, with"
    "\nthe new version as its `gone`, so that replays stay, and the one in its place has it as its `came`. "
    "Then pin"
    "\nthe new version: the first lines of tests/lives/pinned_test.cc say how.";

TEST(Pinned, IsWhatEveryVersionOfTheRulesAnswers) {
  Pins pins = read_pins();
  const bool add = std::getenv("SHOMEI_PIN_RULES") != nullptr;
  const auto known = versions(rule_entries());
  for (const auto version : known) {
    const Pin now = pin_of(version);
    const auto [pinned, added] = pins.try_emplace(std::string(version), now);
    EXPECT_TRUE(!added || add) << "version " << version
                               << " is new: pin it as the first lines of this file say";
    EXPECT_EQ(pinned->second.cases, now.cases)
        << "the random lives are others than those that were pinned (src/rules/lives/ has changed): make "
           "sure "
           "that no rule has, delete tests/lives/rule_set_pins.txt and pin anew";
    if (pinned->second.cases == now.cases)
      EXPECT_EQ(pinned->second.answers, now.answers)
          << "version " << version << " of the rules answers otherwise than it did." << kWhatToDo;
  }
  EXPECT_EQ(pins.size(), known.size()) << "a version is gone that decisions in journals name";
  if (add && !HasFailure()) write_pins(pins);
}

}  // namespace
}  // namespace shomei::rules
