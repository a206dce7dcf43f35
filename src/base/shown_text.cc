#include "base/shown_text.h"

#include <algorithm>
#include <optional>

namespace shomei {
namespace {

constexpr std::size_t kShownBytesMax = 100;
constexpr std::string_view kNoCharacter = "\xEF\xBF\xBD";  // U+FFFD

struct Range {
  char32_t first;
  char32_t last;
};
constexpr Range kUnfit[] = {
    {0x0000, 0x001F},  // C0
    {0x007F, 0x009F},  // DEL and C1: U+009B alone begins a command of the terminal
    {0x061C, 0x061C},  // Arabic letter mark
    {0x200E, 0x200F},  // marks of direction
    {0x2028, 0x2029},  // separators of lines and paragraphs
    {0x202A, 0x202E},  // embeddings and overrides of direction
    {0x2066, 0x2069},  // isolates of direction
};

bool is_unfit(char32_t code) {
  return std::ranges::any_of(kUnfit, [code](Range r) { return r.first <= code && code <= r.last; });
}

struct Character {
  char32_t code;
  std::size_t bytes;
};

// Overlong forms are none: a lax terminal would take C0 9B for an escape.
std::optional<Character> first_character(std::string_view text) {
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return Character{lead, 1};
  const std::size_t bytes = lead < 0xC0 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF8 ? 4 : 0;
  if (bytes == 0 || text.size() < bytes) return std::nullopt;
  char32_t code = lead & (0x7FU >> bytes);
  for (const char c : text.substr(1, bytes - 1)) {
    const auto next = static_cast<unsigned char>(c);
    if ((next & 0xC0U) != 0x80) return std::nullopt;
    code = code << 6 | (next & 0x3FU);
  }
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kLeast[bytes] || code > 0x10FFFF || surrogate) return std::nullopt;
  return Character{code, bytes};
}

std::string shown(std::string_view text, bool keep_line_feeds) {
  std::string fit;
  fit.reserve(text.size());
  while (!text.empty()) {
    const auto character = first_character(text);
    const auto bytes = text.substr(0, character ? character->bytes : 1);
    if (!character)
      fit += kNoCharacter;
    else if (is_unfit(character->code) && !(keep_line_feeds && character->code == '\n'))
      fit += '?';
    else
      fit += bytes;
    text.remove_prefix(bytes.size());
  }
  return fit;
}

}  // namespace

std::string shown_line(std::string_view text) {
  return shown(text, false);
}

std::string shown_lines(std::string_view text) {
  return shown(text, true);
}

std::string fit_for_sentence(std::string_view text) {
  const bool cut = text.size() > kShownBytesMax;
  std::size_t end = std::min(text.size(), kShownBytesMax);
  while (cut && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80)
    --end;  // inside a character
  return shown_line(text.substr(0, end)) + (cut ? "..." : "");
}

}  // namespace shomei
