#include "status/respond.h"

#include <algorithm>
#include <mutex>

namespace shomei::status {
namespace {

pki::CertificateStatus status_of(const std::optional<Standing>& standing) {
  if (!standing) return pki::Unknown{};
  if (standing->state == State::valid) return pki::Good{};
  return pki::Revoked{standing->changed_at, standing->reason};
}

// Strangers choose how many they ask about; answers about many are large, and nobody asks the same twice.
constexpr std::size_t kKeptSinglesMax = 8;

std::string cache_key(const pki::OcspRequest& request) {
  std::string key;
  for (const auto& id : request.wanted) key += to_text(id.der);
  return key;
}

bool says_unknown(const Claim& claim) {
  return std::holds_alternative<pki::Unknown>(claim.status);
}

pki::OcspTrouble trouble_of(const Error& error) {
  switch (error.fault) {
    case Fault::malformed:
      return pki::OcspTrouble::malformed_request;
    case Fault::not_found:
    case Fault::refused:
      return pki::OcspTrouble::unauthorized;
    case Fault::unavailable:
      return pki::OcspTrouble::try_later;
    case Fault::conflict:
    case Fault::internal:
      break;
  }
  return pki::OcspTrouble::internal_error;
}

// Whatever a key or token says, the asker has done nothing wrong.
Error signer_trouble(Error error) {
  if (error.fault != Fault::unavailable) error.fault = Fault::internal;
  return error;
}

}  // namespace

Responder::Responder(const StatusList& list, const Clock& clock, ResponderSettings settings)
    : list_(list), clock_(clock), settings_(std::move(settings)), cache_(settings_.answers_max) {}

Result<void> Responder::set_delegate(std::string_view authority, crypto::Signer& signer,
                                     ByteView certificate_der) {
  const auto* known = list_.find_authority(authority);
  if (!known) return not_found("status_authority_unknown", {{"authority", std::string(authority)}});
  SHOMEI_TRY(auto delegate, check_delegate(*known, signer, certificate_der));
  const std::unique_lock lock(mutex_);
  std::erase_if(delegates_, [&](const auto& d) { return d->authority == known; });
  delegates_.push_back(std::make_shared<const Delegate>(std::move(delegate)));
  appointed_.fetch_add(1, std::memory_order_release);
  cache_.clear();
  return {};
}

Response Responder::respond(ByteView request_der) {
  auto response = answer(request_der);
  if (response) return *std::move(response);
  return {.answer = {},
          .unsigned_der = pki::encode_ocsp_trouble(trouble_of(response.error())),
          .cacheable = false,
          .repeat_before = {},
          .changes = 0,
          .repeated = false,
          .trouble = std::move(response).error()};
}

Result<Response> Responder::answer(ByteView request_der) {
  SHOMEI_TRY(const auto request, parse(request_der));
  // First what counts changes, then who signs, then the time, then the states: each is at least as new as
  // what was looked up before it says.
  Times times{.appointed = appointed_.load(std::memory_order_acquire)};
  times.changes = list_.changes() + times.appointed;
  SHOMEI_TRY(const auto delegate, delegate_for(request));
  SHOMEI_CHECK(tell_times(*delegate, times));
  auto claims = this->claims(*delegate->authority, request, times.produced_at);
  const auto key = request.nonce ? std::string{} : cache_key(request);
  if (!request.nonce) {
    auto kept = cache_.find(key);
    if (kept && may_repeat(*kept, claims, times)) {
      auto response = answered(std::move(kept), request, times);
      response.repeated = true;
      return response;
    }
  }
  SHOMEI_TRY(auto der, sign(*delegate, request, claims, times));
  auto fresh = std::make_shared<const SignedAnswer>(
      SignedAnswer{std::move(claims), std::move(der), times.this_update, times.next_update, times.appointed});
  if (!request.nonce && request.wanted.size() <= kKeptSinglesMax) cache_.insert(key, fresh);
  return answered(std::move(fresh), request, times);
}

Response Responder::answered(std::shared_ptr<const SignedAnswer> answer, const pki::OcspRequest& request,
                             const Times& times) const {
  Response response;
  response.cacheable = !request.nonce && std::ranges::none_of(answer->claims, says_unknown);
  if (!request.nonce) response.repeat_before = first_half_ends(*answer);
  response.changes = times.changes;
  response.answer = std::move(answer);
  return response;
}

Result<pki::OcspRequest> Responder::parse(ByteView request_der) const {
  SHOMEI_TRY(auto request, pki::parse_ocsp_request(request_der));
  if (request.nonce && request.nonce->size() > settings_.nonce_bytes_max)
    return malformed("ocsp_request_form", {{"what", "the nonce is longer than this service takes"}},
                     "RFC 9654 2.1");
  return request;
}

Result<std::shared_ptr<const Delegate>> Responder::delegate_for(const pki::OcspRequest& request) const {
  const Authority* asked = nullptr;
  for (const auto& id : request.wanted)
    if (asked = list_.find_authority(id); asked) break;
  if (!asked) return not_found("status_issuer_foreign", {}, "RFC 6960 2.3");
  return delegate_of(asked->name);
}

Result<std::shared_ptr<const Delegate>> Responder::delegate_of(std::string_view authority) const {
  const std::shared_lock lock(mutex_);
  const auto at = std::ranges::find(delegates_, authority,
                                    [](const auto& d) { return std::string_view(d->authority->name); });
  if (at == delegates_.end())
    return unavailable("status_delegate_missing", {{"authority", std::string(authority)}}, "RFC 6960 2.3");
  return *at;
}

bool Responder::hears(Instant now) const {
  const auto current_at = list_.current_at();
  return current_at && now <= *current_at + settings_.silence_max;
}

Result<void> Responder::tell_times(const Delegate& delegate, Times& times) const {
  auto told = tell_times_of_now(delegate, times);
  if (told || told.error().code != "status_list_old" || !list_.current_at()) return told;
  if (!settings_.look_again || !settings_.look_again()) return told;
  return tell_times_of_now(delegate, times);
}

Result<void> Responder::tell_times_of_now(const Delegate& delegate, Times& times) const {
  const Instant now = clock_.now();
  const auto current_at = list_.current_at();
  if (!current_at) return unavailable("status_list_old", {{"since", "-"}});
  if (now > *current_at + settings_.silence_max)
    return unavailable("status_list_old", {{"since", format_utc(*current_at)}});
  const auto& tbs = delegate.certificate.tbs;
  if (now < tbs.not_before || now > tbs.not_after)
    return unavailable("status_delegate_out_of_days", {{"authority", delegate.authority->name}});
  const Instant this_update = std::min(*current_at, now);
  // An answer does not outlive the certificate of its signer.
  const Instant next_update = std::min(this_update + settings_.validity, tbs.not_after);
  if (now >= next_update) return unavailable("status_list_old", {{"since", format_utc(this_update)}});
  times.produced_at = now;
  times.this_update = this_update;
  times.next_update = next_update;
  return {};
}

Claim Responder::claim(const Authority& authority, const pki::CertId& id, Instant now) const {
  if (list_.find_authority(id) != &authority) return {pki::Unknown{}, {}};
  const auto standing = list_.find(authority, id.serial);
  Claim claim{status_of(standing), {}};
  // States are kept since the authority's first day (RFC 6960 4.4.4).
  if (standing && standing->not_after < now) claim.archive_cutoff = authority.certificate.tbs.not_before;
  return claim;
}

std::vector<Claim> Responder::claims(const Authority& authority, const pki::OcspRequest& request,
                                     Instant now) const {
  std::vector<Claim> claims;
  claims.reserve(request.wanted.size());
  for (const auto& id : request.wanted) claims.push_back(claim(authority, id, now));
  return claims;
}

bool Responder::may_repeat(const SignedAnswer& answer, const std::vector<Claim>& claims,
                           const Times& times) const {
  if (answer.appointed != times.appointed || answer.claims != claims ||
      times.produced_at >= answer.next_update)
    return false;
  if (times.produced_at < answer.this_update) return false;  // the clock was set back
  // In its second half only if a new answer would be no younger.
  return times.produced_at < first_half_ends(answer) || times.this_update <= answer.this_update;
}

Instant Responder::first_half_ends(const SignedAnswer& answer) const {
  return std::min(answer.this_update + settings_.validity / 2, answer.next_update);
}

Result<Bytes> Responder::sign(const Delegate& delegate, const pki::OcspRequest& request,
                              const std::vector<Claim>& claims, const Times& times) const {
  pki::ResponseData data;
  data.responder = pki::ResponderByKey{to_bytes(delegate.signer->public_key().key_identifier())};
  data.produced_at = times.produced_at;
  data.nonce = request.nonce;
  for (std::size_t i = 0; i < claims.size(); ++i)
    data.singles.push_back({request.wanted[i], claims[i].status, times.this_update, times.next_update,
                            claims[i].archive_cutoff});
  const Bytes data_der = pki::encode_response_data(data);
  auto signature = delegate.signer->sign(data_der);
  if (!signature) return signer_trouble(std::move(signature).error());
  return pki::encode_ocsp_response(data_der, delegate.signer->algorithm(), *signature,
                                   delegate.certificate.der);
}

}  // namespace shomei::status
