// The sockets that a server listens with, one for each loop, all on one port; and the descriptors it may use.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "files/descriptor.h"

namespace shomei::wire {

struct Listeners {
  std::vector<files::Descriptor> sockets;  // non-blocking; what they accept has TCP_NODELAY
  std::uint16_t port = 0;
};

// malformed "address_form"; unavailable "port_busy", "listen_failed". A port that another server of the same
// user shares by SO_REUSEPORT is busy too.
Result<Listeners> listen_on(const std::string& address, std::uint16_t port, unsigned count);

// Raises RLIMIT_NOFILE's soft limit toward the hard one, as far as so many connections and the rest of the
// program need; how many connections there may be with what it is then.
std::size_t make_room_for(std::size_t connections);

}  // namespace shomei::wire
