#include "explain/json_members.h"

#include <algorithm>
#include <vector>

namespace shomei::explain {
namespace {

using nlohmann::json;

constexpr std::size_t kShownBytesMax = 100;
constexpr std::chrono::year kLastYear{9999};

Error wrong_type(std::string member, std::string_view type) {
  return malformed("member_type", {{"member", std::move(member)}, {"type", std::string(type)}});
}

Error bad_form(std::string what) {
  return malformed("json_form", {{"what", std::move(what)}}, "RFC 8259");
}

// Before the text is parsed, so that its depth costs nothing.
bool too_deep(std::string_view text) {
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\') {
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == '{' || c == '[')) {
      if (++depth > kJsonDepthMax) return true;
    } else if (!quoted && (c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return false;
}

std::string joined(const std::string& path, std::string_view member) {
  return path + (path.empty() ? "" : ".") + fit_for_sentence(member);
}

// Follows the parser from value to value and notes the first member that comes twice in its object.
class Duplicates {
 public:
  void see(json::parse_event_t event, const json& parsed) {
    using Event = json::parse_event_t;
    switch (event) {
      case Event::object_start:
      case Event::array_start:
        next_item();
        frames_.push_back({.array = event == Event::array_start});
        break;
      case Event::object_end:
      case Event::array_end:
        frames_.pop_back();
        break;
      case Event::key:
        key(parsed.get<std::string>());
        break;
      case Event::value:
        next_item();
        break;
    }
  }
  const std::string& first() const { return first_; }
  bool any() const { return any_; }

 private:
  struct Frame {
    bool array = false;
    std::size_t items = 0;
    std::set<std::string> keys = {};
    std::string key = {};
  };
  void next_item() {
    if (!frames_.empty()) ++frames_.back().items;
  }
  void key(std::string name) {
    Frame& frame = frames_.back();
    frame.key = name;
    if (frame.keys.insert(std::move(name)).second || any_) return;
    any_ = true;
    for (const auto& f : frames_)
      first_ = f.array ? first_ + "[" + std::to_string(f.items - 1) + "]" : joined(first_, f.key);
  }
  std::vector<Frame> frames_;
  std::string first_;
  bool any_ = false;
};

}  // namespace

std::string fit_for_sentence(std::string_view text) {
  const bool cut = text.size() > kShownBytesMax;
  std::size_t end = std::min(text.size(), kShownBytesMax);
  while (cut && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end;  // inside a character
  std::string shown(text.substr(0, end));
  std::ranges::replace_if(
      shown, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, '?');
  return cut ? shown + "..." : shown;
}

Result<json> parse_json_object(std::string_view text, std::size_t bytes_max) {
  if (text.size() > bytes_max) return malformed("json_too_large", {{"max", std::to_string(bytes_max)}});
  if (too_deep(text)) return bad_form("it is nested too deeply");
  Duplicates duplicates;
  const auto watch = [&](int, json::parse_event_t event, const json& parsed) {
    duplicates.see(event, parsed);
    return true;
  };
  try {
    auto parsed = json::parse(text.begin(), text.end(), watch);
    if (duplicates.any())
      return malformed("json_member_twice", {{"member", duplicates.first()}}, "RFC 8259 4");
    if (!parsed.is_object()) return bad_form("it is not an object");
    return parsed;
  } catch (const json::parse_error& e) {
    // The library's own words quote the text, which is about a person.
    return bad_form("it goes wrong at byte " + std::to_string(e.byte));
  } catch (const json::exception&) {
    return bad_form("a number in it is out of range");
  }
}

std::string JsonMembers::full(std::string_view member) const {
  return joined(path_, member);
}

const json* JsonMembers::find(std::string_view member) {
  asked_.insert(std::string(member));
  const auto at = object_.find(std::string(member));
  return at == object_.end() || at->is_null() ? nullptr : &*at;
}

Error JsonMembers::missing(std::string_view member) const {
  return malformed("member_missing", {{"member", full(member)}});
}

Error JsonMembers::unknown_word(const std::string& member, const std::string& value, std::string allowed) {
  return malformed("value_unknown",
                   {{"member", member}, {"value", fit_for_sentence(value)}, {"allowed", std::move(allowed)}});
}

Result<std::optional<std::string>> JsonMembers::text_if(std::string_view member) {
  const auto* value = find(member);
  if (!value) return std::optional<std::string>{};
  if (!value->is_string()) return wrong_type(full(member), "text");
  const auto& text = value->get_ref<const std::string&>();
  if (text.size() > kJsonTextBytesMax)
    return malformed("member_too_long",
                     {{"member", full(member)}, {"max", std::to_string(kJsonTextBytesMax)}});
  return std::optional<std::string>{text};
}

Result<std::optional<Date>> JsonMembers::date_if(std::string_view member) {
  SHOMEI_TRY(const auto text, text_if(member));
  if (!text) return std::optional<Date>{};
  const auto date = parse_date(*text);
  if (!date) return malformed("member_day", {{"member", full(member)}, {"value", fit_for_sentence(*text)}});
  return std::optional<Date>{*date};
}

Result<Date> JsonMembers::date(std::string_view member) {
  SHOMEI_TRY(const auto value, date_if(member));
  if (!value) return missing(member);
  return *value;
}

Result<std::optional<Instant>> JsonMembers::instant_if(std::string_view member) {
  SHOMEI_TRY(const auto text, text_if(member));
  if (!text) return std::optional<Instant>{};
  const auto instant = parse_instant(*text);
  const auto year = instant ? jst_date(*instant).year() : std::chrono::year{};
  if (!instant || year < std::chrono::year{1} ||
      year > kLastYear)  // by its offset in a year without four digits
    return malformed("member_instant", {{"member", full(member)}, {"value", fit_for_sentence(*text)}});
  return std::optional<Instant>{*instant};
}

Result<Instant> JsonMembers::instant(std::string_view member) {
  SHOMEI_TRY(const auto value, instant_if(member));
  if (!value) return missing(member);
  return *value;
}

Result<bool> JsonMembers::flag(std::string_view member, bool absent) {
  const auto* value = find(member);
  if (!value) return absent;
  if (!value->is_boolean()) return wrong_type(full(member), "true or false");
  return value->get<bool>();
}

Result<std::optional<JsonMembers>> JsonMembers::object_if(std::string_view member) {
  const auto* value = find(member);
  if (!value) return std::optional<JsonMembers>{};
  if (!value->is_object()) return wrong_type(full(member), "an object");
  return std::optional<JsonMembers>{std::in_place, *value, full(member)};
}

Result<const json*> JsonMembers::array_if(std::string_view member, std::size_t items_max) {
  const auto* value = find(member);
  if (!value) return value;
  if (!value->is_array()) return wrong_type(full(member), "a list");
  if (value->size() > items_max)
    return malformed("too_many_items", {{"member", full(member)}, {"max", std::to_string(items_max)}});
  return value;
}

Result<void> JsonMembers::expect_no_other() const {
  std::string known;
  for (const auto& member : asked_) known += (known.empty() ? "" : ", ") + member;
  for (const auto& [member, value] : object_.items())
    if (!asked_.contains(member))
      return malformed("member_unknown", {{"member", full(member)}, {"known", known}});
  return {};
}

}  // namespace shomei::explain
