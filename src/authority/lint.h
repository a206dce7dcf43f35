// Lints: what must hold of a certificate before a key may sign it. Each looks at the re-read bytes and never
// stops the others; any finding stops the issue.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "authority/authority.h"
#include "authority/profile.h"
#include "rules/decide.h"

namespace shomei::authority {

struct LintInput {
  const pki::TbsCertificate& tbs;
  const Authority& authority;
  const Profile& profile;
  const rules::Decision& decision;
};

struct Lint {
  std::string_view id;
  std::string_view citation;
  std::string_view demand;  // said when it is broken
  bool (*holds)(const LintInput&);
};

struct LintFinding {
  const Lint* lint;
  std::string what;
};

std::vector<LintFinding> lint(const LintInput& input);

}  // namespace shomei::authority
