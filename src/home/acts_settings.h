// Settings of acts over the network: where an authority lets counters ask, and where a counter asks
// (docs/operations.md). Files are as written: relative ones start at the home.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace shomei::home {

struct TlsFiles {
  std::string certificate;
  std::string key;
  std::string authorities;  // CAs of who is at the other end
  bool operator==(const TlsFiles&) const = default;
};

struct ActsSettings {
  std::string listen_cards;   // for officers with cards, by TLS 1.2 alone; empty: nowhere
  std::string cards_clients;  // CAs of their certificates; empty: those of `tls`
  std::string listen;         // "unix:acts.sock", "127.0.0.1:8443"; empty: nowhere
  unsigned workers = 16;      // acts that are under way at once: one waits for the disk while others sign
  std::chrono::seconds patience{60};  // an issue that stands half-done for longer is written off
  bool plain_loopback = false;        // on loopback of a demo without TLS
  TlsFiles tls;
  std::string authority_of_counter;  // "unix:/path", "https://host:port"; empty: the home's own keys
  TlsFiles counter_tls;
};

}  // namespace shomei::home
