#include "journal/history.h"

#include <algorithm>
#include <cstring>

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

History::Fingerprint History::fingerprint(ByteView first, ByteView second) {
  const std::uint8_t separator[] = {0x00};
  const auto digest = crypto::sha256({first, separator, second});
  Fingerprint words;
  std::memcpy(words.data(), digest.data(), sizeof words);
  return words;
}

void History::tell(std::string_view code, std::string detail) const {
  tell_(sequence_, std::string(code), std::move(detail));
}

void History::add(const Entry& entry, const std::vector<StatusChange>& changes, const Fields* person) {
  sequence_ = entry.sequence;
  person_ = person;
  follow_phase(entry);
  for (const auto& change : changes) std::visit([this](const auto& c) { follow(c); }, change);
}

void History::follow_phase(const Entry& entry) {
  const auto key = fingerprint(view(entry.act.text()), {});
  act_ = key[0];
  ActState& state = acts_.try_emplace(key, ActState::unknown).first->second;
  struct Step {
    ActState from, to;
  };
  // In the order of Phase.
  static constexpr Step kSteps[] = {{ActState::unknown, ActState::done},
                                    {ActState::unknown, ActState::intent},
                                    {ActState::intent, ActState::result},
                                    {ActState::result, ActState::done},
                                    {ActState::intent, ActState::done}};
  const Step& step = kSteps[static_cast<std::size_t>(entry.phase)];
  if (state != step.from)
    tell("phase_order", "The act " + entry.act.text() + " has the phase " + std::string(name(entry.phase)) +
                            " where it cannot follow.");
  state = step.to;
}

History::Authority* History::authority_of(const std::string& name) {
  const auto found = authorities_.find(name);
  if (found != authorities_.end()) return &found->second;
  tell("authority_unknown", "No entry before has added the authority " + name + ".");
  return nullptr;
}

History::Life* History::life_of(const std::string& authority, const pki::SerialNumber& serial) {
  const Authority* issuer = authority_of(authority);
  if (!issuer) return nullptr;
  const auto found = lives_.find(fingerprint(issuer->name, serial.magnitude()));
  if (found != lives_.end()) return &found->second;
  tell("serial_not_reserved", "No intent before has reserved the serial number " + serial.hex() + ".");
  return nullptr;
}

void History::move(const std::string& authority, const pki::SerialNumber& serial,
                   std::initializer_list<CertificateState> from, CertificateState to) {
  Life* life = life_of(authority, serial);
  if (!life) return;
  if (std::ranges::find(from, life->state) == from.end())
    tell("status_order", "The certificate " + serial.hex() + " of " + authority +
                             " changes its status in a way that cannot follow what was before.");
  life->state = to;
}

void History::follow(const AuthorityAdded& change) {
  const auto certificate = pki::parse_certificate(change.certificate);
  if (!certificate || !pki::verify_signature(*certificate, certificate->tbs.key))
    return tell("authority_wrong",
                "The certificate of the authority " + change.authority + " is not one that signs itself.");
  const auto [at, added] = authorities_.try_emplace(
      change.authority, Authority{certificate->tbs.subject.der(), certificate->tbs.key, std::nullopt});
  if (!added) tell("authority_twice", "The authority " + change.authority + " is added a second time.");
}

void History::follow(const SerialReserved& change) {
  const Authority* issuer = authority_of(change.authority);
  if (!issuer) return;
  const auto key = fingerprint(issuer->name, change.serial.magnitude());
  if (!lives_.try_emplace(key, Life{CertificateState::reserved, act_}).second)
    tell("serial_twice", "The serial number " + change.serial.hex() + " is reserved a second time.");
}

void History::follow(const CertificateIssued& change) {
  Life* life = life_of(change.authority, change.serial);
  if (!life) return;
  if (life->state != CertificateState::reserved)
    tell("serial_twice", "The serial number " + change.serial.hex() + " is issued a second time.");
  else if (life->act != act_)
    tell("serial_not_reserved", "The serial number " + change.serial.hex() + " was reserved by another act.");
  life->state = CertificateState::issued;
  if (person_) verify_certificate(change);
}

void History::verify_certificate(const CertificateIssued& issued) {
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

void History::follow(const CrlPublished& change) {
  Authority* issuer = authority_of(change.authority);
  if (!issuer) return;
  if (issuer->crl_number && change.number <= *issuer->crl_number)
    tell("crl_order", "The revocation list " + std::to_string(change.number) + " of " + change.authority +
                          " does not follow the one before.");
  issuer->crl_number = change.number;
}

}  // namespace shomei::journal
