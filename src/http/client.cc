// No coroutines: each step is started, and the context runs until it is done or its time is over.
#include "http/client.h"

#include <algorithm>
#include <array>
#include <boost/asio.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/vector_body.hpp>

#include "http/read_answer.h"
#include "http/socket.h"
#include "http/tls_context.h"

namespace shomei::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;
using Steady = std::chrono::steady_clock;
using Parser = beast::http::response_parser<beast::http::vector_body<std::uint8_t>>;

namespace {

constexpr std::size_t kReadBytes = 8192;
constexpr std::string_view kUnix = "unix:", kHttp = "http://", kHttps = "https://";

bool is_host(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) {
    return std::isalnum(c) || c == '.' || c == '-' || c == '_';
  });
}

bool is_address_6(std::string_view text) {
  error_code ec;
  asio::ip::make_address_v6(text, ec);
  return !ec;
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }) &&
         std::stoul(std::string(text)) <= 65535;
}

// "host", "host:port", "[::1]:port".
bool take_authority(std::string_view text, Place& place) {
  if (text.starts_with('[')) {
    const auto end = std::min(text.find(']'), text.size());
    place.host = text.substr(1, end - 1);
    if (end == text.size() || !is_address_6(place.host)) return false;
    text.remove_prefix(end + 1);
  } else {
    place.host = text.substr(0, text.find(':'));
    if (!is_host(place.host)) return false;
    text.remove_prefix(place.host.size());
  }
  if (text.empty()) return true;
  place.port = text.substr(1);
  return text.front() == ':' && is_port(place.port);
}

Fields fields_of(const beast::http::fields& from) {
  Fields fields;
  for (const auto& field : from)
    fields.push_back({std::string(field.name_string()), std::string(field.value())});
  return fields;
}

}  // namespace

std::string Place::text() const {
  if (!unix_socket.empty()) return std::string(kUnix) + unix_socket.string();
  const bool six = host.find(':') != std::string::npos;
  return std::string(tls ? kHttps : kHttp) + (six ? "[" + host + "]" : host) + ":" + port;
}

Result<Place> parse_place(std::string_view text) {
  const auto bad = [&] { return malformed("place_form", {{"place", std::string(text)}}); };
  Place place;
  if (text.starts_with(kUnix)) {
    place.unix_socket = text.substr(kUnix.size());
    if (place.unix_socket.empty()) return bad();
    SHOMEI_CHECK(check_socket_path(place.unix_socket));
    return place;
  }
  place.tls = text.starts_with(kHttps);
  if (!place.tls && !text.starts_with(kHttp)) return bad();
  place.port = place.tls ? "443" : "80";
  auto rest = text.substr(place.tls ? kHttps.size() : kHttp.size());
  if (rest.ends_with('/')) rest.remove_suffix(1);
  if (!take_authority(rest, place)) return bad();
  return place;
}

class Client::Link {
 public:
  Link(Place place, TlsContext tls_context, ClientLimits limits)
      : place_(std::move(place)), tls_context_(std::move(tls_context)), limits_(limits) {}

  const Place& place() const { return place_; }

  Result<Response> ask(const Question& question) {
    const bool kept = socket_.has_value();
    auto answer = exchange(question);
    if (answer || !kept || !closed_before_an_answer_ || !question.repeatable) return answer;
    return exchange(question);
  }

 private:
  // Runs what `start` begins; what takes too long is cut off and says so.
  template <class Start>
  error_code run(Steady::time_point until, const Start& start) {
    error_code outcome;
    start([&outcome](const error_code& ec, const auto&...) { outcome = ec; });
    context_.restart();
    context_.run_until(until);
    if (context_.stopped()) return outcome;
    error_code ignored;
    resolver_.cancel();
    if (socket_) socket_->close(ignored);
    context_.run();
    return asio::error::timed_out;
  }

  error_code connect_unix(Steady::time_point until) {
    const asio::generic::stream_protocol::endpoint at{
        asio::local::stream_protocol::endpoint(place_.unix_socket.string())};
    return run(until, [&](auto done) { socket_->async_connect(at, done); });
  }

  error_code connect_port(Steady::time_point until) {
    tcp::resolver::results_type found;
    auto ec = run(until, [&](auto done) {
      resolver_.async_resolve(place_.host, place_.port, [&found, done](error_code failed, auto results) {
        found = std::move(results);
        done(failed);
      });
    });
    if (found.empty()) return ec ? ec : asio::error::host_not_found;
    for (const auto& one : found) {
      socket_.emplace(context_);
      const asio::generic::stream_protocol::endpoint at(one.endpoint());
      ec = run(until, [&](auto done) { socket_->async_connect(at, done); });
      if (!ec) break;
    }
    error_code ignored;
    if (!ec) socket_->set_option(tcp::no_delay(true), ignored);
    return ec;
  }

  error_code connect() {
    const auto until = Steady::now() + limits_.connect_timeout;
    buffer_.clear();
    socket_.emplace(context_);
    const auto ec = place_.unix_socket.empty() ? connect_port(until) : connect_unix(until);
    if (ec || !tls_context_) return ec;
    tls_.emplace(*socket_, *tls_context_);
    name_host(tls_->native_handle(), place_.host);
    return run(until, [&](auto done) { tls_->async_handshake(asio::ssl::stream_base::client, done); });
  }

  void disconnect() {
    tls_.reset();
    socket_.reset();
  }

  Parameters disconnected_by(const error_code& ec) {
    disconnect();
    return {{"place", place_.text()}, {"what", ec.message()}};
  }

  Error too_large() {
    disconnect();
    return malformed("answer_too_large",
                     {{"url", place_.text()}, {"bytes_max", std::to_string(limits_.body_bytes_max)}});
  }

  std::string head_of(const Question& question) const {
    std::string head = question.method + " " + question.target +
                       " HTTP/1.1\r\nHost: " + (place_.unix_socket.empty() ? place_.host : "localhost") +
                       "\r\n";
    for (const Field& field : question.headers) head += field.name + ": " + field.value + "\r\n";
    return head + "Content-Length: " + std::to_string(question.body.size()) + "\r\n\r\n";
  }

  Result<Response> exchange(const Question& question) {
    closed_before_an_answer_ = false;
    if (!socket_)
      if (const auto ec = connect()) return unavailable("server_unreachable", disconnected_by(ec));
    const auto until = Steady::now() + limits_.answer_timeout;
    const std::string head = head_of(question);
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(head), asio::buffer(question.body)};
    const auto sent = run(until, [&](auto done) {
      if (tls_)
        asio::async_write(*tls_, buffers, done);
      else
        asio::async_write(*socket_, buffers, done);
    });
    // A server that closes early may have answered before.
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(limits_.header_bytes_max));
    parser.body_limit(limits_.body_bytes_max);
    parser.eager(true);
    parser.skip(question.method == "HEAD");
    const auto ec = sent == asio::error::timed_out ? sent : read(parser, until);
    if (ec == beast::http::error::body_limit) return too_large();
    closed_before_an_answer_ = ec && ec != asio::error::timed_out && !parser.got_some();
    if (ec) return unavailable("answer_missing", disconnected_by(ec));
    return answer_of(parser);
  }

  error_code read(Parser& parser, Steady::time_point until) {
    return read_answer(parser, buffer_, limits_.header_bytes_max, [&] { return fill(until); });
  }

  error_code fill(Steady::time_point until) {
    const auto room = buffer_.prepare(kReadBytes);
    std::size_t came = 0;
    const auto ec = run(until, [&](auto done) {
      const auto count = [&came, done](const error_code& failed, std::size_t bytes) {
        came = bytes;
        done(failed);
      };
      if (tls_)
        tls_->async_read_some(room, count);
      else
        socket_->async_read_some(room, count);
    });
    buffer_.commit(came);
    return ec;
  }

  Response answer_of(Parser& parser) {
    auto& message = parser.get();
    Response response;
    response.status = static_cast<int>(message.result_int());
    response.headers = fields_of(message.base());
    response.body = std::move(message.body());
    if (!message.keep_alive() || buffer_.size() > 0) disconnect();
    return response;
  }

  const Place place_;
  const TlsContext tls_context_;
  const ClientLimits limits_;
  asio::io_context context_{1};
  tcp::resolver resolver_{context_};
  std::optional<Socket> socket_;
  std::optional<asio::ssl::stream<Socket&>> tls_;
  beast::flat_buffer buffer_;
  bool closed_before_an_answer_ = false;
};

Result<Client> Client::make(Place place, const std::optional<TlsClient>& tls, ClientLimits limits) {
  TlsContext context;
  if (place.tls) {
    if (!tls) return malformed("tls_files_missing", {{"place", place.text()}});
    SHOMEI_TRY(context, client_context(*tls));
    expect_host(*context, place.host);
  }
  return Client(std::make_unique<Link>(std::move(place), std::move(context), limits));
}

Client::Client(std::unique_ptr<Link> link) : link_(std::move(link)) {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

Result<Response> Client::ask(const Question& question) {
  return link_->ask(question);
}

const Place& Client::place() const {
  return link_->place();
}

}  // namespace shomei::http
