#include "journal/published/tile_path.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace shomei::journal {
namespace {

constexpr std::string_view kLead = "tile/";
constexpr std::string_view kEntries = "entries";
constexpr std::string_view kPartial = ".p/";
constexpr unsigned kLevelMax = 63;
constexpr unsigned kTileHeight = 8;
constexpr std::size_t kPathBytesMax = 64;  // the longest has 45
constexpr std::uint64_t kIndexMax = (std::uint64_t{1} << 56) - 1;

Error bad_path(std::string_view text) {
  return malformed("tile_path_form", {{"path", std::string(text.substr(0, kPathBytesMax))}},
                   "C2SP tlog-tiles");
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::uint64_t> number(std::string_view digits) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (!is_digits(digits) || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::string index_groups(std::uint64_t index) {
  const auto group = [](std::uint64_t value) {
    const auto digits = std::to_string(value);
    return std::string(3 - digits.size(), '0') + digits;
  };
  std::string text = group(index % 1000);
  for (index /= 1000; index > 0; index /= 1000) text = "x" + group(index % 1000) + "/" + text;
  return text;
}

// The digits of all groups. Whether they are grouped as they should be is told by encoding them again.
std::optional<std::uint64_t> index_of(std::string_view groups) {
  std::string digits;
  for (const char c : groups)
    if (c != 'x' && c != '/') digits += c;
  const auto index = number(digits);
  return index && *index <= kIndexMax ? index : std::nullopt;
}

std::optional<TilePath> read_path(std::string_view text) {
  TilePath path;
  if (!text.starts_with(kLead)) return std::nullopt;
  text.remove_prefix(kLead.size());
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto kind = text.substr(0, slash);
  if (kind == kEntries) {
    path.kind = TileKind::entries;
  } else {
    const auto level = number(kind);
    if (!level || *level > kLevelMax) return std::nullopt;
    path.level = static_cast<unsigned>(*level);
  }
  text.remove_prefix(slash + 1);
  if (const auto partial = text.find(kPartial); partial != std::string_view::npos) {
    const auto width = number(text.substr(partial + kPartial.size()));
    if (!width || *width == 0 || *width >= kTileWidth) return std::nullopt;
    path.width = static_cast<unsigned>(*width);
    text = text.substr(0, partial);
  }
  const auto index = index_of(text);
  if (!index) return std::nullopt;
  path.index = *index;
  return path;
}

}  // namespace

std::string encode_tile_path(const TilePath& path) {
  std::string text(kLead);
  text += path.kind == TileKind::entries ? std::string(kEntries) : std::to_string(path.level);
  text += "/" + index_groups(path.index);
  if (!path.full()) text += std::string(kPartial) + std::to_string(path.width);
  return text;
}

Result<TilePath> parse_tile_path(std::string_view text) {
  if (text.size() > kPathBytesMax) return bad_path(text);
  const auto path = read_path(text);
  if (!path || encode_tile_path(*path) != text) return bad_path(text);
  return *path;
}

unsigned width_at(std::uint64_t size, unsigned level, std::uint64_t index) {
  if (level * kTileHeight >= 64 || index > kIndexMax) return 0;
  const std::uint64_t hashes = size >> (level * kTileHeight);
  const std::uint64_t first = index * kTileWidth;
  return first >= hashes ? 0 : static_cast<unsigned>(std::min<std::uint64_t>(hashes - first, kTileWidth));
}

}  // namespace shomei::journal
