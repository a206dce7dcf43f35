#include "journal/history.h"

#include <algorithm>

#include "pki/certificate.h"

namespace shomei::journal {
namespace {

// Null when no field is the certificate of that digest. An act that issues two names its fields
// "certificate..." as it likes.
struct Search {
  bool any = false;
  const Bytes* found = nullptr;
};
Search find_certificate(const Fields& person, const Sha256& digest) {
  Search search;
  for (auto it = person.lower_bound(field::kCertificate);
       it != person.end() && it->first.starts_with(field::kCertificate); ++it) {
    search.any = true;
    if (crypto::sha256(it->second) == digest) search.found = &it->second;
  }
  return search;
}

bool agrees(const pki::TbsCertificate& tbs, const CertificateIssued& issued, ByteView issuer) {
  return tbs.serial == issued.serial && equal(tbs.issuer.der(), issuer) &&
         tbs.not_before == issued.not_before && tbs.not_after == issued.not_after;
}

}  // namespace

History::Told History::made(std::string_view code, std::string detail) const {
  return {place_, step_, sequence_, std::string(code), std::move(detail)};
}

void History::tell(std::string_view code, std::string detail) {
  if (first_pass_ && told_.size() < findings_max_) told_.push_back(made(code, std::move(detail)));
}

void History::tell_of(const Key& key, std::string_view code, std::string detail) {
  // Where there is no room any more, as many have been told before of keys that this pass was then about:
  // what is passed over is not among the first of all, whichever pass tells those.
  if (keyed_.size() == findings_max_) forget_others();
  if (keyed_.size() < findings_max_) keyed_.push_back({key, made(code, std::move(detail))});
}

void History::forget_others() {
  std::erase_if(keyed_, [this](const Keyed& k) { return !table_.has(k.key); });
}

void History::add(const Entry& entry, const std::vector<StatusChange>& changes, const Fields* person,
                  Results results) {
  sequence_ = entry.sequence;
  person_ = first_pass_ ? person : nullptr;
  step_ = 0;
  follow(entry, results);
  for (std::uint64_t i = 1; const auto& change : changes) {
    step_ = 2 * i++;  // and the next for what is told of its certificate
    std::visit([this](const auto& c) { follow(c); }, change);
  }
  ++place_;
}

bool History::next_pass() {
  forget_others();
  for (auto& keyed : keyed_) told_.push_back(std::move(keyed.told));
  acts_ += table_.count(is_act);
  first_pass_ = false;
  keyed_.clear();
  authorities_.clear();
  place_ = 0;
  return table_.next_pass();
}

void History::follow(const Entry& entry, Results results) {
  const auto key = key_of(entry.act);
  act_ = key[0] >> 8;
  if (auto wrong = follow_phase(table_, entry, results)) tell_of(key, "phase_order", *std::move(wrong));
}

History::Authority* History::authority_of(const std::string& name) {
  const auto found = authorities_.find(name);
  if (found != authorities_.end()) return &found->second;
  tell("authority_unknown", "No entry before has added the authority " + name + ".");
  return nullptr;
}

std::uint64_t* History::life_of(const std::string& authority, const pki::SerialNumber& serial, Key& key) {
  const Authority* issuer = authority_of(authority);
  if (!issuer) return nullptr;
  key = PassTable::fingerprint(issuer->name, serial.magnitude());
  if (!table_.has(key)) return nullptr;
  auto* found = table_.find(key);
  if (!found)
    tell_of(key, "serial_not_reserved",
            "No intent before has reserved the serial number " + serial.hex() + ".");
  return found;
}

void History::move(const std::string& authority, const pki::SerialNumber& serial,
                   std::initializer_list<CertificateState> from, CertificateState to) {
  Key key;
  auto* value = life_of(authority, serial, key);
  if (!value) return;
  Life life = Life::of(*value);
  if (std::ranges::find(from, life.state) == from.end())
    tell_of(key, "status_order",
            "The certificate " + serial.hex() + " of " + authority +
                " changes its status in a way that cannot follow what was before.");
  life.state = to;
  *value = life.packed();
}

void History::follow(const AuthorityAdded& change) {
  const auto certificate = pki::parse_certificate(change.certificate);
  if (!certificate || !pki::verify_signature(*certificate, certificate->tbs.key))
    return tell("authority_wrong",
                "The certificate of the authority " + change.authority + " is not one that signs itself.");
  const auto [at, added] = authorities_.try_emplace(
      change.authority, Authority{certificate->tbs.subject.der(), certificate->tbs.key, {}});
  if (!added) tell("authority_twice", "The authority " + change.authority + " is added a second time.");
}

void History::follow(const SerialReserved& change) {
  const Authority* issuer = authority_of(change.authority);
  if (!issuer) return;
  const auto key = PassTable::fingerprint(issuer->name, change.serial.magnitude());
  if (!table_.has(key)) return;
  if (table_.find(key))
    tell_of(key, "serial_twice", "The serial number " + change.serial.hex() + " is reserved a second time.");
  else
    table_.put(key, Life{CertificateState::reserved, act_}.packed());
}

void History::follow(const CertificateIssued& change) {
  Key key;
  if (auto* value = life_of(change.authority, change.serial, key)) {
    const Life life = Life::of(*value);
    if (life.state != CertificateState::reserved)
      tell_of(key, "serial_twice", "The serial number " + change.serial.hex() + " is issued a second time.");
    else if (life.act != act_)
      tell_of(key, "serial_not_reserved",
              "The serial number " + change.serial.hex() + " was reserved by another act.");
    *value = Life{CertificateState::issued, life.act}.packed();
  }
  if (person_ && authorities_.contains(change.authority)) verify_certificate(change);
}

void History::verify_certificate(const CertificateIssued& issued) {
  ++step_;
  const Authority* issuer = authority_of(issued.authority);
  const auto search = find_certificate(*person_, issued.certificate);
  if (!search.any)
    return tell("certificate_missing", "The person part has no certificate " + issued.serial.hex() + ".");
  const auto wrong = [&](std::string_view what) {
    tell("certificate_wrong", "The certificate " + issued.serial.hex() + " " + std::string(what) + ".");
  };
  if (!search.found) return wrong("is not the one of the digest in the status part");
  const auto certificate = pki::parse_certificate(*search.found);
  if (!certificate) return wrong("does not parse");
  if (!agrees(certificate->tbs, issued, issuer->name))
    return wrong("says another issuer, serial number or validity than the status part");
  if (!pki::verify_signature(*certificate, issuer->key))
    return wrong("has a signature that does not hold under " + issued.authority);
  ++certificates_;
}

void History::follow(const CertificateRevoked& change) {
  // A serial number that was reserved may be revoked too: nobody knows whether the key has signed.
  move(change.authority, change.serial,
       {CertificateState::reserved, CertificateState::issued, CertificateState::suspended},
       CertificateState::revoked);
}

void History::follow(const CertificateSuspended& change) {
  move(change.authority, change.serial, {CertificateState::issued}, CertificateState::suspended);
}

void History::follow(const CertificateRestored& change) {
  move(change.authority, change.serial, {CertificateState::suspended}, CertificateState::issued);
}

// Numbers rise, each list's by itself; a delta list bears the number of the complete one that says the same
// (RFC 5280 5.2.3), and begins at one that was there before or with it.
void History::follow(const CrlPublished& change) {
  Authority* issuer = authority_of(change.authority);
  if (!issuer) return;
  const auto last_of = [&](const ListName& name) -> std::uint64_t {
    const auto found = issuer->lists.find(name);
    return found == issuer->lists.end() ? 0 : found->second;
  };
  const auto name = change.name();
  const bool first = !issuer->lists.contains(name);
  const bool rises = first || change.number > last_of(name);
  const bool of_its_complete_list =
      !change.base || (change.number == last_of(name.complete_list()) && *change.base <= change.number);
  if (!rises || !of_its_complete_list)
    tell("crl_order", "The revocation list " + std::to_string(change.number) + " of " + name.text() +
                          " does not follow the one before.");
  issuer->lists[name] = change.number;
}

}  // namespace shomei::journal
