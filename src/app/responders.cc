#include "app/responders.h"

#include "authority/ceremony.h"
#include "files/file.h"
#include "home/create.h"

namespace shomei::app {
namespace {

constexpr std::chrono::hours kLookPause{1};
constexpr std::size_t kCertificateFileBytesMax = 64 * 1024;

}  // namespace

bool responder_stands(const Term& certificate, Instant authority_ends, Instant now) {
  if (now < certificate.not_before || certificate.not_after < now) return false;
  return now + home::kResponderRenewal < certificate.not_after || certificate.not_after >= authority_ends;
}

bool Responders::stands(const One& one, const pki::Certificate& certificate) const {
  return responder_stands({certificate.tbs.not_before, certificate.tbs.not_after}, one.authority_ends,
                          clock_.now()) &&
         certificate.tbs.key == one.signer->public_key();
}

Result<std::optional<pki::Certificate>> Responders::published(const One& one) const {
  const auto text =
      files::read_file(home_.layout().responder_certificate(one.authority), kCertificateFileBytesMax);
  if (!text) return std::optional<pki::Certificate>{};  // lost: a new one takes its place
  SHOMEI_TRY(const auto der, pki::from_pem("CERTIFICATE", to_text(*text)));
  SHOMEI_TRY(auto certificate, pki::parse_certificate(der));
  return std::optional{std::move(certificate)};
}

Result<pki::Certificate> Responders::publish_new(const One& one) {
  SHOMEI_TRY(const auto* authority, home_.authority(one.authority));
  SHOMEI_TRY(auto certificate, authority::appoint_responder(*authority, one.signer->public_key(),
                                                            clock_.now(), home::kResponderValidity));
  SHOMEI_CHECK(files::replace_file(home_.layout().responder_certificate(one.authority),
                                   view(pki::to_pem("CERTIFICATE", certificate.der)), files::kReadableByAll));
  return certificate;
}

Result<void> Responders::use(One& one, pki::Certificate certificate) {
  SHOMEI_CHECK(appoint_(one.authority, *one.signer, certificate));
  one.certificate = std::move(certificate);
  return {};
}

Result<void> Responders::appoint_all() {
  SHOMEI_TRY(const auto rows, home_.rows());
  SHOMEI_TRY(const auto records, rows->list_authorities());
  for (const auto& record : records) {
    SHOMEI_TRY(const auto authority, pki::parse_certificate(record.certificate));
    SHOMEI_TRY(auto key, home_.keys().load(record.name + "-responder"));
    One one{record.name, authority.tbs.not_after, crypto::software_signer(std::move(key)), std::nullopt};
    SHOMEI_TRY(auto certificate, published(one));
    if (!certificate || !stands(one, *certificate)) {
      SHOMEI_TRY(certificate, publish_new(one));
    }
    SHOMEI_CHECK(use(one, *std::move(certificate)));
    all_.push_back(std::move(one));
  }
  looked_at_ = clock_.now();
  return {};
}

Result<void> Responders::renew() {
  const Instant now = clock_.now();
  if (looked_at_ <= now && now < looked_at_ + kLookPause) return {};
  looked_at_ = now;
  for (auto& one : all_) {
    if (stands(one, *one.certificate)) continue;
    SHOMEI_TRY(auto certificate, publish_new(one));
    SHOMEI_CHECK(use(one, std::move(certificate)));
  }
  return {};
}

std::vector<std::string> Responders::authorities() const {
  std::vector<std::string> names;
  for (const auto& one : all_) names.push_back(one.authority);
  return names;
}

}  // namespace shomei::app
