// The card's issuer of a home: the master key and the card maker's key in the keys folder, sealed as all keys
// are, and the maker's certificate in public/.
#pragma once

#include <memory>
#include <string_view>

#include "home/key_store.h"
#include "home/layout.h"
#include "issuer/issuer.h"

namespace shomei::home {

inline constexpr std::string_view kCardMasterName = "card-master";
inline constexpr std::string_view kCardMakerName = "card-maker";

struct CardIssuer {
  std::unique_ptr<crypto::Signer> maker_signer;
  issuer::Issuer issuer;
};

// Makes what is not there yet: a home of an earlier version has none of it. not_found "key_missing" when a
// key was lost, which public/card-maker.crt tells; what KeyStore and files/ say; internal "maker_key_differs"
// when public/card-maker.crt is of another key.
Result<std::unique_ptr<CardIssuer>> open_card_issuer(const Layout& layout, KeyStore& keys,
                                                     std::string_view organization, Instant now);

}  // namespace shomei::home
