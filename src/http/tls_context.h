// TLS contexts over OpenSSL. Included by .cc files alone: Asio is slow to compile.
#pragma once

#include <array>
#include <boost/asio/ssl.hpp>
#include <chrono>
#include <ctime>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "http/peer.h"
#include "http/tls.h"

namespace shomei::http {

using TlsContext = std::shared_ptr<boost::asio::ssl::context>;

// malformed "tls_file_form" {path, what}: a file is missing, or holds something else, or the key is not the
// certificate's.
Result<TlsContext> server_context(const TlsServer& files);
Result<TlsContext> client_context(const TlsClient& files);

// Sets the name that the server's certificate must bear, and tells it which is asked for (RFC 6066 3).
void expect_host(boost::asio::ssl::context& context, const std::string& host);
void name_host(SSL* connection, const std::string& host);

std::optional<PeerCertificate> certificate_of_peer(SSL* connection);

// The context for new connections, made anew when one of its files has changed. Files that do not fit
// together (one is new, the other not yet) leave the last context that did. Used by one thread.
class FreshContext {
 public:
  FreshContext(TlsServer files, TlsContext context);
  // `log` is told once of each change that cannot be used.
  const TlsContext& get(std::chrono::steady_clock::time_point now,
                        const std::function<void(std::string_view)>& log);

 private:
  using Stamps =
      std::array<std::array<std::int64_t, 4>, 3>;  // of each file: seconds, nanoseconds, inode, size
  Stamps stamps() const;
  TlsServer files_;
  TlsContext context_;
  Stamps seen_;
  std::chrono::steady_clock::time_point look_again_at_{};
};

}  // namespace shomei::http
