#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/measure_ocsp.h"
#include "app/number.h"
#include "cli/print.h"

namespace shomei::app {
namespace {

using nlohmann::json;

Result<std::uint64_t> number_of(const cli::Invocation& invocation, const char* name, const char* otherwise,
                                std::uint64_t most) {
  SHOMEI_TRY(const auto number, parse_number(invocation.get(name, otherwise)));
  if (number >= 1 && number <= most) return number;
  return malformed("number_out_of_range", {{"name", name}, {"max", std::to_string(most)}});
}

double rounded(double value) {
  return std::round(value * 1000) / 1000;
}

json describe(const Spread& spread) {
  return {{"median", rounded(spread.median)}, {"min", rounded(spread.min)}, {"max", rounded(spread.max)}};
}

json describe(const OcspFound& found) {
  json phases = json::object();
  for (const auto& phase : found.phases) {
    json one{{"per_second", describe(phase.per_second)},
             {"per_server_second", describe(phase.per_server_second)},
             {"p50_us", describe(phase.p50_us)},
             {"p99_us", describe(phase.p99_us)}};
    if (phase.of_raw.max > 0) one["of_raw"] = describe(phase.of_raw);
    phases[phase.name] = std::move(one);
  }
  return {{"certificates", found.certificates},
          {"revoked", found.revoked},
          {"bytes_per_certificate", rounded(found.bytes_per_certificate)},
          {"make_seconds", rounded(found.make_seconds)},
          {"write_seconds", rounded(found.write_seconds)},
          {"start_seconds", rounded(found.start_seconds)},
          {"server_memory_bytes", found.server_memory_bytes},
          {"raw_signatures_per_second", describe(found.raw_per_second)},
          {"phases", std::move(phases)},
          {"answers_compared", found.looked_at},
          {"answers_wrong", found.wrong}};
}

std::string spread_text(const json& spread) {
  return spread["median"].dump() + " (" + spread["min"].dump() + " to " + spread["max"].dump() + ")";
}

std::string people_text_of(const json& document) {
  std::string text = document["certificates"].dump() + " certificates, " + document["revoked"].dump() +
                     " revoked, " + document["bytes_per_certificate"].dump() +
                     " bytes each; started from the snapshot in " + document["start_seconds"].dump() +
                     " s\nraw signatures a second: " + spread_text(document["raw_signatures_per_second"]);
  for (const auto& [name, phase] : document["phases"].items()) {
    text += "\n" + name + ": " + spread_text(phase["per_second"]) + " answers a second, " +
            spread_text(phase["per_server_second"]) + " for a second of the server's processor, p99 " +
            spread_text(phase["p99_us"]) + " us";
    if (phase.contains("of_raw")) text += ", " + spread_text(phase["of_raw"]) + " of raw";
  }
  return text + "\nanswers compared with the truth: " + document["answers_compared"].dump() +
         ", wrong: " + document["answers_wrong"].dump();
}

Result<cli::Output> bench_ocsp(const cli::Invocation& invocation) {
  OcspWish wish;
  SHOMEI_TRY(wish.key, crypto::parse_key_type(invocation.get("key", "rsa-2048")));
  SHOMEI_TRY(wish.certificates, number_of(invocation, "certificates", "1000", 2'000'000'000));
  SHOMEI_TRY(wish.hot, number_of(invocation, "hot", "1000", 10'000'000));
  SHOMEI_TRY(const auto seconds, number_of(invocation, "seconds", "3", 600));
  wish.time = std::chrono::seconds(seconds);
  SHOMEI_TRY(const auto runs, number_of(invocation, "runs", "3", 100));
  wish.runs = static_cast<unsigned>(runs);
  SHOMEI_TRY(const auto connections, number_of(invocation, "connections", "32", 10'000));
  wish.connections = static_cast<unsigned>(connections);
  wish.folder = invocation.get("folder", std::filesystem::temp_directory_path().string());
  wish.told = [](std::string_view what) { cli::print_raw(std::string(what) + " …\n", false); };
  SHOMEI_TRY(const auto found, measure_ocsp(wish));
  const json document = describe(found);
  return cli::Output{document.dump(), people_text_of(document), found.wrong == 0 ? 0 : 1};
}

}  // namespace

std::vector<cli::Command> bench_ocsp_commands() {
  return {{"bench ocsp",
           "how many status answers one core gives, reused and signed on demand, over synthetic states",
           "shomei bench ocsp --certificates 200000000 --hot 100000",
           {{"certificates", "N", "synthetic ones, every twentieth revoked (default 1000)"},
            {"hot", "N", "how many of them are asked about where answers are reused (default 1000)"},
            {"key", "TYPE", "of the responder: rsa-2048 (default), rsa-3072, ec-p256, ec-p384"},
            {"connections", "N", "kept ones (default 32)"},
            {"seconds", "N", "of each measurement (default 3)"},
            {"runs", "N", "of each (default 3)"},
            {"folder", "DIR",
             "where the snapshot is written, some 10 bytes a certificate (default: the system's)"}},
           bench_ocsp}};
}

}  // namespace shomei::app
