#include "wire/as_http.h"

#include "http/target.h"

namespace shomei::wire {

Result<http::Request> as_http(const RequestView& view) {
  SHOMEI_TRY(auto target, http::parse_target(view.target));
  http::Request request;
  request.method = std::string(view.method);
  request.target = std::string(view.target);
  request.path = std::move(target.path);
  request.query = std::move(target.query);
  for (const FieldView& field : view.fields())
    request.headers.push_back({std::string(field.name), std::string(field.value)});
  request.body = to_bytes(view.body);
  request.remote_address = view.peer.text();
  request.peer = std::make_shared<const http::Peer>(http::Peer{.address = request.remote_address});
  return request;
}

}  // namespace shomei::wire
