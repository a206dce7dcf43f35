// Reads what [services] says of acts.
#pragma once

#include "home/acts_settings.h"
#include "home/toml_table.h"

namespace shomei::home {

// Of [services]: acts, acts_cards, acts_cards_clients, acts_workers, acts_plain_loopback,
// authority_of_counter; of [services.acts_tls]: certificate, key, clients; of [services.counter_tls]:
// certificate, key, authorities. malformed "setting_value", "setting_unknown".
Result<void> read_acts(TomlTable& services, ActsSettings& into);

}  // namespace shomei::home
