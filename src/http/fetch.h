// A client for plain http://: one GET after another over one connection, which is opened again when the
// server has closed it. Every phase has a deadline and every size a limit; redirections are not followed.
// https is the business of a proxy, or of a mirror in a folder. Used by one thread at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace shomei::http {

struct FetchLimits {
  std::chrono::milliseconds connect_timeout{10'000};  // finding the host's address included
  std::chrono::milliseconds answer_timeout{30'000};   // for the whole answer, however it trickles in
  std::size_t header_bytes_max = 16 * 1024;
};

// "http://host[:port][/path]": the place below which files are fetched.
struct BaseUrl {
  std::string host;  // without the brackets of an IPv6 address
  std::string port = "80";
  std::string path;  // without a slash at its end; "" for the root
};
// malformed "url_form" {url}: another scheme, user names, queries and fragments too.
Result<BaseUrl> parse_base_url(std::string_view text);

class Fetcher {
 public:
  explicit Fetcher(BaseUrl base, FetchLimits limits = {});
  ~Fetcher();
  Fetcher(Fetcher&&) noexcept;

  // The content of <base>/<path>; `path` is of plain characters. not_found "url_missing" for 404 and 410;
  // malformed "answer_too_large" {url, bytes_max}; unavailable "fetch_failed" {url, what} for everything
  // else.
  Result<Bytes> get(std::string_view path, std::size_t bytes_max);

 private:
  class Client;
  std::unique_ptr<Client> client_;
};

}  // namespace shomei::http
