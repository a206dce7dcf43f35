#include "app/synthetic_states.h"

#include <chrono>

#include "pki/extension.h"
#include "pki/name.h"
#include "pki/signed_object.h"

namespace shomei::app {
namespace {

// The first number with eight bytes; those below it would make a second, small table.
constexpr std::uint64_t kFirst = std::uint64_t{1} << 56;
constexpr int kLastDays = 3'000, kPartitions = 1'900;

const Instant kFrom{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};

Bytes certify(const crypto::PrivateKey& by, const pki::Name& issuer, const pki::Name& subject,
              const crypto::PublicKey& key, std::vector<pki::Extension> extensions, std::uint64_t number) {
  const pki::TbsCertificate tbs{SyntheticNation::serial(number),
                                crypto::algorithm_of(by.type()),
                                issuer,
                                kFrom,
                                kFrom + std::chrono::years(30),
                                subject,
                                key,
                                std::move(extensions)};
  const Bytes der = pki::encode_tbs(tbs);
  return pki::assemble_signed(der, tbs.algorithm, *by.sign(der));
}

}  // namespace

std::uint64_t mixed(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
  return value ^ (value >> 31);
}

SyntheticNation::SyntheticNation(crypto::KeyType key, std::uint64_t certificates)
    : count_(certificates),
      step_((~std::uint64_t{0} - kFirst) / certificates),
      key_(crypto::PrivateKey::generate(key)) {
  const auto name = pki::Name()
                        .add(pki::NameAttribute::country, "JP")
                        .add(pki::NameAttribute::organization, "SHOMEI-BENCH")
                        .add(pki::NameAttribute::organizational_unit, "measured signatures");
  name_ = name.der();
  certificate_ = certify(key_, name, name, key_.public_key(),
                         {pki::key_usage({pki::KeyUsage::key_cert_sign, pki::KeyUsage::crl_sign}),
                          pki::basic_constraints_of_authority()},
                         1);
  auto responder = crypto::PrivateKey::generate(key);
  responder_certificate_ = certify(
      key_, name, pki::Name().add(pki::NameAttribute::common_name, "OCSP Responder"), responder.public_key(),
      {pki::key_usage({pki::KeyUsage::digital_signature}),
       pki::extended_key_usage(pki::ocsp_signing_purpose()), pki::ocsp_no_check()},
      2);
  responder_ = crypto::software_signer(std::move(responder));
}

std::uint64_t SyntheticNation::number(std::uint64_t place) const {
  return kFirst + place * step_ + mixed(place) % step_;
}

std::optional<std::uint64_t> SyntheticNation::place(std::uint64_t number) const {
  if (number < kFirst) return std::nullopt;
  const std::uint64_t place = (number - kFirst) / step_;
  if (place >= count_ || this->number(place) != number) return std::nullopt;
  return place;
}

pki::SerialNumber SyntheticNation::serial(std::uint64_t number) {
  Bytes bytes;
  append_u64(bytes, number);
  return *pki::SerialNumber::of_magnitude(bytes);
}

pki::CertId SyntheticNation::id(std::uint64_t number) const {
  return pki::make_cert_id(pki::CertId::Hash::sha1, name_, key_.public_key().key_bits(), serial(number));
}

status::ListContents SyntheticNation::contents() const {
  status::ListContents contents;
  contents.authorities.emplace_back("signature-1", certificate_);
  for (int day = 0; day < kLastDays; ++day)
    contents.last_days.push_back(kFrom + std::chrono::days(1000 + day) - std::chrono::seconds(1));
  for (int code = 0; code < kPartitions; ++code) contents.partitions.push_back(std::to_string(10'000 + code));
  status::SerialTableBuilder builder(0, 8, count_, kLastDays, kPartitions);
  Bytes bytes;
  for (std::uint64_t place = 0; place < count_; ++place) {
    const std::uint64_t random = mixed(~place);
    status::PackedRow row{.last_day = static_cast<std::uint32_t>(random % kLastDays),
                          .partition = static_cast<std::uint32_t>(random / kLastDays % kPartitions)};
    if (revoked(place)) {
      row.state = status::State::revoked;
      row.reason = 4;
      row.changed_at = kFrom + std::chrono::seconds(random % 20'000'000);
    }
    bytes.clear();
    append_u64(bytes, number(place));
    builder.add(bytes, row);
  }
  auto base = std::make_shared<status::Base>();
  base->tables.push_back(std::move(builder).finish());
  contents.base = std::move(base);
  return contents;
}

}  // namespace shomei::app
