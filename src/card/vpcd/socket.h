// The few TCP calls that a virtual card needs. Of this folder alone.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "files/descriptor.h"

namespace shomei::card::vpcd {

using files::Descriptor;

// An empty Descriptor when nobody listens there (or the name does not resolve).
Descriptor connect_to(const std::string& host, std::uint16_t port);
// unavailable "port_unusable" (parameters address, system).
Result<Descriptor> listen_at(const std::string& host, std::uint16_t port);
Descriptor accept_from(const Descriptor& listener);

// Does something wait to be read within the time?
bool readable(const Descriptor& socket, std::chrono::milliseconds patience);
// What has come, which may be part of a command with a PIN; none when the other side has closed or the
// connection is broken. Acknowledged at once: vpcd sends a length and its content in two small writes, and
// every command would cost 40 ms otherwise.
std::optional<SecretBytes> receive(const Descriptor& socket);
bool send_all(const Descriptor& socket, ByteView bytes);  // in one piece; false: the connection is gone

}  // namespace shomei::card::vpcd
