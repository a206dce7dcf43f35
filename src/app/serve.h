// The composition of the running services: which parts each tier gets, and no more. The status tier has the
// responders' keys and the journal's status parts; only the publisher has the authorities' keys.
#pragma once

#include <memory>
#include <string>

#include "home/home.h"

namespace shomei::app {

struct Addresses {
  std::string status, authority, metrics;  // URLs
};

class Services {
 public:
  // Answers when it returns. What http, home and status say. The home outlives the services.
  static Result<std::unique_ptr<Services>> start(home::Home& home);
  ~Services();
  const Addresses& addresses() const;

 private:
  struct Running;
  explicit Services(std::unique_ptr<Running> running);
  std::unique_ptr<Running> running_;
};

}  // namespace shomei::app
