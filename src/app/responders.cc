#include "app/responders.h"

#include <algorithm>

#include "authority/ceremony.h"
#include "files/file.h"

namespace shomei::app {
namespace {

constexpr std::chrono::hours kLookPause{1};
constexpr std::size_t kCertificateFileBytesMax = 64 * 1024;

}  // namespace

bool responder_stands(const Term& certificate, Instant authority_ends, Instant now) {
  if (now < certificate.not_before || certificate.not_after < now) return false;
  const auto third = (certificate.not_after - certificate.not_before) / 3;
  return now + third < certificate.not_after || certificate.not_after >= authority_ends;
}

bool Responders::stands(const One& one, const pki::Certificate& certificate) const {
  return responder_stands({certificate.tbs.not_before, certificate.tbs.not_after}, one.authority_ends,
                          clock_.now()) &&
         certificate.tbs.key == one.signer().public_key();
}

Result<std::optional<pki::Certificate>> Responders::published(const One& one) const {
  const auto text =
      files::read_file(home_.layout().responder_certificate(one.authority), kCertificateFileBytesMax);
  if (!text) return std::optional<pki::Certificate>{};  // lost: a new one takes its place
  SHOMEI_TRY(const auto der, pki::from_pem("CERTIFICATE", to_text(*text)));
  SHOMEI_TRY(auto certificate, pki::parse_certificate(der));
  return std::optional{std::move(certificate)};
}

// For who makes none: what stands in public/ by now, if it is for the key and holds.
Result<void> Responders::look_at_published(One& one) {
  SHOMEI_TRY(auto certificate, published(one));
  const Instant now = clock_.now();
  if (!certificate || certificate->tbs.key != one.signer().public_key() ||
      now < certificate->tbs.not_before || certificate->tbs.not_after < now)
    return refused("responder_not_certified", {{"authority", one.authority}});
  if (one.certificate && one.certificate->der == certificate->der) return {};
  return use(one, *std::move(certificate));
}

Result<pki::Certificate> Responders::publish_new(const One& one) {
  SHOMEI_TRY(const auto* authority, home_.authority(one.authority));
  SHOMEI_TRY(auto certificate,
             authority::appoint_responder(*authority, one.signer().public_key(), clock_.now(),
                                          home_.settings().keys.responder_validity));
  SHOMEI_CHECK(files::replace_file(home_.layout().responder_certificate(one.authority),
                                   view(pki::to_pem("CERTIFICATE", certificate.der)), files::kReadableByAll));
  return certificate;
}

Result<void> Responders::use(One& one, pki::Certificate certificate) {
  SHOMEI_CHECK(appoint_(one.authority, one.signer(), certificate));
  one.certificate = std::move(certificate);
  return {};
}

Result<bool> Responders::take_latest_key(One& one) {
  SHOMEI_TRY(const auto latest, home_.keys().latest_responder(one.authority));
  if (latest == one.key_number && latest > 0) return false;
  const auto name = home::responder_key_name(one.authority, std::max(latest, 1U));
  SHOMEI_TRY(auto signer, home_.keys().open(home::KeyUse::responders, name));
  one.signers.push_back(std::move(signer));
  one.key_number = latest;
  return true;
}

Result<void> Responders::appoint(const journal::AuthorityRecord& record) {
  SHOMEI_TRY(const auto authority, pki::parse_certificate(record.certificate));
  One one{record.name, authority.tbs.not_after, {}, 0, std::nullopt};
  SHOMEI_CHECK(take_latest_key(one));
  if (renews_ == Renews::no) {
    SHOMEI_CHECK(look_at_published(one));
    all_.push_back(std::move(one));
    return {};
  }
  SHOMEI_TRY(auto certificate, published(one));
  if (!certificate || !stands(one, *certificate)) {
    SHOMEI_TRY(certificate, publish_new(one));
  }
  SHOMEI_CHECK(use(one, *std::move(certificate)));
  all_.push_back(std::move(one));
  return {};
}

Result<void> Responders::appoint_all() {
  SHOMEI_CHECK(appoint_new());
  looked_at_ = clock_.now();
  return {};
}

Result<void> Responders::appoint_new() {
  SHOMEI_TRY(auto rows, home_.rows());
  SHOMEI_TRY(const auto records, rows->list_authorities());
  rows.reset();
  for (const auto& record : records)
    if (std::ranges::find(all_, record.name, &One::authority) == all_.end()) SHOMEI_CHECK(appoint(record));
  return {};
}

Result<void> Responders::renew() {
  const Instant now = clock_.now();
  if (looked_at_ <= now && now < looked_at_ + kLookPause) return {};
  looked_at_ = now;
  SHOMEI_CHECK(appoint_new());
  for (auto& one : all_) {
    SHOMEI_CHECK(take_latest_key(one));
    if (renews_ == Renews::no) {
      SHOMEI_CHECK(look_at_published(one));
      continue;
    }
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
