#include "explain/act_words.h"

#include <string>

namespace shomei::explain {
namespace {

using rules::Verb;

constexpr rules::Verbs kPinActs{Verb::change_pin, Verb::reset_pin, Verb::unlock_pin};
constexpr rules::Verbs kWithoutKind{Verb::replace_card, Verb::event};
constexpr std::string_view kCertificateKinds = "signature, user_authentication";
constexpr std::string_view kPinKinds = "signature, user_authentication, resident_register, input_helper";

std::string known_acts() {
  std::string known;
  for (int i = 0; i < rules::kVerbs; ++i)
    known += (known.empty() ? "" : ", ") + std::string(rules::name(static_cast<Verb>(i)));
  return known;
}

}  // namespace

Result<rules::Act> parse_act(std::string_view act, std::optional<std::string_view> kind) {
  const auto verb = rules::parse_verb(act);
  if (!verb) return malformed("act_unknown", {{"act", std::string(act)}, {"known", known_acts()}});
  const bool pin = kPinActs.contains(*verb);
  const std::string known(pin ? kPinKinds : kCertificateKinds);
  rules::Act asked{.verb = *verb, .kind = {}, .register_pin = {}};
  if (!kind) {
    if (rules::needs_kind(*verb))
      return malformed("kind_needed", {{"act", std::string(act)}, {"known", known}});
    return asked;
  }
  asked.kind = rules::parse_kind(*kind);
  if (pin) asked.register_pin = rules::parse_register_pin(*kind);
  if (!asked.kind && !asked.register_pin)
    return malformed("kind_unknown",
                     {{"act", std::string(act)}, {"kind", std::string(*kind)}, {"known", known}});
  // An event happens to a person, and a card is replaced whole: what they end is told of both kinds.
  if (kWithoutKind.contains(*verb)) asked.kind.reset();
  return asked;
}

std::string_view kind_word(const rules::Act& act) {
  if (act.kind) return rules::name(*act.kind);
  return act.register_pin ? rules::name(*act.register_pin) : std::string_view{};
}

}  // namespace shomei::explain
