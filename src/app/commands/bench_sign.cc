#include <cmath>
#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/measure_signing.h"
#include "app/number.h"
#include "crypto/private_key.h"

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::uint64_t kSecondsMax = 600;
constexpr std::uint64_t kThreadsMax = 256;
constexpr crypto::KeyType kMeasured[] = {crypto::KeyType::rsa_2048, crypto::KeyType::rsa_3072,
                                         crypto::KeyType::ec_p256, crypto::KeyType::ec_p384,
                                         crypto::KeyType::ed25519};

Result<int> number_within(const cli::Invocation& invocation, const char* name, std::uint64_t max) {
  SHOMEI_TRY(const auto number, parse_number(invocation.get(name, "1")));
  if (number >= 1 && number <= max) return static_cast<int>(number);
  return malformed("number_out_of_range", {{"name", name}, {"max", std::to_string(max)}});
}

json describe(const SigningRate& rate) {
  return {{"count", rate.count},
          {"per_core_second",
           {{"median", std::llround(rate.per_core_second.median)},
            {"min", std::llround(rate.per_core_second.min)},
            {"max", std::llround(rate.per_core_second.max)}}},
          {"per_second", std::llround(rate.per_second)}};
}

std::string padded(const std::string& text, std::size_t width) {
  return std::string(width - std::min(width, text.size()), ' ') + text;
}

std::string columns(const json& rate) {
  const json& core = rate["per_core_second"];
  return padded(core["median"].dump(), 8) + " (" + core["min"].dump() + " to " + core["max"].dump() + ")" +
         padded(rate["per_second"].dump(), 9) + " in all";
}

std::string people_text_of(const json& document) {
  std::string text =
      "a second of a core, median (lowest to highest batch of 20 ms); a second by the clock of " +
      document["threads"].dump() + " thread(s) in all";
  for (const auto& [name, found] : document["algorithms"].items())
    text += "\n" + name + std::string(10 - name.size(), ' ') + "sign  " + columns(found["sign"]) + "\n" +
            std::string(10, ' ') + "verify" + columns(found["verify"]);
  return text;
}

Result<cli::Output> bench_sign(const cli::Invocation& invocation) {
  SHOMEI_TRY(const int seconds, number_within(invocation, "seconds", kSecondsMax));
  SHOMEI_TRY(const int threads, number_within(invocation, "threads", kThreadsMax));
  json algorithms = json::object();
  for (const auto type : kMeasured) {
    const auto signer = crypto::software_signer(crypto::PrivateKey::generate(type));
    SHOMEI_TRY(const auto found, measure_signing(*signer, std::chrono::seconds(seconds), threads));
    algorithms[std::string(crypto::name(type))] = {{"sign", describe(found.sign)},
                                                   {"verify", describe(found.verify)}};
  }
  const json document = {{"algorithms", std::move(algorithms)},
                         {"message_bytes", kSignedMessageBytes},
                         {"seconds", seconds},
                         {"threads", threads}};
  return cli::Output{document.dump(), people_text_of(document)};
}

}  // namespace

std::vector<cli::Command> bench_sign_commands() {
  return {{"bench sign",
           "how many signatures of each algorithm a core makes and verifies in a second",
           "shomei bench sign --seconds 1 --threads 2",
           {{"seconds", "N", "for how long each, 1 to 600 (default 1)"},
            {"threads", "N", "by how many threads at once, 1 to 256 (default 1)"}},
           bench_sign}};
}

}  // namespace shomei::app
