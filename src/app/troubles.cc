#include "app/troubles.h"

#include "texts/says.h"

namespace shomei::app {
namespace {

constexpr std::chrono::hours kToldAgainAfter{1};

}  // namespace

void Troubles::tell(const std::string& what, const Result<void>& tried, std::string_view then) {
  const auto known = told_.find(what);
  if (tried) {
    if (known == told_.end()) return;
    told_.erase(known);
    say_("over: " + what);
    return;
  }
  std::string words = texts::says(tried.error(), texts::Language::en);
  if (!then.empty()) words += " " + std::string(then);
  const Instant now = clock_.now();
  const bool fresh =
      known != told_.end() && known->second.at <= now && now < known->second.at + kToldAgainAfter;
  if (fresh && known->second.words == words) return;
  say_(what + ": " + words);
  told_.insert_or_assign(what, Told{std::move(words), now});
}

}  // namespace shomei::app
