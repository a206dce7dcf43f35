// A new key for the responder of an authority: an act of who keeps keys, with its trace. The services get it
// certified and change over to it.
#pragma once

#include "home/home.h"

namespace shomei::home {

// The key's name. What admit() of counter/admit.h says; not_found "authority_unknown"; malformed
// "responder_key_type"; what KeyPlaces::generate says.
Result<std::string> make_responder_key(Home& home, const counter::Officer& officer,
                                       const std::string& authority, crypto::KeyType type);

}  // namespace shomei::home
