// LISTEN: every commit that moves the head says so (rows.cc). What is missed, in a failover or where the
// server is a standby, is found by asking.
#include <poll.h>

#include <thread>

#include "store/postgres/engine.h"

namespace shomei::store {
namespace {

using postgres::Connection;

constexpr std::chrono::milliseconds kListeningPause{100};
constexpr std::chrono::seconds kReconnectPause{2};

class Listener final : public journal::Watch {
 public:
  explicit Listener(const postgres::Address& address) : address_(address) {}

  void wait() override {
    if (!listening()) return std::this_thread::sleep_for(kListeningPause);
    pollfd heard{PQsocket(session_->bare()), POLLIN, 0};
    ::poll(&heard, 1, static_cast<int>(kListeningPause.count()));
    if (PQconsumeInput(session_->bare()) == 0) return session_.reset();
    while (PGnotify* told = PQnotifies(session_->bare())) PQfreemem(told);
  }

 private:
  bool listening() {
    if (session_) return true;
    const auto now = std::chrono::steady_clock::now();
    if (now < try_again_at_) return false;
    try_again_at_ = now + kReconnectPause;
    auto session = Connection::open(address_, Connection::Purpose::reading);
    if (!session) return false;
    const std::unique_ptr<PGresult, decltype(&PQclear)> said(PQexec((*session)->bare(), "LISTEN shomei_head"),
                                                             &PQclear);
    if (PQresultStatus(said.get()) != PGRES_COMMAND_OK) return false;
    session_ = *std::move(session);
    return true;
  }

  const postgres::Address& address_;
  std::unique_ptr<Connection> session_;
  std::chrono::steady_clock::time_point try_again_at_{};
};

}  // namespace

std::unique_ptr<journal::Watch> PostgresEngine::watch() {
  return std::make_unique<Listener>(address_);
}

}  // namespace shomei::store
