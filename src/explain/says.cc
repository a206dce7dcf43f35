#include "explain/says.h"

#include "texts/words.h"

namespace shomei::explain {
namespace {

bool names_a_fact(std::string_view text) {
  for (int i = 0; i < rules::kFacts; ++i)
    if (rules::name(static_cast<rules::Fact>(i)) == text) return true;
  return false;
}

// `event` is a member of a facts file as well as an act: where a sentence names a member it stays.
std::string shown(const rules::NamedValue& named, texts::Language language) {
  const auto* text = std::get_if<std::string_view>(&named.value);
  const bool about_members = named.name == "member" || named.name == "other";
  if (!text || (about_members && names_a_fact(*text))) return rules::format_value(named.value);
  return std::string(texts::word(*text, language));
}

std::string render(std::string_view code, const rules::Values& values, texts::Language language) {
  Error error;
  error.code = code;
  for (const auto& named : values.all())
    error.parameters.push_back({std::string(named.name), shown(named, language)});
  return texts::says(error, language);
}

}  // namespace

std::string says(const rules::Finding& finding, texts::Language language) {
  return render(finding.code, finding.values, language);
}

std::string would_pass_if(const rules::Finding& finding, texts::Language language) {
  if (finding.would_pass_code.empty()) return {};
  return render(finding.would_pass_code, finding.values, language);
}

}  // namespace shomei::explain
