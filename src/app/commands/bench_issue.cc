#include <cmath>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/command_list.h"
#include "app/issue_over_http.h"
#include "app/measure_issuing.h"
#include "app/number.h"
#include "app/open_home.h"
#include "cli/print.h"
#include "counter/shared_issuing.h"
#include "files/file.h"

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::uint64_t kRequestsMax = 1'000'000;
constexpr std::uint64_t kThreadsMax = 1024;
constexpr std::uint64_t kRoundsMax = 1000;
constexpr std::uint64_t kRawMsMax = 600'000;

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
  auto parts = home.parts();
  parts.issuing_authority = [issuing](pki::CertificateKind kind) -> Result<const authority::Authority*> {
    return issuing.at(kind);
  };
  return parts;
}

double rounded(double number, double places) {
  return std::round(number * places) / places;
}

json rates(const Spread& spread) {
  return {{"median", std::llround(spread.median)},
          {"min", std::llround(spread.min)},
          {"max", std::llround(spread.max)}};
}

json parts_of_one(const Spread& spread) {
  return {{"median", rounded(spread.median, 1e3)},
          {"min", rounded(spread.min, 1e3)},
          {"max", rounded(spread.max, 1e3)}};
}

json describe(const IssuingMeasurement& found) {
  return {{"issued", found.issued},
          {"failed", found.failed},
          {"first_failure", found.first_failure},
          {"seconds", rounded(found.seconds, 1e3)},
          {"processor_seconds", rounded(found.processor_seconds, 1e3)},
          {"per_second", rates(found.per_second)},
          {"raw_signatures_per_second", rates(found.raw_per_second)},
          {"raw_verifications_per_second", rates(found.verified_per_second)},
          {"bound_per_second", rates(found.bound_per_second)},
          {"of_raw", parts_of_one(found.of_raw)},
          {"of_bound", parts_of_one(found.of_bound)},
          {"commits", found.commits},
          {"latency_ms",
           {{"p50", rounded(found.p50_ms, 1e2)},
            {"p90", rounded(found.p90_ms, 1e2)},
            {"p99", rounded(found.p99_ms, 1e2)},
            {"max", rounded(found.max_ms, 1e2)}}}};
}

std::string line(const std::string& what, const json& spread) {
  return what + spread["median"].dump() + " (" + spread["min"].dump() + " to " + spread["max"].dump() + ")\n";
}

std::string people_text_of(const json& found) {
  const auto text = [](const json& value) { return value.dump(); };
  const json& ms = found["latency_ms"];
  std::string out = text(found["issued"]) + " certificates in " + text(found["seconds"]) + " s by " +
                    text(found["threads"]) + " threads " +
                    (found["over"] == "http" ? "over http" : "in this process") + ", in " +
                    text(found["rounds"]) + " rounds; " + text(found["failed"]) + " failed\n";
  out += line("issues a second:         median ", found["per_second"]);
  out += line("the key alone signs:     median ", found["raw_signatures_per_second"]);
  out += line("of that, by rounds:      median ", found["of_raw"]);
  out += line("a proof alone verifies:  median ", found["raw_verifications_per_second"]);
  out += line("of signing + verifying:  median ", found["of_bound"]);
  out += "one issue, ms:           p50 " + text(ms["p50"]) + ", p90 " + text(ms["p90"]) + ", p99 " +
         text(ms["p99"]) + ", max " + text(ms["max"]) + "\n";
  return out + text(found["commits"]) + " commits; processor time " + text(found["processor_seconds"]) +
         " s of this process on " + text(found["cores"]) + " cores";
}

// As the service of acts does.
MakeIssue issue_here(const counter::Parts& parts, const IssuingWork& work, unsigned cores) {
  const auto issuing = std::make_shared<counter::SharedIssuing>(parts, cores);
  return [issuing, &work]() -> Result<Issue> {
    return Issue([issuing, &work](std::size_t request) -> Result<void> {
      SHOMEI_CHECK(issuing->issue(work.requests[request]));
      return {};
    });
  };
}

Result<IssuingOptions> options_of(const cli::Invocation& invocation, bool over_http) {
  IssuingOptions options;
  SHOMEI_TRY(const auto threads, number_of(invocation, "threads", over_http ? "8" : "64", kThreadsMax));
  SHOMEI_TRY(const auto rounds, number_of(invocation, "rounds", "5", kRoundsMax));
  SHOMEI_TRY(const auto raw, number_of(invocation, "raw-ms", "1000", kRawMsMax));
  options.threads = static_cast<unsigned>(threads);
  options.rounds = static_cast<unsigned>(rounds);
  options.raw_time = std::chrono::milliseconds(raw);
  options.verify_time = options.raw_time / 2;
  options.cores = std::max(1U, std::thread::hardware_concurrency());
  return options;
}

std::string lines_of(const std::vector<double>& milliseconds) {
  std::string lines;
  for (const double one : milliseconds) lines += std::to_string(one) + "\n";
  return lines;
}

Result<IssuingMeasurement> measure(home::Home& home, const counter::Parts& parts, const IssuingWork& work,
                                   const IssuingOptions& options, bool over_http) {
  if (!over_http) return measure_issuing(parts, work, issue_here(parts, work, options.cores), options);
  SHOMEI_TRY(const auto over, IssuingOverHttp::start(home, work));
  return measure_issuing(
      parts, work, [&] { return over->make_issue(); }, options);
}

Result<cli::Output> bench_issue(const cli::Invocation& invocation) {
  const std::string over = invocation.get("over", "nothing");
  if (over != "nothing" && over != "http") return malformed("over_form", {{"text", over}});
  SHOMEI_TRY(const auto requests, number_of(invocation, "requests", "20000", kRequestsMax));
  SHOMEI_TRY(const auto options, options_of(invocation, over == "http"));
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  if (!home->settings().demo) return refused("bench_needs_demo");
  SHOMEI_TRY(const auto parts, parts_of(*home));
  const auto& profile = home->settings().profile;
  SHOMEI_TRY(const auto work, prepare_issuing(parts, requests, profile.subject_key, [](std::size_t ready) {
               cli::print_progress("requests ready", ready);
             }));
  SHOMEI_TRY(const auto* authority, parts.issuing_authority(pki::CertificateKind::signature));
  SHOMEI_TRY(const auto found, measure(*home, parts, work, options, over == "http"));
  if (invocation.has("latencies"))
    SHOMEI_CHECK(files::write_output(invocation.get("latencies"), view(lines_of(found.milliseconds))));
  json document = describe(found);
  document["threads"] = options.threads;
  document["cores"] = options.cores;
  document["rounds"] = options.rounds;
  document["over"] = over == "http" ? "http" : "process";
  document["authority_key"] = std::string(crypto::name(authority->signer().public_key().type()));
  document["subject_key"] = std::string(crypto::name(profile.subject_key));
  return cli::Output{document.dump(), people_text_of(document), document["failed"] == 0 ? 0 : 1};
}

}  // namespace

std::vector<cli::Command> bench_issue_commands() {
  return {
      {"bench issue",
       "how many certificates the authority of this demo home issues in a second, by the whole way, and how "
       "often its key signs alone, in turns; what it issues stays in the home",
       "shomei --home /tmp/bench bench issue --requests 20000 --threads 64",
       {{"requests", "N", "how many certificates (default 20000)"},
        {"threads", "N", "how many ask at the same time (default 64; over http 8, a connection each)"},
        {"rounds", "N", "how often issuing and signing alone take turns (default 5)"},
        {"raw-ms", "N", "for how long the key signs alone between the rounds (default 1000)"},
        {"latencies", "FILE",
         "writes what each issue took, in ms, a line each; of several runs they can be put together"},
        {"over", "WAY", "http: asks the home's acts service (services.acts), started in this process"}},
       bench_issue}};
}

}  // namespace shomei::app
