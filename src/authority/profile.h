// Profile: everything that makes one country's certificates differ from another's: names, object identifiers,
// addresses, key types. The default is the demo of shomei.toml: the exact shape of JPKI (jpki-facts section
// 2) with the policy identifiers of test cards and O=SHOMEI-DEMO.
#pragma once

#include <string>

#include "base/calendar.h"
#include "crypto/algorithm.h"
#include "der/oid.h"
#include "pki/certificate_kind.h"
#include "pki/name.h"

namespace shomei::authority {

// The real authority numbers its certificates one after the other in 32 bits; unpredictable numbers are
// better.
enum class SerialForm { random_64, sequential_32 };

struct KindProfile {
  std::string unit;      // OU of the authority: "JPKI for digital signature"
  std::string unit_ja;   // and in its alternative name
  der::Oid policy;       // certificatePolicies
  std::string ocsp_url;  // authorityInfoAccess; empty: left out
  // The generation that issues ("signature-1") although there is a newer one; empty: the newest does.
  std::string issuing = {};
};

struct Profile {
  std::string organization = "SHOMEI-DEMO";
  std::string organization_ja = "署名デモ公的個人認証サービス";
  std::string agency = "Japan Agency for Local Authority Information Systems";
  std::string agency_ja = "地方公共団体情報システム機構";
  std::string cps_uri = "http://www.jpki.go.jp/cps.html";
  KindProfile signature{"JPKI for digital signature", "公的個人認証サービス署名用",
                        der::Oid("1.2.392.200149.8.5.1.0.20"), ""};
  KindProfile user_authentication{"JPKI for user authentication", "公的個人認証サービス利用者証明用",
                                  der::Oid("1.2.392.200149.8.5.1.0.30"), ""};
  crypto::KeyType authority_key = crypto::KeyType::rsa_2048;
  crypto::KeyType subject_key = crypto::KeyType::rsa_2048;
  int authority_years = 10;
  SerialForm serial_form = SerialForm::random_64;
  char32_t substitute_character = U'●';  // UNCONFIRMED which one the real authority uses

  const KindProfile& of(pki::CertificateKind kind) const {
    return kind == pki::CertificateKind::signature ? signature : user_authentication;
  }
};

// Romanised, as certificates name them: "Tokyo-to", "Inagi-shi".
struct Municipality {
  std::string code;
  std::string prefecture;
  std::string city;
};

pki::Name authority_name(const Profile& profile, pki::CertificateKind kind);
pki::Name authority_alternative_name(const Profile& profile, pki::CertificateKind kind);
// The directory name of a municipality's partition of the revocation list (jpki-facts 2.2, number 5).
pki::Name distribution_point_name(const Profile& profile, pki::CertificateKind kind,
                                  const Municipality& place);
// The subject of a person's certificate. `opaque` is its CN.
pki::Name subject_name(pki::CertificateKind kind, const Municipality& place, std::string_view opaque);
// 23 characters that mean nothing but the municipality: six digits, eight of 0-9A-Z, its code, "003A"
// (jpki-facts 2.2).
std::string random_common_name(const Municipality& place);

}  // namespace shomei::authority
