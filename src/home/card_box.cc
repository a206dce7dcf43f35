#include "home/card_box.h"

#include "crypto/digest.h"

namespace shomei::home {

using card::applet::Phase;
using card::file::CardFile;

card::applet::ChipSettings CardBox::chip_settings() const {
  card::applet::ChipSettings settings;
  settings.blocked_word = settings_.card_blocked_word;
  return settings;
}

Result<std::unique_ptr<CardFile>> CardBox::take_blank(const CardId& id) const {
  auto existing = take(id);
  if (!existing && existing.error().code == "card_not_made")
    return CardFile::create(layout_.card(id), id, keys_.card_key(), card::applet::ChipState::born(),
                            chip_settings());
  if (!existing) return std::move(existing).error();
  if ((*existing)->chip().state().phase == Phase::operational)
    return conflict("card_issued_already", {{"card", id.text()}});
  return existing;
}

Result<std::unique_ptr<CardFile>> CardBox::take(const CardId& id) const {
  auto file = CardFile::open(layout_.card(id), id, keys_.card_key(), chip_settings());
  if (!file && file.error().code == "file_missing") return not_found("card_not_made", {{"card", id.text()}});
  return file;
}

Result<bool> CardBox::holds(const journal::CertificateRecord& record) const {
  const auto file = take(record.card);
  if (!file) return file.error();
  const auto& state = (*file)->chip().state();
  const auto kind = record.kind == pki::CertificateKind::signature ? card::Kind::signature
                                                                   : card::Kind::user_authentication;
  const auto& half = state.of(kind);
  // A card that was taken here and never used, while another was issued elsewhere.
  if (!half.key || crypto::sha256(half.key->public_key().spki()) != record.key)
    return not_found("card_not_made", {{"card", record.card.text()}});
  return state.phase == Phase::operational && half.certificate == record.der;
}

}  // namespace shomei::home
