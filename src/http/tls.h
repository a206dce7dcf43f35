// TLS as both ends set it up: 1.3, or 1.2 where the other end knows no more. Files are in PEM.
#pragma once

#include <filesystem>

namespace shomei::http {

struct TlsServer {
  std::filesystem::path certificate;  // the server's, then those that lead to its CA
  std::filesystem::path key;
  // CAs of the clients that are let in. Nobody else is, and nobody without a certificate.
  std::filesystem::path clients;
  // For clients whose key is on a card of today: it signs by RSA with PKCS#1 v1.5 alone, which TLS 1.3 has
  // not. So TLS 1.2, and that signature first.
  bool for_cards = false;
};

struct TlsClient {
  std::filesystem::path authorities;  // CAs that the server's certificate must come from
  std::filesystem::path certificate;  // the client's own; empty: none is shown
  std::filesystem::path key;
};

}  // namespace shomei::http
