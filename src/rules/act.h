// Act: what is asked of the rules, as a value. The word in facts files, answers and on the command line is
// name(verb).
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>

namespace shomei::rules {

enum class Kind : std::uint8_t { signature, user_authentication };
std::string_view name(Kind kind);
std::optional<Kind> parse_kind(std::string_view text);

enum class Verb : std::uint8_t {
  issue,         // a certificate where there is none in force, or anew for cause
  renew,         // a certificate within its last three months
  revoke,        // for good
  suspend,       // a hold after loss, theft or a leak
  restore,       // the hold taken back
  change_pin,    // by someone who knows it
  reset_pin,     // by someone who forgot it
  unlock_pin,    // after too many wrong tries
  replace_card,  // the application for a new card
  notice,        // the notice that a certificate is about to expire
  event,         // something happened to the person's record or the card
};
inline constexpr int kVerbs = 11;
std::string_view name(Verb verb);
std::optional<Verb> parse_verb(std::string_view text);

// PINs of the card that belong to no certificate (jpki-facts 1.7): the register's and the input helper's.
enum class RegisterPin : std::uint8_t { resident_register, input_helper };
std::string_view name(RegisterPin pin);
std::optional<RegisterPin> parse_register_pin(std::string_view text);

struct Act {
  Verb verb{};
  // Of which certificate, or of which certificate's PIN. Left out: of both (revoke, suspend, restore,
  // notice), or of none (replace_card, event).
  std::optional<Kind> kind;
  std::optional<RegisterPin> register_pin;  // of the three PIN acts, instead of `kind`
  bool operator==(const Act&) const = default;
};

// Whether the verb cannot be asked without a kind, or a register PIN.
bool needs_kind(Verb verb);
// Whether the act can be asked: with the kind that its verb needs, and a register PIN for a PIN act alone.
bool complete(const Act& act);

// A set of verbs, for a rule to say what it is about.
class Verbs {
 public:
  template <std::same_as<Verb>... V>
  constexpr Verbs(V... verbs) : bits_((0U | ... | bit(verbs))) {}  // NOLINT: reads as a list
  constexpr bool contains(Verb verb) const { return (bits_ & bit(verb)) != 0; }

 private:
  static constexpr std::uint32_t bit(Verb verb) { return 1U << static_cast<unsigned>(verb); }
  std::uint32_t bits_;
};

}  // namespace shomei::rules
