#include "status/past/state_at.h"

#include <algorithm>
#include <array>

namespace shomei::status {
namespace {

PastState state_of(LifeEvent event) {
  switch (event) {
    case LifeEvent::suspended:
      return PastState::suspended;
    case LifeEvent::revoked:
      return PastState::revoked;
    case LifeEvent::issued:
    case LifeEvent::restored:
      break;
  }
  return PastState::valid;
}

template <class Counts>
StateAt state_by(const std::vector<Change>& changes, Instant at, Counts counts) {
  const auto issue = std::ranges::find(changes, LifeEvent::issued, &Change::event);
  StateAt state;
  if (issue == changes.end() || issue->recorded_at > at) return state;
  state.state = PastState::valid;
  state.not_yet_valid = at < issue->from;
  state.expired = issue->not_after < at;
  for (const auto& change : changes) {
    if (change.event == LifeEvent::issued || !counts(change)) continue;
    state.state = state_of(change.event);
    state.since = state.state == PastState::valid ? std::nullopt : std::optional(change.from);
    state.reason = change.reason;
  }
  return state;
}

}  // namespace

std::string_view name(PastState state) {
  static constexpr std::array<std::string_view, 4> kNames{"unknown", "valid", "suspended", "revoked"};
  return kNames[static_cast<std::size_t>(state)];
}

StateAt known_now(const std::vector<Change>& changes, Instant at) {
  auto state = state_by(changes, at, [&](const Change& change) { return change.from <= at; });
  if (state.state == PastState::unknown) return state;
  // Also while the revocation does not count yet: the doubt goes back further than it.
  for (const auto& change : changes)
    if (change.invalidity_at && *change.invalidity_at <= at) state.invalidity_at = change.invalidity_at;
  return state;
}

StateAt known_then(const std::vector<Change>& changes, Instant at) {
  std::vector<Change> recorded;
  std::ranges::copy_if(changes, std::back_inserter(recorded),
                       [&](const Change& change) { return change.recorded_at <= at; });
  auto state = state_by(recorded, at, [](const Change&) { return true; });
  for (const auto& change : recorded)
    if (change.invalidity_at && *change.invalidity_at <= at) state.invalidity_at = change.invalidity_at;
  return state;
}

bool is_good(const StateAt& state) {
  return state.state == PastState::valid && !state.not_yet_valid && !state.expired && !state.invalidity_at;
}

}  // namespace shomei::status
