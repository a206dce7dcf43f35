#include "wire/loop.h"
#include "wire/chunked.h"

#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

namespace shomei::wire {
namespace {

constexpr std::size_t kReceiveBytes = 16 * 1024;  // asked for at once
constexpr int kEvents = 256;
constexpr int kAcceptedAtOnce = 64;
constexpr Tick kAcceptPause = 100;  // when descriptors have run out
constexpr Tick kQuiet = 1'000;      // between two lines about that
constexpr Tick kLinger = 1'000;
constexpr Tick kSweepEvery = 50;

Tick milliseconds(const timespec& at) {
  return static_cast<Tick>(at.tv_sec) * 1000 + at.tv_nsec / 1'000'000;
}

PeerAddress peer_of(const sockaddr_storage& from) {
  PeerAddress peer;
  if (from.ss_family == AF_INET6) {
    peer.six = true;
    std::memcpy(peer.bytes.data(), &reinterpret_cast<const sockaddr_in6&>(from).sin6_addr, 16);
  } else {
    std::memcpy(peer.bytes.data(), &reinterpret_cast<const sockaddr_in&>(from).sin_addr, 4);
  }
  return peer;
}

bool watch(int poll, int descriptor, std::uint32_t events, void* whose) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = whose;
  return ::epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

}  // namespace

Loop::Loop(Common& common, files::Descriptor listener, std::unique_ptr<Answers> answers)
    : common_(common),
      limits_(common.settings.limits),
      listener_(std::move(listener)),
      answers_(std::move(answers)),
      request_bytes_max_(limits_.request.head_bytes_max + 2 +
                         chunked_bytes_max(limits_.request.body_bytes_max)),
      input_(request_bytes_max_ + kReceiveBytes) {}

Loop::~Loop() {
  close_all();
  for (Connection* c : dead_) delete c;
}

bool Loop::open() {
  poll_ = files::Descriptor(::epoll_create1(EPOLL_CLOEXEC));
  waker_ = files::Descriptor(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  return poll_ && waker_ && watch(poll_.get(), listener_.get(), EPOLLIN, &listener_) &&
         watch(poll_.get(), waker_.get(), EPOLLIN, &waker_);
}

void Loop::start() {
  thread_ = std::thread([this] { run(); });
}

void Loop::stop() {
  stop_asked_ = true;
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(waker_.get(), &one, sizeof one);
}

void Loop::join() {
  if (thread_.joinable()) thread_.join();
}

void Loop::deliver(Connection& connection, http::Response response) {
  {
    const std::lock_guard lock(mutex_);
    delivered_.push_back({&connection, std::move(response)});
  }
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(waker_.get(), &one, sizeof one);
}

void Loop::run() {
  std::array<epoll_event, kEvents> events;
  read_clock();
  for (Tick swept = now_; !stopping_ || (open_ > 0 && now_ < stop_at_);) {
    const int count = ::epoll_wait(poll_.get(), events.data(), kEvents, milliseconds_to_wait());
    read_clock();
    if (count > 0) answers_->woke();
    for (int i = 0; i < count; ++i) {
      void* const whose = events[static_cast<std::size_t>(i)].data.ptr;
      if (whose == &listener_) {
        accept_some();
      } else if (whose == &waker_) {
        send_parked();
        woken();
      } else {
        on_event(*static_cast<Connection*>(whose), events[static_cast<std::size_t>(i)].events);
        send_parked_if_late();
      }
    }
    send_parked();
    run_again();
    send_parked();
    if (now_ - swept >= kSweepEvery) {
      sweep();
      swept = now_;
    }
    if (!dead_.empty()) bury();
  }
  close_all();
}

// Not longer than to the next deadline, and not so short that idle connections keep the processor awake.
int Loop::milliseconds_to_wait() const {
  if (!again_.empty()) return 0;
  Tick next = stopping_ ? stop_at_ : now_ + 3'600'000;
  if (accept_again_at_ != 0) next = std::min(next, accept_again_at_);
  for (std::size_t i = 0; i < kPhases; ++i) {
    const auto phase = static_cast<Phase>(i);
    if (const Connection* c = lists_.first(phase); c && phase != Phase::handler)
      next = std::min(next, c->since + timeout(phase));
  }
  return static_cast<int>(std::max(next - now_, kSweepEvery));
}

void Loop::on_event(Connection& c, std::uint32_t events) {
  if (c.socket < 0) return;
  const bool both_ended = (events & EPOLLHUP) != 0;
  if ((events & EPOLLERR) != 0 || (both_ended && c.phase != Phase::lingering)) return close(c);
  if (events & (EPOLLIN | EPOLLRDHUP)) c.readable = true;
  if (events & EPOLLRDHUP) c.half_ended = true;
  if (c.unsent ? (events & EPOLLOUT) != 0 : c.readable) guarded(&Loop::go_on, c);
}

// Memory that cannot be had ends one connection.
void Loop::guarded(Turn turn, Connection& c) {
  try {
    (this->*turn)(c);
  } catch (const std::exception& failure) {
    log(std::string("a connection was given up: ") + failure.what());
    out_.clear();
    if (c.socket >= 0) close(c);
  }
}

void Loop::accept_some() {
  for (int i = 0; i < kAcceptedAtOnce; ++i) {
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    files::Descriptor socket(
        ::accept4(listener_.get(), reinterpret_cast<sockaddr*>(&from), &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (socket) {
      admit(std::move(socket), peer_of(from));
    } else {
      const int code = errno;
      if (code == EMFILE || code == ENFILE || code == ENOBUFS || code == ENOMEM) pause_accepting();
      if (code != ECONNABORTED && code != EINTR) return;
    }
  }
}

void Loop::admit(files::Descriptor socket, const PeerAddress& peer) {
  counters_.accepted.add();
  if (common_.connections.fetch_add(1, std::memory_order_relaxed) >= common_.connections_max) {
    common_.connections.fetch_sub(1, std::memory_order_relaxed);
    counters_.turned_away.add();
    return;
  }
  auto c = std::make_unique<Connection>();
  c->peer = peer;
  if (!watch(poll_.get(), socket.get(), EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, c.get())) {
    common_.connections.fetch_sub(1, std::memory_order_relaxed);
    return;
  }
  c->socket = socket.release();
  counters_.connections.add();
  ++open_;
  lists_.enter(*c.release(), Phase::idle, now_);
}

// A listening socket that is ready and cannot be served would keep the loop awake.
void Loop::pause_accepting() {
  if (now_ >= quiet_until_) log(std::string("no connection can be accepted: ") + std::strerror(errno));
  quiet_until_ = std::max(quiet_until_, now_ + kQuiet);
  ::epoll_ctl(poll_.get(), EPOLL_CTL_DEL, listener_.get(), nullptr);
  accept_again_at_ = now_ + kAcceptPause;
}

void Loop::accept_again() {
  accept_again_at_ = 0;
  if (listener_) watch(poll_.get(), listener_.get(), EPOLLIN, &listener_);
}

void Loop::woken() {
  std::uint64_t ignored = 0;
  [[maybe_unused]] const auto count = ::read(waker_.get(), &ignored, sizeof ignored);
  std::vector<Delivered> delivered;
  {
    const std::lock_guard lock(mutex_);
    delivered.swap(delivered_);
  }
  for (const auto& [connection, response] : delivered) {
    Connection& c = *connection;
    if (c.socket >= 0) {
      try {
        take_delivered(c, response);
      } catch (const std::exception& failure) {
        log(std::string("a connection was given up: ") + failure.what());
        out_.clear();
        if (c.socket >= 0) close(c);
      }
    } else {  // the client has gone, and the connection stayed for this alone
      lists_.leave(c);
      dead_.push_back(&c);
    }
  }
  send_parked();  // before anything else comes for these connections, and before they are closed
  if (stop_asked_ && !stopping_) begin_stop();
}

void Loop::begin_stop() {
  stopping_ = true;
  stop_at_ = now_ + limits_.stop_grace.count();
  listener_.close();
  while (Connection* c = lists_.first(Phase::idle)) close(*c);
  while (Connection* c = lists_.first(Phase::lingering)) close(*c);
}

void Loop::again(Connection& c) {
  if (c.queued) return;
  c.queued = true;
  again_.push_back(&c);
}

void Loop::run_again() {
  turns_.swap(again_);
  for (Connection* c : turns_) {
    c->queued = false;
    if (c->socket >= 0) guarded(&Loop::go_on, *c);
  }
  turns_.clear();
}

Tick Loop::timeout(Phase phase) const {
  switch (phase) {
    case Phase::idle:
      return limits_.idle_timeout.count();
    case Phase::head:
      return limits_.head_timeout.count();
    case Phase::body:
      return limits_.body_timeout.count();
    case Phase::writing:
      return limits_.write_timeout.count();
    default:
      return kLinger;
  }
}

void Loop::sweep() {
  for (const Phase phase : {Phase::idle, Phase::head, Phase::body, Phase::writing, Phase::lingering}) {
    const Tick time = timeout(phase);
    // Whoever is given more time goes to the end of the list.
    for (Connection* c = lists_.first(phase); c && now_ - c->since >= time; c = lists_.first(phase))
      guarded(&Loop::expire, *c);
  }
  if (accept_again_at_ != 0 && now_ >= accept_again_at_) accept_again();
}

void Loop::expire(Connection& c) {
  if (c.phase == Phase::head || c.phase == Phase::body) {
    refuse(c, 408);
    if (flush(c))
      end_last_answer(c);
    else if (c.socket >= 0)
      lists_.enter(c, Phase::writing, now_);
    return;
  }
  if (c.phase != Phase::writing) return close(c);
  const auto least =
      limits_.write_bytes_per_second_min * static_cast<std::size_t>(limits_.write_timeout.count()) / 1000;
  const std::size_t taken = c.unsent->sent - c.unsent->sent_before;
  if (taken == 0 || taken < least) {
    counters_.not_taken.add();
    return close_hard(c);
  }
  c.unsent->sent_before = c.unsent->sent;
  lists_.enter(c, Phase::writing, now_);
}

// Its events may still be among those of this batch, and its answer with the handler.
void Loop::close(Connection& c) {
  ::close(std::exchange(c.socket, -1));
  common_.connections.fetch_sub(1, std::memory_order_relaxed);
  counters_.connections.subtract(1);
  --open_;
  c.held = {};
  c.unsent.reset();
  count_held(c);
  if (c.phase == Phase::handler) {
    c.abandoned = true;
    return;
  }
  lists_.leave(c);
  dead_.push_back(&c);
}

// What the client does not take is not kept for it by the system either.
void Loop::close_hard(Connection& c) {
  const struct ::linger at_once { 1, 0 };
  ::setsockopt(c.socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close(c);
}

void Loop::close_all() {
  for (std::size_t i = 0; i < kPhases; ++i) {
    const auto phase = static_cast<Phase>(i);
    for (Connection* c = lists_.first(phase); c;) {
      Connection* const after = c->after;
      if (c->socket >= 0) close(*c);
      c = after;
    }
  }
}

void Loop::bury() {
  for (Connection* c : dead_) {
    if (c->queued) std::erase(again_, c);
    delete c;
  }
  dead_.clear();
}

void Loop::read_clock() {
  timespec at{};
  ::clock_gettime(CLOCK_MONOTONIC_COARSE, &at);
  now_ = milliseconds(at);
}

void Loop::log(std::string_view line) const {
  if (common_.settings.log) common_.settings.log(line);
}

}  // namespace shomei::wire
