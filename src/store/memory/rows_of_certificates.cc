#include <algorithm>
#include <tuple>

#include "store/memory/rows.h"

namespace shomei::store {
namespace {

using journal::AuthorityRecord;
using journal::BlockedKey;
using journal::CertificateRecord;
using journal::CertificateState;
using journal::CrlRecord;
using journal::RequestRecord;

bool same_number(const CertificateRecord& a, const CertificateRecord& b) {
  return a.serial == b.serial && a.serial_space == b.serial_space;
}

auto as_number(const CertificateRecord& c) {
  return std::tuple(c.serial.magnitude().size(), c.serial.magnitude());
}

}  // namespace

template <class Wanted>
std::vector<CertificateRecord> MemoryRows::certificates_where(Wanted wanted) const {
  std::vector<CertificateRecord> list;
  for (const auto& c : state().certificates)
    if (wanted(*c)) list.push_back(*c);
  return list;
}

Result<void> MemoryRows::insert(const AuthorityRecord& authority) {
  if (changed().authorities.emplace(authority.name, authority).second) return {};
  return conflict("authority_exists", {{"authority", authority.name}});
}

Result<std::vector<AuthorityRecord>> MemoryRows::list_authorities() {
  std::vector<AuthorityRecord> list;
  for (const auto& [name, authority] : state().authorities) list.push_back(authority);
  std::ranges::stable_sort(
      list, {}, [](const AuthorityRecord& a) { return std::tuple(pki::name(a.kind), a.generation); });
  return list;
}

Result<void> MemoryRows::insert(const CertificateRecord& certificate) {
  auto& all = changed().certificates;
  if (std::ranges::any_of(all, [&](const auto& c) { return same_number(*c, certificate); }))
    return conflict("serial_used", {{"serial", certificate.serial.hex()}});
  all.push_back(std::make_shared<CertificateRecord>(certificate));
  return {};
}

Result<void> MemoryRows::update(const CertificateRecord& certificate, CertificateState expected) {
  auto& all = changed().certificates;
  const auto at = std::ranges::find_if(
      all, [&](const auto& c) { return same_number(*c, certificate) && c->state == expected; });
  if (at == all.end())
    return conflict("certificate_state_moved", {{"serial", certificate.serial.hex()},
                                                {"expected", std::string(journal::name(expected))}});
  auto next = **at;
  next.state = certificate.state;
  next.delivered = certificate.delivered;
  next.revoked_at = certificate.revoked_at;
  next.reason = certificate.reason;
  if (next.der.empty()) next.der = certificate.der;
  *at = std::make_shared<CertificateRecord>(std::move(next));
  return {};
}

Result<std::vector<CertificateRecord>> MemoryRows::find_certificates(const pki::SerialNumber& serial) {
  return certificates_where([&](const auto& c) { return c.serial == serial; });
}

Result<std::vector<CertificateRecord>> MemoryRows::certificates_of(const ResidentId& resident) {
  return certificates_where([&](const auto& c) { return c.resident == resident; });
}

Result<std::vector<CertificateRecord>> MemoryRows::certificates_in_state(CertificateState state) {
  return certificates_where([&](const auto& c) { return c.state == state; });
}

Result<void> MemoryRows::each_revoked(const std::string& authority,
                                      const std::function<void(const CertificateRecord&)>& each) {
  auto list = certificates_where([&](const auto& c) {
    const bool ended = c.state == CertificateState::revoked || c.state == CertificateState::suspended;
    return ended && c.authority == authority;
  });
  std::ranges::sort(list, {}, as_number);
  for (auto& c : list) {
    c.der.clear();
    each(c);
  }
  return {};
}

Result<std::vector<CertificateRecord>> MemoryRows::undelivered() {
  return certificates_where([](const auto& c) { return c.state == CertificateState::valid && !c.delivered; });
}

Result<std::vector<CertificateRecord>> MemoryRows::certificates_of_office(const OfficeId& office,
                                                                          const journal::Page& page) {
  auto list = certificates_where([&](const auto& c) { return c.office == office; });
  std::ranges::reverse(list);
  if (!page.after.empty()) {
    SHOMEI_TRY(const auto serial, pki::SerialNumber::parse_hex(page.after));
    const auto at = std::ranges::find(list, serial, &CertificateRecord::serial);
    list.erase(list.begin(), at == list.end() ? at : at + 1);
  }
  if (list.size() > page.count) list.resize(page.count);
  for (auto& record : list) record.der.clear();
  return list;
}

Result<bool> MemoryRows::key_used(const journal::Sha256& key) {
  return std::ranges::any_of(state().certificates, [&](const auto& c) { return c->key == key; });
}

Result<std::vector<CertificateRecord>> MemoryRows::certificates_of_key(const journal::Sha256& key) {
  return certificates_where([&](const auto& c) { return c.key == key; });
}

Result<void> MemoryRows::each_signed(const std::function<bool(const CertificateRecord&)>& each) {
  for (const auto& c : certificates_where([](const auto& one) { return !one.der.empty(); }))
    if (!each(c)) break;
  return {};
}

Result<void> MemoryRows::each_issued(const std::function<bool(const CertificateRecord&)>& each) {
  for (auto& c : certificates_where([](const auto& one) {
         return one.state != CertificateState::reserved && one.state != CertificateState::written_off;
       })) {
    c.der.clear();
    if (!each(c)) break;
  }
  return {};
}

Result<std::vector<journal::Moved>> MemoryRows::move_states(const journal::StateMove& move) {
  auto& all = changed().certificates;
  std::map<pki::SerialNumber, std::size_t> places;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i]->serial_space == move.serial_space) places.emplace(all[i]->serial, i);
  std::vector<journal::Moved> moved;
  for (const auto& serial : move.serials) {
    auto& one = moved.emplace_back();
    const auto at = places.find(serial);
    if (at == places.end()) continue;
    auto& kept = all[at->second];
    one = journal::moved_by(move, kept->state, kept->not_before);
    if (!one.moved) continue;
    CertificateRecord next = *kept;
    next.state = move.to;
    next.revoked_at = one.at;
    next.reason = move.reason;
    kept = std::make_shared<CertificateRecord>(std::move(next));
  }
  return moved;
}

Result<void> MemoryRows::insert(const BlockedKey& key) {
  if (changed().blocked_keys.emplace(key.key, key).second) return {};
  return conflict("key_blocked_already", {{"key", to_hex(key.key)}});
}

Result<std::optional<BlockedKey>> MemoryRows::find_blocked_key(const journal::Sha256& key) {
  const auto at = state().blocked_keys.find(key);
  return at == state().blocked_keys.end() ? std::nullopt : std::optional(at->second);
}

Result<std::vector<BlockedKey>> MemoryRows::list_blocked_keys(const journal::Page& page) {
  std::vector<BlockedKey> list;
  for (const auto& [key, blocked] : state().blocked_keys)
    if (list.size() < page.count && to_hex(key) > page.after) list.push_back(blocked);
  return list;
}

Result<std::uint64_t> MemoryRows::next_number(const std::string& serial_space) {
  return ++changed().last_numbers[serial_space];
}

Result<void> MemoryRows::insert(const RequestRecord& request) {
  const auto [first, inserted] = changed().requests.emplace(request.request, request);
  if (inserted) return {};
  return conflict("request_exists", {{"request", request.request.text()}, {"act", first->second.act.text()}});
}

Result<std::optional<RequestRecord>> MemoryRows::find_request(const RequestId& id) {
  const auto at = state().requests.find(id);
  return at == state().requests.end() ? std::nullopt : std::optional(at->second);
}

Result<void> MemoryRows::insert(const CrlRecord& crl) {
  if (changed().crls.emplace(std::pair(crl.name, crl.number), crl).second) return {};
  return conflict("crl_exists", {{"authority", crl.name}, {"number", std::to_string(crl.number)}});
}

Result<std::optional<CrlRecord>> MemoryRows::latest_crl(const std::string& name) {
  std::optional<CrlRecord> latest;
  for (const auto& [key, crl] : state().crls)
    if (key.first == name) latest = crl;  // they stand in the order of their numbers
  return latest;
}

Result<std::uint64_t> MemoryRows::latest_crl_number(const std::string& name) {
  SHOMEI_TRY(const auto latest, latest_crl(name));
  return latest ? latest->number : 0;
}

Result<std::vector<CrlRecord>> MemoryRows::latest_crls() {
  std::vector<CrlRecord> list;
  for (const auto& [key, crl] : state().crls) {
    if (!list.empty() && list.back().name == key.first) list.pop_back();
    list.push_back({crl.name, crl.number, crl.this_update, crl.next_update, {}});
  }
  return list;
}

Result<void> MemoryRows::remove_crls_before(const std::string& name, std::uint64_t number) {
  std::erase_if(changed().crls,
                [&](const auto& one) { return one.first.first == name && one.first.second < number; });
  return {};
}

}  // namespace shomei::store
