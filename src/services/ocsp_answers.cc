#include "services/ocsp_answers.h"

#include <charconv>

#include "crypto/digest.h"
#include "http/response_head.h"

namespace shomei::services {
namespace {

constexpr std::string_view kGetPrefix = "/ocsp/";
// Questions are usually of some eighty bytes; whoever pads theirs, or asks about many at once, is not kept.
constexpr std::size_t kKeptQuestionBytesMax = 512;
constexpr std::string_view kNotKept = "Cache-Control: no-store\r\n";

std::string type_and_length(std::size_t bytes) {
  return "Content-Type: " + std::string(kOcspResponseType) + "\r\nContent-Length: " + std::to_string(bytes) +
         "\r\n";
}

bool is_plain(std::string_view target) {
  return target.find_first_of("?#") == std::string_view::npos;
}

}  // namespace

OcspAnswers::OcspAnswers(OcspParts parts, Access& access, std::size_t answers_max)
    : parts_(parts), access_(access), shelf_(answers_max) {
  woke();
}

void OcspAnswers::woke() {
  const Instant now = parts_.clock.now();
  if (now != now_ || date_.empty()) date_ = "Date: " + http::format_http_date(now) + "\r\n";
  now_ = now;
  silent_ = !parts_.responder.hears(now);
}

// The usual forms alone: a POST of the right type, and a GET of a path and nothing else, on no condition.
bool OcspAnswers::decode(const wire::RequestView& request) {
  key_.clear();
  if (request.method == "POST") {
    if ((request.target != kOcspPath && request.target != "/") ||
        request.field("content-type") != kOcspRequestType)
      return false;
    key_ += 'P';
    key_ += request.body;
    return true;
  }
  if (request.method != "GET" || !request.target.starts_with(kGetPrefix) || !is_plain(request.target) ||
      !request.body.empty())
    return false;
  for (const std::string_view condition :
       {"if-none-match", "if-modified-since", "if-match", "if-unmodified-since"})
    if (!request.field(condition).empty()) return false;
  const Bytes der = decoded_or_nothing(request.target.substr(kGetPrefix.size()));
  key_ += 'G';
  key_.append(reinterpret_cast<const char*>(der.data()), der.size());
  return true;
}

bool OcspAnswers::answer(const wire::RequestView& request, wire::Output& out) {
  if (!decode(request) || !admits(request)) return false;
  const auto found = shelf_.find(key_);
  if (found && may_repeat(found->answer)) {
    parts_.counters.ocsp_repeated.fetch_add(1, std::memory_order_relaxed);
    write(*found, request, out);
  } else {
    answer_anew(request, out);
  }
  return true;
}

void OcspAnswers::answer_anew(const wire::RequestView& request, wire::Output& out) {
  const auto given = parts_.responder.respond(view(std::string_view(key_).substr(1)));
  if (!given.answer) return write_unsigned(given.unsigned_der, request, out);
  const auto& signed_answer = *given.answer;
  const KeptAnswer kept{signed_answer.this_update, given.repeat_before.value_or(Instant{}),
                        signed_answer.next_update, given.changes, given.cacheable && key_.front() == 'G'};
  const std::string head = head_of(signed_answer, kept.cacheable);
  if (given.repeated) parts_.counters.ocsp_repeated.fetch_add(1, std::memory_order_relaxed);
  if (given.repeat_before && key_.size() <= kKeptQuestionBytesMax)
    write(shelf_.keep(key_, kept, head, signed_answer.der), request, out);
  else
    write({kept, head, signed_answer.der}, request, out);
}

// Who is refused is left to the handler, which asks again, says so, and counts it.
bool OcspAnswers::admits(const wire::RequestView& request) {
  return access_.is_free() || access_.admit(request.field("authorization"), {}, request.peer.text(),
                                            Access::Refusals::not_counted) == Access::Answer::admitted;
}

bool OcspAnswers::may_repeat(const KeptAnswer& answer) const {
  return !silent_ && answer.this_update <= now_ && now_ < answer.repeat_before &&
         answer.changes == parts_.responder.changes();
}

std::string OcspAnswers::head_of(const status::SignedAnswer& answer, bool cacheable) const {
  std::string head = type_and_length(answer.der.size());
  if (!cacheable) return head;
  return head + "Last-Modified: " + http::format_http_date(answer.this_update) +
         "\r\nExpires: " + http::format_http_date(answer.next_update) + "\r\nETag: \"" +
         to_hex(crypto::sha1(answer.der)) + "\"\r\n";
}

void OcspAnswers::write_head(std::string_view fields, const wire::RequestView& request, wire::Output& out) {
  out.append(std::string_view("HTTP/1.1 200 OK\r\n"));
  out.append(date_);
  out.append(fields);
  if (!request.keep_alive)
    out.append(std::string_view("Connection: close\r\n"));
  else if (request.http_1_0)
    out.append(std::string_view("Connection: keep-alive\r\n"));
}

void OcspAnswers::write(const AnswerShelf::Found& found, const wire::RequestView& request,
                        wire::Output& out) {
  parts_.counters.ocsp_answers.fetch_add(1, std::memory_order_relaxed);
  write_head(found.head, request, out);
  if (found.answer.cacheable) {
    char digits[24];
    const auto age = std::max<std::int64_t>(0, (found.answer.next_update - now_).count());
    const auto end = std::to_chars(digits, digits + sizeof digits, age).ptr;
    out.append(std::string_view("Cache-Control: max-age="));
    out.append(std::string_view(digits, end));
    out.append(access_.registered_only() ? std::string_view(", private, no-transform, must-revalidate\r\n")
                                         : std::string_view(", public, no-transform, must-revalidate\r\n"));
  } else {
    out.append(kNotKept);
  }
  out.append(std::string_view("\r\n"));
  out.append(found.body);
}

void OcspAnswers::write_unsigned(ByteView der, const wire::RequestView& request, wire::Output& out) {
  parts_.counters.ocsp_unsigned.fetch_add(1, std::memory_order_relaxed);
  write_head(type_and_length(der.size()), request, out);
  out.append(kNotKept);
  out.append(std::string_view("\r\n"));
  out.append(der);
}

}  // namespace shomei::services
