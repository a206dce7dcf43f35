// The requests of a measurement, asked of the authority's acts service as a counter elsewhere asks them, over
// connections that are kept.
#pragma once

#include <memory>
#include <vector>

#include "app/acts_tier.h"
#include "app/measure_issuing.h"
#include "http/client.h"

namespace shomei::app {

class IssuingOverHttp {
 public:
  // Starts the service in this process, where the home's settings say (services.acts). `home` and `work`
  // outlive it. refused "bench_needs_acts" where they name no place; what ActsTier::start says.
  static Result<std::unique_ptr<IssuingOverHttp>> start(home::Home& home, const IssuingWork& work);
  // Over a connection of its own. An answer is the authority's certificate, or its error.
  Result<Issue> make_issue() const;

 private:
  IssuingOverHttp() = default;
  std::unique_ptr<ActsTier> tier_;
  std::vector<http::Client::Question> questions_;  // one a request, in the bytes that are sent
};

}  // namespace shomei::app
