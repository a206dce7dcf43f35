#include "services/ocsp_answers.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <charconv>
#include <cstring>

#include "crypto/digest.h"
#include "crypto/random.h"
#include "http/response_head.h"
#include "status/ocsp_get.h"

namespace shomei::services {
namespace {

constexpr std::string_view kGetPrefix = "/ocsp/";
constexpr std::string_view kNotKept = "Cache-Control: no-store\r\n";

std::uint64_t random_seed() {
  const Bytes bytes = crypto::random_bytes(sizeof(std::uint64_t));
  std::uint64_t seed = 0;
  std::memcpy(&seed, bytes.data(), sizeof seed);
  return seed;
}

std::string type_and_length(std::size_t bytes) {
  return "Content-Type: " + std::string(kOcspResponseType) + "\r\nContent-Length: " + std::to_string(bytes) +
         "\r\n";
}

bool is_plain(std::string_view target) {
  return target.find_first_of("?#") == std::string_view::npos;
}

}  // namespace

// Strangers choose the keys: a seed that they do not know keeps them from choosing such as collide.
std::size_t OcspAnswers::Hash::operator()(std::string_view key) const {
  return XXH3_64bits_withSeed(key.data(), key.size(), seed);
}

OcspAnswers::OcspAnswers(OcspParts parts, Access& access, std::size_t answers_max)
    : parts_(parts),
      access_(access),
      half_max_(answers_max / 2),
      young_(0, Hash{random_seed()}),
      old_(0, young_.hash_function()) {
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
  const auto der = status::decode_ocsp_get_path(request.target.substr(kGetPrefix.size()));
  key_ += 'G';
  if (der) key_.append(reinterpret_cast<const char*>(der->data()), der->size());
  return true;
}

bool OcspAnswers::answer(const wire::RequestView& request, wire::Output& out) {
  if (!decode(request) || !admits(request)) return false;
  const bool by_get = key_.front() == 'G';
  if (const auto* kept = find(key_); kept && may_repeat(*kept)) {
    parts_.counters.ocsp_repeated.fetch_add(1, std::memory_order_relaxed);
    write(*kept, request, by_get, out);
    return true;
  }
  auto given = parts_.responder.respond(view(std::string_view(key_).substr(1)));
  if (!given.answer) {
    write_unsigned(given.unsigned_der, request, out);
    return true;
  }
  if (given.repeat_before)
    write(keep(key_, made(given, by_get)), request, by_get, out);
  else
    write(made(given, by_get), request, by_get, out);
  return true;
}

// A refusal costs nobody's allowance, so that asking a second time, as the handler does, changes nothing.
bool OcspAnswers::admits(const wire::RequestView& request) {
  return access_.is_free() ||
         access_.admit(request.field("authorization"), {}, request.peer.text()) == Access::Answer::admitted;
}

bool OcspAnswers::may_repeat(const Kept& kept) const {
  return !silent_ && now_ < kept.repeat_before && kept.changes == parts_.responder.changes();
}

OcspAnswers::Kept OcspAnswers::made(const status::Response& given, bool by_get) const {
  const auto& answer = *given.answer;
  Kept kept{.answer = given.answer,
            .head = type_and_length(answer.der.size()),
            .tag = {},
            .repeat_before = given.repeat_before.value_or(Instant{}),
            .changes = given.changes};
  if (!by_get || !given.cacheable) return kept;
  kept.tag = "\"" + to_hex(crypto::sha1(answer.der)) + "\"";
  kept.head += "Last-Modified: " + http::format_http_date(answer.this_update) +
               "\r\nExpires: " + http::format_http_date(answer.next_update) + "\r\nETag: " + kept.tag +
               "\r\n";
  return kept;
}

// What is used moves to the young half; when that is full it becomes the old one, and the old one goes.
const OcspAnswers::Kept* OcspAnswers::find(std::string_view key) {
  if (const auto at = young_.find(key); at != young_.end()) return &at->second;
  const auto at = old_.find(key);
  if (at == old_.end()) return nullptr;
  auto node = old_.extract(at);
  Kept kept = std::move(node.mapped());
  return &keep(key, std::move(kept));
}

const OcspAnswers::Kept& OcspAnswers::keep(std::string_view key, Kept kept) {
  if (young_.size() >= half_max_ && !young_.contains(key)) {
    std::swap(young_, old_);
    young_.clear();
  }
  return young_.insert_or_assign(std::string(key), std::move(kept)).first->second;
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

void OcspAnswers::write(const Kept& kept, const wire::RequestView& request, bool by_get, wire::Output& out) {
  parts_.counters.ocsp_answers.fetch_add(1, std::memory_order_relaxed);
  write_head(kept.head, request, out);
  if (by_get && !kept.tag.empty()) {
    char digits[24];
    const auto age = std::max<std::int64_t>(0, (kept.answer->next_update - now_).count());
    const auto end = std::to_chars(digits, digits + sizeof digits, age).ptr;
    out.append(std::string_view("Cache-Control: max-age="));
    out.append(std::string_view(digits, end));
    out.append(std::string_view(", public, no-transform, must-revalidate\r\n"));
  } else {
    out.append(kNotKept);
  }
  out.append(std::string_view("\r\n"));
  out.append(ByteView(kept.answer->der));
}

void OcspAnswers::write_unsigned(ByteView der, const wire::RequestView& request, wire::Output& out) {
  parts_.counters.ocsp_unsigned.fetch_add(1, std::memory_order_relaxed);
  write_head(type_and_length(der.size()), request, out);
  out.append(kNotKept);
  out.append(std::string_view("\r\n"));
  out.append(der);
}

}  // namespace shomei::services
