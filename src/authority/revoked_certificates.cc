#include "authority/revoked_certificates.h"

#include <algorithm>

namespace shomei::authority {
namespace {

using journal::CertificateRecord;
using journal::CertificateState;
using pki::RevocationReason;

// RFC 5280 5.3.1: the reason "unspecified" is left out.
Bytes encode_entry(const pki::SerialNumber& serial, Instant at, std::optional<RevocationReason> reason) {
  if (reason == RevocationReason::unspecified) reason.reset();
  Bytes entry;
  pki::append_entry(entry, {serial, at, reason, std::nullopt});
  return entry;
}

void set(Revoked& revoked, Instant at, std::optional<RevocationReason> reason) {
  revoked.revoked_at = at;
  revoked.on_hold = reason == RevocationReason::certificate_hold;
  revoked.entry = encode_entry(revoked.serial, at, reason);
}

std::optional<RevocationReason> reason_of(const CertificateRecord& record) {
  return record.state == CertificateState::suspended ? RevocationReason::certificate_hold : record.reason;
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
    const auto at = authority.held.find(c.serial);
    if (at == authority.held.end()) return {};  // its certificate had run out
    authority.whole.released(at->second.get());
    if (at->second->partition) at->second->partition->content.released(at->second.get());
    authority.held.erase(at);
    return {};
  }
  Result<void> operator()(const journal::CrlPublished& c) {
    published_(c);
    return {};
  }

 private:
  Result<void> put(const std::string& name, const pki::SerialNumber& serial, Instant at,
                   RevocationReason reason) {
    auto& authority = of_.authorities_[name];
    auto found = authority.held.find(serial);
    if (found == authority.held.end()) {
      SHOMEI_TRY(const auto row, find_row(rows_, name, serial));
      of_.hold(authority, serial, row.not_after, of_.partition_of(authority, row.partition, serial));
      found = authority.held.find(serial);
    }
    auto& held = *found->second;
    set(held, at, reason);
    authority.whole.changed(&held);
    if (held.partition) held.partition->content.changed(&held);
    return {};
  }

  RevokedCertificates& of_;
  journal::Rows& rows_;
  const Published& published_;
};

RevokedCertificates::Partition* RevokedCertificates::partition_of(OfAuthority& of, const std::string& name,
                                                                  const pki::SerialNumber& serial) {
  if (!journal::names_partition(name)) return nullptr;
  auto& partition = of.partitions[name];
  if (!partition.example) partition.example = serial;
  return &partition;
}

RevokedCertificates::Held& RevokedCertificates::hold(OfAuthority& of, const pki::SerialNumber& serial,
                                                     Instant not_after, Partition* partition) {
  auto held = std::make_unique<Held>();
  held->serial = serial;
  held->not_after = not_after;
  held->partition = partition;
  of.first_end = of.first_end ? std::min(*of.first_end, not_after) : not_after;
  return *(of.held[serial] = std::move(held));
}

Result<void> RevokedCertificates::load(journal::Rows& rows, Instant now) {
  authorities_.clear();
  SHOMEI_TRY(const auto size, rows.journal_size());
  SHOMEI_TRY(const auto records, rows.list_authorities());
  for (const auto& record : records) {
    auto& of = authorities_[record.name];
    SHOMEI_CHECK(rows.each_revoked(record.name, [&](const CertificateRecord& one) {
      auto* partition = partition_of(of, one.partition, one.serial);
      if (one.not_after + stays_ < now) return;
      auto& held = hold(of, one.serial, one.not_after, partition);
      set(held, one.revoked_at.value_or(one.not_before), reason_of(one));
      of.whole.loaded(&held);
      if (partition) partition->content.loaded(&held);
    }));
  }
  next_ = size;
  loaded_ = true;
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

// A certificate leaves when it has been out of date for as long as a list lives, so that the last list that
// was signed while it was in date has been followed by one that still shows it (RFC 5280 3.3).
void RevokedCertificates::let_go(OfAuthority& of, Instant now) {
  if (!of.first_end || *of.first_end + stays_ >= now) return;
  of.first_end.reset();
  for (auto at = of.held.begin(); at != of.held.end();) {
    auto& held = *at->second;
    if (held.not_after + stays_ >= now) {
      of.first_end = of.first_end ? std::min(*of.first_end, held.not_after) : held.not_after;
      ++at;
      continue;
    }
    of.whole.ran_out(&held);
    if (held.partition) held.partition->content.ran_out(&held);
    at = of.held.erase(at);
  }
}

ListContent& RevokedCertificates::content(const std::string& authority, const std::string& partition) {
  auto& of = authorities_[authority];
  return partition.empty() ? of.whole : of.partitions[partition].content;
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
