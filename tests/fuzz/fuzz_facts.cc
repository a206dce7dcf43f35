// Facts files. What is accepted are facts that read the same when they are written again, and that the rules
// can decide on, whatever they say.
#include <cstdlib>
#include <string_view>

#include "explain/answer_text.h"
#include "explain/decision_json.h"
#include "explain/facts_json.h"

namespace {

// Every verb with each kind, and the acts on a PIN with each register PIN, by the length of the input.
shomei::rules::Act act_of(std::size_t size) {
  using namespace shomei::rules;
  Act act{static_cast<Verb>(size % kVerbs), {}, {}};
  const std::size_t which = size / kVerbs % 4;
  if (which < 2)
    act.kind = static_cast<Kind>(which);
  else
    act.register_pin = static_cast<RegisterPin>(which - 2);
  if (!complete(act)) act = {act.verb, Kind::signature, {}};
  return act;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace shomei;
  const auto facts = explain::parse_facts({reinterpret_cast<const char*>(data), size});
  if (!facts) return 0;
  const auto again = explain::parse_facts(explain::encode_facts(*facts));
  if (!again || !(*again == *facts)) std::abort();
  static const auto kSet = rules::current_rule_set();
  const auto decision = rules::decide(kSet, act_of(size), *facts, std::chrono::year{2026} / 11 / 22);
  if (explain::encode_answer(decision, texts::Language::ja).empty() ||
      explain::answer_text(decision, texts::Language::en).empty())
    std::abort();
  return 0;
}
