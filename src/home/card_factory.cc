#include "home/card_factory.h"

namespace shomei::home {

card::CardKind card_kind_of(residents::CardKind kind, crypto::KeyType subject_key) {
  if (kind == residents::CardKind::face_authentication) return card::CardKind::face_authentication;
  return subject_key == crypto::KeyType::ec_p384 ? card::CardKind::next_generation : card::CardKind::standard;
}

card::applet::ChipState born_card(issuer::FactoryData factory, card::CardKind kind) {
  using card::applet::Factory;
  auto state = card::applet::ChipState::born(
      kind, std::make_shared<const Factory>(Factory{std::move(factory.keys), factory.diversification,
                                                    std::move(factory.attestation_key),
                                                    std::move(factory.attestation_certificate)}));
  state.token_serial = factory.token_serial;
  return state;
}

}  // namespace shomei::home
