#include "home/operations.h"

#include <algorithm>

#include "authority/authority.h"
#include "authority/serial.h"
#include "files/file.h"
#include "pki/request.h"

namespace shomei::home {
namespace {

using pki::KeyUsage;
using pki::NameAttribute;

constexpr int kAuthorityYears = 30;
constexpr int kOfficerYears = 1;
constexpr std::size_t kCertificateFileBytesMax = 64 * 1024;

pki::Name name_of(std::string_view organization, std::string_view common_name) {
  pki::Name name;
  name.add(NameAttribute::country, "JP");
  name.add(NameAttribute::organization, organization);
  name.add(NameAttribute::common_name, common_name);
  return name;
}

std::string organization_of(const pki::Name& name) {
  const auto values = name.values(NameAttribute::organization);
  return values.empty() ? std::string() : values.front();
}

Result<pki::Certificate> sign(const pki::TbsCertificate& tbs, crypto::Signer& signer) {
  return authority::sign_certificate(pki::encode_tbs(tbs), signer);
}

Instant end_of(Instant from, int years) {
  return last_second(add_days(add_years(jst_date(from), years), -1));
}

Result<pki::Certificate> make_certificate(crypto::Signer& signer, std::string_view organization,
                                          Instant now) {
  const auto name = name_of(organization, "Operations");
  const auto& key = signer.public_key();
  return sign({authority::serial_outside_the_space(),
               signer.algorithm(),
               name,
               now,
               end_of(now, kAuthorityYears),
               name,
               key,
               {pki::key_usage({KeyUsage::key_cert_sign, KeyUsage::crl_sign}),
                pki::basic_constraints_of_authority(), pki::subject_key_identifier(key)}},
              signer);
}

// A certificate without its key: the key was lost, and another one would make strangers of all officers.
Result<std::unique_ptr<crypto::Signer>> key_of(const Layout& layout, KeyStore& keys) {
  std::error_code failed;
  const bool was_made = std::filesystem::exists(layout.operations(), failed) || failed;
  if (was_made) return keys.open(kOperationsName);
  return keys.open_or_generate(kOperationsName, crypto::KeyType::ec_p256);
}

}  // namespace

Result<Operations> Operations::open(const Layout& layout, KeyStore& keys, std::string_view organization,
                                    Instant now) {
  SHOMEI_TRY(auto signer, key_of(layout, keys));
  const auto text = files::read_file(layout.operations(), kCertificateFileBytesMax);
  if (text) {
    SHOMEI_TRY(const auto der, pki::from_pem("CERTIFICATE", to_text(*text)));
    SHOMEI_TRY(auto certificate, pki::parse_certificate(der));
    return Operations(std::move(signer), std::move(certificate));
  }
  if (text.error().code != "file_missing") return text.error();
  SHOMEI_TRY(auto made, make_certificate(*signer, organization, now));
  SHOMEI_CHECK(files::replace_file(layout.operations(), view(pki::to_pem("CERTIFICATE", made.der)),
                                   files::kReadableByAll));
  return Operations(std::move(signer), std::move(made));
}

Result<pki::Certificate> Operations::certify(std::string_view officer, ByteView pkcs10, Instant now) const {
  SHOMEI_TRY(const auto key, pki::verify_plain_request(pkcs10));
  if (key.type() != crypto::KeyType::ec_p256 && key.type() != crypto::KeyType::ec_p384)
    return refused("officer_key_unfit", {{"type", std::string(crypto::name(key.type()))}});
  const auto& own = certificate_.tbs;
  const Instant from = std::max(now, own.not_before);
  return sign(
      {authority::serial_outside_the_space(),
       signer_->algorithm(),
       own.subject,
       from,
       std::min(end_of(from, kOfficerYears), own.not_after),
       name_of(organization_of(own.subject), officer),
       key,
       {pki::key_usage({KeyUsage::digital_signature}), pki::extended_key_usage(pki::client_auth_purpose()),
        pki::authority_key_identifier(own.key, own.issuer, own.serial), pki::subject_key_identifier(key)}},
      *signer_);
}

}  // namespace shomei::home
