// The one file that includes Asio and Beast (16 s of compiling), and the one that has coroutines. g++ 12.2
// compiles three ordinary lines of coroutines wrongly (double free, use after free); so here
//   - no lambda that owns something stands inside a co_await expression: it is named first, or it captures
//     pointers and references only;
//   - no aggregate temporary is an argument of an awaited call: what is passed is a named local;
//   - no co_await stands in a branch of ?: ; write `if (condition) value = co_await ...;`.
#include "http/server.h"

#include <array>
#include <atomic>
#include <mutex>
#include <thread>
#include <unordered_set>
#include <utility>

#include <boost/asio.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "http/response_head.h"
#include "http/target.h"

namespace shomei::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;
using Steady = std::chrono::steady_clock;
using Parser = beast::http::request_parser<beast::http::vector_body<std::uint8_t>>;
template <class T>
using Awaitable = asio::awaitable<T>;

namespace {

constexpr std::chrono::milliseconds kSweepEvery{100};
constexpr std::chrono::milliseconds kAcceptPause{100};  // when descriptors have run out
constexpr std::chrono::milliseconds kLinger{1'000};
constexpr std::size_t kLingerBytesMax = 1024 * 1024;
constexpr std::size_t kReadBytes = 4096;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

// What read_request() found, when it was not a request: a status to answer, or nobody to answer.
constexpr int kComplete = 0;
constexpr int kGone = -1;

// Awaits, and leaves the error in `ec` instead of throwing it.
auto into(error_code& ec) {
  return asio::redirect_error(asio::use_awaitable, ec);
}

// Belongs to the I/O thread, but for `abandoned`.
struct Connection {
  Connection(tcp::socket accepted, std::size_t buffer_bytes_max)
      : socket(std::move(accepted)), buffer(buffer_bytes_max) {
    error_code gone;
    const auto remote = socket.remote_endpoint(gone);
    if (!gone) remote_address = remote.address().to_string();
  }

  tcp::socket socket;
  beast::flat_buffer buffer;  // may hold the beginning of the next request
  std::string remote_address;
  Steady::time_point deadline = Steady::time_point::max();  // the sweep cancels what is later
  bool between_requests = false;       // nothing of a request is here: stop() need not wait
  std::atomic<bool> abandoned{false};  // the grace is over: a queued request is dropped
};
using ConnectionPtr = std::shared_ptr<Connection>;

struct Incoming {
  Request request;
  bool keep_alive = false;
  bool http_1_0 = false;
};

// RFC 9112 2.2: empty lines before a request are ignored (old clients send one after a body).
void drop_empty_lines(beast::flat_buffer& buffer) {
  while (buffer.size() > 0) {
    const char first = *static_cast<const char*>(buffer.cdata().data());
    if (first != '\r' && first != '\n') return;
    buffer.consume(1);
  }
}

Fields fields_of(const beast::http::fields& from) {
  Fields fields;
  for (const auto& field : from)
    fields.push_back({std::string(field.name_string()), std::string(field.value())});
  return fields;
}

// Beast holds the request line and the fields to the limit one by one; the limit is for both together.
// Optional white space is not counted.
std::size_t header_bytes(const Request& request) {
  std::size_t bytes =
      request.method.size() + request.target.size() + std::string_view("  HTTP/1.1\r\n\r\n").size();
  for (const Field& field : request.headers) bytes += field.name.size() + field.value.size() + 4;
  return bytes;
}

// RFC 9112 6.1 and 3.2. Beast has refused Content-Length together with chunked, and two lengths that differ;
// a coding that it does not undo would let two readers disagree about where the request ends.
int check_framing(const Parser& parser) {
  const auto& message = parser.get();
  if (const auto coding = message.find(beast::http::field::transfer_encoding); coding != message.end()) {
    if (message.version() == 10) return 400;
    if (!same_name(std::string_view(coding->value()), "chunked")) return 501;
  }
  if (message.version() == 11 && message.count(beast::http::field::host) != 1) return 400;
  return kComplete;
}

// Trailers come later and are not looked at: the fields are taken before the body is read.
int take_head(const Parser& parser, Incoming& in) {
  if (const int status = check_framing(parser); status != kComplete) return status;
  const auto& message = parser.get();
  in.http_1_0 = message.version() == 10;
  in.keep_alive = message.keep_alive();
  in.request.method = std::string(message.method_string());
  in.request.target = std::string(message.target());
  in.request.headers = fields_of(message.base());
  auto target = parse_target(in.request.target);
  if (!target) return 400;
  in.request.path = std::move(target->path);
  in.request.query = std::move(target->query);
  return kComplete;
}

int status_of(const error_code& ec, const Connection& c) {
  using Error = beast::http::error;
  if (ec == Error::bad_version) return 505;
  if (ec == Error::header_limit) return 431;
  if (ec == Error::body_limit) return 413;
  if (ec == Error::end_of_stream || ec == Error::partial_message) return kGone;
  if (ec.category() == beast::http::make_error_code(Error::bad_method).category()) return 400;
  const bool late = ec == asio::error::operation_aborted && Steady::now() >= c.deadline;
  return late && c.socket.is_open() ? 408 : kGone;
}

// Best effort, without waiting: a full server must not spend itself on saying so.
void turn_away(tcp::socket socket, const Response& response, Instant now) {
  const std::string head = encode_head(response, {.keep_alive = false, .now = now});
  const ByteView content = response.content();
  const std::array<asio::const_buffer, 2> buffers{asio::buffer(head),
                                                  asio::buffer(content.data(), content.size())};
  error_code ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(buffers, ignored);
  socket.shutdown(tcp::socket::shutdown_send, ignored);
}

}  // namespace

// Everything but handlers runs on io_thread_; only stop() and run() are called from elsewhere.
class Server::Engine {
 public:
  Engine(ServerSettings settings, Handler handler);
  ~Engine() { stop(); }

  Result<void> open(const asio::ip::address& address);
  void start();
  void stop();
  tcp::endpoint endpoint() const { return endpoint_; }

 private:
  Awaitable<void> accept_all();
  void admit(tcp::socket socket);
  void leave(const ConnectionPtr& c, const std::exception_ptr& failure);
  Awaitable<void> sweep();
  void attend(Connection& c, Steady::time_point now);
  void begin_stop();

  Awaitable<void> serve(ConnectionPtr c);
  Awaitable<bool> request_begins(Connection& c, bool first);
  Awaitable<bool> exchange(const ConnectionPtr& c, bool last);
  Awaitable<int> read_request(Connection& c, Incoming& in);
  Awaitable<int> read_body(Connection& c, Parser& parser, Incoming& in);
  Awaitable<void> answer_expectation(Connection& c, const Incoming& in, error_code& ec);
  Awaitable<Response> run_on_worker(const ConnectionPtr& c, const Request& request);
  Awaitable<bool> write(Connection& c, const Incoming& in, const Response& response, bool keep_alive);
  Awaitable<void> linger(Connection& c);

  Response run(const Request& request) const;
  Response page(int status) const;
  Steady::duration write_time(std::size_t bytes) const;
  Instant now() const;
  void log(std::string_view line) const;

  const ServerSettings settings_;
  const Handler handler_;
  asio::io_context io_{1};
  tcp::acceptor acceptor_{io_};
  tcp::endpoint endpoint_;
  asio::steady_timer sweeper_{io_};
  std::unordered_set<ConnectionPtr> connections_;
  bool stopping_ = false;
  Steady::time_point stop_deadline_;
  asio::thread_pool workers_;
  std::thread io_thread_;
  std::once_flag stopped_;
};

Server::Engine::Engine(ServerSettings settings, Handler handler)
    : settings_(std::move(settings)),
      handler_(std::move(handler)),
      workers_(std::max(1U, settings_.worker_threads)) {}

Result<void> Server::Engine::open(const asio::ip::address& address) {
  const tcp::endpoint wanted(address, settings_.port);
  const auto place = [&] {
    return Parameters{{"address", settings_.address}, {"port", std::to_string(settings_.port)}};
  };
  error_code ec;
  acceptor_.open(wanted.protocol(), ec);
  if (!ec) acceptor_.set_option(tcp::acceptor::reuse_address(true), ec);
  if (!ec) acceptor_.bind(wanted, ec);
  if (!ec) acceptor_.listen(asio::socket_base::max_listen_connections, ec);
  if (!ec) endpoint_ = acceptor_.local_endpoint(ec);
  if (ec == asio::error::address_in_use) return unavailable("port_busy", place());
  if (ec) return unavailable("listen_failed", place()).with("reason", ec.message());
  return {};
}

void Server::Engine::start() {
  const auto stop_the_process = [](std::exception_ptr failure) {
    if (failure) std::rethrow_exception(failure);
  };
  asio::co_spawn(io_, accept_all(), stop_the_process);
  asio::co_spawn(io_, sweep(), stop_the_process);
  io_thread_ = std::thread([this] { io_.run(); });
}

void Server::Engine::stop() {
  std::call_once(stopped_, [this] {
    if (!io_thread_.joinable()) return;
    asio::post(io_, [this] { begin_stop(); });
    io_thread_.join();
    workers_.join();
  });
}

void Server::Engine::begin_stop() {
  error_code ignored;
  acceptor_.close(ignored);
  stopping_ = true;
  stop_deadline_ = Steady::now() + settings_.limits.stop_grace;
  sweeper_.cancel();
}

Awaitable<void> Server::Engine::accept_all() {
  while (acceptor_.is_open()) {
    error_code ec;
    tcp::socket socket(io_);
    co_await acceptor_.async_accept(socket, into(ec));
    if (!ec && !stopping_) admit(std::move(socket));
    if (!ec || stopping_) continue;
    log("no connection can be accepted: " + ec.message());
    asio::steady_timer pause(io_, kAcceptPause);
    co_await pause.async_wait(into(ec));
  }
}

void Server::Engine::admit(tcp::socket socket) {
  if (connections_.size() >= settings_.limits.connections_max)
    return turn_away(std::move(socket), page(503), now());
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  const auto c =
      std::make_shared<Connection>(std::move(socket), settings_.limits.header_bytes_max + kReadBytes);
  connections_.insert(c);
  asio::co_spawn(io_, serve(c), [this, c](const std::exception_ptr& failure) { leave(c, failure); });
}

void Server::Engine::leave(const ConnectionPtr& c, const std::exception_ptr& failure) {
  connections_.erase(c);
  if (failure) log("a connection was given up: out of memory");
  if (stopping_ && connections_.empty()) sweeper_.cancel();
}

// Deadlines are swept, not timed one by one: a request costs no timer, and one that is past its deadline is
// cancelled again at every sweep until its coroutine has noticed.
Awaitable<void> Server::Engine::sweep() {
  while (!stopping_ || !connections_.empty()) {
    error_code woken;
    sweeper_.expires_after(kSweepEvery);
    co_await sweeper_.async_wait(into(woken));
    const auto at = Steady::now();
    for (const auto& c : connections_) attend(*c, at);
  }
}

void Server::Engine::attend(Connection& c, Steady::time_point at) {
  error_code ignored;
  if (stopping_ && at >= stop_deadline_) {
    c.abandoned = true;
    c.socket.close(ignored);
  } else if (at >= c.deadline || (stopping_ && c.between_requests)) {
    c.socket.cancel(ignored);
  }
}

Awaitable<void> Server::Engine::serve(ConnectionPtr c) {
  bool goes_on = true;
  for (std::size_t count = 1; goes_on; ++count) {
    goes_on = co_await request_begins(*c, count == 1);
    if (goes_on) goes_on = co_await exchange(c, count >= settings_.limits.requests_per_connection_max);
  }
  co_await linger(*c);
}

Awaitable<bool> Server::Engine::request_begins(Connection& c, bool first) {
  c.between_requests = true;
  c.deadline = Steady::now() + (first ? settings_.limits.header_timeout : settings_.limits.idle_timeout);
  error_code ec;
  drop_empty_lines(c.buffer);
  while (c.buffer.size() == 0 && !ec && !stopping_) {
    const std::size_t bytes = co_await c.socket.async_read_some(c.buffer.prepare(kReadBytes), into(ec));
    c.buffer.commit(bytes);
    drop_empty_lines(c.buffer);
  }
  c.between_requests = false;
  co_return c.buffer.size() != 0;
}

// One request and its answer; whether another may follow.
Awaitable<bool> Server::Engine::exchange(const ConnectionPtr& c, bool last) {
  Incoming in;
  Response response;
  const int status = co_await read_request(*c, in);
  if (status == kGone) co_return false;
  if (status == kComplete) response = co_await run_on_worker(c, in.request);
  if (status != kComplete) response = page(status);
  const bool keep_alive = status == kComplete && in.keep_alive && !last && !stopping_;
  const bool written = co_await write(*c, in, response, keep_alive);
  co_return written&& keep_alive;
}

Awaitable<int> Server::Engine::read_request(Connection& c, Incoming& in) {
  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(settings_.limits.header_bytes_max));
  parser.body_limit(settings_.limits.body_bytes_max);
  error_code ec;
  c.deadline = Steady::now() + settings_.limits.header_timeout;
  co_await beast::http::async_read_header(c.socket, c.buffer, parser, into(ec));
  if (ec == beast::http::error::buffer_overflow) co_return 431;
  if (ec) co_return status_of(ec, c);
  if (const int status = take_head(parser, in); status != kComplete) co_return status;
  if (header_bytes(in.request) > settings_.limits.header_bytes_max) co_return 431;
  in.request.remote_address = c.remote_address;
  const int status = co_await read_body(c, parser, in);
  c.deadline = Steady::time_point::max();
  co_return status;
}

Awaitable<int> Server::Engine::read_body(Connection& c, Parser& parser, Incoming& in) {
  if (!parser.is_done()) {
    error_code ec;
    c.deadline = Steady::now() + settings_.limits.body_timeout;
    co_await answer_expectation(c, in, ec);
    if (!ec) co_await beast::http::async_read(c.socket, c.buffer, parser, into(ec));
    // A chunk's extensions or trailers that fill the whole buffer.
    if (ec == beast::http::error::buffer_overflow) co_return 413;
    if (ec) co_return status_of(ec, c);
  }
  in.request.body = std::move(parser.get().body());
  co_return kComplete;
}

// RFC 9110 10.1.1. Other expectations, and a client that has not waited, are read on as if nothing was said.
Awaitable<void> Server::Engine::answer_expectation(Connection& c, const Incoming& in, error_code& ec) {
  const std::string* expectation = in.request.header("Expect");
  if (!expectation || in.http_1_0 || c.buffer.size() != 0) co_return;
  if (!same_name(*expectation, "100-continue")) co_return;
  co_await asio::async_write(c.socket, asio::buffer(kContinue), into(ec));
}

// Both lambdas refer to what this coroutine keeps alive until the answer is back on the I/O thread.
Awaitable<Response> Server::Engine::run_on_worker(const ConnectionPtr& c, const Request& request) {
  auto initiate = [this, connection = c.get(), &request](auto completion) {
    asio::post(workers_, [this, connection, &request, completion = std::move(completion)]() mutable {
      Response response;
      if (!connection->abandoned) response = run(request);
      asio::post(io_, [completion = std::move(completion), response = std::move(response)]() mutable {
        std::move(completion)(std::move(response));
      });
    });
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Response)>(std::move(initiate),
                                                                                         asio::use_awaitable);
}

Response Server::Engine::run(const Request& request) const {
  try {
    return handler_(request);
  } catch (const std::exception& failure) {
    log(std::string("a handler threw: ") + failure.what());
  } catch (...) {
    log("a handler threw");
  }
  return page(500);
}

Response Server::Engine::page(int status) const {
  try {
    return settings_.error_page(status);
  } catch (...) {
    return plain_error(status);
  }
}

Awaitable<bool> Server::Engine::write(Connection& c, const Incoming& in, const Response& response,
                                      bool keep_alive) {
  const Framing framing{.keep_alive = keep_alive, .http_1_0 = in.http_1_0, .now = now()};
  const std::string head = encode_head(response, framing);
  ByteView content = response.content();
  if (in.request.method == "HEAD" || !may_have_content(response.status)) content = {};
  const std::array<asio::const_buffer, 2> buffers{asio::buffer(head),
                                                  asio::buffer(content.data(), content.size())};
  error_code ec;
  c.deadline = Steady::now() + write_time(content.size());
  co_await asio::async_write(c.socket, buffers, into(ec));
  c.deadline = Steady::time_point::max();
  co_return !ec;
}

Steady::duration Server::Engine::write_time(std::size_t bytes) const {
  const auto rate = std::max<std::size_t>(1, settings_.limits.write_bytes_per_second_min);
  return settings_.limits.write_timeout + std::chrono::seconds(bytes / rate);
}

// RFC 9112 9.6: closing with unread bytes resets the connection and can destroy the answer on its way; so
// what still comes is read for a while and thrown away.
Awaitable<void> Server::Engine::linger(Connection& c) {
  error_code ec;
  c.socket.shutdown(tcp::socket::shutdown_send, ec);
  c.between_requests = true;
  c.deadline = Steady::now() + kLinger;
  std::array<char, kReadBytes> thrown_away;
  for (std::size_t total = 0; !ec && total < kLingerBytesMax;)
    total += co_await c.socket.async_read_some(asio::buffer(thrown_away), into(ec));
}

Instant Server::Engine::now() const {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

void Server::Engine::log(std::string_view line) const {
  if (settings_.log) settings_.log(line);
}

Server::Server(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::listen(ServerSettings settings, Handler handler) {
  error_code ec;
  const auto address = asio::ip::make_address(settings.address, ec);
  if (ec) return malformed("address_form", {{"address", settings.address}});
  const Parameters place{{"address", settings.address}, {"port", std::to_string(settings.port)}};
  try {
    auto engine = std::make_unique<Engine>(std::move(settings), std::move(handler));
    SHOMEI_CHECK(engine->open(address));
    engine->start();
    return std::unique_ptr<Server>(new Server(std::move(engine)));
  } catch (const std::system_error& failure) {  // no thread, no descriptor
    return unavailable("listen_failed", place).with("reason", failure.what());
  }
}

std::uint16_t Server::port() const {
  return engine_->endpoint().port();
}

std::string Server::url() const {
  const auto address = engine_->endpoint().address();
  const std::string text = address.to_string();
  return "http://" + (address.is_v6() ? "[" + text + "]" : text) + ":" + std::to_string(port());
}

void Server::stop() {
  engine_->stop();
}

}  // namespace shomei::http
