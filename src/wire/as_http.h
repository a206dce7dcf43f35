// A request of this server as the value that an http::Handler takes.
#pragma once

#include "base/result.h"
#include "http/message.h"
#include "wire/request.h"

namespace shomei::wire {

// Copies all that the view shows. malformed "target_form".
Result<http::Request> as_http(const RequestView& view);

}  // namespace shomei::wire
