// Addresses that no other machine can reach.
#pragma once

#include <string_view>

namespace shomei::http {

// Of addresses as they are written, not of names.
inline bool is_loopback(std::string_view host) {
  return host.starts_with("127.") || host == "::1";
}

}  // namespace shomei::http
