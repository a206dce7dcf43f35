// CardBox: the virtual cards of a home, a file each.
#pragma once

#include <memory>

#include "base/result.h"
#include "card/file/card_file.h"
#include "home/key_store.h"
#include "home/layout.h"
#include "home/settings.h"
#include "journal/certificate_record.h"

namespace shomei::home {

class CardBox {
 public:
  // All are borrowed.
  CardBox(const Layout& layout, const KeyStore& keys, const Settings& settings)
      : layout_(layout), keys_(keys), settings_(settings) {}

  // A card in its personalisation phase under that identifier: a new one, or one that an interrupted issue
  // left behind. conflict "card_issued_already" when it is in use; conflict "card_in_use" when it is in a
  // reader.
  Result<std::unique_ptr<card::file::CardFile>> take_blank(const CardId& id) const;
  // not_found "card_not_made"; conflict "card_in_use".
  Result<std::unique_ptr<card::file::CardFile>> take(const CardId& id) const;
  // Whether the card is operational and holds exactly this certificate. not_found "card_not_made": the card
  // is elsewhere, since here one has made its key before its certificate; conflict "card_in_use".
  Result<bool> holds(const journal::CertificateRecord& record) const;

 private:
  card::applet::ChipSettings chip_settings() const;
  const Layout& layout_;
  const KeyStore& keys_;
  const Settings& settings_;
};

}  // namespace shomei::home
