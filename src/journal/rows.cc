#include "journal/rows.h"

#include <algorithm>
#include <thread>

namespace shomei::journal {
namespace {

class Pause final : public Watch {
 public:
  void wait() override { std::this_thread::sleep_for(Engine::kWatchPause); }
};

}  // namespace

std::unique_ptr<Watch> Engine::watch() {
  return std::make_unique<Pause>();
}

Result<void> Rows::foresee(const Foreseen&) {
  return {};
}

Moved moved_by(const StateMove& move, CertificateState before, Instant not_before) {
  const bool of_it =
      before == CertificateState::valid || (move.suspended_too && before == CertificateState::suspended);
  return {before, of_it, std::max(move.at, not_before)};
}

Result<std::uint64_t> Rows::journal_size() {
  SHOMEI_TRY(const auto end, head());
  return end.size;
}

Result<std::optional<std::string>> Rows::latest_checkpoint() {
  SHOMEI_TRY(auto end, head());
  return end.checkpoint.empty() ? std::nullopt : std::optional(std::move(end.checkpoint));
}

}  // namespace shomei::journal
