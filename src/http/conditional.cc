#include "http/conditional.h"

#include "http/http_date.h"

namespace shomei::http {
namespace {

constexpr std::string_view kWeak = "W/";

bool is_space(char c) {
  return c == ' ' || c == '\t';
}

// RFC 9110 8.8.3: etagc is %x21, %x23-7E and what is above ASCII.
bool is_tag_character(char c) {
  return c == '!' || static_cast<unsigned char>(c) >= 0x23;
}

std::string_view without_weakness(std::string_view tag) {
  return tag.starts_with(kWeak) ? tag.substr(kWeak.size()) : tag;
}

// The entity-tag at the front, taken off; empty when there is none.
std::string_view take_tag(std::string_view& list) {
  const std::size_t opening = list.starts_with(kWeak) ? kWeak.size() : 0;
  if (opening >= list.size() || list[opening] != '"') return {};
  std::size_t end = opening + 1;
  while (end < list.size() && list[end] != '"' && is_tag_character(list[end])) ++end;
  if (end == list.size() || list[end] != '"') return {};
  const auto tag = list.substr(0, end + 1);
  list.remove_prefix(tag.size());
  return tag;
}

// Whether `tag` is among those of one field: "*", or a list with commas. What follows something that is no
// entity-tag is not looked at.
bool names_tag(std::string_view list, std::string_view tag, Comparison how) {
  const auto skip = [&list](bool commas) {
    while (!list.empty() && (is_space(list.front()) || (commas && list.front() == ',')))
      list.remove_prefix(1);
  };
  skip(false);
  if (list.starts_with('*')) {
    list.remove_prefix(1);
    skip(false);
    return list.empty();
  }
  for (skip(true); !list.empty(); skip(true)) {
    const auto one = take_tag(list);
    if (one.empty()) return false;
    if (same_tag(one, tag, how)) return true;
  }
  return false;
}

struct Wanted {
  bool asked = false;
  bool named = false;
};
// A list may be of several fields (RFC 9110 5.3).
Wanted look_for(const Request& request, std::string_view name, std::string_view tag, Comparison how) {
  Wanted wanted;
  for (const auto& field : request.headers) {
    if (!same_name(field.name, name)) continue;
    wanted.asked = true;
    wanted.named = wanted.named || names_tag(field.value, tag, how);
  }
  return wanted;
}

std::optional<Instant> date_in(const std::string* value, Instant now) {
  return value ? parse_http_date(*value, now) : std::nullopt;
}

// RFC 9110 15.4.5: the fields that a 200 would have had and that caches use; not what describes the content.
Response not_modified(Response response) {
  response.status = 304;
  response.body.clear();
  response.shared_body.reset();
  std::erase_if(response.headers, [](const Field& f) { return same_name(f.name, "Content-Type"); });
  return response;
}

Response precondition_failed() {
  Response response;
  response.status = 412;
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

}  // namespace

bool same_tag(std::string_view a, std::string_view b, Comparison how) {
  if (how == Comparison::strong && (a.starts_with(kWeak) || b.starts_with(kWeak))) return false;
  return without_weakness(a) == without_weakness(b);
}

// The order is that of RFC 9110 13.2.2.
Response answer_conditionally(Response response, const Request& request, Instant now) {
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (!reads || response.status != 200) return response;
  const std::string* etag = find_field(response.headers, "ETag");
  const std::string_view tag = etag ? std::string_view(*etag) : std::string_view();
  const auto modified_at = date_in(find_field(response.headers, "Last-Modified"), now);

  const auto match = look_for(request, "If-Match", tag, Comparison::strong);
  if (match.asked && !match.named) return precondition_failed();
  if (!match.asked && modified_at) {
    const auto since = date_in(request.header("If-Unmodified-Since"), now);
    if (since && *modified_at > *since) return precondition_failed();
  }
  const auto none_match = look_for(request, "If-None-Match", tag, Comparison::weak);
  if (none_match.asked) return none_match.named ? not_modified(std::move(response)) : response;
  const auto since = date_in(request.header("If-Modified-Since"), now);
  if (since && modified_at && *modified_at <= *since) return not_modified(std::move(response));
  return response;
}

}  // namespace shomei::http
