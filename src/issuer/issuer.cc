#include "issuer/issuer.h"

namespace shomei::issuer {

Result<Issuer> Issuer::open(SecretBytes master, CardMaker maker) {
  if (master.size() != kMasterKeyBytes) return malformed("card_master_form");
  return Issuer(std::move(master), std::move(maker));
}

Result<card::channel::KeySet> Issuer::keys_of(std::uint8_t version, ByteView diversification) const {
  if (version != kKeyVersion) return refused("card_key_version", {{"version", std::to_string(version)}});
  return card::channel::diversify(master_, version, diversification);
}

Result<FactoryData> Issuer::make_card(const CardId& card, Instant now) const {
  const auto serial = token_serial_of(card);
  const auto diversification = diversification_of(card);
  auto key = crypto::PrivateKey::generate(crypto::KeyType::ec_p256);
  SHOMEI_TRY(auto certificate, maker_.certify(key.public_key(), serial, now));
  return FactoryData{serial, diversification, card::channel::diversify(master_, kKeyVersion, diversification),
                     std::move(key), std::move(certificate.der)};
}

}  // namespace shomei::issuer
