#include "mass/query_files.h"

#include <algorithm>

namespace shomei::mass {
namespace {

std::string_view trimmed(std::string_view line) {
  line = line.substr(0, line.find('#'));
  constexpr std::string_view kSpace = " \t\r";
  const auto first = line.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(kSpace) - first + 1);
}

Result<Listed> parse_listed(std::string_view line) {
  const auto space = line.find_first_of(" \t");
  Listed listed;
  SHOMEI_TRY(listed.serial, pki::SerialNumber::parse_hex(line.substr(0, space)));
  if (space != std::string_view::npos) listed.authority = trimmed(line.substr(space));
  return listed;
}

template <class Item>
Result<FileList<Item>> parse_lines(std::string_view text, Result<Item> (*parse)(std::string_view)) {
  FileList<Item> list;
  list.digest = crypto::sha256(view(text));
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    const auto line = trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty()) continue;
    auto item = parse(line);
    if (!item) return malformed("mass_list_line", {{"line", std::to_string(number)}});
    list.items.push_back(*std::move(item));
  }
  if (list.items.empty()) return malformed("mass_list_empty");
  std::ranges::sort(list.items);
  const auto twice = std::ranges::unique(list.items);
  list.items.erase(twice.begin(), twice.end());
  return list;
}

}  // namespace

Result<FileList<Listed>> parse_certificate_lines(std::string_view text) {
  return parse_lines<Listed>(text, parse_listed);
}

Result<FileList<CardId>> parse_card_lines(std::string_view text) {
  return parse_lines<CardId>(text, [](std::string_view line) { return CardId::parse(line); });
}

}  // namespace shomei::mass
