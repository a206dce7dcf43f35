// Who is at the other end of a connection, as far as the system or a certificate vouches for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"

namespace shomei::http {

// Of a Unix socket (SO_PEERCRED, unix(7)): of the process that connected, when it did.
struct PeerProcess {
  std::uint32_t user = 0;
  std::uint32_t group = 0;
  std::int32_t process = 0;
};

// Of TLS: the client's certificate, which a CA of the server's settings vouches for.
struct PeerCertificate {
  std::string subject;     // RFC 2253: "CN=counter-1,O=Inagi"
  ByteArray<32> sha256{};  // of its DER
};

struct Peer {
  std::string address;  // "127.0.0.1", "::1"; empty of a Unix socket
  std::optional<PeerProcess> process;
  std::optional<PeerCertificate> certificate;
};

}  // namespace shomei::http
