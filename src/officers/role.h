// Role: what kind of work an officer is appointed to. Which acts each may do stands in duties.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace shomei::officers {

enum class Role : std::uint8_t {
  counter_clerk,  // serves residents at an office
  supervisor,     // of an office: agrees to what a clerk may not do alone, and appoints clerks
  registrar,      // keeps the register, and orders what concerns many certificates at once
  auditor,        // looks, and does nothing else
  key_officer     // keys, ceremonies, and who else is an officer
};
inline constexpr int kRoles = 5;
std::string_view name(Role role);  // "counter_clerk"
std::optional<Role> parse_role(std::string_view text);

// A set of them.
class Roles {
 public:
  template <class... R>
  constexpr explicit Roles(R... roles) : bits_(static_cast<std::uint8_t>((0U | ... | bit(roles)))) {}
  constexpr void add(Role role) { bits_ = static_cast<std::uint8_t>(bits_ | bit(role)); }
  constexpr bool has(Role role) const { return (bits_ & bit(role)) != 0; }
  constexpr bool meets(Roles others) const { return (bits_ & others.bits_) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  bool operator==(const Roles&) const = default;

 private:
  static constexpr unsigned bit(Role role) { return 1U << static_cast<unsigned>(role); }
  std::uint8_t bits_;
};

std::string text(Roles roles);  // "counter_clerk,supervisor"
// malformed "role_unknown" {role, known}; at least one.
Result<Roles> parse_roles(std::string_view text);

}  // namespace shomei::officers
