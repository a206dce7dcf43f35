#include "mass/selection.h"

#include <algorithm>

#include "crypto/weak_keys.h"
#include "der/reader.h"
#include "pki/certificate.h"

namespace shomei::mass {
namespace {

using journal::CertificateRecord;

// Nothing is asked, or one of them it is.
template <class Items, class Item>
bool among(const Items& items, const Item& item) {
  return items.empty() || std::ranges::find(items, item) != items.end();
}

// RSAPublicKey (RFC 8017 A.1.1); none of other keys.
std::optional<std::int64_t> exponent_of(const crypto::PublicKey& key) {
  if (key.modulus().empty()) return std::nullopt;
  const auto read = [&]() -> Result<std::int64_t> {
    SHOMEI_TRY(auto members, der::enter_single(key.key_bits()));
    SHOMEI_TRY(const auto modulus, members.take_magnitude());
    std::ignore = modulus;
    return members.take_integer();
  }();
  return read ? std::optional(*read) : std::nullopt;
}

}  // namespace

Selection::Selection(const Query& query, journal::Rows& rows, const authority::KnownKeys& known)
    : query_(query), rows_(rows), known_(known) {}

Result<bool> Selection::matches(const CertificateRecord& record) const {
  const bool so_far = among(query_.authorities, record.authority) && among(query_.kinds, record.kind) &&
                      among(query_.offices, record.office) &&
                      among(query_.municipalities, record.partition) &&
                      (!query_.issued_from || *query_.issued_from <= record.not_before) &&
                      (!query_.issued_until || record.not_before < *query_.issued_until) && is_listed(record);
  if (!so_far || !query_.key.asks()) return so_far;
  return key_matches(record);
}

bool Selection::is_listed(const CertificateRecord& record) const {
  if (query_.cards && !std::ranges::binary_search(query_.cards->items, record.card)) return false;
  if (!query_.certificates) return true;
  const auto& items = query_.certificates->items;
  return std::ranges::binary_search(items, Listed{record.serial, record.authority}) ||
         std::ranges::binary_search(items, Listed{record.serial, {}});
}

Result<bool> Selection::key_matches(const CertificateRecord& record) const {
  SHOMEI_TRY(const auto certificate, pki::parse_certificate(record.der));
  const auto& key = certificate.tbs.key;
  if (!among(query_.key.types, key.type())) return false;
  if (query_.key.rsa_exponent && exponent_of(key) != query_.key.rsa_exponent) return false;
  const auto modulus = key.modulus();
  for (const auto weakness : query_.key.weak) {
    SHOMEI_TRY(const bool weak, has(weakness, record, modulus));
    if (weak) return true;
  }
  return query_.key.weak.empty();
}

Result<bool> Selection::has(Weakness weakness, const CertificateRecord& record, ByteView modulus) const {
  const bool rsa = !modulus.empty();
  switch (weakness) {
    case Weakness::roca:
      return rsa && crypto::has_roca_fingerprint(modulus);
    case Weakness::small_factor:
      return rsa && crypto::has_small_factor(modulus);
    case Weakness::close_primes:
      return rsa && crypto::has_close_primes(modulus);
    case Weakness::shared_prime:
      return rsa && known_.shared != nullptr && known_.shared->divide(modulus);
    case Weakness::listed:
      return std::ranges::any_of(known_.lists, [&](const crypto::KeyList& list) {
        if (list.digest() == crypto::KeyDigest::spki_sha256) return list.contains(record.key);
        return rsa && list.contains(crypto::debian_digest(modulus));
      });
    case Weakness::blocked: {
      SHOMEI_TRY(const auto blocked, rows_.find_blocked_key(record.key));
      return blocked.has_value();
    }
  }
  return false;
}

}  // namespace shomei::mass
