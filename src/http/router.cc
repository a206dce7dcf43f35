#include "http/router.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace shomei::http {

Router::Router(ErrorPage error_page) : error_page_(std::move(error_page)) {}

Router& Router::add(std::string method, std::string path, Handler handler) {
  insert({std::move(method), std::move(path), false,
          [handler = std::move(handler)](const Request& request, std::string_view) {
            return handler(request);
          }});
  return *this;
}

Router& Router::add_prefix(std::string method, std::string prefix, PrefixHandler handler) {
  insert({std::move(method), std::move(prefix), true, std::move(handler)});
  return *this;
}

void Router::insert(Route route) {
  const auto before = [](const Route& a, const Route& b) {
    return std::tuple(a.is_prefix, -static_cast<long>(a.path.size())) <
           std::tuple(b.is_prefix, -static_cast<long>(b.path.size()));
  };
  routes_.insert(std::upper_bound(routes_.begin(), routes_.end(), route, before), std::move(route));
}

Response Router::operator()(const Request& request) const {
  const std::string_view path = request.path;
  const auto is_here = [&](const Route& r) {
    return r.is_prefix ? path.starts_with(r.path) : path == r.path;
  };
  const auto place = std::find_if(routes_.begin(), routes_.end(), is_here);
  if (place == routes_.end()) return error_page_(404);

  // All methods of one place stand under the same path; a shorter prefix does not fill the gaps of a longer.
  const Route* fallback = nullptr;
  for (const Route& route : routes_) {
    if (route.path != place->path || route.is_prefix != place->is_prefix) continue;
    if (route.method == request.method) return route.handler(request, path.substr(route.path.size()));
    if (request.method == "HEAD" && route.method == "GET") fallback = &route;
  }
  if (fallback) return fallback->handler(request, path.substr(fallback->path.size()));
  return method_not_allowed(place->is_prefix ? place->path + "*" : place->path);
}

Response Router::method_not_allowed(std::string_view place) const {
  std::string allow;
  const auto allow_also = [&](std::string_view method) {
    if (!allow.empty()) allow += ", ";
    allow += method;
  };
  for (const Route& route : routes_) {
    if ((route.is_prefix ? route.path + "*" : route.path) != place) continue;
    allow_also(route.method);
    if (route.method == "GET") allow_also("HEAD");
  }
  Response response = error_page_(405);
  response.headers.push_back({"Allow", allow});
  return response;
}

}  // namespace shomei::http
