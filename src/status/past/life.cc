#include "status/past/life.h"

#include <algorithm>
#include <array>

#include "journal/part.h"

namespace shomei::status {
namespace {

using journal::StoredEntry;

constexpr std::array<std::string_view, 4> kEvents{"issued", "suspended", "restored", "revoked"};

// One overload a change; what is about another certificate, or about none, adds nothing.
class Collector {
 public:
  Collector(const journal::Entry& entry, const CertificateName& of, std::vector<Change>& to)
      : entry_(entry), of_(of), to_(to) {}
  void operator()(const journal::CertificateIssued& c) {
    if (auto* change = add(c, LifeEvent::issued, c.not_before)) {
      change->not_after = c.not_after;
      change->certificate = c.certificate;
    }
  }
  void operator()(const journal::CertificateSuspended& c) { add(c, LifeEvent::suspended, c.suspended_at); }
  void operator()(const journal::CertificateRestored& c) { add(c, LifeEvent::restored, c.restored_at); }
  void operator()(const journal::CertificateRevoked& c) {
    if (auto* change = add(c, LifeEvent::revoked, c.revoked_at)) {
      change->reason = c.reason;
      change->invalidity_at = c.invalidity_at;
    }
  }
  void operator()(const journal::AuthorityAdded&) {}
  void operator()(const journal::SerialReserved&) {}  // unknown until it is issued
  void operator()(const journal::CrlPublished&) {}

 private:
  template <class C>
  Change* add(const C& change, LifeEvent event, Instant from) {
    if (change.serial != of_.serial || change.authority != of_.authority) return nullptr;
    return &to_.emplace_back(Change{entry_.sequence, entry_.recorded_at, event, from});
  }
  const journal::Entry& entry_;
  const CertificateName& of_;
  std::vector<Change>& to_;
};

// Nothing is believed of a part that is not the one that was recorded.
Result<const Bytes*> true_part(const StoredEntry& stored) {
  const auto& part = stored.parts[static_cast<std::size_t>(journal::PartKind::status)];
  if (!part || journal::commit(journal::PartKind::status, *part) != stored.entry.commitments[0])
    return refused("status_part_untrue", {{"sequence", std::to_string(stored.entry.sequence)}});
  return &part->body;
}

bool has(ByteView body, ByteView needle) {
  const auto text = [](ByteView v) {
    return std::string_view(reinterpret_cast<const char*>(v.data()), v.size());
  };
  return text(body).find(text(needle)) != std::string_view::npos;
}

// Whoever takes entries in the order of the journal. A part is parsed only when the bytes of what is searched
// for stand in it: DER has them as they are.
class Walk {
 public:
  explicit Walk(const CertificateName& of, std::optional<std::uint64_t> founded = {})
      : of_(of), founded_(founded) {}

  Result<void> take(const StoredEntry& stored) {
    SHOMEI_TRY(const auto* body, true_part(stored));
    const bool may_found = !founded_ && has(*body, view(of_.authority));
    if (!may_found && !has(*body, of_.serial.magnitude())) return {};
    SHOMEI_TRY(const auto part, journal::parse_status_part(*body));
    if (!founded_ && added_authority(part, of_.authority)) founded_ = stored.entry.sequence;
    append_changes(stored.entry, part, of_, changes_);
    if (changes_.size() > kChangesMax)
      return refused("life_too_long", {{"serial", of_.serial.hex()}, {"max", std::to_string(kChangesMax)}});
    return {};
  }

  bool founded() const { return founded_.has_value(); }
  Result<Life> life() && {
    if (!founded_) return not_found("authority_unknown", {{"authority", of_.authority}});
    return Life{*founded_, std::move(changes_)};
  }

 private:
  const CertificateName& of_;
  std::optional<std::uint64_t> founded_;
  std::vector<Change> changes_;
};

Result<void> each_part(journal::Rows& rows, const std::function<Result<bool>(const StoredEntry&)>& each) {
  Result<void> told;
  SHOMEI_CHECK(rows.each_entry(0, {true, false, false}, [&](const StoredEntry& stored) {
    const auto going = each(stored);
    if (!going) told = going.error();
    return going && *going;
  }));
  return told;
}

// As far as the entry that added the authority, which is near the journal's beginning for the first
// generation.
Result<void> walk_to_founding(journal::Rows& rows, Walk& walk) {
  return each_part(rows, [&](const StoredEntry& stored) -> Result<bool> {
    SHOMEI_CHECK(walk.take(stored));
    return !walk.founded();
  });
}

bool ends_as(const std::vector<Change>& changes, const journal::CertificateRecord& record) {
  using journal::CertificateState;
  if (changes.empty())
    return record.state == CertificateState::reserved || record.state == CertificateState::written_off;
  const auto& last = changes.back();
  switch (last.event) {
    case LifeEvent::issued:
    case LifeEvent::restored:
      return record.state == CertificateState::valid;
    case LifeEvent::suspended:
      return record.state == CertificateState::suspended && record.revoked_at == last.from;
    case LifeEvent::revoked:
      return record.state == CertificateState::revoked && record.revoked_at == last.from &&
             record.reason == last.reason;
  }
  return false;
}

// Entries about its holder, and those of the acts that issued to the holder.
Result<void> walk_holder(journal::Rows& rows, const journal::CertificateRecord& record, Walk& walk) {
  SHOMEI_TRY(const auto sequences, rows.entries_of_resident(record.resident));
  for (const auto sequence : sequences) {
    SHOMEI_TRY(const auto stored, rows.find_entry(sequence));
    if (!stored) return internal("journal_entry_missing", {{"sequence", std::to_string(sequence)}});
    SHOMEI_CHECK(walk.take(*stored));
  }
  return {};
}

}  // namespace

std::string_view name(LifeEvent event) {
  return kEvents[static_cast<std::size_t>(event)];
}

std::optional<LifeEvent> parse_life_event(std::string_view name) {
  const auto* found = std::ranges::find(kEvents, name);
  if (found == kEvents.end()) return std::nullopt;
  return static_cast<LifeEvent>(found - kEvents.begin());
}

void append_changes(const journal::Entry& entry, const std::vector<journal::StatusChange>& part,
                    const CertificateName& of, std::vector<Change>& to) {
  Collector collector(entry, of, to);
  for (const auto& change : part) std::visit(collector, change);
}

bool names_others(const std::vector<journal::StatusChange>& part, const CertificateName& of) {
  const auto other = [&](const auto& c) {
    if constexpr (requires { c.serial; })
      return c.serial != of.serial || c.authority != of.authority;
    else
      return false;
  };
  return std::ranges::any_of(part, [&](const auto& change) { return std::visit(other, change); });
}

const Bytes* added_authority(const std::vector<journal::StatusChange>& part, std::string_view authority) {
  for (const auto& change : part)
    if (const auto* added = std::get_if<journal::AuthorityAdded>(&change);
        added && added->authority == authority)
      return &added->certificate;
  return nullptr;
}

Result<Life> walk_life(journal::Rows& rows, const CertificateName& of) {
  Walk walk(of);
  const auto walked = each_part(rows, [&](const StoredEntry& stored) -> Result<bool> {
    SHOMEI_CHECK(walk.take(stored));
    return true;
  });
  if (!walked) return walked.error();
  return std::move(walk).life();
}

Result<Life> find_life(journal::Rows& rows, const journal::CertificateRecord& record) {
  const CertificateName of{record.authority, record.serial};
  Walk to_founding(of);
  SHOMEI_CHECK(walk_to_founding(rows, to_founding));
  SHOMEI_TRY(const auto founding, std::move(to_founding).life());
  Walk about(of, founding.founded);
  SHOMEI_CHECK(walk_holder(rows, record, about));
  SHOMEI_TRY(auto life, std::move(about).life());
  if (ends_as(life.changes, record)) return life;
  return walk_life(rows, of);
}

}  // namespace shomei::status
