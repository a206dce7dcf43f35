// A journal whose certificates are rows and entries alone, moved by hand: what lists say of them needs no
// key.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "authority/ceremony.h"
#include "authority/standing_lists.h"
#include "crypto/private_key.h"
#include "crypto/random.h"
#include "store/memory/engine.h"
#include "store/sqlite/engine.h"
#include "tests/support/small_authority.h"

namespace shomei::test {

using authority::Authority;
using authority::Municipality;
using authority::StandingLists;
using journal::CertificateRecord;
using journal::CertificateState;
using journal::ListName;
using pki::RevocationReason;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

inline const std::string kName = "user_authentication-1";
inline const std::vector<Municipality> kPlaces{{"13225", "Tokyo-to", "Inagi-shi"},
                                               {"14104", "Kanagawa-ken", "Yokohama-shi-Naka-ku"}};

class StandingClock final : public Clock {
 public:
  InstantMs now_ms() const override { return InstantMs{at}; }
  Instant at = *parse_instant("2026-11-22T00:00:00Z");
};

struct InMemory {
  store::MemoryStore store;
  std::unique_ptr<journal::Engine> engine = std::make_unique<store::MemoryEngine>(store);
};
struct InSqlite {
  TemporaryFolder folder;
  std::unique_ptr<journal::Engine> engine =
      store::SqliteEngine::open(folder.path() / "store.sqlite", store::OpenMode::create).value();
};

template <class Store>
class Lists : public testing::Test {
 public:
  Lists() { profile_.authority_key = crypto::KeyType::ec_p256; }

  Authority found(std::uint32_t generation = 1) {
    const auto record = *authority::found_authority(profile_, pki::CertificateKind::user_authentication,
                                                    generation, *signer_, journal_);
    return *Authority::open(record, *signer_);
  }
  StandingLists lists(authority::CrlSettings settings = {}) {
    return StandingLists(journal_, settings, places());
  }
  authority::ListPlaces places() const { return {profile_, kPlaces}; }

  void put(const std::function<void(journal::Transaction&, journal::Draft&)>& change) {
    auto transaction = *journal_.begin();
    journal::Draft draft{.act = crypto::ordered_identifier<ActId>()};
    change(transaction, draft);
    ASSERT_TRUE(transaction.append(draft));
    ASSERT_TRUE(transaction.commit());
  }
  // As it will be when it has been issued.
  CertificateRecord record(const std::string& partition, days lasts = days{365},
                           std::optional<pki::SerialNumber> serial = {}) {
    CertificateRecord record{.serial_space = "one", .authority = kName};
    record.kind = pki::CertificateKind::user_authentication;
    record.serial = serial ? *serial : pki::SerialNumber::of_magnitude(serial_bytes()).value();
    record.resident = crypto::random_identifier<ResidentId>();
    record.card = crypto::random_identifier<CardId>();
    record.office = *OfficeId::parse("office-1");
    record.partition = partition;
    record.act = crypto::ordered_identifier<ActId>();
    record.not_before = clock_.now();
    record.not_after = clock_.now() + lasts;
    record.state = CertificateState::valid;
    record.der = Bytes{1};
    return record;
  }
  CertificateRecord issue(const std::string& partition, days lasts = days{365},
                          std::optional<pki::SerialNumber> serial = {}) {
    const auto record = this->record(partition, lasts, serial);
    put([&](auto& transaction, auto& draft) {
      ASSERT_TRUE(transaction.rows().insert(record));
      draft.status = {journal::CertificateIssued{
          kName, record.serial, record.not_before, record.not_after, partition, {}}};
    });
    return record;
  }
  void move(CertificateRecord& record, CertificateState to, std::optional<RevocationReason> reason) {
    const auto before = std::exchange(record.state, to);
    record.revoked_at = to == CertificateState::valid ? std::nullopt : std::optional(clock_.now());
    record.reason = reason;
    put([&](auto& transaction, auto& draft) {
      ASSERT_TRUE(transaction.rows().update(record, before));
      if (to == CertificateState::revoked)
        draft.status = {journal::CertificateRevoked{kName, record.serial, clock_.now(), *reason, {}}};
      else if (to == CertificateState::suspended)
        draft.status = {journal::CertificateSuspended{kName, record.serial, clock_.now()}};
      else
        draft.status = {journal::CertificateRestored{kName, record.serial, clock_.now()}};
    });
  }
  void revoke(CertificateRecord& record, RevocationReason reason = RevocationReason::key_compromise) {
    move(record, CertificateState::revoked, reason);
  }
  void suspend(CertificateRecord& record) {
    move(record, CertificateState::suspended, RevocationReason::certificate_hold);
  }
  void restore(CertificateRecord& record) { move(record, CertificateState::valid, std::nullopt); }

  std::optional<journal::CrlRecord> stands(const std::string& name) {
    return *(*engine().begin(journal::Access::read))->latest_crl(name);
  }
  std::uint64_t number(const std::string& name) {
    const auto list = stands(name);
    return list ? list->number : 0;
  }
  std::vector<std::uint64_t> numbers() {
    return {number(kName), number(kName + "/13225"), number(kName + "/14104")};
  }
  pki::Crl complete(const std::string& name) { return pki::parse_crl(stands(name)->der).value(); }
  pki::Crl delta(const std::string& name) {
    return pki::parse_delta_crl(stands(name + "/delta")->der).value();
  }
  journal::Engine& engine() { return *store_.engine; }

  Bytes serial_bytes() {
    Bytes bytes(1 + random_() % 8);  // of several lengths: lists are in the order of numbers
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random_());
    bytes.front() |= 1;
    append_u64(bytes, ++serials_);
    return bytes;
  }

 protected:
  Store store_;
  StandingClock clock_;
  authority::Profile profile_;
  std::unique_ptr<crypto::Signer> signer_ =
      crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ec_p256));
  std::unique_ptr<crypto::Signer> checkpoint_signer_ =
      crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519));
  journal::Journal journal_{*store_.engine, *checkpoint_signer_, clock_, "lists.example"};
  std::mt19937 random_{7};
  std::uint64_t serials_ = 0;
};

}  // namespace shomei::test
