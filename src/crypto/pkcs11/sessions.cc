#include "crypto/pkcs11/sessions.h"

#include <algorithm>

namespace shomei::crypto::pkcs11 {
namespace {

constexpr std::size_t kSeatsMax = 32;  // more threads than that wait for each other
constexpr std::chrono::seconds kSeatWaitMax{30};

std::size_t seats_of(const TokenSeen& token) {
  if (token.sessions_max == CK_EFFECTIVELY_INFINITE || token.sessions_max == CK_UNAVAILABLE_INFORMATION)
    return kSeatsMax;
  // One keeps the login, one is for making keys.
  return std::clamp<std::size_t>(token.sessions_max > 2 ? token.sessions_max - 2 : 1, 1, kSeatsMax);
}

std::string named(const TokenSeen& token) {
  return "\"" + token.label + "\" (serial " + token.serial + ")";
}

std::string list_of(const std::vector<TokenSeen>& tokens) {
  std::string text;
  for (const auto& token : tokens) text += (text.empty() ? "" : ", ") + named(token);
  return text.empty() ? "-" : text;
}

}  // namespace

Result<std::shared_ptr<Sessions>> Sessions::open(std::shared_ptr<Module> module, TokenWanted wanted,
                                                 SecretBytes pin) {
  std::shared_ptr<Sessions> sessions(new Sessions(std::move(module), std::move(wanted), std::move(pin)));
  const std::scoped_lock lock(sessions->mutex_);
  SHOMEI_CHECK(sessions->ensure_login());
  return sessions;
}

Sessions::~Sessions() {
  drop_login();
}

TokenSeen Sessions::seen() const {
  const std::scoped_lock lock(mutex_);
  return token_;
}

Place Sessions::place_now() const {
  return {module_->path(), token_.label.empty() ? wanted_.label + wanted_.serial : token_.label, token_.slot};
}

Place Sessions::place() const {
  const std::scoped_lock lock(mutex_);
  return place_now();
}

Result<Seat> Sessions::take() {
  std::unique_lock lock(mutex_);
  const auto until = std::chrono::steady_clock::now() + kSeatWaitMax;
  while (true) {
    SHOMEI_CHECK(ensure_login());
    if (!idle_.empty()) {
      const Seat seat{idle_.back(), token_.slot, login_, module_count_};
      idle_.pop_back();
      return seat;
    }
    if (opened_ < seats_of(token_)) {
      auto session = open_session();
      if (session) {
        ++opened_;
        return Seat{*session, token_.slot, login_, module_count_};
      }
      if (is_lost(session.error())) drop_login();
      // A token may have fewer sessions left than it said; then those that are there go round.
      if (opened_ == 0 || is_lost(session.error())) return std::move(session).error();
    }
    if (freed_.wait_until(lock, until) == std::cv_status::timeout)
      return unavailable("token_busy", parameters_of(place_now()));
  }
}

void Sessions::give_back(const Seat& seat, bool lost) {
  const std::scoped_lock lock(mutex_);
  if (seat.login != login_ || outdated()) {
    // Somebody else has found out already; this login does not count it. It may still be open.
    if (seat.module_count == module_->count()) module_->call<&CK_FUNCTION_LIST::C_CloseSession>(seat.session);
    return;
  }
  idle_.push_back(seat.session);
  if (lost) drop_login();
  freed_.notify_one();
}

void Sessions::drop_login() {
  if (!logged_in_) return;
  if (!outdated()) {  // otherwise the handles are void, and may be somebody else's by now
    for (const auto session : idle_) module_->call<&CK_FUNCTION_LIST::C_CloseSession>(session);
    module_->call<&CK_FUNCTION_LIST::C_CloseSession>(keeper_);
  }
  idle_.clear();
  opened_ = 0;
  logged_in_ = false;
  ++login_;
  freed_.notify_all();
}

Result<void> Sessions::ensure_login() {
  if (outdated()) drop_login();
  if (logged_in_) return {};
  SHOMEI_CHECK(check_pin_may_be_tried());
  module_count_ = module_->count();
  auto done = find_token();
  if (done) done = log_in();
  if (done || !was_logged_in_) return done;
  const bool gone = is_lost(done.error()) || done.error().code == "token_missing";
  return gone ? find_token_anew() : std::move(done);
}

// The module does not know a token that was there: its slots may be those of when it began.
Result<void> Sessions::find_token_anew() {
  module_->begin_anew(module_count_);
  module_count_ = module_->count();
  auto done = find_token();
  if (!done && done.error().code == "token_missing")
    return failed(CKR_TOKEN_NOT_PRESENT, "C_GetSlotList", place_now());
  return done ? log_in() : std::move(done);
}

Result<void> Sessions::find_token() {
  SHOMEI_TRY(const auto tokens, module_->tokens());
  std::vector<TokenSeen> matching;
  for (const auto& token : tokens)
    if ((wanted_.label.empty() || token.label == wanted_.label) &&
        (wanted_.serial.empty() || token.serial == wanted_.serial))
      matching.push_back(token);
  const auto error_parameters = [&](const std::vector<TokenSeen>& found) {
    return Parameters{{"module", module_->path()},
                      {"token", wanted_.label},
                      {"serial", wanted_.serial},
                      {"found", list_of(found)}};
  };
  if (matching.empty()) return not_found("token_missing", error_parameters(tokens));
  if (matching.size() > 1) return conflict("token_ambiguous", error_parameters(matching));
  token_ = matching.front();
  return {};
}

Result<void> Sessions::check_pin_may_be_tried() const {
  if (pin_refused_) return failed(*pin_refused_, "C_Login", place_now());
  return {};
}

Result<void> Sessions::log_in() {
  if ((token_.flags & CKF_USER_PIN_LOCKED) != 0) return pin_failed(CKR_PIN_LOCKED);
  if (module_->was_wrong(token_.serial, pin_)) return pin_failed(CKR_PIN_INCORRECT);
  // The last try belongs to a person: a service that is started again and again would lock the token.
  if ((token_.flags & CKF_USER_PIN_FINAL_TRY) != 0 && !was_logged_in_)
    return refused("token_pin_final_try", parameters_of(place_now()));
  SHOMEI_TRY(keeper_, open_session());
  const auto pin = pin_.reveal();
  const CK_RV rv = module_->call<&CK_FUNCTION_LIST::C_Login>(
      keeper_, CKU_USER, const_cast<CK_UTF8CHAR*>(pin.data()), static_cast<CK_ULONG>(pin.size()));
  if (rv != CKR_OK && rv != CKR_USER_ALREADY_LOGGED_IN) {
    module_->call<&CK_FUNCTION_LIST::C_CloseSession>(keeper_);
    return pin_failed(rv);
  }
  logged_in_ = was_logged_in_ = true;
  return {};
}

Error Sessions::pin_failed(CK_RV rv) {
  Error error = failed(rv, "C_Login", place_now());
  if (error.code == "token_pin_wrong") module_->remember_wrong(token_.serial, pin_);
  if (error.code == "token_pin_wrong" || error.code == "token_pin_locked") pin_refused_ = rv;
  return error;
}

Result<CK_SESSION_HANDLE> Sessions::open_session() {
  CK_SESSION_HANDLE session = CK_INVALID_HANDLE;
  const CK_RV rv = module_->call<&CK_FUNCTION_LIST::C_OpenSession>(token_.slot, CK_FLAGS{CKF_SERIAL_SESSION},
                                                                   nullptr, CK_NOTIFY{nullptr}, &session);
  if (rv != CKR_OK) return failed(rv, "C_OpenSession", place_now());
  return session;
}

}  // namespace shomei::crypto::pkcs11
