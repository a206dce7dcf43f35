#include "rules/act.h"

#include "rules/words.h"

namespace shomei::rules {
namespace {

constexpr Words<Kind, 2> kKinds{
    {{Kind::signature, "signature"}, {Kind::user_authentication, "user_authentication"}}};

constexpr Words<Verb, kVerbs> kVerbWords{{{Verb::issue, "issue"},
                                          {Verb::renew, "renew"},
                                          {Verb::revoke, "revoke"},
                                          {Verb::suspend, "suspend"},
                                          {Verb::restore, "restore"},
                                          {Verb::change_pin, "change_pin"},
                                          {Verb::reset_pin, "reset_pin"},
                                          {Verb::unlock_pin, "unlock_pin"},
                                          {Verb::replace_card, "replace_card"},
                                          {Verb::notice, "notice"},
                                          {Verb::event, "event"}}};

constexpr Words<RegisterPin, 2> kRegisterPins{
    {{RegisterPin::resident_register, "resident_register"}, {RegisterPin::input_helper, "input_helper"}}};

}  // namespace

std::string_view name(Kind kind) {
  return word_of(kKinds, kind);
}
std::optional<Kind> parse_kind(std::string_view text) {
  return find_word(kKinds, text);
}
std::string_view name(Verb verb) {
  return word_of(kVerbWords, verb);
}
std::optional<Verb> parse_verb(std::string_view text) {
  return find_word(kVerbWords, text);
}
std::string_view name(RegisterPin pin) {
  return word_of(kRegisterPins, pin);
}
std::optional<RegisterPin> parse_register_pin(std::string_view text) {
  return find_word(kRegisterPins, text);
}

bool needs_kind(Verb verb) {
  constexpr Verbs kNeed{Verb::issue, Verb::renew, Verb::change_pin, Verb::reset_pin, Verb::unlock_pin};
  return kNeed.contains(verb);
}

bool complete(const Act& act) {
  constexpr Verbs kPinActs{Verb::change_pin, Verb::reset_pin, Verb::unlock_pin};
  if (act.register_pin) return kPinActs.contains(act.verb);
  return act.kind || !needs_kind(act.verb);
}

}  // namespace shomei::rules
