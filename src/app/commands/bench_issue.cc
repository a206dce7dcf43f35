#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/command_list.h"
#include "app/measure_issuing.h"
#include "app/number.h"
#include "app/open_home.h"
#include "cli/print.h"
#include "counter/shared_issuing.h"

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::uint64_t kRequestsMax = 1'000'000;
constexpr std::uint64_t kThreadsMax = 1024;

Result<std::uint64_t> number_of(const cli::Invocation& invocation, std::string_view name,
                                std::string_view otherwise, std::uint64_t max) {
  SHOMEI_TRY(const auto number, parse_number(invocation.get(name, otherwise)));
  if (number < 1 || number > max)
    return malformed("number_out_of_range", {{"name", std::string(name)}, {"max", std::to_string(max)}});
  return number;
}

// Both authorities' keys are opened once, as a service does.
Result<counter::Parts> parts_of(home::Home& home) {
  std::map<pki::CertificateKind, const authority::Authority*> issuing;
  for (auto kind : {pki::CertificateKind::signature, pki::CertificateKind::user_authentication}) {
    SHOMEI_TRY(issuing[kind], home.issuing_authority(kind));
  }
  const auto all = home.parts();
  return counter::Parts{all.journal, all.profile, all.directory, all.rules,
                        [issuing](pki::CertificateKind kind) -> Result<const authority::Authority*> {
                          return issuing.at(kind);
                        }};
}

double rounded(double number, double places) {
  return std::round(number * places) / places;
}

json describe(const IssuingMeasurement& found) {
  return {{"issued", found.issued},
          {"failed", found.failed},
          {"first_failure", found.first_failure},
          {"seconds", rounded(found.seconds, 1e3)},
          {"processor_seconds", rounded(found.processor_seconds, 1e3)},
          {"per_second", std::llround(found.per_second)},
          {"raw_signatures_per_second",
           {{"before", std::llround(found.raw_before)},
            {"after", std::llround(found.raw_after)},
            {"mean", std::llround(found.raw_per_second)}}},
          {"of_raw", rounded(found.per_second / found.raw_per_second, 1e3)},
          {"commits", found.commits},
          {"latency_ms",
           {{"p50", rounded(found.p50_ms, 1e2)},
            {"p90", rounded(found.p90_ms, 1e2)},
            {"p99", rounded(found.p99_ms, 1e2)},
            {"max", rounded(found.max_ms, 1e2)}}}};
}

std::string people_text_of(const json& found) {
  const auto text = [](const json& value) { return value.dump(); };
  const json& raw = found["raw_signatures_per_second"];
  const json& ms = found["latency_ms"];
  std::string out = text(found["issued"]) + " certificates in " + text(found["seconds"]) + " s by " +
                    text(found["threads"]) + " threads: " + text(found["per_second"]) + " a second, " +
                    text(found["failed"]) + " failed\n";
  out += "the same key alone on " + text(found["cores"]) + " cores: " + text(raw["mean"]) + " a second (" +
         text(raw["before"]) + " before, " + text(raw["after"]) + " after)\n";
  out += "of the raw rate: " + text(found["of_raw"]) + "\n";
  out += "one issue, ms: p50 " + text(ms["p50"]) + ", p90 " + text(ms["p90"]) + ", p99 " + text(ms["p99"]) +
         ", max " + text(ms["max"]) + "\n";
  return out + text(found["commits"]) + " commits; processor time " + text(found["processor_seconds"]) + " s";
}

Result<cli::Output> bench_issue(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto requests, number_of(invocation, "requests", "20000", kRequestsMax));
  SHOMEI_TRY(const auto threads, number_of(invocation, "threads", "64", kThreadsMax));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  if (!home->settings().demo) return refused("bench_needs_demo");
  SHOMEI_TRY(const auto parts, parts_of(*home));
  const auto tell = [](std::size_t ready) {
    cli::print_raw("\r" + std::to_string(ready) + " requests ready", false);
  };
  SHOMEI_TRY(const auto work, prepare_issuing(parts, requests, home->settings().profile.subject_key, tell));
  cli::print_raw("\r", false);
  IssuingOptions options;
  options.threads = static_cast<unsigned>(threads);
  options.cores = std::max(1U, std::thread::hardware_concurrency());
  counter::SharedIssuing issuing(parts, options.cores + 1);
  const Issue here = [&issuing](const counter::CertificateRequest& request) -> Result<void> {
    SHOMEI_CHECK(issuing.issue(request));
    return {};
  };
  json document = describe(measure_issuing(parts, work, here, options));
  document["threads"] = threads;
  document["cores"] = options.cores;
  document["authority_key"] = std::string(crypto::name(home->settings().profile.authority_key));
  document["subject_key"] = std::string(crypto::name(home->settings().profile.subject_key));
  return cli::Output{document.dump(), people_text_of(document), document["failed"] == 0 ? 0 : 1};
}

}  // namespace

std::vector<cli::Command> bench_issue_commands() {
  return {
      {"bench issue",
       "how many certificates the authority of this demo home issues in a second, by the whole way, and how "
       "often its key signs alone; what it issues stays in the home",
       "shomei --home /tmp/bench bench issue --requests 20000 --threads 64",
       {{"requests", "N", "how many certificates (default 20000)"},
        {"threads", "N", "how many ask at the same time (default 64)"}},
       bench_issue}};
}

}  // namespace shomei::app
