// Makes a store of many certificates with their rows and entries, for measuring copies:
//   make_store STORE CERTIFICATES
// Each has a resident, a card, a request, and an act of three entries; every tenth is revoked. Prints the
// verifier key.
#include <cstdio>
#include <cstdlib>

#include "crypto/random.h"
#include "journal/checkpoint.h"
#include "store/sqlite/engine.h"
#include "tests/support/small_authority.h"

using namespace shomei;

namespace {

constexpr std::uint64_t kActsTogether = 1000;
constexpr std::string_view kOrigin = "shomei.demo/journal";

template <class Id>
Id numbered(std::string_view what, std::uint64_t number) {
  return *Id::parse(std::string(what) + "-" + std::to_string(10'000'000'000 + number));
}

pki::SerialNumber random_serial() {
  auto magnitude = crypto::random_bytes(8);
  magnitude.front() = static_cast<std::uint8_t>(magnitude.front() | 0x40U);
  return *pki::SerialNumber::of_magnitude(magnitude);
}

residents::Resident resident_of(std::uint64_t number) {
  residents::Resident r;
  r.id = numbered<ResidentId>("resident", number);
  r.name = "見本\u3000" + std::to_string(number);
  r.address = "東京都千代田区見本町1番地";
  r.born = *parse_date("1990-02-28");
  r.municipality = "13101";
  return r;
}

Result<void> issue(journal::Transaction& transaction, const test::SmallAuthority& authority,
                   std::uint64_t number, Instant now) {
  const auto act = numbered<ActId>("issue", number);
  const auto person = resident_of(number);
  auto& rows = transaction.rows();
  SHOMEI_CHECK(rows.insert(person));
  SHOMEI_CHECK(rows.insert(
      residents::CardRecord{numbered<CardId>("card", number), person.id, {}, *parse_date("2036-02-28"), {}}));
  SHOMEI_CHECK(
      rows.insert(journal::RequestRecord{numbered<RequestId>("request", number), act, {}, Bytes(200, 1)}));
  journal::CertificateRecord c;
  c.serial_space = "C=JP, O=MANY";
  c.authority = authority.name();
  c.serial = random_serial();
  c.resident = person.id;
  c.card = numbered<CardId>("card", number);
  c.office = numbered<OfficeId>("office", number % 50);
  c.partition = "13101";
  c.act = act;
  c.not_before = now;
  c.not_after = now + std::chrono::hours{24 * 365};
  c.delivered = true;
  c.state = number % 10 == 0 ? journal::CertificateState::revoked : journal::CertificateState::valid;
  const auto certificate = authority.sign(c.serial);
  c.key = crypto::sha256(c.serial.magnitude());  // all would have the same
  c.der = certificate.der;
  SHOMEI_CHECK(rows.insert(c));
  SHOMEI_CHECK(transaction.append(authority.intent(act, c.serial)));
  SHOMEI_CHECK(transaction.append(authority.result(act, certificate)));
  SHOMEI_CHECK(transaction.append({.act = act, .phase = journal::Phase::confirmation, .about = person.id}));
  return {};
}

Result<void> write(const journal::Journal& spine, std::uint64_t certificates) {
  const test::SmallAuthority authority("signature-1", "Many",
                                       crypto::PrivateKey::generate(crypto::KeyType::ec_p256));
  SHOMEI_CHECK(test::append(spine, authority.added(numbered<ActId>("ceremony", 0))));
  for (std::uint64_t number = 0; number < certificates;) {
    SHOMEI_TRY(auto transaction, spine.begin());
    for (std::uint64_t i = 0; i < kActsTogether && number < certificates; ++i)
      SHOMEI_CHECK(issue(transaction, authority, number++, spine.clock().now()));
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
