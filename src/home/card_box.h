// CardBox: the virtual cards of a home, a file each.
#pragma once

#include <functional>
#include <memory>

#include "base/result.h"
#include "card/file/card_file.h"
#include "home/key_store.h"
#include "home/layout.h"
#include "home/settings.h"
#include "journal/certificate_record.h"

namespace shomei::home {

// A card as it leaves the factory, for that identifier.
using MakeCard = std::function<Result<card::applet::ChipState>(const CardId&)>;

class CardBox {
 public:
  // All are borrowed.
  CardBox(const Layout& layout, const KeyStore& keys, const Settings& settings)
      : layout_(layout), keys_(keys), settings_(settings) {}

  // The card of that identifier, whatever its phase; one that is not in the box is made now. conflict
  // "card_in_use" when it is in a reader; what `make` says.
  Result<std::unique_ptr<card::file::CardFile>> take_or_make(const CardId& id, const MakeCard& make) const;
  // not_found "card_not_made"; conflict "card_in_use".
  Result<std::unique_ptr<card::file::CardFile>> take(const CardId& id) const;

 private:
  card::applet::ChipSettings chip_settings() const;
  const Layout& layout_;
  const KeyStore& keys_;
  const Settings& settings_;
};

}  // namespace shomei::home
