#include <cmath>
#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/measure_rules.h"
#include "app/number.h"
#include "base/check.h"

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::uint64_t kSecondsMax = 600;

Result<std::chrono::seconds> seconds_of(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto seconds, parse_number(invocation.get("seconds", "5")));
  if (seconds < 1 || seconds > kSecondsMax)
    return malformed("seconds_form", {{"text", invocation.get("seconds")}});
  return std::chrono::seconds{seconds};
}

std::string hex(std::uint64_t number) {
  std::string text(16, '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, number >>= 4)
    *digit = "0123456789ABCDEF"[number & 15];
  return text;
}

json describe(const Spread& spread) {
  return {{"median", std::llround(spread.median)},
          {"min", std::llround(spread.min)},
          {"max", std::llround(spread.max)}};
}

json describe(const Mix& mix) {
  json verbs = json::object();
  for (int v = 0; v < rules::kVerbs; ++v) {
    json& verdicts = verbs[std::string(name(static_cast<rules::Verb>(v)))];
    for (const auto verdict :
         {rules::Verdict::granted, rules::Verdict::refused, rules::Verdict::not_applicable})
      verdicts[std::string(name(verdict))] =
          mix[static_cast<std::size_t>(v)][static_cast<std::size_t>(verdict)];
  }
  return verbs;
}

json describe(const RulesMeasurement& found) {
  const Latency& latency = found.latency;
  return {{"batches", found.batches},
          {"cases", kMeasuredCases},
          {"checksum", hex(found.checksum)},
          {"decisions", found.decisions},
          {"latency_ns",
           {{"p50", latency.p50},
            {"p90", latency.p90},
            {"p99", latency.p99},
            {"p99_9", latency.p999},
            {"max", latency.max},
            {"clock", latency.clock}}},
          {"limit_per_second", kDecisionsPerSecondLimit},
          {"met", found.per_core_second.median >= kDecisionsPerSecondLimit},
          {"mix", describe(found.mix)},
          {"per_core_second", describe(found.per_core_second)},
          {"per_second", describe(found.per_second)}};
}

// 1640842 as "1,640,842".
std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), ",");
  return text;
}

std::string line(const std::string& what, const json& spread) {
  return what + grouped(spread["median"]) + " (" + grouped(spread["min"]) + " to " + grouped(spread["max"]) +
         ")\n";
}

std::string people_text_of(const json& found) {
  std::string text = grouped(found["decisions"]) + " decisions of " + grouped(found["cases"]) +
                     " cases on one core, in " + grouped(found["batches"]) + " batches, checksum " +
                     found["checksum"].get<std::string>() + "\n";
  text += line("a second of the core:  median ", found["per_core_second"]);
  text += line("a second by the clock: median ", found["per_second"]);
  text += "limit:                 " + grouped(found["limit_per_second"]) +
          " a second of the core: " + (found["met"].get<bool>() ? "met" : "NOT met") + "\n";
  const json& ns = found["latency_ns"];
  text += "one decision, ns:      p50 " + grouped(ns["p50"]) + ", p90 " + grouped(ns["p90"]) + ", p99 " +
          grouped(ns["p99"]) + ", p99.9 " + grouped(ns["p99_9"]) + ", max " + grouped(ns["max"]) +
          "; a reading of the clock (" + grouped(ns["clock"]) + ") is in each\n";
  text += "the mix, granted / refused / not applicable:";
  for (const auto& [verb, verdicts] : found["mix"].items())
    text += "\n  " + verb + std::string(14 - verb.size(), ' ') + grouped(verdicts["granted"]) + " / " +
            grouped(verdicts["refused"]) + " / " + grouped(verdicts["not_applicable"]);
  return text;
}

Result<cli::Output> bench_rules(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto seconds, seconds_of(invocation));
  SHOMEI_TRY(const auto seed, parse_number(invocation.get("seed", "1")));
  const rules::RuleSet set = rules::current_rule_set();
  const RulesMeasurement found = measure_rules(set, seed, seconds);
  SHOMEI_INVARIANT(found.repeated);
  json document = describe(found);
  document["rule_set"] = std::string(set.version);
  document["seconds"] = seconds.count();
  document["seed"] = seed;
  return cli::Output{document.dump(), people_text_of(document)};
}

}  // namespace

std::vector<cli::Command> bench_commands() {
  return {{"bench rules",
           "how many acts the rules decide in a second on one core, and how long each takes",
           "shomei bench rules --seconds 5",
           {{"seconds", "N", "for how long, 1 to 600 (default 5)"},
            {"seed", "N", "which cases: the same for the same number (default 1)"}},
           bench_rules}};
}

}  // namespace shomei::app
