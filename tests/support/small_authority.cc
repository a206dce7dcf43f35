#include "tests/support/small_authority.h"

#include "pki/signed_object.h"

namespace shomei::test {
namespace {

const Instant kFrom{std::chrono::seconds{1795305600}};
const Instant kTo{std::chrono::seconds{1953071999}};

}  // namespace

InstantMs SystemClock::now_ms() const {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "shomei-test-XXXXXX").string();
  path_ = mkdtemp(name.data());
}

TemporaryFolder::~TemporaryFolder() {
  std::filesystem::remove_all(path_);
}

SmallAuthority::SmallAuthority(std::string name, std::string issuer, crypto::PrivateKey key)
    : name_(std::move(name)), key_(std::move(key)) {
  issuer_.add(pki::NameAttribute::country, "JP").add(pki::NameAttribute::common_name, issuer);
  certificate_ = sign(*pki::SerialNumber::parse_hex("01")).der;
}

pki::Certificate SmallAuthority::sign(const pki::SerialNumber& serial) const {
  const auto algorithm = crypto::algorithm_of(key_.type());
  const pki::TbsCertificate tbs{
      serial, algorithm, issuer_,           kFrom,
      kTo,    issuer_,   key_.public_key(), {pki::key_usage({pki::KeyUsage::digital_signature})}};
  const Bytes tbs_der = pki::encode_tbs(tbs);
  return *pki::parse_certificate(pki::assemble_signed(tbs_der, algorithm, *key_.sign(tbs_der)));
}

journal::Draft SmallAuthority::added(const ActId& act) const {
  return {.act = act, .status = {journal::AuthorityAdded{name_, certificate_}}};
}

journal::Draft SmallAuthority::intent(const ActId& act, const pki::SerialNumber& serial) const {
  return {.act = act,
          .phase = journal::Phase::intent,
          .status = {journal::SerialReserved{name_, serial}},
          .person = {{"resident", to_bytes("resident-one")}},
          .officer = {{"act", to_bytes("issue")}}};
}

journal::Draft SmallAuthority::result(const ActId& act, const pki::Certificate& certificate) const {
  return {.act = act,
          .phase = journal::Phase::result,
          .status = {journal::CertificateIssued{name_, certificate.tbs.serial, kFrom, kTo, "13101",
                                                crypto::sha256(certificate.der)}},
          .person = {{std::string(journal::field::kCertificate), certificate.der}}};
}

journal::CertificateRecord SmallAuthority::record(const ActId& act, const pki::SerialNumber& serial) const {
  journal::CertificateRecord record;
  record.serial_space = to_hex(crypto::sha256(issuer_.der()));
  record.authority = name_;
  record.serial = serial;
  record.resident = *ResidentId::parse("resident-one");
  record.partition = "13101";
  record.act = act;
  record.not_before = kFrom;
  record.not_after = kTo;
  return record;
}

Result<void> SmallAuthority::reserve(journal::Rows& rows, const ActId& act,
                                     const pki::SerialNumber& serial) const {
  return rows.insert(record(act, serial));
}

Result<void> SmallAuthority::issue(journal::Rows& rows, const ActId& act,
                                   const pki::Certificate& certificate) const {
  auto row = record(act, certificate.tbs.serial);
  row.state = journal::CertificateState::valid;
  row.der = certificate.der;
  return rows.update(row, journal::CertificateState::reserved);
}

Result<void> SmallAuthority::deliver(journal::Rows& rows, const ActId& act,
                                     const pki::Certificate& certificate) const {
  auto row = record(act, certificate.tbs.serial);
  row.state = journal::CertificateState::valid;
  row.der = certificate.der;
  row.delivered = true;
  return rows.update(row, journal::CertificateState::valid);
}

Result<std::uint64_t> append(const journal::Journal& spine, const journal::Draft& draft) {
  SHOMEI_TRY(auto transaction, spine.begin());
  SHOMEI_TRY(const auto sequence, transaction.append(draft));
  SHOMEI_CHECK(transaction.commit());
  return sequence;
}

}  // namespace shomei::test
