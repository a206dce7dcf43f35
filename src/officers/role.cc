#include "officers/role.h"

#include <array>

namespace shomei::officers {
namespace {

constexpr std::array<std::string_view, kRoles> kNames{"counter_clerk", "supervisor", "registrar", "auditor",
                                                      "key_officer"};

}  // namespace

std::string_view name(Role role) {
  return kNames[static_cast<std::size_t>(role)];
}

std::optional<Role> parse_role(std::string_view text) {
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (kNames[i] == text) return static_cast<Role>(i);
  return std::nullopt;
}

std::string text(Roles roles) {
  std::string all;
  for (int i = 0; i < kRoles; ++i)
    if (const auto role = static_cast<Role>(i); roles.has(role))
      all += (all.empty() ? "" : ",") + std::string(name(role));
  return all;
}

Result<Roles> parse_roles(std::string_view text) {
  Roles roles;
  for (std::string_view rest = text;;) {
    const auto comma = rest.find(',');
    const auto word = rest.substr(0, comma);
    const auto role = parse_role(word);
    if (!role) {
      std::string known;
      for (const auto one : kNames) known += (known.empty() ? "" : ", ") + std::string(one);
      return malformed("role_unknown", {{"role", std::string(word)}, {"known", known}});
    }
    roles.add(*role);
    if (comma == std::string_view::npos) return roles;
    rest.remove_prefix(comma + 1);
  }
}

}  // namespace shomei::officers
