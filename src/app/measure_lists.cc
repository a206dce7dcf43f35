#include "app/measure_lists.h"

#include <malloc.h>
#include <unistd.h>

#include <ctime>
#include <fstream>
#include <functional>
#include <random>

#include "app/synthetic_states.h"
#include "authority/ceremony.h"
#include "authority/revoked_certificates.h"
#include "authority/sign_list.h"
#include "crypto/private_key.h"
#include "files/file.h"
#include "store/sqlite/engine.h"

namespace shomei::app {
namespace {

using authority::ListContent;
using authority::RevokedCertificates;
using journal::CertificateRecord;
using pki::RevocationReason;
using Steady = std::chrono::steady_clock;

const std::string kAuthority = "signature-1";
const Instant kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 27}};
constexpr std::chrono::hours kListLives{24};
constexpr std::size_t kSerialBytesMin = 16, kSerialBytesMax = 20;
constexpr std::uint64_t kFirstCode = 10'000;

double since(Steady::time_point begun) {
  return std::chrono::duration<double>(Steady::now() - begun).count();
}

double core_seconds() {
  timespec spent{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  return static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) / 1e9;
}

// A line of /proc/self/status in bytes: VmRSS, or VmHWM, its highest since forget_peak().
double memory(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (double kib = 0; word == name + ":" && status >> kib) return kib * 1024;
  return 0;
}

void forget_peak() {
  ::malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << 5;
}

// The revoked certificate of a place: serial numbers of 16 to 20 bytes that rise with their places.
class SyntheticRevoked {
 public:
  explicit SyntheticRevoked(const ListsWanted& wanted)
      : count_(wanted.entries), partitions_(wanted.partitions) {}

  CertificateRecord at(std::uint64_t place) const {
    CertificateRecord row{.authority = kAuthority};
    row.kind = pki::CertificateKind::signature;
    row.serial = serial(place);
    const auto random = mixed(place ^ 0xC0FFEE);
    row.partition = std::to_string(kFirstCode + random % partitions_);
    row.revoked_at = kNow - std::chrono::seconds(random % 150'000'000);
    row.not_before = *row.revoked_at;
    row.not_after = kNow + std::chrono::hours{24 * (1 + (random >> 32) % 1'800)};
    constexpr RevocationReason kReasons[] = {
        RevocationReason::key_compromise,   RevocationReason::affiliation_changed,
        RevocationReason::superseded,       RevocationReason::cessation_of_operation,
        RevocationReason::certificate_hold, RevocationReason::unspecified};
    row.reason = kReasons[(random >> 24) % std::size(kReasons)];
    const bool held = row.reason == RevocationReason::certificate_hold;
    row.state = held ? journal::CertificateState::suspended : journal::CertificateState::revoked;
    return row;
  }

 private:
  pki::SerialNumber serial(std::uint64_t place) const {
    constexpr std::size_t kLengths = kSerialBytesMax - kSerialBytesMin + 1;
    const auto of_a_length = count_ / kLengths + 1;
    const auto step = (std::uint64_t{1} << 62) / of_a_length;
    Bytes bytes;  // below 2^127 of each length, so that 20 bytes are 20 bytes in DER
    append_u64(bytes, (std::uint64_t{1} << 62) + place % of_a_length * step + mixed(place) % step);
    for (std::uint64_t i = 1; bytes.size() < kSerialBytesMin + place / of_a_length; ++i)
      append_u64(bytes, mixed(place + i * 0x9E3779B97F4A7C15));
    bytes.resize(kSerialBytesMin + place / of_a_length);
    return pki::SerialNumber::of_magnitude(bytes).value();
  }

  std::uint64_t count_, partitions_;
};

class Bench {
 public:
  Bench(const ListsWanted& wanted, std::unique_ptr<crypto::Signer> signer, authority::Authority authority,
        std::unique_ptr<journal::Engine> engine)
      : wanted_(wanted),
        source_(wanted),
        signer_(std::move(signer)),
        authority_(std::move(authority)),
        engine_(std::move(engine)) {}

  Result<ListsMeasurement> measure() {
    ListsMeasurement found;
    take_all_in(found);
    std::array<Samples, 3> of{Samples{"whole"}, Samples{"delta"}, Samples{"partition"}};
    for (std::uint64_t run = 0; run < wanted_.runs; ++run) SHOMEI_CHECK(once(of));
    for (auto& samples : of)
      found.lists.push_back({samples.what, samples.entries, samples.bytes, spread_of(samples.seconds),
                             spread_of(samples.core_seconds), spread_of(samples.peak),
                             spread_of(samples.store_seconds)});
    return found;
  }

 private:
  struct Samples {
    std::string what;
    std::uint64_t entries = 0, bytes = 0;
    std::vector<double> seconds = {}, core_seconds = {}, peak = {}, store_seconds = {};
  };

  void take_all_in(ListsMeasurement& found) {
    std::vector<std::uint32_t> order;
    if (wanted_.scattered) {
      order.resize(wanted_.entries);
      for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
      std::ranges::shuffle(order, std::mt19937_64{std::random_device{}()});
    }
    forget_peak();
    const double before = memory("VmRSS");
    const auto begun = Steady::now();
    for (std::uint64_t i = 0; i < wanted_.entries; ++i)
      wanted_.scattered ? revoked_.changed(source_.at(order[i])) : revoked_.loaded(source_.at(i), kNow);
    found.take_in_seconds = since(begun);
    if (wanted_.scattered) forget_changes();
    forget_peak();
    found.bytes_per_entry = (memory("VmRSS") - before) / static_cast<double>(wanted_.entries);
  }

  // As when the lists have been published, and all older ones are out of date.
  void forget_changes() {
    for (const auto& partition : revoked_.partitions(kAuthority)) {
      auto& content = revoked_.content(kAuthority, partition);
      content.forget_changes_until(content.revision());
    }
    whole().forget_changes_until(whole().revision());
  }

  ListContent& whole() { return revoked_.content(kAuthority, ""); }

  Result<void> once(std::array<Samples, 3>& of) {
    const auto base = whole().revision();
    CertificateRecord row;
    for (std::uint64_t i = 0; i < wanted_.changes; ++i) {
      row = source_.at(random_() % wanted_.entries);
      row.reason = RevocationReason::key_compromise;
      row.state = journal::CertificateState::revoked;
      row.revoked_at = kNow + std::chrono::seconds(++number_);
      revoked_.changed(row);
    }
    auto& partition = revoked_.content(kAuthority, row.partition);
    SHOMEI_CHECK(make(of[0], whole().size(), [&] { return sign_whole(whole(), {}); }));
    SHOMEI_CHECK(make(of[1], wanted_.changes, [&] { return sign_delta(base); }));
    SHOMEI_CHECK(make(of[2], partition.size(), [&] { return sign_whole(partition, row.partition); }));
    forget_changes();
    return {};
  }

  pki::CrlHead head_of(const std::string& partition) {
    pki::CrlHead head;
    head.algorithm = authority_.list_signer().algorithm();
    head.issuer_name_der = authority_.subject().der();
    head.this_update = kNow;
    head.next_update = kNow + kListLives;
    head.authority_key = authority::authority_key_of(authority_);
    head.number = pki::crl_number(++number_);
    head.freshest_name_der = head.issuer_name_der;
    if (partition.empty()) return head;
    const auto name =
        authority::distribution_point_name({}, authority_.kind(), {partition, "Measured", "Nowhere-shi"});
    head.scope = pki::CrlScope{pki::CrlScope::Of::users, name.der()};
    head.freshest_name_der = name.der();
    return head;
  }

  Result<Bytes> sign_whole(ListContent& content, const std::string& partition) {
    return authority::sign_complete_list(authority_, head_of(partition), content);
  }

  Result<Bytes> sign_delta(std::uint64_t base) {
    auto head = head_of({});
    head.freshest_name_der.reset();
    head.delta_base = pki::crl_number(1);
    return authority::sign_delta_list(authority_, head, whole(), base);
  }

  Result<void> make(Samples& samples, std::size_t entries, const std::function<Result<Bytes>()>& sign) {
    forget_peak();
    const double before = memory("VmRSS");
    const auto begun = Steady::now();
    const auto core_begun = core_seconds();
    SHOMEI_TRY(auto der, sign());
    samples.core_seconds.push_back(core_seconds() - core_begun);
    samples.seconds.push_back(since(begun));
    samples.peak.push_back(memory("VmHWM") - before);
    samples.entries = entries;
    samples.bytes = der.size();
    if (!wanted_.out.empty()) SHOMEI_CHECK(files::write_output(wanted_.out / (samples.what + ".crl"), der));
    const auto stored = Steady::now();
    SHOMEI_CHECK(put({samples.what, number_, kNow, kNow + kListLives, std::move(der)}));
    samples.store_seconds.push_back(since(stored));
    return {};
  }

  Result<void> put(const journal::CrlRecord& record) {
    crypto::sha256(record.der);
    SHOMEI_TRY(const auto rows, engine_->begin(journal::Access::write));
    SHOMEI_CHECK(rows->insert(record));
    return rows->commit();
  }

  const ListsWanted wanted_;
  SyntheticRevoked source_;
  std::unique_ptr<crypto::Signer> signer_;
  authority::Authority authority_;
  std::unique_ptr<journal::Engine> engine_;
  RevokedCertificates revoked_{kListLives};
  std::mt19937_64 random_{std::random_device{}()};
  std::uint64_t number_ = 1;
};

class TemporaryStore {
 public:
  TemporaryStore() {
    std::string name = std::filesystem::temp_directory_path() / "shomei-lists-XXXXXX";
    if (::mkdtemp(name.data())) folder_ = name;
  }
  ~TemporaryStore() {
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
  }
  TemporaryStore(const TemporaryStore&) = delete;
  TemporaryStore& operator=(const TemporaryStore&) = delete;
  std::filesystem::path path() const { return folder_ / "store.sqlite"; }

 private:
  std::filesystem::path folder_;
};

}  // namespace

Result<ListsMeasurement> measure_lists(const ListsWanted& wanted) {
  const TemporaryStore store;
  SHOMEI_TRY(auto engine, store::SqliteEngine::open(store.path(), store::OpenMode::create));
  auto signer = crypto::software_signer(crypto::PrivateKey::generate(wanted.key));
  const authority::Profile profile{.authority_key = wanted.key};
  SHOMEI_TRY(const auto certificate, authority::make_authority_certificate(
                                         profile, pki::CertificateKind::signature,
                                         pki::SerialNumber::parse_hex("01").value(), *signer, kNow));
  if (!wanted.out.empty())
    SHOMEI_CHECK(
        files::write_output(wanted.out / "authority.pem", view(pki::to_pem("CERTIFICATE", certificate.der))));
  journal::AuthorityRecord record{.name = kAuthority};
  record.kind = pki::CertificateKind::signature;
  record.certificate = certificate.der;
  SHOMEI_TRY(auto opened, authority::Authority::open(record, *signer));
  return Bench(wanted, std::move(signer), std::move(opened), std::move(engine)).measure();
}

}  // namespace shomei::app
