// PostgresEngine: the store in a PostgreSQL database (15 or later), for many processes on many machines. Safe
// to call from several threads; one transaction writes at a time over all of them, fenced by a lock on the
// row of `head`, and the others wait for it up to kBusyMax. A server that goes away is asked again for
// kPatience; a commit whose answer was lost is looked up before it is called done or not. Its Rows and holds
// must not outlive it, and none of them may be carried over a fork(). Errors beside those of journal/rows.h:
// malformed "store_url_form"; refused "store_server_unfit" {path, what}; unavailable "store_standby" {path,
// what}, "store_commit_unknown" {path}.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "journal/rows.h"
#include "store/open_mode.h"
#include "store/postgres/address.h"
#include "store/postgres/connection.h"
#include "store/postgres/spaces.h"

namespace shomei::store {

namespace postgres {
class HeldActs;
class PostgresRows;
struct LostCommit;
}  // namespace postgres

class PostgresEngine final : public journal::Engine {
 public:
  static constexpr std::chrono::milliseconds kBusyMax{10'000};
  // How long a server that went away is waited for: by whoever begins, and by whoever has to know whether a
  // commit came through. A failover takes some twenty seconds.
  static constexpr std::chrono::milliseconds kPatience{10'000}, kPatienceForCommits{40'000};

  // `address` as libpq writes it. Makes or brings forward the tables in one transaction, unless read_only.
  static Result<std::unique_ptr<PostgresEngine>> open(std::string_view address, OpenMode mode);
  static Result<std::unique_ptr<PostgresEngine>> open(postgres::Address address, OpenMode mode);

  // Makes the tables where there are none: conflict "store_exists" {path} when there are. Of several who make
  // them at once one does.
  static Result<void> make(const postgres::Address& address);
  // Drops the tables with all that is in them: for who has just made them, and nothing came of it.
  static Result<void> unmake(const postgres::Address& address);
  // Whether a server is there that takes writes and keeps what it has acknowledged.
  static Result<void> expect_fit(const postgres::Address& address);

  ~PostgresEngine() override;

  Result<std::unique_ptr<journal::Rows>> begin(journal::Access access) override;
  // An advisory lock of a session of its own. Where that session is lost, it is taken again if nobody has
  // held the acts alone in between; otherwise nothing can be written until the hold is given up.
  Result<std::unique_ptr<journal::ActsHold>> hold_acts(journal::Hold hold) override;
  // Listens in a session of its own; where there is none to be had, it lets a tenth of a second pass.
  std::unique_ptr<journal::Watch> watch() override;

 private:
  friend class postgres::HeldActs;
  friend class postgres::PostgresRows;
  using Purpose = postgres::Connection::Purpose;
  PostgresEngine(postgres::Address address, OpenMode mode) : address_(std::move(address)), mode_(mode) {}
  Result<std::unique_ptr<postgres::Connection>> connect(Purpose purpose, std::chrono::milliseconds patience);
  std::unique_ptr<postgres::Connection> idle(Purpose purpose);  // null when there is none
  void give_back(std::unique_ptr<postgres::Connection> connection, Purpose purpose);
  // Before a transaction that writes, and once it knows how often acts were held alone.
  Result<void> expect_holds();
  Result<void> expect_repairs(std::int64_t repairs, const postgres::Connection& connection);
  // Whether it was committed.
  Result<bool> look_up(const postgres::LostCommit& lost);

  postgres::Address address_;
  OpenMode mode_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<postgres::Connection>> writers_, readers_;  // idle; guarded by mutex_
  std::optional<std::chrono::steady_clock::time_point> down_since_;       // guarded by mutex_
  std::set<postgres::HeldActs*> holds_;                                   // guarded by mutex_
  postgres::SharedSpaces spaces_;
  std::binary_semaphore writer_{1};
};

}  // namespace shomei::store
