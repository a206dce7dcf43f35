#include "app/follow_journal.h"

namespace shomei::app {
namespace {

constexpr std::size_t kShownMax = 64;

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
    report_(follower_.catch_up());
    if (!watch) watch = engine_.watch();
    watch->wait();
  }
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
