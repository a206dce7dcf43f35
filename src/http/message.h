// Requests and responses as values: what a handler gets and gives. No socket is known here.
// Sources: RFC 9110 (semantics), RFC 9112 (HTTP/1.1).
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "http/peer.h"

namespace shomei::http {

struct Field {
  std::string name;
  std::string value;
  bool operator==(const Field&) const = default;
};
using Fields = std::vector<Field>;  // in the order of the message; a name may come more than once

// ASCII letters compare without case: field names and media types (RFC 9110 5.1, 8.3.1).
bool same_name(std::string_view a, std::string_view b);
// The first of that name, or nullptr.
const std::string* find_field(const Fields& fields, std::string_view name);

struct Request {
  std::string method;  // as sent; methods are case-sensitive
  std::string target;  // as sent, still percent-encoded
  std::string path;    // decoded, begins with '/', has no "." or ".." segment ("*" for the asterisk form)
  Fields query;        // decoded, names case-sensitive
  Fields headers;
  Bytes body;
  std::string remote_address;        // "127.0.0.1", "::1"; empty of a Unix socket
  std::shared_ptr<const Peer> peer;  // who the system or a certificate says it is; null in a test alone

  const std::string* header(std::string_view name) const { return find_field(headers, name); }
  const std::string* parameter(std::string_view name) const;
  // Of the body, without its parameters: "application/ocsp-request". "" when the request does not say.
  std::string_view media_type() const;
};

// Content-Length, Connection and (where it is missing) Date are the server's to write, not the handler's.
struct Response {
  int status = 200;
  Fields headers{};
  Bytes body{};
  // Instead of `body`, for large content that many answers share; never changed once it is here.
  std::shared_ptr<const Bytes> shared_body{};
  struct Part {
    std::size_t first = 0;
    std::size_t size = std::dynamic_extent;  // all that is left
  };
  Part shared_part{};  // what of `shared_body` is sent; lies within it

  ByteView content() const {
    return shared_body ? ByteView(*shared_body).subspan(shared_part.first, shared_part.size) : ByteView(body);
  }
};

// Called on a worker thread, several at once; may block.
using Handler = std::function<Response(const Request&)>;
// The answer to what never reached a handler, or that a handler did not survive, by its status.
using ErrorPage = std::function<Response(int status)>;

Response answer(int status, std::string_view media_type, Bytes body);
// "404 Not Found" as text/plain: the error page of a server that is given no other.
Response plain_error(int status);
// "Not Found"; "Unknown" for a status that this program does not use.
std::string_view reason(int status);

}  // namespace shomei::http
