#include "status/delegate.h"

#include "pki/extension.h"

namespace shomei::status {
namespace {

constexpr std::uint16_t kDigitalSignature = 0x8000;

Result<bool> is_for_ocsp(const pki::TbsCertificate& tbs) {
  const auto* purposes = tbs.find(pki::extension_id::extended_key_usage());
  if (!purposes) return false;
  SHOMEI_TRY(auto list, der::enter_single(purposes->value));
  while (!list.done()) {
    SHOMEI_TRY(const auto purpose, list.take_oid());
    if (purpose == pki::ocsp_signing_purpose()) return true;
  }
  return false;
}

Result<bool> may_sign(const pki::TbsCertificate& tbs) {
  const auto* usage = tbs.find(pki::extension_id::key_usage());
  if (!usage) return true;
  der::Reader reader(usage->value);
  SHOMEI_TRY(const auto bits, reader.take_named_bits());
  SHOMEI_CHECK(reader.expect_done());
  return (bits & kDigitalSignature) != 0;
}

Error unfit(std::string_view authority, std::string_view what) {
  return refused("status_delegate_unfit",
                 {{"authority", std::string(authority)}, {"what", std::string(what)}}, "RFC 6960 4.2.2.2");
}

}  // namespace

Result<void> check_delegate_certificate(std::string_view authority_name, const pki::Certificate& authority,
                                        const pki::Certificate& delegate) {
  if (!(delegate.tbs.issuer == authority.tbs.subject) || !pki::verify_signature(delegate, authority.tbs.key))
    return unfit(authority_name, "it is of another authority or of another generation");
  SHOMEI_TRY(const bool for_ocsp, is_for_ocsp(delegate.tbs));
  if (!for_ocsp) return unfit(authority_name, "it is not for signing OCSP answers");
  SHOMEI_TRY(const bool signs, may_sign(delegate.tbs));
  if (!signs) return unfit(authority_name, "its key usage has no digitalSignature");
  return {};
}

Result<Delegate> check_delegate(const Authority& authority, crypto::Signer& signer,
                                ByteView certificate_der) {
  SHOMEI_TRY(auto certificate, pki::parse_certificate(certificate_der));
  SHOMEI_CHECK(check_delegate_certificate(authority.name, authority.certificate, certificate));
  if (!(certificate.tbs.key == signer.public_key()))
    return unfit(authority.name, "its key is not the signer's");
  return Delegate{&authority, &signer, std::move(certificate)};
}

}  // namespace shomei::status
