#include "json/parse_object.h"

#include <set>
#include <vector>

#include "base/shown_text.h"

namespace shomei::json {
namespace {

using Document = nlohmann::json;

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
      if (++depth > kDepthMax) return true;
    } else if (!quoted && (c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return false;
}

// Follows the parser from value to value and notes the first member that comes twice in its object.
class Duplicates {
 public:
  void see(Document::parse_event_t event, const Document& parsed) {
    using Event = Document::parse_event_t;
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
      first_ = f.array ? first_ + "[" + std::to_string(f.items - 1) + "]" : member_path(first_, f.key);
  }
  std::vector<Frame> frames_;
  std::string first_;
  bool any_ = false;
};

}  // namespace

std::string member_path(const std::string& path, std::string_view member) {
  return path + (path.empty() ? "" : ".") + fit_for_sentence(member);
}

Result<Document> parse_object(std::string_view text, std::size_t bytes_max) {
  if (text.size() > bytes_max) return malformed("json_too_large", {{"max", std::to_string(bytes_max)}});
  if (too_deep(text)) return bad_form("it is nested too deeply");
  Duplicates duplicates;
  const auto watch = [&](int, Document::parse_event_t event, const Document& parsed) {
    duplicates.see(event, parsed);
    return true;
  };
  try {
    auto parsed = Document::parse(text.begin(), text.end(), watch);
    if (duplicates.any())
      return malformed("json_member_twice", {{"member", duplicates.first()}}, "RFC 8259 4");
    if (!parsed.is_object()) return bad_form("it is not an object");
    return parsed;
  } catch (const Document::parse_error& e) {
    // The library's own words quote the text, which is about a person.
    return bad_form("it goes wrong at byte " + std::to_string(e.byte));
  } catch (const Document::exception&) {
    return bad_form("a number in it is out of range");
  }
}

}  // namespace shomei::json
