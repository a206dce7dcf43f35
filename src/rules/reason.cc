#include "rules/reason.h"

#include "rules/words.h"

namespace shomei::rules {
namespace {

constexpr Words<Reason, 7> kReasons{{{Reason::unspecified, "unspecified"},
                                     {Reason::keyCompromise, "keyCompromise"},
                                     {Reason::cACompromise, "cACompromise"},
                                     {Reason::affiliationChanged, "affiliationChanged"},
                                     {Reason::superseded, "superseded"},
                                     {Reason::cessationOfOperation, "cessationOfOperation"},
                                     {Reason::certificateHold, "certificateHold"}}};

}  // namespace

std::string_view name(Reason reason) {
  return word_of(kReasons, reason);
}
std::optional<Reason> parse_reason(std::string_view text) {
  return find_word(kReasons, text);
}

}  // namespace shomei::rules
