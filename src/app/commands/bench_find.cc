#include <cmath>
#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/measure_finding.h"
#include "app/number.h"
#include "app/open_home.h"

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::uint64_t kQuestionsMax = 1'000'000;

double rounded(double milliseconds) {
  return std::round(milliseconds * 1e3) / 1e3;
}

json describe(const Found& found) {
  return {{"what", found.what},
          {"there", found.there},
          {"asked", found.asked},
          {"wrong", found.wrong},
          {"p50_ms", rounded(found.p50_ms)},
          {"p99_ms", rounded(found.p99_ms)},
          {"max_ms", rounded(found.max_ms)},
          {"met", found.p99_ms < kFindingLimitMs && found.wrong == 0}};
}

std::string line_of(const json& found) {
  const std::string what = found["what"].get<std::string>() + (found["there"].get<bool>() ? "" : ", missing");
  return what + std::string(what.size() < 36 ? 36 - what.size() : 1, ' ') + "p50 " + found["p50_ms"].dump() +
         ", p99 " + found["p99_ms"].dump() + ", max " + found["max_ms"].dump() + " ms; " +
         found["wrong"].dump() + " wrong\n";
}

Result<cli::Output> bench_find(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto questions, parse_number(invocation.get("questions", "2000")));
  if (questions < 1 || questions > kQuestionsMax)
    return malformed("number_out_of_range", {{"name", "questions"}, {"max", std::to_string(kQuestionsMax)}});
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  SHOMEI_TRY(const auto found, measure_finding(*home, questions));
  json all = json::array();
  std::string text = std::to_string(found.entries) + " entries in the journal; limit of each p99: " +
                     std::to_string(std::lround(kFindingLimitMs)) + " ms\n";
  bool met = true;
  for (const auto& question : found.questions) {
    all.push_back(describe(question));
    text += line_of(all.back());
    met = met && all.back()["met"].get<bool>();
  }
  const json document{
      {"entries", found.entries}, {"questions", all}, {"limit_ms", kFindingLimitMs}, {"met", met}};
  return cli::Output{document.dump(), text + (met ? "met" : "NOT met"), met ? 0 : 1};
}

}  // namespace

std::vector<cli::Command> bench_find_commands() {
  return {
      {"bench find",
       "how long finding takes in this home's store: by serial number, by resident, by office, and lists; "
       "about something else at random each time, there and missing",
       "shomei --home /tmp/bench bench find --questions 2000",
       {{"questions", "N", "how many of each (default 2000)"}},
       bench_find}};
}

}  // namespace shomei::app
