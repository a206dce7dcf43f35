#include "status/status_list.h"

#include <mutex>
#include <set>

#include "base/check.h"

namespace shomei::status {
namespace {

// Fewer are cheap to keep as they are; more than so many would take as much memory as a base of the size of
// a nation.
constexpr std::size_t kMergeFrom = 64 * 1024;
constexpr std::size_t kMergeAt = 2 * 1024 * 1024;
constexpr std::size_t kYoungRowBytes = sizeof(Layer::value_type) + 32;  // with what the map adds

bool may_move(State from, State to) {
  switch (to) {
    case State::valid:
      return from == State::suspended;
    case State::suspended:
      return from == State::valid;
    case State::revoked:
      return from != State::revoked;
  }
  SHOMEI_INVARIANT(false);
}

std::optional<pki::RevocationReason> reason_of(const PackedRow& row) {
  if (row.state == State::valid || row.reason == kNoReason) return std::nullopt;
  return static_cast<pki::RevocationReason>(row.reason);
}

}  // namespace

std::string_view name(State state) {
  switch (state) {
    case State::valid:
      return "valid";
    case State::suspended:
      return "suspended";
    case State::revoked:
      return "revoked";
  }
  SHOMEI_INVARIANT(false);
}

Result<void> StatusList::take(const ListContents& contents) {
  const auto bad = [](std::string_view what) {
    return malformed("status_snapshot_form", {{"what", std::string(what)}});
  };
  for (const auto& [name, certificate] : contents.authorities)
    SHOMEI_CHECK(pki::parse_certificate(certificate));
  if (std::set(contents.last_days.begin(), contents.last_days.end()).size() != contents.last_days.size() ||
      std::set(contents.partitions.begin(), contents.partitions.end()).size() != contents.partitions.size())
    return bad("a dictionary has a value twice");
  std::set<std::string> names;
  for (const auto& [name, certificate] : contents.authorities) names.insert(name);
  if (names.size() != contents.authorities.size()) return bad("an authority stands in it twice");
  for (const auto& table : contents.base->tables)
    if (table.shape().authority >= names.size()) return bad("a table is of no authority");
  // Nothing can fail from here on.
  for (const auto& [name, certificate] : contents.authorities) SHOMEI_CHECK(add_authority(name, certificate));
  const std::unique_lock lock(mutex_);
  SHOMEI_INVARIANT(size_ == 0 && last_days_.size() == 0);
  for (const auto day : contents.last_days) last_days_.place_of(day);
  for (const auto& partition : contents.partitions) partitions_.place_of(partition);
  base_ = contents.base;
  size_ = base_->count();
  return {};
}

Result<void> StatusList::add_authority(std::string_view authority, ByteView certificate_der) {
  SHOMEI_TRY(auto certificate, pki::parse_certificate(certificate_der));
  const std::unique_lock lock(mutex_);
  if (const auto* known = find_authority_locked(authority)) {
    if (equal(known->certificate.der, certificate_der)) return {};
    return conflict("status_authority_taken", {{"authority", std::string(authority)}});
  }
  const Bytes subject = certificate.tbs.subject.der();
  const Bytes key_bits = certificate.tbs.key.key_bits();
  Authority added{std::string(authority), std::move(certificate),  crypto::sha1(subject),
                  crypto::sha1(key_bits), crypto::sha256(subject), crypto::sha256(key_bits)};
  added.place = authorities_.size();
  added.space = space_of(added);
  authorities_.push_back(std::move(added));
  young_.resize(authorities_.size());
  changes_.fetch_add(1, std::memory_order_release);
  return {};
}

std::size_t StatusList::space_of(const Authority& added) {
  for (const auto& known : authorities_)
    if (known.certificate.tbs.subject == added.certificate.tbs.subject) return known.space;
  return spaces_++;
}

const Authority* StatusList::find_authority_locked(std::string_view authority) const {
  for (const auto& known : authorities_)
    if (known.name == authority) return &known;
  return nullptr;
}

Result<const Authority*> StatusList::known(std::string_view authority) const {
  if (const auto* found = find_authority_locked(authority)) return found;
  return not_found("status_authority_unknown", {{"authority", std::string(authority)}});
}

std::optional<PackedRow> StatusList::find_locked(std::size_t authority,
                                                 const pki::SerialNumber& serial) const {
  const SerialKey key(serial.magnitude());
  const auto in = [&](const Layers& layers) -> const PackedRow* {
    if (authority >= layers.size()) return nullptr;
    const auto at = layers[authority].find(key);
    return at == layers[authority].end() ? nullptr : &at->second;
  };
  if (const auto* row = in(young_)) return *row;
  if (merging_)
    if (const auto* row = in(*merging_)) return *row;
  return base_->find(authority, serial.magnitude());
}

Result<void> StatusList::issued(std::string_view authority, const pki::SerialNumber& serial,
                                Instant not_after, std::string_view partition) {
  const std::unique_lock lock(mutex_);
  SHOMEI_TRY(const auto* issuer, known(authority));
  for (const auto& other : authorities_)
    if (other.space == issuer->space && find_locked(other.place, serial))
      return conflict("status_serial_taken", {{"serial", serial.hex()}}, "RFC 5280 4.1.2.2");
  young_[issuer->place].try_emplace(SerialKey(serial.magnitude()),
                                    PackedRow{.last_day = last_days_.place_of(not_after),
                                              .partition = partitions_.place_of(std::string(partition))});
  size_.fetch_add(1, std::memory_order_relaxed);
  changes_.fetch_add(1, std::memory_order_release);
  return {};
}

Result<void> StatusList::move(std::string_view authority, const pki::SerialNumber& serial, State to,
                              Instant at, std::uint8_t reason) {
  const std::unique_lock lock(mutex_);
  SHOMEI_TRY(const auto* issuer, known(authority));
  auto row = find_locked(issuer->place, serial);
  if (!row)
    return not_found("status_serial_unknown",
                     {{"serial", serial.hex()}, {"authority", std::string(authority)}});
  if (!may_move(row->state, to))
    return conflict(
        "status_move_impossible",
        {{"serial", serial.hex()}, {"from", std::string(name(row->state))}, {"to", std::string(name(to))}});
  row->state = to;
  row->changed_at = at;
  row->reason = reason;
  young_[issuer->place].insert_or_assign(SerialKey(serial.magnitude()), *row);
  changes_.fetch_add(1, std::memory_order_release);
  return {};
}

Result<void> StatusList::revoked(std::string_view authority, const pki::SerialNumber& serial, Instant at,
                                 pki::RevocationReason reason) {
  return move(authority, serial, State::revoked, at, static_cast<std::uint8_t>(reason));
}

Result<void> StatusList::suspended(std::string_view authority, const pki::SerialNumber& serial, Instant at) {
  return move(authority, serial, State::suspended, at,
              static_cast<std::uint8_t>(pki::RevocationReason::certificate_hold));
}

Result<void> StatusList::restored(std::string_view authority, const pki::SerialNumber& serial) {
  return move(authority, serial, State::valid, {}, kNoReason);
}

void StatusList::caught_up(Instant at) {
  const std::unique_lock lock(mutex_);
  current_at_ = at;
}

void StatusList::distrust(Error why) {
  const std::unique_lock lock(mutex_);
  if (distrusted_) return;
  distrusted_ = std::move(why);
  changes_.fetch_add(1, std::memory_order_release);
}

std::optional<Instant> StatusList::current_at() const {
  const std::shared_lock lock(mutex_);
  return distrusted_ ? std::nullopt : current_at_;
}

std::optional<Error> StatusList::distrusted() const {
  const std::shared_lock lock(mutex_);
  return distrusted_;
}

std::size_t StatusList::bytes() const {
  const std::shared_lock lock(mutex_);
  const std::size_t rows = count(young_) + (merging_ ? count(*merging_) : 0);
  return base_->bytes() + rows * kYoungRowBytes;
}

const Authority* StatusList::find_authority(std::string_view authority) const {
  const std::shared_lock lock(mutex_);
  return find_authority_locked(authority);
}

const Authority* StatusList::find_authority(const pki::CertId& id) const {
  if (id.hash == pki::CertId::Hash::other) return nullptr;
  const bool old = id.hash == pki::CertId::Hash::sha1;
  const std::shared_lock lock(mutex_);
  for (const auto& known : authorities_) {
    const ByteView name_hash = old ? ByteView(known.name_sha1) : ByteView(known.name_sha256);
    const ByteView key_hash = old ? ByteView(known.key_sha1) : ByteView(known.key_sha256);
    if (equal(id.issuer_key_hash, key_hash) && equal(id.issuer_name_hash, name_hash)) return &known;
  }
  return nullptr;
}

std::vector<const Authority*> StatusList::authorities() const {
  const std::shared_lock lock(mutex_);
  std::vector<const Authority*> all;
  for (const auto& one : authorities_) all.push_back(&one);
  return all;
}

std::optional<Standing> StatusList::find(const Authority& authority, const pki::SerialNumber& serial) const {
  const std::shared_lock lock(mutex_);
  const auto row = find_locked(authority.place, serial);
  if (!row) return std::nullopt;
  return Standing{row->state, row->changed_at, reason_of(*row), last_days_[row->last_day]};
}

std::size_t StatusList::unmerged() const {
  const std::shared_lock lock(mutex_);
  return count(young_);
}

bool StatusList::wants_merging() const {
  const std::shared_lock lock(mutex_);
  if (merging_) return false;
  const std::size_t rows = count(young_);
  return rows >= kMergeAt || (rows >= kMergeFrom && rows >= base_->count() / 8);
}

StatusList::Merging StatusList::begin_merging() {
  const std::unique_lock lock(mutex_);
  SHOMEI_INVARIANT(!merging_);
  merging_ = std::make_shared<const Layers>(std::move(young_));
  young_ = Layers(authorities_.size());
  Merging merging;
  merging.base_ = base_;
  merging.over_ = merging_;
  merging.last_days_ = last_days_.size();
  merging.partitions_ = partitions_.size();
  return merging;
}

void StatusList::Merging::run() {
  merged_ = merge(*base_, *over_, last_days_, partitions_);
}

void StatusList::adopt(Merging&& merged) {
  SHOMEI_INVARIANT(merged.merged_);
  std::shared_ptr<const Layers> gone;  // freed after the lock
  const std::unique_lock lock(mutex_);
  base_ = std::move(merged.merged_);
  gone = std::exchange(merging_, nullptr);
}

ListContents StatusList::contents() {
  auto merging = begin_merging();
  merging.run();
  adopt(std::move(merging));
  const std::shared_lock lock(mutex_);
  ListContents contents;
  for (const auto& one : authorities_) contents.authorities.emplace_back(one.name, one.certificate.der);
  contents.last_days = last_days_.values();
  contents.partitions = partitions_.values();
  contents.base = base_;
  return contents;
}

}  // namespace shomei::status
