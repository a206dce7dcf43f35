#include "explain/says.h"

#include "explain/words.h"

namespace shomei::explain {
namespace {

std::string shown(const rules::Value& value, texts::Language language) {
  if (const auto* text = std::get_if<std::string_view>(&value)) return std::string(word(*text, language));
  return rules::format_value(value);
}

std::string render(std::string_view code, const rules::Values& values, texts::Language language) {
  Error error;
  error.code = code;
  for (const auto& [name, value] : values.all())
    error.parameters.push_back({std::string(name), shown(value, language)});
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
