#include "home/card_box.h"

namespace shomei::home {

using card::file::CardFile;

card::applet::ChipSettings CardBox::chip_settings() const {
  card::applet::ChipSettings settings;
  settings.blocked_word = settings_.card_blocked_word;
  settings.secure_messaging_word = settings_.card_secure_messaging_word;
  settings.hides_empty_files = settings_.card_hides_empty_files;
  return settings;
}

Result<std::unique_ptr<CardFile>> CardBox::take_or_make(const CardId& id, const MakeCard& make) const {
  auto existing = take(id);
  if (existing || existing.error().code != "card_not_made") return existing;
  SHOMEI_TRY(auto born, make(id));
  return CardFile::create(layout_.card(id), id, keys_.card_key(), std::move(born), chip_settings());
}

Result<std::unique_ptr<CardFile>> CardBox::take(const CardId& id) const {
  auto file = CardFile::open(layout_.card(id), id, keys_.card_key(), chip_settings());
  if (!file && file.error().code == "file_missing") return not_found("card_not_made", {{"card", id.text()}});
  return file;
}

}  // namespace shomei::home
