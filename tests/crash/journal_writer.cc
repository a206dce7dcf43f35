// A small program to be killed: it issues certificates into a store as the real counter does, and says after
// each commit that it was one. Then, on what is left, it checks that nothing it said was lost.
//   journal_writer prepare HOME        keys alone; the store is made by the first write
//   journal_writer write HOME N        N acts: intent, result, confirmation
//   journal_writer check HOME LOG      LOG is what write printed
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "crypto/random.h"
#include "journal/verify.h"
#include "store/sqlite/engine.h"
#include "tests/support/small_authority.h"

namespace shomei::test {
namespace {

namespace fs = std::filesystem;
constexpr auto kOrigin = "crash.example";

crypto::PrivateKey read_key(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  return crypto::PrivateKey::parse_pkcs8(SecretBytes::of_text(bytes)).value();
}

void write_key(const fs::path& path, crypto::KeyType type) {
  const auto der = crypto::PrivateKey::generate(type).pkcs8();
  std::ofstream(path, std::ios::binary) << der.reveal_text();
}

struct Home {
  explicit Home(const fs::path& path)
      : signer(crypto::software_signer(read_key(path / "checkpoint.key"))),
        authority("signature-1", "Small Authority", read_key(path / "authority.key")),
        engine(std::move(store::SqliteEngine::open(path / "store.sqlite", store::OpenMode::create).value())),
        spine(*engine, *signer, clock, kOrigin) {}
  SystemClock clock;
  std::unique_ptr<crypto::Signer> signer;
  SmallAuthority authority;
  std::unique_ptr<store::SqliteEngine> engine;
  journal::Journal spine;
};

// Not buffered: it is out before the next operation begins.
void acknowledge(std::uint64_t sequence, const ActId& act) {
  const std::string line = "committed " + std::to_string(sequence) + " " + act.text() + "\n";
  if (write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::abort();
}

template <class Change>
Result<void> commit(Home& home, const journal::Draft& draft, Change change) {
  SHOMEI_TRY(auto transaction, home.spine.begin());
  SHOMEI_CHECK(change(transaction.rows()));
  SHOMEI_TRY(const auto sequence, transaction.append(draft));
  SHOMEI_CHECK(transaction.commit());
  acknowledge(sequence, draft.act);
  return {};
}

// Counted, not random: were a reserved number forgotten, it would be given out again.
Result<pki::SerialNumber> next_serial(Home& home) {
  SHOMEI_TRY(auto rows, home.spine.read());
  SHOMEI_TRY(const auto known, rows->certificates_of(*ResidentId::parse("resident-one")));
  Bytes number;
  append_u32(number, 0x10000000U + static_cast<std::uint32_t>(known.size()));
  return pki::SerialNumber::of_magnitude(number);
}

Result<void> add_authority(Home& home) {
  SHOMEI_TRY(auto rows, home.spine.read());
  SHOMEI_TRY(const auto size, rows->journal_size());
  rows.reset();
  if (size > 0) return {};
  return commit(home, home.authority.added(crypto::ordered_identifier<ActId>()),
                [](journal::Rows&) { return Result<void>{}; });
}

Result<void> issue_one(Home& home) {
  const auto act = crypto::ordered_identifier<ActId>();
  const auto& authority = home.authority;
  SHOMEI_TRY(const auto serial, next_serial(home));
  SHOMEI_CHECK(commit(home, authority.intent(act, serial),
                      [&](journal::Rows& rows) { return authority.reserve(rows, act, serial); }));
  const auto certificate = authority.sign(serial);
  SHOMEI_CHECK(commit(home, authority.result(act, certificate),
                      [&](journal::Rows& rows) { return authority.issue(rows, act, certificate); }));
  return commit(home, {.act = act, .phase = journal::Phase::confirmation},
                [&](journal::Rows& rows) { return authority.deliver(rows, act, certificate); });
}

Result<void> write_acts(Home& home, int acts) {
  SHOMEI_CHECK(add_authority(home));
  for (int i = 0; i < acts; ++i) SHOMEI_CHECK(issue_one(home));
  return {};
}

int complain(const std::string& what) {
  std::cout << what << "\n";
  return 1;
}

// Each acknowledged sequence number still belongs to the act that was told so.
int check_acknowledged(journal::Rows& rows, const fs::path& log) {
  std::ifstream lines(log);
  std::string word, act;
  std::uint64_t sequence = 0;
  while (lines >> word >> sequence >> act) {
    const auto entry = rows.find_entry(sequence).value();
    if (!entry || entry->entry.act.text() != act)
      return complain("entry " + std::to_string(sequence) + " of " + act + " was committed and is lost");
  }
  return 0;
}

// Rows and journal were changed together or not at all.
int check_rows(journal::Rows& rows, const journal::VerifyReport& report) {
  const auto certificates = rows.certificates_of(*ResidentId::parse("resident-one")).value();
  std::uint64_t signed_ones = 0;
  for (const auto& certificate : certificates)
    if (!certificate.der.empty()) ++signed_ones;
  if (signed_ones != report.certificates) return complain("rows and journal tell of different certificates");
  return 0;
}

int check(const fs::path& path, const fs::path& log) {
  Home home(path);
  const auto verify = [&](journal::Rows& rows) {
    const auto key = journal::encode_verifier_key(kOrigin, home.signer->public_key());
    return journal::verify_journal(rows, {*journal::parse_verifier_key(key), {}}).value();
  };
  auto rows = std::move(home.spine.read().value());
  const auto report = verify(*rows);
  for (const auto& finding : report.findings) std::cout << finding.code << ": " << finding.detail << "\n";
  if (!report.holds()) return 1;
  if (check_acknowledged(*rows, log) || check_rows(*rows, report)) return 1;
  rows.reset();
  // Life goes on.
  if (!write_acts(home, 1)) return complain("nothing can be written any more");
  rows = std::move(home.spine.read().value());
  return verify(*rows).holds() ? 0 : complain("what was written afterwards does not hold");
}

int run(int argc, char** argv) {
  const std::string verb = argc > 2 ? argv[1] : "";
  if (verb == "prepare") {
    fs::create_directories(argv[2]);
    write_key(fs::path(argv[2]) / "checkpoint.key", crypto::KeyType::ed25519);
    write_key(fs::path(argv[2]) / "authority.key", crypto::KeyType::ec_p256);
    return 0;
  }
  if (verb == "write" && argc == 4) {
    Home home(argv[2]);
    const auto written = write_acts(home, std::atoi(argv[3]));
    return written ? 0 : complain(std::string(written.error().code));
  }
  if (verb == "check" && argc == 4) return check(argv[2], argv[3]);
  return 2;
}

}  // namespace
}  // namespace shomei::test

int main(int argc, char** argv) {
  return shomei::test::run(argc, argv);
}
