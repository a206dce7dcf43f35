// HeldActs: all acts held, shared or alone, by an advisory lock of a session of its own. head.repairs counts
// how often somebody held them alone: where it has moved since the hold was taken, somebody may have repaired
// in the meantime what the holder's acts had left half-done.
#pragma once

#include <cstdint>
#include <memory>

#include "store/postgres/engine.h"

namespace shomei::store::postgres {

class HeldActs final : public journal::ActsHold {
 public:
  // Null as Engine::hold_acts says.
  static Result<std::unique_ptr<HeldActs>> take(PostgresEngine& engine, journal::Hold kind);
  ~HeldActs() override;
  HeldActs(const HeldActs&) = delete;
  HeldActs& operator=(const HeldActs&) = delete;

  // unavailable "store_unavailable" when it was lost and cannot be taken again as if it had not been. Under
  // the engine's mutex.
  Result<void> expect();
  std::int64_t repairs() const { return repairs_; }

 private:
  HeldActs(PostgresEngine& engine, journal::Hold kind) : engine_(engine), kind_(kind) {}
  Result<bool> lock();
  Result<void> take_again();

  PostgresEngine& engine_;
  journal::Hold kind_;
  std::unique_ptr<Connection> session_;
  std::int64_t repairs_ = 0;
};

}  // namespace shomei::store::postgres
