#include "status/status_list.h"

#include <functional>
#include <mutex>

#include "base/check.h"

namespace shomei::status {
namespace {

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

std::size_t StatusList::SerialHash::operator()(const pki::SerialNumber& serial) const {
  const auto& bytes = serial.magnitude();
  return std::hash<std::string_view>{}({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

Result<void> StatusList::add_authority(std::string_view authority, ByteView certificate_der) {
  SHOMEI_TRY(auto certificate, pki::parse_certificate(certificate_der));
  const std::unique_lock lock(mutex_);
  if (const auto* known = find_locked(authority)) {
    if (equal(known->certificate.der, certificate_der)) return {};
    return conflict("status_authority_taken", {{"authority", std::string(authority)}});
  }
  const Bytes subject = certificate.tbs.subject.der();
  const Bytes key_bits = certificate.tbs.key.key_bits();
  Authority added{std::string(authority), std::move(certificate),  crypto::sha1(subject),
                  crypto::sha1(key_bits), crypto::sha256(subject), crypto::sha256(key_bits)};
  added.space = space_of(added);
  authorities_.push_back(std::move(added));
  return {};
}

std::size_t StatusList::space_of(const Authority& added) {
  for (const auto& known : authorities_)
    if (known.certificate.tbs.subject == added.certificate.tbs.subject) return known.space;
  spaces_.emplace_back();
  return spaces_.size() - 1;
}

const Authority* StatusList::find_locked(std::string_view authority) const {
  for (const auto& known : authorities_)
    if (known.name == authority) return &known;
  return nullptr;
}

Result<void> StatusList::issued(std::string_view authority, const pki::SerialNumber& serial,
                                Instant not_after) {
  const std::unique_lock lock(mutex_);
  const auto* issuer = find_locked(authority);
  if (!issuer) return not_found("status_authority_unknown", {{"authority", std::string(authority)}});
  const Row row{issuer, {State::valid, {}, {}, not_after}};
  if (!spaces_[issuer->space].try_emplace(serial, row).second)
    return conflict("status_serial_taken", {{"serial", serial.hex()}}, "RFC 5280 4.1.2.2");
  return {};
}

Result<StatusList::Row*> StatusList::row_of(std::string_view authority, const pki::SerialNumber& serial) {
  const auto* issuer = find_locked(authority);
  if (!issuer) return not_found("status_authority_unknown", {{"authority", std::string(authority)}});
  auto& space = spaces_[issuer->space];
  const auto at = space.find(serial);
  if (at == space.end() || at->second.issuer != issuer)
    return not_found("status_serial_unknown",
                     {{"serial", serial.hex()}, {"authority", std::string(authority)}});
  return &at->second;
}

// `to` but for its last day, which stays.
Result<void> StatusList::move(std::string_view authority, const pki::SerialNumber& serial,
                              const Standing& to) {
  const std::unique_lock lock(mutex_);
  SHOMEI_TRY(auto* row, row_of(authority, serial));
  Standing& now = row->standing;
  if (!may_move(now.state, to.state))
    return conflict("status_move_impossible", {{"serial", serial.hex()},
                                               {"from", std::string(name(now.state))},
                                               {"to", std::string(name(to.state))}});
  now = {to.state, to.changed_at, to.reason, now.not_after};
  return {};
}

Result<void> StatusList::revoked(std::string_view authority, const pki::SerialNumber& serial, Instant at,
                                 pki::RevocationReason reason) {
  return move(authority, serial, {State::revoked, at, reason, {}});
}

Result<void> StatusList::suspended(std::string_view authority, const pki::SerialNumber& serial, Instant at) {
  return move(authority, serial, {State::suspended, at, pki::RevocationReason::certificate_hold, {}});
}

Result<void> StatusList::restored(std::string_view authority, const pki::SerialNumber& serial) {
  return move(authority, serial, {State::valid, {}, {}, {}});
}

void StatusList::caught_up(Instant at) {
  const std::unique_lock lock(mutex_);
  if (!current_at_ || *current_at_ < at) current_at_ = at;
}

std::optional<Instant> StatusList::current_at() const {
  const std::shared_lock lock(mutex_);
  return current_at_;
}

std::size_t StatusList::size() const {
  const std::shared_lock lock(mutex_);
  std::size_t sum = 0;
  for (const auto& space : spaces_) sum += space.size();
  return sum;
}

const Authority* StatusList::find_authority(std::string_view authority) const {
  const std::shared_lock lock(mutex_);
  return find_locked(authority);
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

std::optional<Standing> StatusList::find(const Authority& authority, const pki::SerialNumber& serial) const {
  const std::shared_lock lock(mutex_);
  const auto& space = spaces_[authority.space];
  const auto at = space.find(serial);
  if (at == space.end() || at->second.issuer != &authority) return std::nullopt;
  return at->second.standing;
}

}  // namespace shomei::status
