#include "counter/shared_primes.h"

#include <algorithm>
#include <map>
#include <set>

#include "crypto/random.h"
#include "der/reader.h"
#include "pki/certificate.h"

namespace shomei::counter {
namespace {

namespace field = journal::field;

constexpr std::size_t kBlockedAtOnce = 1000;

struct Moduli {
  std::vector<Bytes> all;
  std::vector<crypto::Sha256> keys;
};

// A key that was certified twice, as no key should be, counts once: it shares nothing with itself.
Result<Moduli> every_modulus(journal::Rows& rows) {
  Moduli moduli;
  std::set<crypto::Sha256> seen;
  std::optional<Error> broken;
  SHOMEI_CHECK(rows.each_signed([&](const journal::CertificateRecord& record) {
    const auto certificate = pki::parse_certificate(record.der);
    if (!certificate) {
      broken = Error(certificate.error()).with("serial", record.serial.hex());
      return false;
    }
    auto modulus = certificate->tbs.key.modulus();
    if (modulus.empty() || !seen.insert(record.key).second) return true;
    moduli.all.push_back(std::move(modulus));
    moduli.keys.push_back(record.key);
    return true;
  }));
  if (broken) return *std::move(broken);
  return moduli;
}

void add_factor(std::vector<Bytes>& factors, const Bytes& factor) {
  if (std::ranges::find(factors, factor) == factors.end()) factors.push_back(factor);
}

// The shared prime, and the other one of each modulus, which everybody can compute as well now.
void add_factors(SharingKey& key, const Bytes& modulus, const Bytes& factor) {
  add_factor(key.factors, factor);
  if (factor != modulus) add_factor(key.factors, crypto::quotient(modulus, factor));
}

Result<void> take_factors(const Bytes& der, crypto::SharedFactors& factors, std::set<Bytes>& taken) {
  SHOMEI_TRY(auto members, der::enter_single(der));
  while (!members.done()) {
    SHOMEI_TRY(const auto factor, members.take_magnitude());
    if (const auto bytes = to_bytes(factor); bytes > Bytes{1} && taken.insert(bytes).second)
      factors.add(bytes);
  }
  return {};
}

Result<void> take_factors_of(journal::Rows& rows, const ActId& act, crypto::SharedFactors& factors,
                             std::set<Bytes>& taken) {
  SHOMEI_TRY(const auto sequences, rows.entries_of_act(act));
  for (const auto sequence : sequences) {
    SHOMEI_TRY(const auto stored, rows.find_entry(sequence));
    const auto& part = stored ? stored->parts[static_cast<std::size_t>(journal::PartKind::person)]
                              : std::optional<journal::Part>{};
    if (!part) continue;
    SHOMEI_TRY(const auto fields, journal::parse_fields(part->body));
    const auto found = fields.find(field::kFactors);
    if (found != fields.end()) SHOMEI_CHECK(take_factors(found->second, factors, taken));
  }
  return {};
}

}  // namespace

Result<SharedPrimes> look_for_shared_primes(const Parts& parts, const crypto::SharedPrimeSearch& search) {
  SHOMEI_TRY(auto rows, parts.journal.read());
  SHOMEI_TRY(const auto moduli, every_modulus(*rows));
  rows.reset();  // it takes a while, and a view that is kept keeps the store's log from ending
  SharedPrimes found;
  found.looked_at = moduli.all.size();
  std::map<std::size_t, std::size_t> places;
  const auto place_of = [&](std::size_t modulus) {
    const auto [at, is_new] = places.emplace(modulus, found.keys.size());
    if (is_new) found.keys.push_back({moduli.keys[modulus], {}});
    return at->second;
  };
  for (const auto& shared : crypto::find_shared_primes(moduli.all, search)) {
    auto& group = found.primes.emplace_back();
    for (const auto modulus : shared.places) {
      group.push_back(place_of(modulus));
      add_factors(found.keys[group.back()], moduli.all[modulus], shared.factor);
    }
  }
  return found;
}

Result<SharingKeyState> block_sharing_key(const Parts& parts, const Officer& officer, const SharingKey& key,
                                          bool revoke) {
  BlockRequest request{.officer = officer,
                       .key = key.key,
                       .cause = std::string(kSharedPrime),
                       .factors = key.factors,
                       .revoke = revoke};
  const auto attempt = [&] {
    request.officer.request = crypto::ordered_identifier<RequestId>();
    return block_key(parts, request);
  };
  SharingKeyState done;
  auto state = attempt();
  if (!state && state.error().fault == Fault::refused && revoke) {
    done.refusal = state.error().code;
    request.revoke = false;
    state = attempt();
  }
  if (!state && state.error().code == "key_blocked_already") {
    done.blocked_before = true;
    SHOMEI_TRY(const auto rows, parts.journal.read());
    state = find_blocked(*rows, key.key);
  }
  if (!state) return std::move(state).error();
  done.state = *std::move(state);
  return done;
}

Result<crypto::SharedFactors> found_factors(journal::Rows& rows) {
  crypto::SharedFactors factors;
  std::set<Bytes> taken;
  for (journal::Page page{.after = "", .count = kBlockedAtOnce};;) {
    SHOMEI_TRY(const auto blocked, rows.list_blocked_keys(page));
    for (const auto& one : blocked)
      if (one.cause == kSharedPrime) SHOMEI_CHECK(take_factors_of(rows, one.act, factors, taken));
    if (blocked.size() < page.count) return factors;
    page.after = to_hex(blocked.back().key);
  }
}

}  // namespace shomei::counter
