// What a loop does with one connection: bytes become requests, answers become bytes. Answers to all that came
// together go out together; what the client does not take stops the reading.
#include <sys/socket.h>
#include <time.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "http/response_head.h"
#include "wire/as_http.h"
#include "wire/loop.h"

namespace shomei::wire {
namespace {

constexpr std::size_t kBatchBytes = 64 * 1024;  // of answers: then they are sent before more are made
constexpr std::size_t kLingerBytesMax = 1024 * 1024;
constexpr Tick kSameTick = 50;                // deadlines need not be kept more exactly
constexpr std::int64_t kParkedMax = 200'000;  // nanoseconds
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

std::int64_t nanoseconds_now() {
  timespec at{};
  ::clock_gettime(CLOCK_MONOTONIC, &at);
  return static_cast<std::int64_t>(at.tv_sec) * 1'000'000'000 + at.tv_nsec;
}

}  // namespace

void Loop::go_on(Connection& c) {
  if (c.unsent)
    write_more(c);
  else if (c.phase == Phase::lingering)
    throw_away(c);
  else if (c.phase != Phase::handler)
    read(c);
}

void Loop::read(Connection& c) {
  const std::size_t held = c.held.size();
  std::copy(c.held.begin(), c.held.end(), input_.begin());
  std::size_t here = held;
  if (!receive(c, here)) return;
  if (c.ended || can_tell(c, here)) return converse(c, here);
  hold(c, 0, here);
  settle(c, false, {.wanted = c.wanted, .head_whole = c.phase == Phase::body});
}

// Once, and into the buffer of all. False when the connection has gone.
bool Loop::receive(Connection& c, std::size_t& here) {
  const std::size_t room = input_.size() - here;
  if (!c.readable || room == 0) return true;
  const auto got = ::recv(c.socket, input_.data() + here, room, 0);
  if (got > 0) {
    here += static_cast<std::size_t>(got);
    // Less than asked for: nothing more is there. But of an end that is there, nothing more is told.
    c.readable = static_cast<std::size_t>(got) == room || c.half_ended;
  } else if (got == 0) {
    c.ended = true;
    c.readable = false;
  } else if (errno == EAGAIN) {
    c.readable = false;
  } else if (errno != EINTR) {
    close(c);
    return false;
  }
  return true;
}

// A request that trickles in is not read anew at each byte.
bool Loop::can_tell(const Connection& c, std::size_t here) const {
  if (c.phase != Phase::head && c.phase != Phase::body) return true;
  if (here < c.wanted) return false;
  if (c.phase == Phase::body || here >= limits_.request.head_bytes_max) return true;
  const std::size_t held = c.held.size();
  return std::memchr(input_.data() + held, '\n', here - held) != nullptr;
}

void Loop::converse(Connection& c, std::size_t here) {
  Parsed parsed;
  std::size_t at = 0;
  bool answered = false;
  for (bool goes_on = true; goes_on;) {
    parsed = parse_request({input_.data() + at, here - at}, limits_.request, view_);
    goes_on = parsed.outcome == Parsed::Outcome::whole;
    if (goes_on) {
      if (c.socket < 0 || !answer_one(c, goes_on)) break;
      answered = true;
    }
    at += parsed.used;
  }
  if (c.socket < 0) return;
  if (parsed.outcome == Parsed::Outcome::refused) {
    refuse(c, parsed.status);
    at = here;
  } else if (parsed.awaits_continue && !c.continued) {
    c.continued = true;
    out_.append(kContinue);
  }
  if (may_park(c, parsed))
    park(c);
  else if (!flush(c) && c.socket < 0)
    return;
  hold(c, at, here);
  c.wanted = parsed.wanted;
  settle(c, answered, parsed);
}

// False when it cannot be answered now and has to be read again; otherwise `goes_on` says whether the next
// may be answered now.
bool Loop::answer_one(Connection& c, bool& goes_on) {
  view_.peer = c.peer;
  if (stopping_) view_.keep_alive = false;
  if (!ask_answers(c)) {
    if (!flush(c)) return false;  // what was asked before is answered before
    goes_on = false;
    ask_later(c);
  } else {
    c.closing |= !view_.keep_alive;
    goes_on = !c.closing;
    if (goes_on && (out_.size() >= kBatchBytes || out_.shared())) goes_on = flush(c);
  }
  counters_.requests.add();
  c.continued = false;
  return true;
}

bool Loop::ask_answers(Connection& c) {
  const std::size_t before = out_.size();
  try {
    return answers_->answer(view_, out_);
  } catch (const std::exception& failure) {
    log(std::string("an answer threw: ") + failure.what());
  } catch (...) {
    log("an answer threw");
  }
  out_.cut_to(before);
  append_response(common_.workers.page(500), false, false, view_.method == "HEAD");
  c.closing = c.lingers = true;
  return true;
}

void Loop::ask_later(Connection& c) {
  auto request = as_http(view_);
  if (!request) return refuse(c, 400);
  c.head_request = view_.method == "HEAD";
  c.keep_alive = view_.keep_alive;
  c.http_1_0 = view_.http_1_0;
  counters_.later.add();
  lists_.enter(c, Phase::handler, now_);
  common_.workers.ask({.request = *std::move(request), .connection = &c, .back = this});
}

void Loop::take_delivered(Connection& c, const http::Response& response) {
  lists_.enter(c, Phase::idle, now_);
  const bool keep_alive = c.keep_alive && !stopping_;
  append_response(response, keep_alive, c.http_1_0, c.head_request);
  c.closing = !keep_alive;
  const bool sent = flush(c);
  if (c.socket < 0) return;
  if (sent && !c.closing) return read(c);
  settle(c, true, {});
}

void Loop::refuse(Connection& c, int status) {
  counters_.refused(status);
  append_response(common_.workers.page(status), false, false, false);
  c.closing = c.lingers = true;
}

void Loop::append_response(const http::Response& response, bool keep_alive, bool http_1_0, bool head_only) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  out_.append(http::encode_head(response, {.keep_alive = keep_alive, .http_1_0 = http_1_0, .now = now}));
  if (head_only || !http::may_have_content(response.status)) return;
  // A part is copied: what is sent from where it lies is sent whole.
  if (response.shared_body && response.content().size() == response.shared_body->size())
    out_.append(response.shared_body);
  else
    out_.append(response.content());
}

// What is held already is the beginning of what is there.
void Loop::hold(Connection& c, std::size_t from, std::size_t to) {
  const std::string_view rest(input_.data() + from, to - from);
  if (rest.empty() && !c.held.empty())
    c.held = std::string();
  else if (from == 0)
    c.held.append(rest.substr(std::min(c.held.size(), rest.size())));
  else
    c.held.assign(rest);
}

// Whether all answers are out. What the system does not take becomes the connection's own.
bool Loop::flush(Connection& c) {
  if (out_.empty()) return true;
  const std::string_view bytes = out_.bytes();
  const std::size_t total = bytes.size() + (out_.shared() ? out_.shared()->size() : 0);
  const auto sent = send_parts(c.socket, bytes, out_.shared().get(), 0);
  if (sent < 0 && errno != EAGAIN && errno != EINTR) {
    out_.clear();
    close(c);
    return false;
  }
  const auto taken = static_cast<std::size_t>(std::max<std::ptrdiff_t>(sent, 0));
  if (taken < total) {
    c.unsent = std::make_unique<Unsent>();
    c.unsent->bytes.assign(bytes.substr(std::min(taken, bytes.size())));
    c.unsent->shared = out_.shared();
    c.unsent->sent = c.unsent->sent_before = taken - std::min(taken, bytes.size());
    again(c);
  }
  out_.clear();
  return taken == total;
}

// The usual case: everything that was asked is answered, and nothing is to follow but further requests.
bool Loop::may_park(const Connection& c, const Parsed& parsed) const {
  return !out_.empty() && !out_.shared() && out_.size() < kBatchBytes && !stopping_ &&
         parsed.outcome == Parsed::Outcome::more && !parsed.awaits_continue && !c.closing && !c.ended &&
         c.phase != Phase::handler;
}

// Sending wakes whoever waits at the other end, and on one machine that costs more than all else; those that
// are answered together wake it once. Not for long: see kParkedMax.
void Loop::park(Connection& c) {
  if (parked_.empty()) parked_since_ = nanoseconds_now();
  parked_.reserve(parked_.size() + 1);  // what may throw comes before what changes
  parked_bytes_.append(out_.bytes());
  parked_.push_back({&c, out_.size()});
  out_.clear();
}

void Loop::send_parked_if_late() {
  if (!parked_.empty() && nanoseconds_now() - parked_since_ >= kParkedMax) send_parked();
}

void Loop::send_parked() {
  std::size_t at = 0;
  for (const auto& [connection, bytes] : parked_) {
    Connection& c = *connection;
    const auto answers = std::string_view(parked_bytes_).substr(at, bytes);
    at += bytes;
    if (c.socket >= 0) send_parked_of(c, answers);
  }
  parked_.clear();
  parked_bytes_.clear();
}

// Memory that cannot be had ends one connection.
void Loop::send_parked_of(Connection& c, std::string_view answers) {
  try {
    out_.append(answers);
    if (!flush(c) && c.socket >= 0) settle(c, true, {});
  } catch (const std::exception& failure) {
    log(std::string("a connection was given up: ") + failure.what());
    out_.clear();
    if (c.socket >= 0) close(c);
  }
}

// Tried until the system takes no more: then it tells when it does.
void Loop::write_more(Connection& c) {
  Unsent& unsent = *c.unsent;
  const auto sent = send_parts(c.socket, unsent.bytes, unsent.shared.get(), unsent.sent);
  if (sent < 0) {
    if (errno == EINTR)
      again(c);
    else if (errno != EAGAIN)
      close(c);
    return;
  }
  unsent.sent += static_cast<std::size_t>(sent);
  if (unsent.sent < unsent.size()) return again(c);
  c.unsent.reset();
  if (c.closing)
    settle(c, true, {});
  else
    read(c);
}

// What the connection waits for now.
void Loop::settle(Connection& c, bool answered, const Parsed& parsed) {
  count_held(c);
  if (held_bytes_ > limits_.held_bytes_max && c.counted_bytes > 0) {
    counters_.turned_away.add();
    return close_hard(c);
  }
  if (c.unsent) return lists_.enter(c, Phase::writing, now_);
  if (c.phase == Phase::handler) return;
  if (c.closing) return end_last_answer(c);
  if (c.ended || (stopping_ && c.held.empty())) return close(c);
  const Phase next = c.held.empty() ? Phase::idle : parsed.head_whole ? Phase::body : Phase::head;
  if (next != c.phase || (answered && (next != Phase::idle || now_ - c.since >= kSameTick)))
    lists_.enter(c, next, now_);
  if (c.readable) again(c);
}

void Loop::count_held(Connection& c) {
  const std::size_t bytes =
      (c.held.empty() ? 0 : c.held.capacity()) + (c.unsent ? c.unsent->bytes.capacity() : 0);
  held_bytes_ += bytes - c.counted_bytes;
  c.counted_bytes = bytes;
}

// Who said that this is the last request sends no more; of all others something may be on its way.
void Loop::end_last_answer(Connection& c) {
  if (c.lingers || c.readable || stopping_ || !c.held.empty())
    linger(c);
  else
    close(c);
}

// RFC 9112 9.6: closing with unread bytes resets the connection and can destroy the answer on its way; so
// what still comes is read for a while and thrown away.
void Loop::linger(Connection& c) {
  ::shutdown(c.socket, SHUT_WR);
  c.held = std::string();
  count_held(c);
  lists_.enter(c, Phase::lingering, now_);
  again(c);
}

void Loop::throw_away(Connection& c) {
  const auto got = ::recv(c.socket, input_.data(), input_.size(), 0);
  if (got > 0) c.lingered_bytes += static_cast<std::size_t>(got);
  if (got == 0 || c.lingered_bytes > kLingerBytesMax) return close(c);
  if (got > 0 || errno == EINTR) return again(c);
  if (errno != EAGAIN) close(c);
}

}  // namespace shomei::wire
