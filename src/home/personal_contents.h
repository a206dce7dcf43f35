// What the cards of a home say of their holders, made of its register: texts, drawn pictures and numbers that
// are derived from identifiers, since no register here holds a national number. Signed with a key of the
// home's, which a root certifies; both rest in the keys folder, and the root's public key (DER) is
// in public/.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include "card/contents/personal_files.h"
#include "card/images/font.h"
#include "counter/card_contents.h"
#include "home/key_store.h"
#include "home/layout.h"

namespace shomei::home {

inline constexpr std::string_view kCardFilesRootName = "card-files-root";
inline constexpr std::string_view kCardFilesName = "card-files";

class PersonalContents {
 public:
  // Both are borrowed.
  PersonalContents(const Layout& layout, KeyStore& keys) : layout_(layout), keys_(keys) {}

  // Makes the keys the first time. By several threads. not_found "font_missing" {package}; malformed
  // "card_person_form" {member}: what no card could hold; what KeyStore and files/ say.
  Result<counter::CardContents> make(const residents::Resident& resident, const residents::CardRecord& card);

 private:
  struct Maker {
    std::unique_ptr<crypto::Signer> signer;
    card::contents::FileIssuer issuer;
    card::images::Font font;
    Bytes photo;  // the same for everybody
  };
  Result<Maker> open();

  const Layout& layout_;
  KeyStore& keys_;
  std::mutex mutex_;  // a font is not for several threads
  std::optional<Maker> maker_;
};

}  // namespace shomei::home
