#include "app/follow_journal.h"

namespace shomei::app {
namespace {

constexpr std::size_t kShownMax = 64;
// By the clock that nobody sets: a journal that has not answered for so long is not waited for.
constexpr std::chrono::seconds kAnswersWithin{1};
constexpr std::chrono::milliseconds kLookAgainMax{250};

}  // namespace

JournalFollower::JournalFollower(journal::Engine& engine, status::StatusList& list, const Clock& clock,
                                 journal::VerifierKey key, status::Freshness& freshness, Report report)
    : engine_(engine),
      clock_(clock),
      freshness_(freshness),
      report_(std::move(report)),
      follower_(engine, list, clock, std::move(key),
                [this](const auto& entry, const auto& changes) { shown(entry, changes); }) {}

JournalFollower::~JournalFollower() {
  stop_ = true;
  if (thread_.joinable()) thread_.join();
}

void JournalFollower::start() {
  current_ = true;
  thread_ = std::thread([this] { run(); });
}

void JournalFollower::run() {
  std::unique_ptr<journal::Watch> watch;
  while (!stop_) {
    const auto looked = follower_.catch_up();
    if (looked) {
      looked_at_ = std::chrono::steady_clock::now();
      ++looks_;
    }
    report_(looked);
    if (!watch) watch = engine_.watch();
    watch->wait();
  }
}

// The look that is under way may have begun before the clock was set.
bool JournalFollower::look_again() const {
  const std::uint64_t wanted = looks_ + 2;
  const auto begun = std::chrono::steady_clock::now();
  if (looked_at_.load() + kAnswersWithin < begun) return false;
  while (looks_ < wanted) {
    if (std::chrono::steady_clock::now() > begun + kLookAgainMax) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

void JournalFollower::shown(const journal::Entry& entry, const std::vector<journal::StatusChange>& changes) {
  if (!current_) return;
  const InstantMs now = clock_.now_ms();
  const auto tell = [&](const std::string& authority, const pki::SerialNumber& serial) {
    freshness_.shown(entry.recorded_at, now);
    const std::lock_guard lock(mutex_);
    if (shown_.size() == kShownMax) shown_.pop_front();
    shown_.push_back({authority, serial, entry.recorded_at});
  };
  for (const auto& change : changes) {
    if (const auto* revoked = std::get_if<journal::CertificateRevoked>(&change))
      tell(revoked->authority, revoked->serial);
    if (const auto* suspended = std::get_if<journal::CertificateSuspended>(&change))
      tell(suspended->authority, suspended->serial);
  }
}

std::optional<ShownRevocation> JournalFollower::take_shown() {
  const std::lock_guard lock(mutex_);
  if (shown_.empty()) return std::nullopt;
  auto latest = std::move(shown_.back());
  shown_.clear();
  return latest;
}

}  // namespace shomei::app
