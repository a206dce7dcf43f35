#include <cmath>
#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/measure_card.h"
#include "app/number.h"
#include "card/pcsc/pcsc_transport.h"
#include "cli/prompt.h"

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::uint64_t kCommandsMax = 1'000'000;
constexpr std::uint64_t kChipsMax = 100'000;

double tenths(double value) {
  return std::round(value * 10) / 10;
}

json describe(const CommandTimes& times) {
  return {{"p50_us", tenths(times.p50)}, {"p99_us", tenths(times.p99)}};
}

std::string text_of(const std::string& name, const CommandTimes& times) {
  return name + std::to_string(std::lround(times.p50)) + " us (p99 " +
         std::to_string(std::lround(times.p99)) + ")\n";
}

Result<std::size_t> number_up_to(const cli::Invocation& invocation, const char* name, const char* usual,
                                 std::uint64_t max) {
  SHOMEI_TRY(const auto number, parse_number(invocation.get(name, usual)));
  if (number >= 1 && number <= max) return static_cast<std::size_t>(number);
  return malformed("number_out_of_range", {{"name", name}, {"max", std::to_string(max)}});
}

Result<cli::Output> bench_card(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto commands, number_up_to(invocation, "commands", "2000", kCommandsMax));
  SHOMEI_TRY(auto lines, cli::read_secret_lines(invocation.get("pin"), 1));
  if (lines.empty()) return malformed("pins_missing", {{"file", invocation.get("pin")}});
  SHOMEI_TRY(const auto transport, card::pcsc::PcscTransport::connect(invocation.get("reader")));
  SHOMEI_TRY(const auto times, measure_card(*transport, lines.front(), commands));
  const double ratio = times.signature.p50 / (times.raw_signature.p50 + times.round_trip.p50);
  const json document{{"commands", commands},
                      {"round_trip", describe(times.round_trip)},
                      {"signature", describe(times.signature)},
                      {"raw_rsa_2048", describe(times.raw_signature)},
                      {"signature_ratio", std::round(ratio * 1000) / 1000}};
  return cli::Output{document.dump(),
                     text_of("round trip     ", times.round_trip) +
                         text_of("signature      ", times.signature) +
                         text_of("raw RSA-2048   ", times.raw_signature) +
                         "signature beside raw and round trip: " + document["signature_ratio"].dump()};
}

Result<cli::Output> bench_chips(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto chips, number_up_to(invocation, "chips", "1000", kChipsMax));
  const auto memory = measure_chips(chips);
  const json document{{"chips", memory.chips},
                      {"bytes_each", std::llround(memory.bytes_each)},
                      {"process_bytes", std::llround(memory.bytes_in_all)}};
  return cli::Output{document.dump(), document["chips"].dump() + " cards: " + document["bytes_each"].dump() +
                                          " bytes each, " + document["process_bytes"].dump() + " in all"};
}

}  // namespace

std::vector<cli::Command> bench_card_commands() {
  return {{"bench card",
           "how long a command and a signature take through a PC/SC reader, beside the raw operation",
           "shomei bench card --pin pin.txt --commands 2000",
           {{"pin", "FILE", "file (or - for stdin) with the user authentication PIN", true},
            {"commands", "N", "of each kind, 1 to 1000000 (default 2000)"},
            {"reader", "NAME", "the PC/SC reader; the first with a JPKI card when left out"}},
           bench_card},
          {"bench chips",
           "how much memory many virtual cards take in one process",
           "shomei bench chips --chips 1000",
           {{"chips", "N", "1 to 100000 (default 1000)"}},
           bench_chips}};
}

}  // namespace shomei::app
