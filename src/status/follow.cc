#include "status/follow.h"

#include "journal/status_part.h"

namespace shomei::status {
namespace {

// One overload a change: what it means for the list.
class Applier {
 public:
  explicit Applier(StatusList& list) : list_(list) {}
  Result<void> operator()(const journal::AuthorityAdded& c) {
    return list_.add_authority(c.authority, c.certificate);
  }
  Result<void> operator()(const journal::SerialReserved&) { return {}; }  // unknown until it is issued
  Result<void> operator()(const journal::CertificateIssued& c) {
    return list_.issued(c.authority, c.serial, c.not_after);
  }
  Result<void> operator()(const journal::CertificateRevoked& c) {
    return list_.revoked(c.authority, c.serial, c.revoked_at, c.reason);
  }
  Result<void> operator()(const journal::CertificateSuspended& c) {
    return list_.suspended(c.authority, c.serial, c.suspended_at);
  }
  Result<void> operator()(const journal::CertificateRestored& c) {
    return list_.restored(c.authority, c.serial);
  }
  Result<void> operator()(const journal::CrlPublished&) { return {}; }

 private:
  StatusList& list_;
};

Result<void> apply(const journal::StoredEntry& stored, StatusList& list) {
  const auto& part = stored.parts[static_cast<std::size_t>(journal::PartKind::status)];
  if (!part || journal::commit(journal::PartKind::status, *part) != stored.entry.commitments[0])
    return refused("status_part_untrue", {{"sequence", std::to_string(stored.entry.sequence)}});
  SHOMEI_TRY(const auto changes, journal::parse_status_part(part->body));
  Applier applier(list);
  for (const auto& change : changes) SHOMEI_CHECK(std::visit(applier, change));
  return {};
}

}  // namespace

Result<void> Follower::catch_up() {
  const std::lock_guard lock(mutex_);
  if (!broken_) return broken_;
  const Instant looked_at = clock_.now();  // before reading: what comes in meanwhile is not vouched for
  SHOMEI_CHECK(apply_new_entries());
  list_.caught_up(looked_at);
  return {};
}

Result<void> Follower::apply_new_entries() {
  SHOMEI_TRY(const auto rows, engine_.begin(journal::Access::read));
  SHOMEI_TRY(const auto size, rows->journal_size());
  if (size < next_)
    broken_ =
        refused("status_journal_shrank", {{"size", std::to_string(size)}, {"next", std::to_string(next_)}});
  if (!broken_ || size == next_) return broken_;
  SHOMEI_CHECK(rows->each_entry(next_, {true, false, false}, [&](const journal::StoredEntry& stored) {
    broken_ = apply(stored, list_);
    if (broken_) next_ = stored.entry.sequence + 1;
    return broken_.has_value();
  }));
  return broken_;
}

std::uint64_t Follower::next() const {
  const std::lock_guard lock(mutex_);
  return next_;
}

}  // namespace shomei::status
