#include "authority/profile.h"

#include "crypto/random.h"

namespace shomei::authority {

using pki::CertificateKind;
using pki::Name;
using pki::NameAttribute;

Name authority_name(const Profile& profile, CertificateKind kind) {
  return Name()
      .add(NameAttribute::country, "JP")
      .add(NameAttribute::organization, profile.organization)
      .add(NameAttribute::organizational_unit, profile.of(kind).unit)
      .add(NameAttribute::organizational_unit, profile.agency);
}

Name authority_alternative_name(const Profile& profile, CertificateKind kind) {
  return Name()
      .add(NameAttribute::country, "JP")
      .add(NameAttribute::organization, profile.organization_ja)
      .add(NameAttribute::organizational_unit, profile.of(kind).unit_ja)
      .add(NameAttribute::organizational_unit, profile.agency_ja);
}

Name distribution_point_name(const Profile& profile, CertificateKind kind, const Municipality& place) {
  return Name()
      .add(NameAttribute::country, "JP")
      .add(NameAttribute::organization, profile.organization)
      .add(NameAttribute::organizational_unit, profile.of(kind).unit)
      .add(NameAttribute::organizational_unit, "CRL Distribution Points")
      .add(NameAttribute::organizational_unit, place.prefecture)
      .add(NameAttribute::common_name, place.city + " CRLDP");
}

Name subject_name(CertificateKind kind, const Municipality& place, std::string_view opaque) {
  Name name;
  name.add(NameAttribute::country, "JP");
  if (kind == CertificateKind::signature)
    name.add(NameAttribute::locality, place.prefecture).add(NameAttribute::locality, place.city);
  return name.add(NameAttribute::common_name, opaque);
}

std::string random_common_name(const Municipality& place) {
  static constexpr std::string_view kDigits = "0123456789";
  static constexpr std::string_view kLettersAndDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::string name;
  const auto random = crypto::random_bytes(14);
  // The remainder favours some characters slightly; the name need be distinct, not secret.
  for (std::size_t i = 0; i < 6; ++i) name += kDigits[random[i] % kDigits.size()];
  for (std::size_t i = 6; i < 14; ++i) name += kLettersAndDigits[random[i] % kLettersAndDigits.size()];
  return name + place.code + "003A";
}

}  // namespace shomei::authority
