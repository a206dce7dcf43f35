// Who asks, as far as the listener knows. Of this folder alone.
#pragma once

#include <functional>
#include <string>

#include "counter/parts.h"
#include "http/message.h"

namespace shomei::services {

// "CN=counter-1,O=Inagi", "uid 1000", or "" when nothing is known.
std::string known_as(const http::Request& request);

// Adds it to what the counter states, with the certificate by which the officer showed who they are.
void vouch(counter::Officer& officer, const http::Request& request);

bool is_json(const http::Request& request);
std::string_view body_of(const http::Request& request);

using Log = std::function<void(std::string_view)>;
// A problem document; an internal error is logged by its code.
http::Response failed(const Error& error, const http::Request& request, const Log& log);
// 200, not to be kept by anybody between.
http::Response answered(std::string_view document);

}  // namespace shomei::services
