#include "store/postgres/engine.h"

#include <algorithm>
#include <thread>

#include "store/postgres/hold.h"
#include "store/postgres/open.h"
#include "store/postgres/rows.h"

namespace shomei::store {
namespace {

using namespace std::chrono_literals;
using journal::Access;
using postgres::Connection;

// Between two attempts to reach a server that is gone.
constexpr auto kPauseFirst = 20ms, kPauseMax = 1000ms;
constexpr std::size_t kIdleMax = 16;  // sessions that are kept for whoever reads next

}  // namespace

PostgresEngine::~PostgresEngine() = default;

Result<std::unique_ptr<PostgresEngine>> PostgresEngine::open(std::string_view text, OpenMode mode) {
  SHOMEI_TRY(auto address, postgres::Address::parse(text));
  return open(std::move(address), mode);
}

Result<std::unique_ptr<PostgresEngine>> PostgresEngine::open(postgres::Address address, OpenMode mode) {
  std::unique_ptr<PostgresEngine> engine(new PostgresEngine(std::move(address), mode));
  const auto purpose = mode == OpenMode::read_only ? Purpose::reading : Purpose::writing;
  SHOMEI_TRY(auto connection, Connection::open(engine->address_, purpose));
  SHOMEI_CHECK(postgres::prepare_database(*connection, engine->address_, mode));
  engine->give_back(std::move(connection), purpose);
  return engine;
}

Result<void> PostgresEngine::make(const postgres::Address& address) {
  SHOMEI_TRY(const auto connection, Connection::open(address, Purpose::writing));
  return postgres::make_database(*connection, address);
}

Result<void> PostgresEngine::unmake(const postgres::Address& address) {
  SHOMEI_TRY(const auto connection, Connection::open(address, Purpose::writing));
  return postgres::unmake_database(*connection, address);
}

Result<void> PostgresEngine::expect_fit(const postgres::Address& address) {
  SHOMEI_TRY(const auto connection, Connection::open(address, Purpose::writing));
  return postgres::expect_fit_to_write(*connection, address);
}

// A session that was kept may be one of a server that has been started anew since: that shows at its first
// question, and is no reason to fail.
Result<std::unique_ptr<journal::Rows>> PostgresEngine::begin(Access access) {
  const bool writes = access == Access::write;
  const auto path = address_.shown();
  if (writes && mode_ == OpenMode::read_only) return refused("store_read_only", {{"path", path}});
  if (writes && !writer_.try_acquire_for(kBusyMax))
    return unavailable("store_busy", {{"path", path}, {"what", "another thread writes"}});
  auto rows = std::make_unique<postgres::PostgresRows>(*this, access);  // has the turn from here on
  if (writes) SHOMEI_CHECK(expect_holds());
  const auto purpose = writes ? Purpose::writing : Purpose::reading;
  if (auto kept = idle(purpose)) {
    const auto begun = rows->begin(std::move(kept));
    if (begun) return std::unique_ptr<journal::Rows>(std::move(rows));
    if (begun.error().code != "store_unavailable") return begun.error();
  }
  SHOMEI_TRY(auto fresh, connect(purpose, kPatience));
  SHOMEI_CHECK(rows->begin(std::move(fresh)));
  return std::unique_ptr<journal::Rows>(std::move(rows));
}

Result<std::unique_ptr<journal::ActsHold>> PostgresEngine::hold_acts(journal::Hold hold) {
  if (mode_ == OpenMode::read_only) return refused("store_read_only", {{"path", address_.shown()}});
  SHOMEI_TRY(auto held, postgres::HeldActs::take(*this, hold));
  return std::unique_ptr<journal::ActsHold>(std::move(held));
}

Result<void> PostgresEngine::expect_holds() {
  const std::lock_guard lock(mutex_);
  for (auto* hold : holds_) SHOMEI_CHECK(hold->expect());
  return {};
}

Result<void> PostgresEngine::expect_repairs(std::int64_t repairs, const Connection& connection) {
  const std::lock_guard lock(mutex_);
  const auto moved = [&](const auto* hold) { return hold->repairs() != repairs; };
  if (std::ranges::any_of(holds_, moved))
    return connection.unavailable_because("the hold on all acts was lost, and another has repaired");
  return {};
}

Result<std::unique_ptr<Connection>> PostgresEngine::connect(Purpose purpose,
                                                            std::chrono::milliseconds patience) {
  for (auto pause = kPauseFirst;; pause = std::min(2 * pause, kPauseMax)) {
    auto connection = Connection::open(address_, purpose);
    if (connection && purpose == Purpose::writing) {
      // After a failover it is another server.
      if (auto fit = postgres::expect_fit_to_write(**connection, address_); !fit)
        connection = std::move(fit).error();
    }
    const auto now = std::chrono::steady_clock::now();
    std::unique_lock lock(mutex_);
    if (connection) down_since_.reset();
    if (connection || connection.error().fault != Fault::unavailable) return connection;
    if (!down_since_) down_since_ = now;
    if (now + pause > *down_since_ + patience) return connection;
    lock.unlock();
    std::this_thread::sleep_for(pause);
  }
}

std::unique_ptr<Connection> PostgresEngine::idle(Purpose purpose) {
  const std::lock_guard lock(mutex_);
  auto& kept = purpose == Purpose::writing ? writers_ : readers_;
  while (!kept.empty()) {
    auto connection = std::move(kept.back());
    kept.pop_back();
    if (!connection->lost()) return connection;
  }
  return nullptr;
}

void PostgresEngine::give_back(std::unique_ptr<Connection> connection, Purpose purpose) {
  if (!connection->usable()) return;
  const std::lock_guard lock(mutex_);
  auto& kept = purpose == Purpose::writing ? writers_ : readers_;
  if (kept.size() < kIdleMax) kept.push_back(std::move(connection));
}

}  // namespace shomei::store
