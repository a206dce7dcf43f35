// What an issue costs the machine on the PostgreSQL store: the processor time of this program and of the
// server that it starts, for the rows that one issue writes and the questions that it asks. issue_bench
// [ACTS_IN_A_COMMIT] [ISSUES]
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "crypto/random.h"
#include "store/engine_suite_rows.h"
#include "store/postgres/engine.h"
#include "tests/postgres/server.h"

namespace shomei::store {
namespace {

using journal::Access;
using journal::Phase;
using journal::Rows;

constexpr int kSlices = 40;

double own_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) { return double(t.tv_sec) + double(t.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

template <class T>
T must(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s %s\n", std::string(result.error().code).c_str(),
                 std::string(result.error().parameter("what")).c_str());
    std::exit(1);
  }
  return *std::move(result);
}
void must(const Result<void>& result) {
  if (!result) {
    std::fprintf(stderr, "%s %s\n", std::string(result.error().code).c_str(),
                 std::string(result.error().parameter("what")).c_str());
    std::exit(1);
  }
}

// Sizes as real issues have them.
void put_entry(Rows& rows, std::uint64_t sequence, const ActId& act, Phase phase, std::size_t person_bytes) {
  journal::StoredEntry stored;
  stored.entry.sequence = sequence;
  stored.entry.recorded_at = InstantMs{std::chrono::milliseconds{1795305600000}};
  stored.entry.act = act;
  stored.entry.phase = phase;
  stored.parts = {journal::Part{{}, Bytes(70, 1)}, journal::Part{{}, Bytes(person_bytes, 2)},
                  journal::Part{{}, Bytes(160, 3)}};
  must(rows.put_entry(stored, {}));
}

struct Issue {
  journal::RequestRecord request;
  journal::CertificateRecord certificate;
};

Issue order() {
  Issue issue;
  auto& c = issue.certificate;
  c = suite::certificate("0A", journal::CertificateState::reserved);
  c.serial = *pki::SerialNumber::of_magnitude([] {
    auto bytes = crypto::random_bytes(16);
    bytes[0] = static_cast<std::uint8_t>(bytes[0] & 0x7FU) | 0x40U;
    return bytes;
  }());
  c.resident = crypto::random_identifier<ResidentId>();
  c.card = crypto::random_identifier<CardId>();
  c.act = crypto::ordered_identifier<ActId>();
  c.key = crypto::sha256(c.serial.magnitude());
  issue.request = {crypto::random_identifier<RequestId>(), c.act, c.key, {}};
  return issue;
}

class Bench {
 public:
  explicit Bench(journal::Engine& engine) : engine_(engine) {}
  void run(std::size_t in_a_commit) {
    std::vector<Issue> issues;
    for (std::size_t i = 0; i < in_a_commit; ++i) issues.push_back(order());
    const double before = own_seconds();
    {
      auto rows = must(engine_.begin(Access::write));
      for (auto& issue : issues) intend(*rows, issue);
      must(rows->put_head({sequence_, {}, "note"}));
      must(rows->commit());
    }
    {
      auto rows = must(engine_.begin(Access::write));
      for (auto& issue : issues) finish(*rows, issue);
      must(rows->put_head({sequence_, {}, "note"}));
      must(rows->commit());
    }
    client_seconds += own_seconds() - before;
  }
  double client_seconds = 0;

 private:
  void intend(Rows& rows, const Issue& issue) {
    const auto& c = issue.certificate;
    must(rows.begin_act());
    must(rows.foresee({issue.request.request, c.resident, c.key, c.serial, c.serial_space}));
    must(rows.insert(issue.request));
    must(rows.find_resident(c.resident));
    must(rows.find_blocked_key(c.key));
    must(rows.key_used(c.key));
    must(rows.certificates_of(issue.certificate.resident));
    must(rows.insert(issue.certificate));
    put_entry(rows, sequence_++, issue.certificate.act, Phase::intent, 1500);
    must(rows.end_act());
  }
  void finish(Rows& rows, Issue& issue) {
    must(rows.begin_act());
    issue.certificate.state = journal::CertificateState::valid;
    issue.certificate.der = Bytes(1850, 0x30);
    must(rows.update(issue.certificate, journal::CertificateState::reserved));
    must(rows.certificates_of(issue.certificate.resident));
    put_entry(rows, sequence_++, issue.certificate.act, Phase::result, 1950);
    must(rows.end_act());
  }
  journal::Engine& engine_;
  std::uint64_t sequence_ = 0;
};

void time_questions(journal::Engine& engine, std::size_t count) {
  auto rows = must(engine.begin(Access::write));
  const double server = Server::shared().processor_seconds(), client = own_seconds();
  const auto id = crypto::random_identifier<RequestId>();
  for (std::size_t i = 0; i < count; ++i) must(rows->find_request(id));
  std::printf("a question: server %.1f us + client %.1f us\n",
              (Server::shared().processor_seconds() - server) * 1e6 / double(count),
              (own_seconds() - client) * 1e6 / double(count));
}

int main_of(std::size_t in_a_commit, std::size_t issues) {
  Server::shared_settings = "shared_buffers = 256MB\nmax_wal_size = 1GB\nmin_wal_size = 1GB\n";
  const FreshStore store;
  const auto engine = must(PostgresEngine::open(store.address(), OpenMode::create));
  Bench bench(*engine);
  // As in a server that has been running: the files of its log are there to be used again.
  for (std::size_t done = 0; done < issues; done += in_a_commit) bench.run(in_a_commit);
  store.run("CHECKPOINT");
  const std::string log = store.run("SELECT pg_current_wal_lsn()");
  // In slices: on a machine that does other things too, the cheapest ones tell what it costs on one that does
  // not.
  std::vector<double> costs;
  double server_us = 0, client_us = 0;
  std::size_t done = 0;
  const auto start = std::chrono::steady_clock::now();
  for (int slice = 0; slice < kSlices; ++slice) {
    bench.client_seconds = 0;
    const double server = Server::shared().processor_seconds();
    std::size_t of_slice = 0;
    for (; of_slice < issues / kSlices; of_slice += in_a_commit) bench.run(in_a_commit);
    const double used = Server::shared().processor_seconds() - server;
    costs.push_back((used + bench.client_seconds) * 1e6 / double(of_slice));
    server_us += used * 1e6;
    client_us += bench.client_seconds * 1e6;
    done += of_slice;
  }
  const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::ranges::sort(costs);
  std::printf(
      "%zu issues, %zu a commit: server %.1f us + client %.1f us; median %.1f us, best tenth %.1f us an "
      "issue;"
      " %.0f a second\n",
      done, in_a_commit, server_us / double(done), client_us / double(done), costs[kSlices / 2],
      costs[kSlices / 10], double(done) / wall);
  std::printf("%.1f KiB of the server's log an issue\n",
              std::stod(store.run("SELECT pg_current_wal_lsn() - '" + log + "'")) / 1024 / double(done));
  time_questions(*engine, issues);
  return 0;
}

}  // namespace
}  // namespace shomei::store

int main(int count, char** words) {
  const auto number = [&](int i, std::size_t otherwise) {
    return count > i ? std::strtoul(words[i], nullptr, 10) : otherwise;
  };
  return shomei::store::main_of(number(1, 64), number(2, 20000));
}
