// The composition of the running services: which parts each tier gets, and no more. The status tier has the
// responders' keys and the journal's status parts; only the publisher has the authorities' keys.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "home/home.h"

namespace shomei::app {

// Which tiers this process runs: the authority's has the authorities' keys, publishes lists and takes acts;
// the status tier answers, with the responders' keys, and reads nothing of a person.
enum class Tiers { all, authority, status };
std::optional<Tiers> parse_tiers(std::string_view text);  // "all", "authority", "status"

struct Addresses {
  std::string status, status_tls, authority, metrics, acts, acts_cards;  // URLs; empty: not here
};

class Services {
 public:
  // Answers when it returns. The home, opened for writing (of the status tier: for reading, with its keys),
  // outlives the services. What http, home, acts_tier.h, responders.h and status say.
  static Result<std::unique_ptr<Services>> start(home::Home& home, Tiers tiers = Tiers::all);
  ~Services();
  const Addresses& addresses() const;

 private:
  struct Running;
  explicit Services(std::unique_ptr<Running> running);
  std::unique_ptr<Running> running_;
};

}  // namespace shomei::app
