#include "wire/request.h"

#include <arpa/inet.h>

#include <algorithm>

#include "http/message.h"
#include "wire/chunked.h"
#include "wire/field_line.h"

namespace shomei::wire {
namespace {

constexpr std::size_t kMethodBytesMax = 32;
constexpr std::size_t kLengthDigitsMax = 18;  // fits 64 bits; more is over every limit
constexpr std::string_view kVersion = "HTTP/1.1";

// What the fields say about where the request ends and what follows it.
struct Framing {
  std::size_t hosts = 0;
  std::size_t codings = 0;
  std::size_t lengths = 0;
  std::uint64_t length = 0;
  bool chunked = false;
  bool says_close = false;
  bool says_keep_alive = false;
  bool expects_continue = false;
};

int read_version(Cursor& c, bool& http_1_0) {
  constexpr std::size_t kNameBytes = 5;  // "HTTP/"
  for (std::size_t i = 0; i < kNameBytes; ++i, ++c.at) {
    if (c.ended()) return kMore;
    if (*c.at != kVersion[i]) return 400;
  }
  if (c.end - c.at < 3) return kMore;
  const auto is_digit = [](char x) { return x >= '0' && x <= '9'; };
  if (!is_digit(c.at[0]) || c.at[1] != '.' || !is_digit(c.at[2])) return 400;
  if (c.at[0] != '1' || c.at[2] > '1') return 505;
  http_1_0 = c.at[2] == '0';
  c.at += 3;
  return read_line_end(c);
}

// Method, target and version with one space between them.
int read_request_line(Cursor& c, RequestView& into) {
  into.method = read_while(c, kToken);
  if (into.method.size() > kMethodBytesMax) return 400;
  if (c.ended()) return kMore;
  if (into.method.empty() || *c.at != ' ') return 400;
  ++c.at;
  into.target = read_while(c, kTarget);
  if (c.ended()) return kMore;
  if (into.target.empty() || *c.at != ' ') return 400;
  ++c.at;
  return read_version(c, into.http_1_0);
}

// RFC 9110 8.6: digits alone; lists of equal lengths are not undone.
int read_length(std::string_view text, Framing& framing) {
  if (text.empty()) return 400;
  for (const char c : text)
    if (c < '0' || c > '9') return 400;
  if (text.size() > kLengthDigitsMax) return 413;
  framing.length = 0;
  for (const char c : text) framing.length = framing.length * 10 + static_cast<std::uint64_t>(c - '0');
  return ++framing.lengths == 1 ? kRead : 400;
}

void read_connection(std::string_view list, Framing& framing) {
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    std::string_view option = list.substr(0, comma);
    list.remove_prefix(std::min(comma + 1, list.size()));
    while (option.starts_with(' ') || option.starts_with('\t')) option.remove_prefix(1);
    while (option.ends_with(' ') || option.ends_with('\t')) option.remove_suffix(1);
    if (http::same_name(option, "close")) framing.says_close = true;
    if (http::same_name(option, "keep-alive")) framing.says_keep_alive = true;
  }
}

// Few fields are about framing, and their lengths tell most others apart.
int take_field(const FieldView& field, Framing& framing) {
  const auto named = [&](std::string_view name) { return http::same_name(field.name, name); };
  switch (field.name.size()) {
    case 4:
      if (!named("Host")) break;
      if (++framing.hosts > 1) return 400;
      return std::all_of(field.value.begin(), field.value.end(), [](char c) { return is(kHost, c); }) ? kRead
                                                                                                      : 400;
    case 6:
      if (named("Expect")) framing.expects_continue = http::same_name(field.value, "100-continue");
      break;
    case 10:
      if (named("Connection")) read_connection(field.value, framing);
      break;
    case 14:
      if (named("Content-Length")) return read_length(field.value, framing);
      break;
    case 17:
      if (!named("Transfer-Encoding")) break;
      framing.chunked = http::same_name(field.value, "chunked");
      if (++framing.codings > 1) return 400;
      break;
    default:
      break;
  }
  return kRead;
}

// RFC 9112 3.2 and 6.1. A coding that is not undone here would let two readers disagree about the end.
int check_framing(const Framing& framing, bool http_1_0, const RequestLimits& limits) {
  if (framing.codings > 0 && (http_1_0 || framing.lengths > 0)) return 400;
  if (framing.codings > 0 && !framing.chunked) return 501;
  if (!http_1_0 && framing.hosts != 1) return 400;
  return framing.length > limits.body_bytes_max ? 413 : kRead;
}

Parsed refused(int status) {
  return {.outcome = Parsed::Outcome::refused, .status = status};
}

Parsed whole(std::size_t used) {
  return {.outcome = Parsed::Outcome::whole, .used = used};
}

}  // namespace

// Fills a view from the bytes behind empty lines.
struct RequestFiller {
  RequestView& into;
  const RequestLimits& limits;
  Framing framing{};

  int read_fields(Cursor& c) {
    for (into.count_ = 0;;) {
      if (c.ended()) return kMore;
      if (*c.at == '\r') return read_line_end(c);
      if (into.count_ == RequestView::kFieldsMax) return 431;
      FieldView& field = into.fields_[into.count_];
      if (const int status = read_field(c, field); status != kRead) return status;
      ++into.count_;
      if (const int status = take_field(field, framing); status != kRead) return status;
    }
  }

  int read_head(Cursor& c) {
    int status = read_request_line(c, into);
    if (status == kRead) status = read_fields(c);
    if (status == kRead) status = check_framing(framing, into.http_1_0, limits);
    into.keep_alive = !framing.says_close && (!into.http_1_0 || framing.says_keep_alive);
    return status;
  }

  Parsed read_body(std::string_view bytes, std::size_t head_bytes) {
    const std::string_view here = bytes.substr(head_bytes);
    if (framing.chunked) return read_chunked_body(here, head_bytes);
    const auto length = static_cast<std::size_t>(framing.length);
    if (here.size() < length) return more(here, head_bytes + length);
    into.body = here.substr(0, length);
    return whole(head_bytes + length);
  }

  Parsed read_chunked_body(std::string_view here, std::size_t head_bytes) {
    const Unchunked unchunked = read_chunks(here, limits.body_bytes_max, into.unchunked_);
    if (unchunked.status != 0) return refused(unchunked.status);
    if (!unchunked.whole) return more(here, unchunked.wanted == 0 ? 0 : head_bytes + unchunked.wanted);
    into.body = into.unchunked_;
    return whole(head_bytes + unchunked.used);
  }

  // Who has sent some of the body does not wait.
  Parsed more(std::string_view here, std::size_t wanted) const {
    const bool waits = framing.expects_continue && !into.http_1_0 && here.empty();
    return {.wanted = wanted, .head_whole = true, .awaits_continue = waits};
  }
};

std::string_view RequestView::field(std::string_view name) const {
  for (const FieldView& one : fields())
    if (http::same_name(one.name, name)) return one.value;
  return {};
}

std::string PeerAddress::text() const {
  char text[INET6_ADDRSTRLEN] = "";
  ::inet_ntop(six ? AF_INET6 : AF_INET, bytes.data(), text, sizeof text);
  return text;
}

Parsed parse_request(std::string_view bytes, const RequestLimits& limits, RequestView& into) {
  // RFC 9112 2.2: empty lines before a request do not count.
  std::size_t empty = 0;
  while (bytes.substr(empty).starts_with("\r\n")) empty += 2;
  bytes.remove_prefix(empty);
  if (bytes.empty() || bytes == "\r") return {.used = empty};
  const std::string_view looked_at = bytes.substr(0, limits.head_bytes_max);
  Cursor c{looked_at.data(), looked_at.data() + looked_at.size()};
  RequestFiller filler{into, limits};
  into.body = {};
  const int status = filler.read_head(c);
  if (status == kMore && looked_at.size() == limits.head_bytes_max) return refused(431);
  if (status == kMore) return {.used = empty};
  if (status != kRead) return refused(status);
  Parsed parsed = filler.read_body(bytes, static_cast<std::size_t>(c.at - looked_at.data()));
  if (parsed.outcome != Parsed::Outcome::refused) parsed.used += empty;
  return parsed;
}

}  // namespace shomei::wire
