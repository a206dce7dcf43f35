#include <cmath>
#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/measure_lists.h"
#include "app/number.h"

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::uint64_t kEntriesMax = 20'000'000, kPartitionsMax = 80'000, kRunsMax = 1'000;

Result<std::uint64_t> number_within(const cli::Invocation& invocation, const char* name,
                                    const std::string& usual, std::uint64_t max) {
  SHOMEI_TRY(const auto number, parse_number(invocation.get(name, usual)));
  if (number >= 1 && number <= max) return number;
  return malformed("number_out_of_range", {{"name", name}, {"max", std::to_string(max)}});
}

json milliseconds(const Spread& seconds) {
  const auto round = [&](double value) { return std::round(value * 1e6) / 1e3; };
  return {{"median", round(seconds.median)}, {"min", round(seconds.min)}, {"max", round(seconds.max)}};
}

json whole(const Spread& spread) {
  return {{"median", std::llround(spread.median)},
          {"min", std::llround(spread.min)},
          {"max", std::llround(spread.max)}};
}

json describe(const ListMeasurement& list) {
  return {{"what", list.what},
          {"entries", list.entries},
          {"bytes", list.bytes},
          {"ms", milliseconds(list.seconds)},
          {"core_ms", milliseconds(list.core_seconds)},
          {"peak_bytes", whole(list.peak_bytes)},
          {"store_ms", milliseconds(list.store_seconds)}};
}

std::string number_text(double value, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

std::string spread_text(const json& spread, double unit, int digits) {
  const auto text = [&](const char* which) {
    return number_text(spread[which].get<double>() / unit, digits);
  };
  return text("median") + " (" + text("min") + " to " + text("max") + ")";
}

std::string people_text_of(const json& found) {
  std::string text = found["entries"].dump() + " entries over " + found["partitions"].dump() +
                     " partitions, " + number_text(found["bytes_per_entry"], 1) +
                     " bytes each in memory; taken in within " + number_text(found["take_in_seconds"], 2) +
                     " s";
  for (const auto& list : found["lists"]) {
    const std::string what = list["what"];
    text += "\n" + what + std::string(11 - what.size(), ' ') + spread_text(list["ms"], 1, 1) + " ms, " +
            number_text(list["bytes"].get<double>() / 1e6, 2) + " MB of " + list["entries"].dump() +
            " entries; memory beyond " + spread_text(list["peak_bytes"], 1e6, 1) + " MB; into the store " +
            spread_text(list["store_ms"], 1, 1) + " ms";
  }
  return text;
}

Result<ListsWanted> wanted_of(const cli::Invocation& invocation) {
  ListsWanted wanted;
  SHOMEI_TRY(wanted.entries, number_within(invocation, "entries", "1000000", kEntriesMax));
  SHOMEI_TRY(wanted.partitions, number_within(invocation, "partitions", "1741", kPartitionsMax));
  SHOMEI_TRY(wanted.changes, number_within(invocation, "changes", "1000", kEntriesMax));
  SHOMEI_TRY(wanted.runs, number_within(invocation, "runs", "5", kRunsMax));
  SHOMEI_TRY(wanted.key, crypto::parse_key_type(invocation.get("key", "rsa-2048")));
  wanted.scattered = invocation.has("scattered");
  wanted.out = invocation.get("out", "");
  return wanted;
}

Result<cli::Output> bench_crl(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto wanted, wanted_of(invocation));
  SHOMEI_TRY(const auto found, measure_lists(wanted));
  json lists = json::array();
  for (const auto& list : found.lists) lists.push_back(describe(list));
  const json document{{"entries", wanted.entries},
                      {"partitions", wanted.partitions},
                      {"changes", wanted.changes},
                      {"runs", wanted.runs},
                      {"key", crypto::name(wanted.key)},
                      {"scattered", wanted.scattered},
                      {"bytes_per_entry", std::round(found.bytes_per_entry * 10) / 10},
                      {"take_in_seconds", found.take_in_seconds},
                      {"lists", std::move(lists)}};
  return cli::Output{document.dump(), people_text_of(document)};
}

}  // namespace

std::vector<cli::Command> bench_crl_commands() {
  return {
      {"bench crl",
       "how long a revocation list of so many random entries takes, from the revoked in memory to signed "
       "bytes "
       "that were read again, and how much memory; whole, delta, and of one changed partition",
       "shomei bench crl --entries 1000000",
       {{"entries", "N", "on the whole list, 1 to 20000000 (default 1000000)"},
        {"partitions", "P", "over which they are spread, 1 to 80000 (default 1741)"},
        {"changes", "D", "of a run, which its delta list says (default 1000)"},
        {"runs", "N", "1 to 1000 (default 5)"},
        {"key", "TYPE", "of the authority: rsa-2048, rsa-3072, p-256, p-384 or ed25519 (default rsa-2048)"},
        {"scattered", "", "all were revoked one by one in random order, not read in order at a start"},
        {"out", "FOLDER", "where the last lists go in DER, with their authority's certificate"}},
       bench_crl}};
}

}  // namespace shomei::app
