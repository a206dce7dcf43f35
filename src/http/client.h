// A client for one server: requests one after another over a connection that is kept, on TCP, TLS or a Unix
// socket. Every phase has a deadline and every size a limit; redirections are not followed. Used by one
// thread at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "http/message.h"
#include "http/tls.h"

namespace shomei::http {

// Where a server is: "unix:/run/acts.sock", "http://host[:port]" or "https://host[:port]".
struct Place {
  std::filesystem::path unix_socket;  // empty of the others
  std::string host;                   // without the brackets of an IPv6 address
  std::string port;
  bool tls = false;

  std::string text() const;
};
// malformed "place_form" {place}, "socket_path_form" {path, what}.
Result<Place> parse_place(std::string_view text);

struct ClientLimits {
  std::chrono::milliseconds connect_timeout{10'000};  // finding the address and the handshake of TLS included
  std::chrono::milliseconds answer_timeout{30'000};   // from the first byte sent to the last received
  std::size_t header_bytes_max = 16 * 1024;
  std::size_t body_bytes_max = 1024 * 1024;
};

class Client {
 public:
  // `tls` is for https alone, and needed there. malformed "tls_file_form", "tls_files_missing" {place}.
  static Result<Client> make(Place place, const std::optional<TlsClient>& tls = {}, ClientLimits limits = {});
  ~Client();
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;

  struct Question {
    std::string method;
    std::string target;  // percent-encoded
    Fields headers{};    // Host, Content-Length and Connection are the client's to write
    Bytes body{};
    // Asked again over a new connection when a kept one turns out to be closed before anything of an answer
    // came: only what does no harm twice (RFC 9112 9.3.1).
    bool repeatable = false;
  };
  // The answer, whatever its status. unavailable "server_unreachable" {place, what}: nothing was sent;
  // "answer_missing" {place, what}: whether the server got it is unknown.
  Result<Response> ask(const Question& question);

  const Place& place() const;

 private:
  class Link;
  explicit Client(std::unique_ptr<Link> link);
  std::unique_ptr<Link> link_;
};

}  // namespace shomei::http
