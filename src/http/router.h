// From method and path to a handler. Routes are added before the first request and never after: the router
// is then read by many threads without a lock.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace shomei::http {

// `rest` is what the path has after the route's prefix; it lives as long as the request.
using PrefixHandler = std::function<Response(const Request&, std::string_view rest)>;

class Router {
 public:
  // `error_page` makes the bodies of 404 and 405; the router adds Allow to the latter (RFC 9110 15.5.6).
  explicit Router(ErrorPage error_page = plain_error);

  Router& add(std::string method, std::string path, Handler handler);
  Router& add_prefix(std::string method, std::string prefix, PrefixHandler handler);

  // An exact path wins over a prefix, a longer prefix over a shorter one. HEAD is answered by GET's handler
  // where it has none of its own; the server then leaves the body out.
  Response operator()(const Request& request) const;

 private:
  struct Route {
    std::string method;
    std::string path;
    bool is_prefix;
    PrefixHandler handler;
  };
  void insert(Route route);
  Response method_not_allowed(std::string_view place) const;

  std::vector<Route> routes_;  // exact paths first, then the longer prefix first
  ErrorPage error_page_;
};

}  // namespace shomei::http
