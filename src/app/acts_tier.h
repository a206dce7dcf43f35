// The acts of the authority for counters that are elsewhere, as a service of this process. While it lives the
// home holds the lock of acts shared, so that nobody repairs what is under way here.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "home/home.h"
#include "http/server.h"

namespace shomei::app {

class ActsTier {
 public:
  // Listens where the settings say. refused "acts_plain" {address}: without TLS only a demo on loopback, when
  // its settings allow it; malformed "address_text_form"; what http says; when no kind can be issued, why.
  // refused "acts_cards_open": cards are let in where no officers are required. The home outlives it.
  static Result<std::unique_ptr<ActsTier>> start(home::Home& home, std::function<void(std::string_view)> log);
  std::string url() const { return server_->url(); }
  std::string url_for_cards() const { return for_cards_ ? for_cards_->url() : ""; }  // empty: nowhere

 private:
  explicit ActsTier(home::Home& home) : home_(home) {}
  // The generation that issues now: looked up anew every second, since a ceremony makes another.
  Result<const authority::Authority*> issuing(pki::CertificateKind kind);
  Result<http::ServerSettings> where() const;
  Result<http::ServerSettings> where_for_cards() const;
  Result<void> open_keys(const std::function<void(std::string_view)>& log);

  home::Home& home_;
  struct Known {
    const authority::Authority* authority = nullptr;
    std::chrono::steady_clock::time_point until{};
  };
  std::mutex mutex_;
  std::map<pki::CertificateKind, Known> known_;
  std::unique_ptr<http::Server> server_, for_cards_;  // first to stop
};

}  // namespace shomei::app
