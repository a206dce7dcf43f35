// Sessions: the login to one token, and the sessions under it that the process' threads take turns with.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "crypto/pkcs11/failed.h"
#include "crypto/pkcs11/module.h"

namespace shomei::crypto::pkcs11 {

struct TokenWanted {
  std::string label, serial;  // an empty one matches every token
};

// A session of one's own for a while. Handles of objects that were found under one login are void under
// another.
struct Seat {
  CK_SESSION_HANDLE session = CK_INVALID_HANDLE;
  CK_SLOT_ID slot = 0;
  std::uint64_t login = 0;
  std::uint64_t module_count = 0;
};

class Sessions {
 public:
  static Result<std::shared_ptr<Sessions>> open(std::shared_ptr<Module> module, TokenWanted wanted,
                                                SecretBytes pin);
  ~Sessions();
  Sessions(const Sessions&) = delete;
  Sessions& operator=(const Sessions&) = delete;

  Module& module() { return *module_; }
  TokenSeen seen() const;
  Place place() const;

  // Calls `use` with a seat; when it answers that the session or login was lost, logs in anew and calls it
  // once more. unavailable "token_busy" when all seats stay taken, and what logging in answers.
  template <class T>
  Result<T> with_seat(const std::function<Result<T>(const Seat&)>& use) {
    auto first = with_one_seat(use);
    return !first && is_lost(first.error()) ? with_one_seat(use) : std::move(first);
  }

  std::mutex& generating() { return generating_; }  // held while a key is made: PKCS#11 knows no unique names

 private:
  Sessions(std::shared_ptr<Module> module, TokenWanted wanted, SecretBytes pin)
      : module_(std::move(module)), wanted_(std::move(wanted)), pin_(std::move(pin)) {}

  template <class T>
  Result<T> with_one_seat(const std::function<Result<T>(const Seat&)>& use) {
    SHOMEI_TRY(const Seat seat, take());
    auto done = use(seat);
    give_back(seat, !done && is_lost(done.error()));
    return done;
  }
  Result<Seat> take();
  void give_back(const Seat& seat, bool lost);

  // These hold mutex_.
  Result<void> ensure_login();
  Result<void> find_token();
  Result<void> find_token_anew();
  Result<void> log_in();
  Result<void> check_pin_may_be_tried() const;
  Error pin_failed(CK_RV rv);
  Result<CK_SESSION_HANDLE> open_session();
  void drop_login();
  bool outdated() { return logged_in_ && module_count_ != module_->count(); }
  Place place_now() const;

  const std::shared_ptr<Module> module_;
  const TokenWanted wanted_;
  const SecretBytes pin_;
  mutable std::mutex mutex_;
  std::condition_variable freed_;
  TokenSeen token_;
  std::uint64_t module_count_ = 0;
  std::uint64_t login_ = 0;  // counts the logins
  bool logged_in_ = false;
  bool was_logged_in_ = false;
  std::optional<CK_RV> pin_refused_;  // for the life of this object
  // The login lasts as long as the process has a session with the token: this one is never handed out.
  CK_SESSION_HANDLE keeper_ = CK_INVALID_HANDLE;
  std::vector<CK_SESSION_HANDLE> idle_;
  std::size_t opened_ = 0;  // under this login, idle and taken
  std::mutex generating_;
};

}  // namespace shomei::crypto::pkcs11
