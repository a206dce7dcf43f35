#include <cmath>
#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/measure_card_issue.h"
#include "app/number.h"
#include "app/open_home.h"

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::uint64_t kCardsMax = 100'000;

json describe(const Spread& spread) {
  const auto rounded = [](double number) { return std::round(number * 1e2) / 1e2; };
  return {{"median", rounded(spread.median)}, {"min", rounded(spread.min)}, {"max", rounded(spread.max)}};
}

Result<cli::Output> card_issue(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto cards, parse_number(invocation.get("cards", "20")));
  if (cards < 1 || cards > kCardsMax)
    return malformed("number_out_of_range", {{"name", "cards"}, {"max", std::to_string(kCardsMax)}});
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  SHOMEI_TRY(const auto found, measure_card_issue(*home, cards));
  const json document{{"cards", found.cards},
                      {"commands", found.commands},
                      {"whole_ms", describe(found.whole_ms)},
                      {"key_generation_ms", describe(found.key_generation_ms)},
                      {"card_ms", describe(found.card_ms)},
                      {"issuer_ms", describe(found.issuer_ms)},
                      {"authority_ms", describe(found.authority_ms)},
                      {"subject_key", crypto::name(home->settings().profile.subject_key)}};
  const auto line = [&](const char* what, const char* member) {
    return std::string(what) + document[member]["median"].dump() + " (" + document[member]["min"].dump() +
           " to " + document[member]["max"].dump() + ")\n";
  };
  return cli::Output{document.dump(), std::to_string(found.cards) +
                                          " cards, two key pairs and two certificates each; ms, median:\n" +
                                          line("whole                              ", "whole_ms") +
                                          line("  key generation in the card       ", "key_generation_ms") +
                                          line("  the card's other commands, disk  ", "card_ms") +
                                          line("  the issuer's end of the channel  ", "issuer_ms") +
                                          line("  rules, signatures, journal       ", "authority_ms")};
}

}  // namespace

std::vector<cli::Command> bench_card_issue_commands() {
  return {
      {"bench card-issue",
       "how long it takes to issue a card whole, and where the time goes; it fills the home with people and "
       "their cards",
       "shomei --home /tmp/bench-home bench card-issue --cards 50",
       {{"cards", "N", "so many cards, one after the other (default 20)"}},
       card_issue}};
}

}  // namespace shomei::app
