#include "services/access.h"

#include <algorithm>
#include <cstring>

#include "crypto/random.h"
#include "services/problem.h"

namespace shomei::services {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::size_t kTokenBytesMax = 256;
// Of strangers' addresses; when there are more, all begin anew.
constexpr std::size_t kAddressesMax = 100'000;

// What tells about certificates; the journal's tiles, the checkpoint and how fresh answers are tell of none.
constexpr std::string_view kGuarded[] = {"/ocsp", "/crl/", "/status", "/filter"};

// What is for a verifier alone is not for a cache that others ask.
void make_private(http::Response& response) {
  constexpr std::string_view kPublic = "public";
  for (auto& field : response.headers) {
    if (!http::same_name(field.name, "Cache-Control")) continue;
    if (const auto at = field.value.find(kPublic); at != std::string::npos)
      field.value.replace(at, kPublic.size(), "private");
  }
}

bool is_guarded(std::string_view path) {
  return path == "/" || std::ranges::any_of(kGuarded, [&](auto prefix) { return path.starts_with(prefix); });
}

}  // namespace

std::size_t Access::Digest::operator()(const crypto::Sha256& digest) const {
  std::size_t value = 0;
  std::memcpy(&value, digest.data(), sizeof value);
  return value;
}

Access::Access(AccessRules rules)
    : free_(!rules.registered_only && rules.requests_per_second == 0 && rules.verifiers.empty()),
      registered_only_(rules.registered_only),
      requests_per_second_(rules.requests_per_second),
      own_token_(crypto::random_identifier_text()),
      own_digest_(crypto::sha256(view(own_token_))) {
  for (auto& verifier : rules.verifiers) {
    Known& known = known_.emplace_back();
    known.verifier = std::move(verifier);
    if (known.verifier.token) by_token_.emplace(*known.verifier.token, &known);
    if (known.verifier.certificate) by_certificate_.emplace(*known.verifier.certificate, &known);
  }
}

bool Access::Bucket::take(unsigned per_second, Steady::time_point now) {
  if (per_second == 0) return true;
  const double rate = per_second;
  left = filled_at == Steady::time_point{}
             ? rate
             : std::min(rate, left + rate * std::chrono::duration<double>(now - filled_at).count());
  filled_at = now;
  if (left < 1) return false;
  left -= 1;
  return true;
}

// A token is compared by its digest: whoever measures how long that takes learns nothing of the token.
Access::Known* Access::find(std::string_view authorization,
                            const std::optional<crypto::Sha256>& certificate) {
  if (certificate)
    if (const auto at = by_certificate_.find(*certificate); at != by_certificate_.end()) return at->second;
  if (authorization.size() <= kBearer.size() || authorization.size() > kTokenBytesMax ||
      !http::same_name(authorization.substr(0, kBearer.size()), kBearer))
    return nullptr;
  const auto at = by_token_.find(crypto::sha256(view(authorization.substr(kBearer.size()))));
  return at == by_token_.end() ? nullptr : at->second;
}

bool Access::take_of_address(std::string_view address) {
  if (requests_per_second_ == 0) return true;
  const std::lock_guard lock(mutex_);
  if (by_address_.size() >= kAddressesMax) by_address_.clear();
  return by_address_[std::string(address)].take(requests_per_second_, Steady::now());
}

Access::Answer Access::admit(std::string_view authorization, const std::optional<crypto::Sha256>& certificate,
                             std::string_view address, Refusals refusals) {
  if (free_) return Answer::admitted;
  if (Known* known = find(authorization, certificate)) {
    bool taken = false;
    {
      const std::lock_guard lock(known->mutex);
      taken = known->bucket.take(known->verifier.requests_per_second, Steady::now());
    }
    if (taken)
      ++known->admitted;
    else if (refusals == Refusals::counted)
      ++known->refused;
    return taken ? Answer::admitted : Answer::too_often;
  }
  if (authorization.starts_with(kBearer) &&
      crypto::sha256(view(authorization.substr(kBearer.size()))) == own_digest_)
    return Answer::admitted;
  const Answer answer = registered_only_            ? Answer::unregistered
                        : !take_of_address(address) ? Answer::too_often
                                                    : Answer::admitted;
  if (answer != Answer::admitted && refusals == Refusals::counted) ++turned_away_;
  return answer;
}

Access::Answer Access::admit(const http::Request& request) {
  const auto* authorization = request.header("Authorization");
  std::optional<crypto::Sha256> certificate;
  if (request.peer && request.peer->certificate) certificate = request.peer->certificate->sha256;
  return admit(authorization ? std::string_view(*authorization) : std::string_view(), certificate,
               request.remote_address);
}

std::vector<Access::Asked> Access::asked() const {
  std::vector<Asked> all;
  for (const auto& known : known_)
    all.push_back({known.verifier.name, known.admitted.load(), known.refused.load()});
  return all;
}

http::Response turned_away(Access::Answer answer) {
  if (answer == Access::Answer::too_often) {
    auto response = problem_page(429);
    response.headers.push_back({"Retry-After", "1"});
    return response;
  }
  auto response = problem_page(401);
  response.headers.push_back({"WWW-Authenticate", "Bearer"});
  return response;
}

std::string access_metrics(const Access& access) {
  const std::string strangers = "shomei_status_strangers_refused_total";
  const std::string questions = "shomei_verifier_questions_total";
  std::string text = "# HELP " + strangers + " Questions of nobody that is registered, refused.\n# TYPE " +
                     strangers + " counter\n" + strangers + " " + std::to_string(access.turned_away()) + "\n";
  const auto all = access.asked();
  if (all.empty()) return text;
  text += "# HELP " + questions + " Questions of each verifier.\n# TYPE " + questions + " counter\n";
  for (const auto& one : all)
    for (const auto& [answer, count] : {std::pair{"admitted", one.admitted}, {"too_often", one.refused}})
      text += questions + "{verifier=\"" + one.name + "\",answer=\"" + answer + "\"} " +
              std::to_string(count) + "\n";
  return text;
}

http::Handler guarded(Access& access, http::Handler handler) {
  if (access.is_free()) return handler;
  return [&access, handler = std::move(handler)](const http::Request& request) {
    if (!is_guarded(request.path)) return handler(request);
    if (const auto answer = access.admit(request); answer != Access::Answer::admitted)
      return turned_away(answer);
    auto response = handler(request);
    if (access.registered_only()) make_private(response);
    return response;
  };
}

}  // namespace shomei::services
