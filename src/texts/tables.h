// The tables that says.cc searches; each is defined in of_<folder>.cc.
#pragma once

#include "texts/says.h"

namespace shomei::texts {

std::span<const Sentence> of_base();
std::span<const Sentence> of_crypto();
std::span<const Sentence> of_crypto_token();
std::span<const Sentence> of_crypto_token_keys();
std::span<const Sentence> of_der();
std::span<const Sentence> of_card();
std::span<const Sentence> of_card_channel();
std::span<const Sentence> of_card_contents();
std::span<const Sentence> of_card_client();
std::span<const Sentence> of_attestation();
std::span<const Sentence> of_issuer();
std::span<const Sentence> of_issuer_at_counters();
std::span<const Sentence> of_files();
std::span<const Sentence> of_home();
std::span<const Sentence> of_http();
std::span<const Sentence> of_journal();
std::span<const Sentence> of_pki();
std::span<const Sentence> of_json();
std::span<const Sentence> of_officers();
std::span<const Sentence> of_register();
std::span<const Sentence> of_explain();
std::span<const Sentence> of_rules();
std::span<const Sentence> of_rules_would_pass();
std::span<const Sentence> of_status();
std::span<const Sentence> of_filter();
std::span<const Sentence> of_store();
std::span<const Sentence> of_store_servers();
std::span<const Sentence> of_store_copies();
std::span<const Sentence> of_authority();
std::span<const Sentence> of_counter();
std::span<const Sentence> of_mass();
std::span<const Sentence> of_cli();
std::span<const Sentence> of_app();

}  // namespace shomei::texts
