#include "journal/act_phases.h"

namespace shomei::journal {
namespace {

// As they stand in the table; other values there are above them.
enum class ActState : std::uint8_t { unknown = 0, intent = 1, result = 2, done = 3 };

// A mass act has a result for each of its parts.
bool goes_on(ActState state, Phase phase, Results results) {
  return results == Results::many && state == ActState::result && phase == Phase::result;
}

struct Step {
  ActState from, to;
};
// In the order of Phase.
constexpr Step kSteps[] = {{ActState::unknown, ActState::done},
                           {ActState::unknown, ActState::intent},
                           {ActState::intent, ActState::result},
                           {ActState::result, ActState::done},
                           {ActState::intent, ActState::done}};

}  // namespace

Results results_of(const Fields& officer) {
  return text(officer, field::kAct).starts_with(kMassActs) ? Results::many : Results::one;
}

PassTable::Key key_of(const ActId& act) {
  return PassTable::fingerprint(view(act.text()), {});
}

bool is_act(std::uint64_t value) {
  return value <= static_cast<std::uint64_t>(ActState::done);
}

std::optional<std::string> follow_phase(PassTable& table, const Entry& entry, Results results) {
  const auto key = key_of(entry.act);
  if (!table.has(key)) return std::nullopt;
  const Step& step = kSteps[static_cast<std::size_t>(entry.phase)];
  auto* value = table.find(key);
  const auto state = value ? static_cast<ActState>(*value) : ActState::unknown;
  if (value)
    *value = static_cast<std::uint64_t>(step.to);
  else
    table.put(key, static_cast<std::uint64_t>(step.to));
  if (state == step.from || goes_on(state, entry.phase, results)) return std::nullopt;
  return "The act " + entry.act.text() + " has the phase " + std::string(name(entry.phase)) +
         " where it cannot follow.";
}

}  // namespace shomei::journal
