#include "app/responders.h"

#include <algorithm>

#include "authority/ceremony.h"
#include "files/file.h"

namespace shomei::app {
namespace {

constexpr std::chrono::hours kLookPause{1};
constexpr std::chrono::seconds kRetryPause{30};
constexpr std::size_t kCertificateFileBytesMax = 64 * 1024;

}  // namespace

bool responder_stands(const Term& certificate, Instant authority_ends, Instant now) {
  if (now < certificate.not_before || certificate.not_after < now) return false;
  const auto third = (certificate.not_after - certificate.not_before) / 3;
  return now + third < certificate.not_after || certificate.not_after >= authority_ends;
}

bool Responders::holds(const One& one, const pki::Certificate& certificate) const {
  const Instant now = clock_.now();
  return certificate.tbs.not_before <= now && now <= certificate.tbs.not_after &&
         certificate.tbs.key == one.signer().public_key();
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
  if (!certificate || !holds(one, *certificate))
    return refused("responder_not_certified", {{"authority", one.authority}});
  if (one.certificate && one.certificate->der == certificate->der) return {};
  return use(one, *std::move(certificate));
}

// At the start the one of the home is used while it holds, so that whose authority's key is away answers
// until it ends.
Result<void> Responders::certify(One& one) {
  if (!one.certificate) {
    SHOMEI_TRY(auto certificate, published(one));
    if (certificate && holds(one, *certificate)) SHOMEI_CHECK(use(one, *std::move(certificate)));
  }
  if (one.certificate && stands(one, *one.certificate)) return {};
  SHOMEI_TRY(auto certificate, publish_new(one));
  return use(one, std::move(certificate));
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

Result<void> Responders::take_latest_key(One& one) {
  SHOMEI_TRY(const auto latest, home_.keys().latest_responder(one.authority));
  if (latest == one.key_number && latest > 0) return {};
  const auto name = home::responder_key_name(one.authority, std::max(latest, 1U));
  SHOMEI_TRY(auto signer, home_.keys().open(home::KeyUse::responders, name));
  one.signers.push_back(std::move(signer));
  one.key_number = latest;
  return {};
}

// Where a newer key cannot be opened, the one before goes on.
Result<void> Responders::appoint(One& one) {
  auto taken = take_latest_key(one);
  if (one.signers.empty()) return taken;
  SHOMEI_CHECK(renews_ == Renews::yes ? certify(one) : look_at_published(one));
  return taken;
}

Result<void> Responders::look_after(One& one) {
  if (has_ended(one)) return {};
  auto tried = appoint(one);
  one.tried_at = clock_.now();
  if (report_)
    report_(one.authority, tried,
            is_certified(one) ? std::optional{one.certificate->tbs.not_after} : std::nullopt);
  return tried;
}

Result<void> Responders::take_in_new() {
  SHOMEI_TRY(auto rows, home_.rows());
  SHOMEI_TRY(const auto records, rows->list_authorities());
  rows.reset();
  for (const auto& record : records) {
    if (std::ranges::find(all_, record.name, &One::authority) != all_.end()) continue;
    SHOMEI_TRY(const auto authority, pki::parse_certificate(record.certificate));
    all_.push_back({.authority = record.name, .authority_ends = authority.tbs.not_after});
  }
  return {};
}

Result<void> Responders::appoint_all() {
  SHOMEI_CHECK(take_in_new());
  looked_at_ = clock_.now();
  Result<void> first;
  for (auto& one : all_)
    if (auto tried = look_after(one); !tried && first) first = std::move(tried);
  return authorities().empty() ? first : Result<void>{};
}

bool Responders::has_ended(const One& one) const {
  return one.authority_ends <= clock_.now();
}

bool Responders::is_certified(const One& one) const {
  return one.certificate && clock_.now() <= one.certificate->tbs.not_after;
}

bool Responders::waits(const One& one) const {
  const Instant now = clock_.now();
  if (is_certified(one) || has_ended(one)) return false;
  return !one.tried_at || now < *one.tried_at || *one.tried_at + kRetryPause <= now;
}

bool Responders::anyone_waits() const {
  return std::ranges::any_of(all_, [&](const One& one) { return waits(one); });
}

Result<void> Responders::appoint_new() {
  SHOMEI_CHECK(take_in_new());
  for (auto& one : all_)
    if (waits(one)) (void)look_after(one);
  return {};
}

Result<bool> Responders::renew() {
  const Instant now = clock_.now();
  if (looked_at_ <= now && now < looked_at_ + kLookPause) return false;
  looked_at_ = now;
  const auto taken_in = take_in_new();  // a store that is away keeps nobody from being renewed
  for (auto& one : all_) (void)look_after(one);
  if (!taken_in) return taken_in.error();
  return true;
}

std::vector<std::string> Responders::authorities() const {
  std::vector<std::string> names;
  for (const auto& one : all_)
    if (is_certified(one) && !has_ended(one)) names.push_back(one.authority);
  return names;
}

}  // namespace shomei::app
