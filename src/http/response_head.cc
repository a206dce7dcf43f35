#include "http/response_head.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace shomei::http {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string digits(long value, std::size_t width) {
  std::string text = std::to_string(value);
  return std::string(width - std::min(width, text.size()), '0') + text;
}

bool is_token_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_safe(const Field& field) {
  return !field.name.empty() && std::all_of(field.name.begin(), field.name.end(), is_token_character) &&
         field.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos;
}

bool is_framing(std::string_view name) {
  return same_name(name, "Content-Length") || same_name(name, "Connection") ||
         same_name(name, "Transfer-Encoding");
}

void append_field(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

bool may_have_content(int status) {
  return status >= 200 && status != 204 && status != 304;
}

std::string format_http_date(Instant at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{at - day};
  const std::chrono::weekday weekday{day};
  std::string text{kWeekdays[weekday.c_encoding()]};
  text += ", " + digits(static_cast<unsigned>(date.day()), 2) + " ";
  text += kMonths[static_cast<unsigned>(date.month()) - 1];
  text += " " + digits(static_cast<int>(date.year()), 4) + " ";
  return text + digits(time.hours().count(), 2) + ":" + digits(time.minutes().count(), 2) + ":" +
         digits(time.seconds().count(), 2) + " GMT";
}

std::string encode_head(const Response& response, const Framing& framing) {
  std::string head = "HTTP/1.1 " + digits(response.status, 3) + " ";
  head.append(reason(response.status)).append("\r\n");
  for (const Field& field : response.headers)
    if (is_safe(field) && !is_framing(field.name)) append_field(head, field.name, field.value);
  if (!find_field(response.headers, "Date")) append_field(head, "Date", format_http_date(framing.now));
  if (may_have_content(response.status))
    append_field(head, "Content-Length", std::to_string(response.content().size()));
  if (!framing.keep_alive)
    append_field(head, "Connection", "close");
  else if (framing.http_1_0)
    append_field(head, "Connection", "keep-alive");
  return head + "\r\n";
}

}  // namespace shomei::http
