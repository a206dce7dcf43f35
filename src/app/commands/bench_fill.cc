#include <chrono>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/fill_store.h"
#include "app/number.h"
#include "app/open_home.h"
#include "cli/print.h"
#include "home/filling.h"

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::uint64_t kCertificatesMax = 100'000'000;
constexpr std::uint64_t kStep = 10'000;  // of what is shown of the progress

struct Filled {
  home::Layout layout;
  home::StoreSettings store;
  FillReport report;
  std::string authority_key, subject_key;
};

void tell(std::string_view what, std::size_t done) {
  if (done % kStep == 0) cli::print_progress(what, done);
}

Result<std::uint64_t> count_of(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto count, parse_number(invocation.get("certificates", "10000")));
  if (count < 2 || count > kCertificatesMax || count % 2 != 0)
    return malformed("fill_count_form",
                     {{"text", invocation.get("certificates")}, {"max", std::to_string(kCertificatesMax)}});
  return count;
}

// Closes the home behind it, so that a copy can take the place of its store.
Result<Filled> fill(const cli::Invocation& invocation, std::uint64_t count, FillOptions options) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  if (!home->settings().demo) return refused("bench_needs_demo");
  std::map<pki::CertificateKind, const authority::Authority*> issuing;
  for (auto kind : {pki::CertificateKind::signature, pki::CertificateKind::user_authentication}) {
    SHOMEI_TRY(issuing[kind], home->issuing_authority(kind));
  }
  auto parts = home->parts();
  parts.issuing_authority = [&issuing](pki::CertificateKind kind) -> Result<const authority::Authority*> {
    return issuing.at(kind);
  };
  Filled filled{.layout = home->layout(), .store = home->settings().store};
  SHOMEI_TRY(const auto filling, home::open_filling(filled.layout, filled.store));
  SHOMEI_TRY(filled.report, fill_store(parts, home->checkpoint_signer(), *filling, count, options, tell));
  filled.authority_key =
      crypto::name(issuing.at(pki::CertificateKind::signature)->signer().public_key().type());
  filled.subject_key = crypto::name(parts.profile.subject_key);
  return filled;
}

// 0 of a database: its server knows.
std::uint64_t bytes_of(const Filled& filled) {
  std::error_code none;
  const auto bytes = std::filesystem::file_size(filled.layout.store(), none);
  return none ? 0 : bytes;
}

Result<cli::Output> bench_fill(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto count, count_of(invocation));
  const FillOptions options{.person_parts = !invocation.has("without-persons")};
  const auto start = std::chrono::steady_clock::now();
  SHOMEI_TRY(const auto filled, fill(invocation, count, options));
  SHOMEI_CHECK(home::take_filled(filled.layout, filled.store));
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const json document{{"certificates", filled.report.certificates},
                      {"residents", filled.report.residents},
                      {"entries", filled.report.entries},
                      {"person_parts", options.person_parts},
                      {"authority_key", filled.authority_key},
                      {"subject_key", filled.subject_key},
                      {"store_bytes", bytes_of(filled)},
                      {"seconds", std::round(seconds * 10) / 10}};
  return cli::Output{document.dump(), "Filled: " + std::to_string(filled.report.certificates) +
                                          " certificates of " + std::to_string(filled.report.residents) +
                                          " residents, " + std::to_string(filled.report.entries) +
                                          " entries, in " + document["seconds"].dump() + " s"};
}

}  // namespace

std::vector<cli::Command> bench_fill_commands() {
  return {{"bench fill",
           "fills the store of this demo home with certificates that were issued and delivered, two a "
           "resident, for "
           "measuring at the size of a country; each is decided, linted and signed, and the journal "
           "verifies. Nobody "
           "has their private keys, so no proof of possession was made. Nobody else may use the home "
           "meanwhile; an "
           "interrupted run leaves it as it was",
           "shomei --home /tmp/bench bench fill --certificates 1000000",
           {{"certificates", "N", "how many, an even number (default 10000)"},
            {"without-persons", "",
             "leave the parts about persons out of the journal's entries, as if they had been erased: half "
             "the size"}},
           bench_fill}};
}

}  // namespace shomei::app
