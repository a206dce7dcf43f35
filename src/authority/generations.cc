#include "authority/generations.h"

#include "pki/certificate.h"

namespace shomei::authority {

using journal::AuthorityRecord;

Result<const AuthorityRecord*> issuing_generation(std::span<const AuthorityRecord> records,
                                                  pki::CertificateKind kind, Instant at,
                                                  std::string_view preferred) {
  const AuthorityRecord* newest = nullptr;
  const AuthorityRecord* oldest = nullptr;
  for (const auto& record : records) {
    if (record.kind != kind) continue;
    if (!oldest || record.generation < oldest->generation) oldest = &record;
    const bool wanted = record.name == preferred;
    if (!wanted && newest && record.generation < newest->generation) continue;
    SHOMEI_TRY(const auto certificate, pki::parse_certificate(record.certificate));
    if (certificate.tbs.not_before > at) continue;
    if (wanted) return &record;
    newest = &record;
  }
  return newest ? newest : oldest;
}

const AuthorityRecord* latest_generation(std::span<const AuthorityRecord> records,
                                         pki::CertificateKind kind) {
  const AuthorityRecord* latest = nullptr;
  for (const auto& record : records)
    if (record.kind == kind && (!latest || record.generation > latest->generation)) latest = &record;
  return latest;
}

}  // namespace shomei::authority
