#include "store/postgres/hold.h"

#include <tuple>

namespace shomei::store::postgres {
namespace {

// "shmi", and the schema: several stores may share a database.
#define SHOMEI_ACTS_LOCK "(1936223593, hashtext(current_schema()))"
constexpr Statement kTryToShare{"acts_try_to_share", "SELECT pg_try_advisory_lock_shared" SHOMEI_ACTS_LOCK};
constexpr Statement kTryAlone{"acts_try_alone", "SELECT pg_try_advisory_lock" SHOMEI_ACTS_LOCK};
constexpr Statement kGiveUp{"acts_give_up", "SELECT pg_advisory_unlock_all()"};
#undef SHOMEI_ACTS_LOCK
constexpr Statement kRepairs{"acts_repairs", "SELECT repairs FROM head"};
constexpr Statement kRepair{"acts_repair", "UPDATE head SET repairs = repairs + 1 RETURNING repairs"};

}  // namespace

Result<std::unique_ptr<HeldActs>> HeldActs::take(PostgresEngine& engine, journal::Hold kind) {
  std::unique_ptr<HeldActs> hold(new HeldActs(engine, kind));
  SHOMEI_TRY(hold->session_, engine.connect(Connection::Purpose::holding, PostgresEngine::kPatience));
  SHOMEI_TRY(const bool held, hold->lock());
  if (!held) return std::unique_ptr<HeldActs>();
  SHOMEI_TRY(const auto answer, hold->session_->ask(kind == journal::Hold::alone ? kRepair : kRepairs));
  hold->repairs_ = Row(answer, 0).integer(0);
  const std::lock_guard guard(engine.mutex_);
  engine.holds_.insert(hold.get());
  return hold;
}

// The server would notice the end of the session by itself, a little later than whoever waits for the lock.
HeldActs::~HeldActs() {
  {
    const std::lock_guard guard(engine_.mutex_);
    engine_.holds_.erase(this);
  }
  if (session_ && !session_->lost()) std::ignore = session_->ask(kGiveUp);
}

Result<bool> HeldActs::lock() {
  SHOMEI_TRY(const auto answer, session_->ask(kind_ == journal::Hold::alone ? kTryAlone : kTryToShare));
  return Row(answer, 0).boolean(0);
}

Result<void> HeldActs::expect() {
  if (session_ && !session_->lost()) return {};
  return take_again();
}

Result<void> HeldActs::take_again() {
  SHOMEI_TRY(auto session, Connection::open(engine_.address_, Connection::Purpose::holding));
  session_ = std::move(session);
  SHOMEI_TRY(const bool held, lock());
  if (held) {
    SHOMEI_TRY(const auto answer, session_->ask(kRepairs));
    if (Row(answer, 0).integer(0) == repairs_) return {};
  }
  auto error =
      session_->unavailable_because("the hold on all acts was lost, and another repairs or has repaired");
  session_ = nullptr;
  return error;
}

}  // namespace shomei::store::postgres
