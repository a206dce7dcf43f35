#include "counter/personalise.h"

#include "pki/request.h"
#include "pki/signed_object.h"

namespace shomei::counter {
namespace {

card::Kind card_kind(pki::CertificateKind kind) {
  return kind == pki::CertificateKind::signature ? card::Kind::signature : card::Kind::user_authentication;
}

}  // namespace

Result<Bytes> make_key_and_request(card::Transport& card, pki::CertificateKind kind, const SecretBytes& pin,
                                   std::string_view challenge) {
  card::client::Personaliser personaliser(card);
  card::client::Terminal terminal(card);
  SHOMEI_CHECK(personaliser.select_jpki());
  SHOMEI_CHECK(personaliser.set_pin(card_kind(kind), pin));
  SHOMEI_TRY(const auto key, personaliser.generate_key_pair(card_kind(kind)));
  SHOMEI_CHECK(terminal.verify(card_kind(kind), pin));
  const Bytes info = pki::encode_request_info(key, challenge);
  SHOMEI_TRY(const auto signature, terminal.sign_sha256(card_kind(kind), info));
  return pki::assemble_signed(info, crypto::algorithm_of(key.type()), signature);
}

Result<void> finish_card(card::Transport& card, const std::vector<CardCertificate>& certificates) {
  card::client::Personaliser personaliser(card);
  SHOMEI_CHECK(personaliser.select_jpki());
  card::client::Availability availability;
  for (const auto& c : certificates) {
    SHOMEI_CHECK(personaliser.write_certificate(card_kind(c.kind), c.certificate));
    SHOMEI_CHECK(personaliser.write_authority_certificate(card_kind(c.kind), c.authority));
    (c.kind == pki::CertificateKind::signature ? availability.signature : availability.user_authentication) =
        true;
  }
  SHOMEI_CHECK(personaliser.set_availability(availability));
  return personaliser.finish();
}

}  // namespace shomei::counter
