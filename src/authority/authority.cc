#include "authority/authority.h"

#include "crypto/digest.h"
#include "pki/extension.h"
#include "pki/signed_object.h"

namespace shomei::authority {
namespace {

constexpr std::uint16_t kCrlSign = 0x0200;

Result<bool> may_sign_lists(const pki::TbsCertificate& tbs) {
  const auto* usage = tbs.find(pki::extension_id::key_usage());
  if (!usage) return false;
  der::Reader reader(usage->value);
  SHOMEI_TRY(const auto bits, reader.take_named_bits());
  return (bits & kCrlSign) != 0;
}

}  // namespace

Result<Authority> Authority::open(const journal::AuthorityRecord& record, crypto::Signer& signer) {
  SHOMEI_TRY(auto certificate, pki::parse_certificate(record.certificate));
  if (!(certificate.tbs.key == signer.public_key()))
    return internal("authority_key_differs", {{"authority", record.name}});
  return Authority(record, std::move(certificate), signer);
}

Result<void> Authority::sign_lists_with(pki::Certificate certificate, crypto::Signer& signer) {
  const auto unfit = [&](std::string_view what) {
    return refused("crl_certificate_unfit", {{"authority", name()}, {"what", std::string(what)}},
                   "RFC 5280 6.3.3 (f)");
  };
  const auto& own = certificate_.tbs;
  if (!(certificate.tbs.subject == own.subject) || !(certificate.tbs.issuer == own.subject) ||
      !pki::verify_signature(certificate, own.key))
    return unfit("it is of another authority or of another generation");
  if (!(certificate.tbs.key == signer.public_key())) return unfit("its key is another");
  SHOMEI_TRY(const bool signs, may_sign_lists(certificate.tbs));
  if (!signs) return unfit("its key usage has no cRLSign");
  list_certificate_ = std::move(certificate);
  list_signer_ = &signer;
  return {};
}

Result<void> Authority::expect_not_ended(Instant now) const {
  if (!has_ended(certificate_, now)) return {};
  return refused("authority_ended",
                 {{"authority", name()}, {"ended", format_jst(certificate_.tbs.not_after)}});
}

bool has_ended(const pki::Certificate& certificate, Instant now) {
  return certificate.tbs.not_after <= now;
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
