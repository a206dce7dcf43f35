#include "authority/revoked_certificates.h"

#include <algorithm>
#include <ranges>

#include "base/check.h"

namespace shomei::authority {
namespace {

using journal::CertificateRecord;
using journal::CertificateState;
using pki::RevocationReason;

RevocationReason reason_of(const CertificateRecord& record) {
  if (record.state == CertificateState::suspended) return RevocationReason::certificate_hold;
  return record.reason.value_or(RevocationReason::unspecified);
}

Result<std::vector<journal::StatusChange>> changes_of(const journal::StoredEntry& stored) {
  const auto& part = stored.parts[static_cast<std::size_t>(journal::PartKind::status)];
  if (!part || journal::commit(journal::PartKind::status, *part) != stored.entry.commitments[0])
    return refused("status_part_untrue", {{"sequence", std::to_string(stored.entry.sequence)}});
  return journal::parse_status_part(part->body);
}

Result<CertificateRecord> find_row(journal::Rows& rows, const std::string& authority,
                                   const pki::SerialNumber& serial) {
  SHOMEI_TRY(const auto records, rows.find_certificates(serial));
  const auto at = std::ranges::find(records, authority, &CertificateRecord::authority);
  if (at == records.end())
    return internal("store_row_broken",
                    {{"what", "there is no certificate " + serial.hex() + " of " + authority}});
  return *at;
}

}  // namespace

// One overload a change: what it means for the lists.
class RevokedCertificates::Follow {
 public:
  Follow(RevokedCertificates& of, journal::Rows& rows, const Published& published)
      : of_(of), rows_(rows), published_(published) {}

  Result<void> operator()(const journal::AuthorityAdded& c) {
    of_.authorities_[c.authority];
    return {};
  }
  Result<void> operator()(const journal::SerialReserved&) { return {}; }
  Result<void> operator()(const journal::CertificateIssued& c) {
    of_.partition_of(of_.authorities_[c.authority], c.partition, c.serial);
    return {};
  }
  Result<void> operator()(const journal::CertificateRevoked& c) {
    return put(c.authority, c.serial, c.revoked_at, c.reason);
  }
  Result<void> operator()(const journal::CertificateSuspended& c) {
    return put(c.authority, c.serial, c.suspended_at, RevocationReason::certificate_hold);
  }
  Result<void> operator()(const journal::CertificateRestored& c) {
    auto& authority = of_.authorities_[c.authority];
    const auto slot = authority.table.find(SerialKey(c.serial));
    if (!slot) return {};  // its certificate had run out
    authority.table.remove(*slot);
    on_lists(authority, authority.table[*slot], [&](ListContent& list) { list.released(*slot); });
    return {};
  }
  Result<void> operator()(const journal::CrlPublished& c) {
    if (!c.base) of_.authorities_[c.authority].list_signed(c.partition, c.this_update);
    published_(c);
    return {};
  }

 private:
  Result<void> put(const std::string& name, const pki::SerialNumber& serial, Instant at,
                   RevocationReason reason) {
    auto& authority = of_.authorities_[name];
    CertificateRecord row{.authority = name, .serial = serial};
    if (!authority.table.find(SerialKey(serial))) {
      SHOMEI_TRY(row, find_row(rows_, name, serial));
    }
    row.revoked_at = at;
    row.reason = reason;
    row.state = CertificateState::revoked;
    of_.changed(row);
    return {};
  }

  RevokedCertificates& of_;
  journal::Rows& rows_;
  const Published& published_;
};

RevokedCertificates::Partition& RevokedCertificates::partition_named(OfAuthority& of,
                                                                     const std::string& name) {
  const auto place = static_cast<std::uint32_t>(of.by_place.size());
  const auto [at, is_new] = of.partitions.try_emplace(name, of.table, place);
  if (is_new) {
    SHOMEI_INVARIANT(place < Revoked::kNoPartition);
    of.by_place.push_back(&at->second);
  }
  return at->second;
}

RevokedCertificates::Partition* RevokedCertificates::partition_of(OfAuthority& of, const std::string& name,
                                                                  const pki::SerialNumber& serial) {
  if (!journal::names_partition(name)) return nullptr;
  auto& partition = partition_named(of, name);
  if (!partition.example) partition.example = serial;
  return &partition;
}

Slot RevokedCertificates::put_in(OfAuthority& of, const CertificateRecord& row) {
  const auto* partition = partition_of(of, row.partition, row.serial);
  Revoked revoked{row.revoked_at.value_or(row.not_before), row.not_after, SerialKey(row.serial)};
  if (partition) revoked.partition = partition->place & Revoked::kNoPartition;
  revoked.set_reason(reason_of(row));
  of.first_end = of.first_end ? std::min(*of.first_end, row.not_after) : row.not_after;
  return of.table.insert(revoked);
}

void RevokedCertificates::loaded(const CertificateRecord& row, Instant now) {
  auto& of = authorities_[row.authority];
  partition_of(of, row.partition, row.serial);
  if (may_leave(of, row.not_after, now)) return;
  const Slot slot = put_in(of, row);
  on_lists(of, of.table[slot], [&](ListContent& list) { list.loaded(slot); });
}

void RevokedCertificates::changed(const CertificateRecord& row) {
  auto& of = authorities_[row.authority];
  if (const auto there = of.table.find(SerialKey(row.serial))) {
    auto& revoked = of.table[*there];
    revoked.revoked_at = row.revoked_at.value_or(row.not_before);
    revoked.set_reason(reason_of(row));
    return on_lists(of, revoked, [&](ListContent& list) { list.changed(*there); });
  }
  const Slot slot = put_in(of, row);
  on_lists(of, of.table[slot], [&](ListContent& list) { list.came(slot); });
}

Result<void> RevokedCertificates::load(journal::Rows& rows, Instant now) {
  authorities_.clear();
  SHOMEI_CHECK(load_lists(rows));
  SHOMEI_TRY(const auto size, rows.journal_size());
  SHOMEI_TRY(const auto records, rows.list_authorities());
  for (const auto& record : records) {
    authorities_[record.name];
    SHOMEI_CHECK(rows.each_revoked(record.name, [&](const CertificateRecord& one) { loaded(one, now); }));
  }
  next_ = size;
  loaded_ = true;
  return {};
}

Result<void> RevokedCertificates::load_lists(journal::Rows& rows) {
  SHOMEI_TRY(const auto lists, rows.latest_crls());
  for (const auto& list : lists) {
    const auto name = journal::ListName::parse(list.name);
    if (name && !name->delta) authorities_[name->authority].list_signed(name->partition, list.this_update);
  }
  return {};
}

Result<void> RevokedCertificates::catch_up(journal::Rows& rows, Instant now, const Published& published) {
  SHOMEI_CHECK(loaded_ ? follow(rows, published) : load(rows, now));
  for (auto& [name, of] : authorities_) let_go(of, now);
  return {};
}

Result<void> RevokedCertificates::follow(journal::Rows& rows, const Published& published) {
  SHOMEI_TRY(const auto size, rows.journal_size());
  if (size == next_) return {};
  Follow apply(*this, rows, published);
  Result<void> applied;
  const auto each = [&](const journal::StoredEntry& stored) {
    const auto changes = changes_of(stored);
    if (!changes) applied = changes.error();
    for (std::size_t i = 0; applied && i < changes->size(); ++i) applied = std::visit(apply, (*changes)[i]);
    if (applied) next_ = stored.entry.sequence + 1;
    return applied.has_value();
  };
  SHOMEI_CHECK(rows.each_entry(next_, {true, false, false}, each));
  return applied;
}

void RevokedCertificates::OfAuthority::list_signed(const std::string& partition, Instant at) {
  lists_signed[partition] = at;
  shown_until = std::ranges::min(std::views::values(lists_signed));
}

// A certificate leaves when it has been out of date for as long as a list lives, so that the last list that
// was signed while it was in date has been followed by one that still shows it (RFC 5280 3.3).
void RevokedCertificates::let_go(OfAuthority& of, Instant now) {
  if (!of.first_end || !may_leave(of, *of.first_end, now)) return;
  of.first_end.reset();
  for (Slot slot = 0; slot < of.table.slots(); ++slot) {
    const auto& revoked = of.table[slot];
    if (revoked.gone) continue;
    if (revoked.not_after + stays_ >= now || revoked.not_after >= of.shown_until) {
      of.first_end = of.first_end ? std::min(*of.first_end, revoked.not_after) : revoked.not_after;
      continue;
    }
    of.table.remove(slot);
    on_lists(of, revoked, [&](ListContent& list) { list.ran_out(slot); });
  }
}

ListContent& RevokedCertificates::content(const std::string& authority, const std::string& partition) {
  auto& of = authorities_[authority];
  return partition.empty() ? of.whole : partition_named(of, partition).content;
}

std::vector<std::string> RevokedCertificates::partitions(const std::string& authority) const {
  std::vector<std::string> names;
  const auto at = authorities_.find(authority);
  if (at != authorities_.end())
    for (const auto& [name, partition] : at->second.partitions) names.push_back(name);
  return names;
}

std::optional<pki::SerialNumber> RevokedCertificates::example(const std::string& authority,
                                                              const std::string& partition) const {
  const auto of = authorities_.find(authority);
  if (of == authorities_.end()) return std::nullopt;
  const auto at = of->second.partitions.find(partition);
  return at == of->second.partitions.end() ? std::nullopt : at->second.example;
}

}  // namespace shomei::authority
