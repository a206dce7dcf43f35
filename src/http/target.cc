#include "http/target.h"

#include <algorithm>
#include <optional>

namespace shomei::http {
namespace {

constexpr std::size_t kQueryFieldsMax = 64;

Error target_error(std::string_view what) {
  return malformed("target_form", {{"what", std::string(what)}}, "RFC 9112 3.2");
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_sendable(char c) {
  return c > 0x20 && c < 0x7f && c != '#';
}

bool is_control(char c) {
  return (c >= 0 && c < 0x20) || c == 0x7f;
}

// nullopt where a '%' is not followed by two hexadecimal digits.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i] == '+' && plus_is_space ? ' ' : text[i];
      continue;
    }
    if (text.size() - i < 3) return std::nullopt;
    const int high = hex_value(text[i + 1]);
    const int low = hex_value(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

bool climbs(std::string_view path) {
  while (!path.empty()) {
    path.remove_prefix(1);  // the '/' before the segment
    const auto segment = path.substr(0, path.find('/'));
    if (segment == "." || segment == "..") return true;
    path.remove_prefix(segment.size());
  }
  return false;
}

Result<std::string> parse_path(std::string_view text) {
  if (!text.starts_with('/')) return target_error("it does not begin with /");
  auto path = percent_decoded(text, false);
  if (!path) return target_error("a % is not followed by two hexadecimal digits");
  if (std::any_of(path->begin(), path->end(), is_control))
    return target_error("it holds a control character");
  if (climbs(*path)) return target_error("it holds a . or .. segment");
  return *std::move(path);
}

Result<Field> parse_query_field(std::string_view text) {
  const auto equals = text.find('=');
  auto name = percent_decoded(text.substr(0, equals), true);
  auto value =
      equals == std::string_view::npos ? std::string() : percent_decoded(text.substr(equals + 1), true);
  if (!name || !value) return target_error("a % in the query is not followed by two hexadecimal digits");
  if (name->find('\0') != std::string::npos || value->find('\0') != std::string::npos)
    return target_error("the query holds a NUL");
  return Field{*std::move(name), *std::move(value)};
}

Result<Fields> parse_query(std::string_view text) {
  Fields fields;
  while (!text.empty()) {
    const auto one = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), one.size() + 1));
    if (one.empty()) continue;
    if (fields.size() == kQueryFieldsMax) return target_error("the query has more than 64 fields");
    SHOMEI_TRY(auto field, parse_query_field(one));
    fields.push_back(std::move(field));
  }
  return fields;
}

// Absolute form: what follows scheme and authority. RFC 9112 3.2.2: a server must accept it.
std::optional<std::string_view> after_authority(std::string_view text) {
  const auto scheme = text.substr(0, text.find("://"));
  if (!same_name(scheme, "http") && !same_name(scheme, "https")) return std::nullopt;
  if (scheme.size() == text.size()) return std::nullopt;
  text.remove_prefix(scheme.size() + 3);
  const auto authority = text.substr(0, text.find_first_of("/?"));
  if (authority.empty()) return std::nullopt;
  return text.substr(authority.size());
}

}  // namespace

Result<Target> parse_target(std::string_view text) {
  if (!std::all_of(text.begin(), text.end(), is_sendable))
    return target_error("it holds a character that must be percent-encoded");
  if (text == "*") return Target{"*", {}};
  bool absolute = false;
  if (const auto rest = after_authority(text)) {
    text = *rest;
    absolute = true;
  }
  const auto mark = std::min(text.find('?'), text.size());
  const auto path_text = absolute && mark == 0 ? "/" : text.substr(0, mark);
  SHOMEI_TRY(auto path, parse_path(path_text));
  SHOMEI_TRY(auto query, parse_query(text.substr(std::min(mark + 1, text.size()))));
  return Target{std::move(path), std::move(query)};
}

}  // namespace shomei::http
