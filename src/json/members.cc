#include "json/members.h"

#include "base/shown_text.h"
#include "json/parse_object.h"

namespace shomei::json {
namespace {

constexpr std::chrono::year kLastYear{9999};

Error wrong_type(std::string member, std::string_view type) {
  return malformed("member_type", {{"member", std::move(member)}, {"type", std::string(type)}});
}

}  // namespace

std::string Members::full(std::string_view member) const {
  return member_path(path_, member);
}

const nlohmann::json* Members::find(std::string_view member) {
  asked_.insert(std::string(member));
  const auto at = object_.find(std::string(member));
  return at == object_.end() || at->is_null() ? nullptr : &*at;
}

Error Members::missing(std::string_view member) const {
  return malformed("member_missing", {{"member", full(member)}});
}

Error Members::unknown_word(const std::string& member, const std::string& value, std::string allowed) {
  return malformed("value_unknown",
                   {{"member", member}, {"value", fit_for_sentence(value)}, {"allowed", std::move(allowed)}});
}

Result<std::optional<std::string>> Members::text_if(std::string_view member) {
  const auto* value = find(member);
  if (!value) return std::optional<std::string>{};
  if (!value->is_string()) return wrong_type(full(member), "text");
  const auto& text = value->get_ref<const std::string&>();
  if (text.size() > text_bytes_max_)
    return malformed("member_too_long", {{"member", full(member)}, {"max", std::to_string(text_bytes_max_)}});
  return std::optional<std::string>{text};
}

Result<std::string> Members::text(std::string_view member) {
  SHOMEI_TRY(auto value, text_if(member));
  if (!value) return missing(member);
  return *std::move(value);
}

Result<std::optional<Date>> Members::date_if(std::string_view member) {
  SHOMEI_TRY(const auto text, text_if(member));
  if (!text) return std::optional<Date>{};
  const auto date = parse_date(*text);
  if (!date) return malformed("member_day", {{"member", full(member)}, {"value", fit_for_sentence(*text)}});
  return std::optional<Date>{*date};
}

Result<Date> Members::date(std::string_view member) {
  SHOMEI_TRY(const auto value, date_if(member));
  if (!value) return missing(member);
  return *value;
}

Result<std::optional<Instant>> Members::instant_if(std::string_view member) {
  SHOMEI_TRY(const auto text, text_if(member));
  if (!text) return std::optional<Instant>{};
  const auto instant = parse_instant(*text);
  // Its offset may take it into a year without four digits.
  const auto year = instant ? jst_date(*instant).year() : std::chrono::year{};
  if (!instant || year < std::chrono::year{1} || year > kLastYear)
    return malformed("member_instant", {{"member", full(member)}, {"value", fit_for_sentence(*text)}});
  return std::optional<Instant>{*instant};
}

Result<Instant> Members::instant(std::string_view member) {
  SHOMEI_TRY(const auto value, instant_if(member));
  if (!value) return missing(member);
  return *value;
}

Result<bool> Members::flag(std::string_view member, bool absent) {
  const auto* value = find(member);
  if (!value) return absent;
  if (!value->is_boolean()) return wrong_type(full(member), "true or false");
  return value->get<bool>();
}

Result<std::optional<Members>> Members::object_if(std::string_view member) {
  const auto* value = find(member);
  if (!value) return std::optional<Members>{};
  if (!value->is_object()) return wrong_type(full(member), "an object");
  return std::optional<Members>{std::in_place, *value, full(member), text_bytes_max_};
}

Result<const nlohmann::json*> Members::array_if(std::string_view member, std::size_t items_max) {
  const auto* value = find(member);
  if (!value) return value;
  if (!value->is_array()) return wrong_type(full(member), "a list");
  if (value->size() > items_max)
    return malformed("too_many_items", {{"member", full(member)}, {"max", std::to_string(items_max)}});
  return value;
}

Result<void> Members::expect_no_other() const {
  std::string known;
  for (const auto& member : asked_) known += (known.empty() ? "" : ", ") + member;
  for (const auto& [member, value] : object_.items())
    if (!asked_.contains(member))
      return malformed("member_unknown", {{"member", full(member)}, {"known", known}});
  return {};
}

}  // namespace shomei::json
