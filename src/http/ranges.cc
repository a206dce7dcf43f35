#include "http/ranges.h"

#include <algorithm>
#include <limits>

#include "http/conditional.h"

namespace shomei::http {
namespace {

constexpr std::string_view kUnit = "bytes";

std::string_view trimmed(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// Digits alone; what does not fit is as large as can be.
std::optional<std::uint64_t> parse_position(std::string_view text) {
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  if (text.empty()) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    const auto digit = static_cast<std::uint64_t>(c - '0');
    value = value > (kMost - digit) / 10 ? kMost : value * 10 + digit;
  }
  return value;
}

WantedRange part_of(std::uint64_t first, std::uint64_t last, std::uint64_t size) {
  if (first >= size) return {WantedRange::Is::nothing};
  return {WantedRange::Is::part, first, std::min(last, size - 1) - first + 1};
}

// "9-", "0-99", "-99" (the last 99). What does not parse asks for the whole.
WantedRange parse_one(std::string_view spec, std::uint64_t size) {
  const auto dash = spec.find('-');
  if (dash == std::string_view::npos) return {};
  const auto before = spec.substr(0, dash), after = spec.substr(dash + 1);
  const auto last = parse_position(after);
  if (before.empty()) {
    if (!last) return {};
    return *last == 0
               ? WantedRange{WantedRange::Is::nothing}
               : part_of(size - std::min(*last, size), std::numeric_limits<std::uint64_t>::max(), size);
  }
  const auto first = parse_position(before);
  if (!first || (!last && !after.empty()) || (last && *last < *first)) return {};
  return part_of(*first, last.value_or(std::numeric_limits<std::uint64_t>::max()), size);
}

const std::string* only_field(const Request& request, std::string_view name) {
  const auto is_it = [&](const Field& f) { return same_name(f.name, name); };
  return std::ranges::count_if(request.headers, is_it) == 1 ? request.header(name) : nullptr;
}

bool part_may_be_sent(const Request& request, const Response& response) {
  const std::string* condition = request.header("If-Range");
  if (!condition) return true;
  const std::string* etag = find_field(response.headers, "ETag");
  return etag && same_tag(trimmed(*condition), *etag, Comparison::strong);
}

void cut(Response& response, const WantedRange& wanted) {
  const auto first = static_cast<std::size_t>(wanted.first), size = static_cast<std::size_t>(wanted.size);
  if (response.shared_body) {
    response.shared_part = {first, size};
  } else {
    const ByteView part = ByteView(response.body).subspan(first, size);
    response.body = to_bytes(part);
  }
}

Response not_satisfiable(std::uint64_t size) {
  Response response;
  response.status = 416;
  response.headers = {{"Content-Range", "bytes */" + std::to_string(size)}, {"Cache-Control", "no-store"}};
  return response;
}

}  // namespace

WantedRange parse_range(std::string_view field, std::uint64_t content_size) {
  field = trimmed(field);
  const auto equals = field.find('=');
  if (equals == std::string_view::npos || !same_name(field.substr(0, equals), kUnit)) return {};
  const auto list = field.substr(equals + 1);
  if (list.find(',') != std::string_view::npos) return {};
  return parse_one(trimmed(list), content_size);
}

Response answer_range(Response response, const Request& request) {
  if (response.status != 200) return response;
  response.headers.push_back({"Accept-Ranges", std::string(kUnit)});
  const std::string* field = only_field(request, "Range");
  if (request.method != "GET" || !field || !part_may_be_sent(request, response)) return response;
  const std::uint64_t size = response.content().size();
  const auto wanted = parse_range(*field, size);
  if (wanted.is == WantedRange::Is::whole) return response;
  if (wanted.is == WantedRange::Is::nothing) return not_satisfiable(size);
  cut(response, wanted);
  response.status = 206;
  response.headers.push_back({"Content-Range", "bytes " + std::to_string(wanted.first) + "-" +
                                                   std::to_string(wanted.first + wanted.size - 1) + "/" +
                                                   std::to_string(size)});
  return response;
}

}  // namespace shomei::http
