// Connection: one session of a PostgreSQL server, over libpq in pipeline mode: statements are queued, and one
// settle() sends them and reads all their answers. Used by one thread at a time. After any error it is of no
// use any more; what it had begun the server takes back. Errors, all with the parameters `path` (the address
// without its secrets) and `what`: unavailable "store_unavailable", "store_busy", "store_full",
// "store_broken", "store_standby" (the server takes no writes); internal "store_misused".
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "store/postgres/address.h"
#include "store/postgres/values.h"

namespace shomei::store::postgres {

// Of static storage: a connection knows by its address whether it has prepared it.
struct Statement {
  const char* name;
  const char* sql;
};

class Connection {
 public:
  enum class Purpose { writing, reading, holding };
  // `address` is borrowed and outlives the connection.
  static Result<std::unique_ptr<Connection>> open(const Address& address, Purpose purpose);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void queue(const Statement& statement, const Values& values = {});
  // The answers of what was queued since the last time, in order.
  Result<std::vector<Answer>> settle();
  // Queues and settles: the answer to this statement.
  Result<Answer> ask(const Statement& statement, const Values& values = {});
  // Statements without values, one after the other; nothing may be queued.
  Result<void> run_script(const char* sql);
  // libpq's session out of pipeline mode, for COPY, which a pipeline does not take. Nothing else is asked of
  // the connection from then on.
  PGconn* bare();

  bool usable() const { return !failed_ && PQstatus(handle_.get()) == CONNECTION_OK; }
  // The last answers came with a warning. A commit that does is on this server and may be on no other:
  // somebody has ended its waiting for the standby.
  bool warned() const { return warned_; }
  // The server is gone, as far as this machine has heard: without asking it.
  bool lost() const;
  // A setting that the server tells without being asked: "in_hot_standby", "server_encoding", …
  std::string told(const char* name) const;
  int server_version() const { return PQserverVersion(handle_.get()); }
  std::int64_t backend() const { return PQbackendPID(handle_.get()); }
  Error unavailable_because(std::string what) const;

 private:
  struct Finish {
    void operator()(PGconn* handle) const { PQfinish(handle); }
  };
  Connection(const Address& address, PGconn* handle) : address_(address), handle_(handle) {}
  Result<void> set_up(Purpose purpose);
  Error error(const PGresult* result) const;

  const Address& address_;
  std::unique_ptr<PGconn, Finish> handle_;
  std::unordered_set<const Statement*> prepared_;
  std::vector<bool> queued_;  // false: the preparation of the statement behind it
  bool failed_ = false, warned_ = false;
};

}  // namespace shomei::store::postgres
