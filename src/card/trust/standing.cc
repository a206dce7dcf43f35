#include "card/trust/standing.h"

#include <array>

#include "der/reader.h"

namespace shomei::card::trust {
namespace {

constexpr unsigned bit(pki::KeyUsage use) {
  return 0x8000U >> static_cast<unsigned>(use);
}

// No bits when the extension is missing or not of its form.
unsigned uses_of(const pki::Certificate& certificate) {
  const auto* extension = certificate.tbs.find(pki::extension_id::key_usage());
  if (!extension) return 0;
  der::Reader reader(extension->value);
  const auto bits = reader.take_named_bits();
  return bits && reader.done() ? *bits : 0;
}

bool is_for(const pki::Certificate& certificate, Kind kind) {
  const unsigned uses = uses_of(certificate);
  const bool non_repudiation = (uses & bit(pki::KeyUsage::non_repudiation)) != 0;
  return (uses & bit(pki::KeyUsage::digital_signature)) != 0 && non_repudiation == (kind == Kind::signature);
}

// basicConstraints: SEQUENCE { cA TRUE, ... }.
bool says_authority(const pki::Certificate& certificate) {
  const auto* extension = certificate.tbs.find(pki::extension_id::basic_constraints());
  if (!extension) return false;
  auto members = der::enter_single(extension->value);
  if (!members) return false;
  const auto is_authority = members->take_boolean();
  return is_authority && *is_authority;
}

// keyIdentifier of the authorityKeyIdentifier; empty when it has none.
Bytes authority_key_identifier(const pki::Certificate& certificate) {
  const auto* extension = certificate.tbs.find(pki::extension_id::authority_key_identifier());
  if (!extension) return {};
  auto members = der::enter_single(extension->value);
  if (!members) return {};
  const auto identifier = members->take_octet_string(der::context(0));
  return identifier ? to_bytes(*identifier) : Bytes{};
}

// All generations of an authority have one name: the key decides (jpki-facts 2.1).
bool names(const pki::Certificate& certificate, const TrustedAuthority& authority) {
  if (!(certificate.tbs.issuer == authority.certificate.tbs.subject)) return false;
  const auto named = authority_key_identifier(certificate);
  return named.empty() || equal(named, authority.certificate.tbs.key.key_identifier());
}

Standing standing_under(const pki::Certificate& certificate, Kind kind, const TrustedAuthority& authority,
                        Instant now) {
  const auto& issuer = authority.certificate.tbs;
  if (!pki::verify_signature(certificate, issuer.key)) return Standing::signature_wrong;
  if (!is_for(certificate, kind) || authority.kind.value_or(kind) != kind) return Standing::use_wrong;
  if (now < certificate.tbs.not_before) return Standing::not_yet_valid;
  if (now > certificate.tbs.not_after) return Standing::expired;
  if (now < issuer.not_before || now > issuer.not_after) return Standing::authority_not_valid;
  return Standing::good;
}

}  // namespace

std::string_view name(Standing standing) {
  static constexpr std::array<std::string_view, 7> kNames{
      "good",          "authority_unknown", "signature_wrong",    "use_wrong",
      "not_yet_valid", "expired",           "authority_not_valid"};
  return kNames[static_cast<std::size_t>(standing)];
}

Judgement judge(const pki::Certificate& certificate, Kind kind, std::span<const TrustedAuthority> authorities,
                Instant now) {
  Judgement judgement;
  for (const auto& authority : authorities) {
    if (!names(certificate, authority)) continue;
    judgement = {standing_under(certificate, kind, authority, now), authority.name};
    if (judgement.standing != Standing::signature_wrong) return judgement;
  }
  return judgement;
}

bool is_authority(const pki::Certificate& certificate) {
  const auto& tbs = certificate.tbs;
  return tbs.issuer == tbs.subject && says_authority(certificate) &&
         (uses_of(certificate) & bit(pki::KeyUsage::key_cert_sign)) != 0 &&
         pki::verify_signature(certificate, tbs.key);
}

}  // namespace shomei::card::trust
