#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/command_list.h"
#include "app/number.h"
#include "app/open_home.h"
#include "cli/print.h"
#include "crypto/random.h"

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::uint64_t kCountMax = 100'000'000;
constexpr std::uint64_t kBatchMax = 5'000;  // of one entry: its part has at most a mebibyte
constexpr std::uint64_t kPauseMax = 60'000;

struct Wish {
  std::uint64_t count = 0, batch = 0;
  std::chrono::milliseconds pause{};
};

Result<std::uint64_t> number_of(const cli::Invocation& invocation, const char* name, const char* otherwise,
                                std::uint64_t least, std::uint64_t most) {
  SHOMEI_TRY(const auto number, parse_number(invocation.get(name, otherwise)));
  if (number >= least && number <= most) return number;
  return malformed("number_out_of_range", {{"name", name}, {"max", std::to_string(most)}});
}

// So many certificates that are in force, by authority and serial space.
using Serials = std::map<std::pair<std::string, std::string>, std::vector<pki::SerialNumber>>;
struct Some {
  Serials serials;
  std::size_t count = 0;
};

// In the order of their issue, some at a time.
Result<std::vector<Some>> in_force(const home::Home& home, const Wish& wish) {
  std::vector<Some> all;
  std::uint64_t found = 0;
  SHOMEI_TRY(const auto rows, home.rows());
  SHOMEI_CHECK(rows->each_issued([&](const journal::CertificateRecord& record) {
    if (record.state != journal::CertificateState::valid) return true;
    if (all.empty() || all.back().count == wish.batch) all.emplace_back();
    all.back().serials[{record.authority, record.serial_space}].push_back(record.serial);
    ++all.back().count;
    return ++found < wish.count;
  }));
  return all;
}

// What the rows say and what the journal says change together, as an act has it; there is no decision behind
// it, for nobody holds these certificates.
Result<void> revoke(const home::Home& home, const Some& some) {
  constexpr auto kReason = pki::RevocationReason::superseded;
  SHOMEI_TRY(auto transaction, home.journal().begin());
  journal::Draft draft{.act = crypto::ordered_identifier<ActId>()};
  const Instant now = home.clock().now();
  for (const auto& [of, serials] : some.serials) {
    SHOMEI_TRY(const auto moved, transaction.rows().move_states({.serial_space = of.second,
                                                                 .serials = serials,
                                                                 .to = journal::CertificateState::revoked,
                                                                 .at = now,
                                                                 .reason = kReason}));
    for (std::size_t i = 0; i < moved.size(); ++i)
      if (moved[i].moved)
        draft.status.emplace_back(
            journal::CertificateRevoked{of.first, serials[i], moved[i].at, kReason, std::nullopt});
  }
  draft.officer = {{std::string(journal::field::kAct), to_bytes("bench_revoke")},
                   {std::string(journal::field::kActor), to_bytes("system")}};
  SHOMEI_CHECK(transaction.append(draft));
  return transaction.commit();
}

Result<cli::Output> bench_revoke(const cli::Invocation& invocation) {
  Wish wish;
  SHOMEI_TRY(wish.count, number_of(invocation, "count", "1000", 1, kCountMax));
  SHOMEI_TRY(wish.batch, number_of(invocation, "batch", "1", 1, kBatchMax));
  SHOMEI_TRY(const auto pause, number_of(invocation, "pause-ms", "0", 0, kPauseMax));
  wish.pause = std::chrono::milliseconds(pause);
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  if (!home->settings().demo) return refused("bench_needs_demo");
  SHOMEI_TRY(const auto all, in_force(*home, wish));
  const auto begun = std::chrono::steady_clock::now();
  std::size_t done = 0;
  for (const auto& some : all) {
    SHOMEI_CHECK(revoke(*home, some));
    done += some.count;
    cli::print_progress("revoked", done);
    std::this_thread::sleep_for(wish.pause);
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  const json document{{"revoked", done}, {"seconds", std::round(seconds * 1000) / 1000}};
  return cli::Output{document.dump(), "Revoked: " + std::to_string(done) + " certificates in " +
                                          document["seconds"].dump() + " s"};
}

}  // namespace

std::vector<cli::Command> bench_revoke_commands() {
  return {{"bench revoke",
           "revoke certificates that bench fill made, to see how soon status services show it",
           "shomei bench revoke --count 1000 --pause-ms 10",
           {{"count", "N", "how many (default 1000)"},
            {"batch", "N", "in one commit, up to 5000 (default 1)"},
            {"pause-ms", "N", "between two commits (default 0)"}},
           bench_revoke}};
}

}  // namespace shomei::app
