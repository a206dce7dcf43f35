// Makes a store with a journal of many entries, as an authority writes them, for measuring:
//   make_journal STORE ENTRIES
// It adds an authority, then issues (intent, result with a real certificate, confirmation), every tenth one
// revoked. Prints the verifier key. All in transactions of a thousand acts.
#include <cstdio>
#include <cstdlib>

#include "journal/checkpoint.h"
#include "store/sqlite/engine.h"
#include "tests/support/small_authority.h"

using namespace shomei;

namespace {

constexpr std::uint64_t kActsTogether = 1000;
constexpr std::string_view kOrigin = "many.example";

pki::SerialNumber serial_of(std::uint64_t number) {
  Bytes magnitude{0x7A};
  append_u64(magnitude, number);
  return *pki::SerialNumber::of_magnitude(magnitude);
}

ActId act_of(std::string_view what, std::uint64_t number) {
  return *ActId::parse(std::string(what) + "-" + std::to_string(10'000'000'000 + number));
}

// Returns the journal's size after it.
Result<std::uint64_t> issue(journal::Transaction& transaction, const test::SmallAuthority& authority,
                            std::uint64_t number, Instant now) {
  const auto act = act_of("issue", number);
  const auto serial = serial_of(number);
  SHOMEI_CHECK(transaction.append(authority.intent(act, serial)));
  SHOMEI_CHECK(transaction.append(authority.result(act, authority.sign(serial))));
  SHOMEI_TRY(auto last, transaction.append({.act = act, .phase = journal::Phase::confirmation}));
  if (number % 10 == 0) {
    const journal::CertificateRevoked revoked{authority.name(), serial, now, {}, {}};
    SHOMEI_TRY(last, transaction.append({.act = act_of("revoke", number), .status = {revoked}}));
  }
  return last + 1;
}

Result<void> write(const journal::Journal& spine, std::uint64_t entries) {
  const test::SmallAuthority authority("signature-1", "Many",
                                       crypto::PrivateKey::generate(crypto::KeyType::ec_p256));
  SHOMEI_CHECK(test::append(spine, authority.added(act_of("ceremony", 0))));
  std::uint64_t number = 0;
  for (std::uint64_t size = 1; size < entries;) {
    SHOMEI_TRY(auto transaction, spine.begin());
    for (std::uint64_t i = 0; i < kActsTogether && size < entries; ++i) {
      SHOMEI_TRY(size, issue(transaction, authority, number++, spine.clock().now()));
    }
    SHOMEI_CHECK(transaction.commit());
  }
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const auto engine = store::SqliteEngine::open(argv[1], store::OpenMode::create);
  if (!engine) return 3;
  const auto signer = crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519));
  const test::SystemClock clock;
  const journal::Journal spine(**engine, *signer, clock, std::string(kOrigin));
  if (!write(spine, std::strtoull(argv[2], nullptr, 10))) return 1;
  std::puts(journal::encode_verifier_key(kOrigin, signer->public_key()).c_str());
  return 0;
}
