// Troubles: what goes wrong in a service that stays, and with whom. It tries again and again, often every
// half second; people are told when a trouble begins or changes, once an hour while it lasts, and when it is
// over.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "base/calendar.h"
#include "base/result.h"

namespace shomei::app {

class Troubles {
 public:
  using Say = std::function<void(std::string_view line)>;
  // The clock outlives it.
  Troubles(const Clock& clock, Say say) : clock_(clock), say_(std::move(say)) {}

  // How a try ended. `what` names the trouble and begins each line ("no list of signature-1 was published");
  // `then` is a sentence for after the error's: what it means for now.
  void tell(const std::string& what, const Result<void>& tried, std::string_view then = {});

 private:
  struct Told {
    std::string words;
    Instant at;
  };
  const Clock& clock_;
  Say say_;
  std::map<std::string, Told> told_;  // and not over
};

}  // namespace shomei::app
