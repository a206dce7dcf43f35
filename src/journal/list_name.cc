#include "journal/list_name.h"

#include <algorithm>

namespace shomei::journal {
namespace {

constexpr std::string_view kDelta = "delta";
constexpr std::size_t kAuthorityLengthMax = 64, kPartitionLengthMax = 10;

bool names_authority(std::string_view text) {
  return !text.empty() && text.size() <= kAuthorityLengthMax && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

// Takes "/wanted" off the end.
bool take_end(std::string_view& text, std::string_view wanted) {
  if (!text.ends_with(wanted)) return false;
  const auto rest = text.substr(0, text.size() - wanted.size());
  if (!rest.ends_with('/')) return false;
  text = rest.substr(0, rest.size() - 1);
  return true;
}

}  // namespace

bool names_partition(std::string_view text) {
  return !text.empty() && text.size() <= kPartitionLengthMax &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string ListName::text() const {
  std::string text = authority;
  if (!partition.empty()) text += "/" + partition;
  if (delta) text.append("/").append(kDelta);
  return text;
}

Result<ListName> ListName::parse(std::string_view text) {
  ListName name;
  std::string_view rest = text;
  name.delta = take_end(rest, kDelta);
  const auto slash = rest.find('/');
  const auto authority = rest.substr(0, slash);
  const bool parted = slash != std::string_view::npos;
  const auto partition = parted ? rest.substr(slash + 1) : std::string_view{};
  if (!names_authority(authority) || (parted && !names_partition(partition)))
    return malformed("list_name_form", {{"name", std::string(text)}});
  name.authority = authority;
  name.partition = partition;
  return name;
}

}  // namespace shomei::journal
