#include "pki/jis.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>

#include "base/bytes.h"
#include "base/check.h"
#include "der/reader.h"

namespace shomei::pki {
namespace {

bool is_variation_selector(char32_t c) {
  return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

// Characters of JIS X 0208 for which Unicode has two customary code points; the converter knows only one of
// each.
bool has_customary_twin(char32_t c) {
  static constexpr std::array kTwins{U'\uFF0D', U'\uFF5E', U'\u2225', U'\uFFE0',
                                     U'\uFFE1', U'\uFFE2', U'\u2015'};
  return std::ranges::find(kTwins, c) != kTwins.end();
}

class EucJpConverter {
 public:
  EucJpConverter() : handle_(iconv_open("EUC-JP", "UTF-8")) {
    SHOMEI_INVARIANT(handle_ != reinterpret_cast<iconv_t>(-1));  // part of the C library's package
  }
  ~EucJpConverter() { iconv_close(handle_); }
  EucJpConverter(const EucJpConverter&) = delete;
  EucJpConverter& operator=(const EucJpConverter&) = delete;

  bool converts(std::string utf8) {
    std::array<char, 8> out{};
    char* from = utf8.data();
    char* to = out.data();
    std::size_t from_left = utf8.size();
    std::size_t to_left = out.size();
    iconv(handle_, nullptr, nullptr, nullptr, nullptr);
    return iconv(handle_, &from, &from_left, &to, &to_left) == 0 && from_left == 0;
  }

 private:
  iconv_t handle_;
};

}  // namespace

Result<std::vector<Character>> characters(std::string_view utf8) {
  if (!der::is_utf8(view(utf8))) return malformed("text_not_utf8", {}, "RFC 3629");
  std::vector<Character> out;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t c = length == 1 ? lead : lead & (0xFF >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) c = c << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3F);
    i += length;
    if (is_variation_selector(c) && !out.empty())
      out.back().variant = true;
    else
      out.push_back({c, false});
  }
  return out;
}

std::string to_utf8(char32_t c) {
  const auto tail = [](char32_t bits) { return static_cast<char>(0x80 | (bits & 0x3F)); };
  if (c < 0x80) return {static_cast<char>(c)};
  if (c < 0x800) return {static_cast<char>(0xC0 | c >> 6), tail(c)};
  if (c < 0x10000) return {static_cast<char>(0xE0 | c >> 12), tail(c >> 6), tail(c)};
  return {static_cast<char>(0xF0 | c >> 18), tail(c >> 12), tail(c >> 6), tail(c)};
}

bool in_jis(char32_t c) {
  if (c < 0x20 || c == 0x7F) return false;
  if (c < 0x7F || has_customary_twin(c)) return true;
  if (c > 0xFFFF) return false;  // EUC-JP has none of them
  // Each is asked of the converter once.
  enum : std::uint8_t { kUnknown, kNo, kYes };
  static std::array<std::atomic<std::uint8_t>, 0x10000> known{};
  auto& answer = known[c];
  if (answer.load(std::memory_order_relaxed) == kUnknown) {
    thread_local EucJpConverter converter;
    answer.store(converter.converts(to_utf8(c)) ? kYes : kNo, std::memory_order_relaxed);
  }
  return answer.load(std::memory_order_relaxed) == kYes;
}

Result<Substituted> substitute(std::string_view utf8, char32_t substitute_character) {
  SHOMEI_TRY(const auto all, characters(utf8));
  Substituted out;
  for (const auto& c : all) {
    const bool fits = !c.variant && in_jis(c.code_point);
    out.text += to_utf8(fits ? c.code_point : substitute_character);
    out.flags += fits ? '0' : '1';
  }
  return out;
}

std::string to_full_width(std::string_view utf8) {
  std::string out;
  for (char c : utf8) {
    if (c >= '0' && c <= '9')
      out += to_utf8(U'０' + static_cast<char32_t>(c - '0'));
    else if (c == '-')
      out += "－";
    else if (c == ' ')
      out += "　";
    else
      out += c;
  }
  return out;
}

}  // namespace shomei::pki
