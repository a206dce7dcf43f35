#include "authority/authority.h"

#include "crypto/digest.h"
#include "pki/signed_object.h"

namespace shomei::authority {

Result<Authority> Authority::open(const journal::AuthorityRecord& record, crypto::Signer& signer) {
  SHOMEI_TRY(auto certificate, pki::parse_certificate(record.certificate));
  if (!(certificate.tbs.key == signer.public_key()))
    return internal("authority_key_differs", {{"authority", record.name}});
  return Authority(record, std::move(certificate), signer);
}

Date last_whole_day(const pki::Certificate& certificate) {
  const Date last = jst_date(certificate.tbs.not_after);
  return last_second(last) <= certificate.tbs.not_after ? last : add_days(last, -1);
}

std::string serial_space_of(const pki::Name& issuer) {
  return to_hex(ByteView(crypto::sha256(issuer.der())).first(8));
}

Result<pki::Certificate> sign_certificate(ByteView tbs_der, crypto::Signer& signer) {
  SHOMEI_TRY(const auto signature, signer.sign(tbs_der));
  SHOMEI_TRY(auto certificate,
             pki::parse_certificate(pki::assemble_signed(tbs_der, signer.algorithm(), signature)));
  SHOMEI_CHECK(pki::verify_signature(certificate, signer.public_key()));
  return certificate;
}

}  // namespace shomei::authority
