// No coroutines: each step is started, and the context runs until it is done or its time is over.
#include "http/fetch.h"

#include <algorithm>
#include <optional>

#include <boost/asio.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "base/version.h"
#include "http/read_answer.h"

namespace shomei::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;
using Steady = std::chrono::steady_clock;
using Parser = beast::http::response_parser<beast::http::vector_body<std::uint8_t>>;

namespace {

constexpr std::size_t kReadBytes = 8192;
constexpr std::string_view kScheme = "http://";
constexpr unsigned kOk = 200, kNotFound = 404, kGone = 410;

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char c) {
    return std::isalnum(c) || c == '/' || c == '.' || c == '-' || c == '_' || c == '~';
  });
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }) &&
         std::stoul(std::string(text)) <= 65535;
}

// "host", "host:port", "[::1]:port".
bool take_authority(std::string_view text, BaseUrl& url) {
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return false;
    url.host = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
  } else {
    url.host = text.substr(0, text.find(':'));
    if (!is_plain(url.host)) return false;
    text.remove_prefix(url.host.size());
  }
  if (text.starts_with(':')) {
    url.port = text.substr(1);
    return !url.host.empty() && is_port(url.port);
  }
  return !url.host.empty() && text.empty();
}

}  // namespace

Result<BaseUrl> parse_base_url(std::string_view text) {
  const auto bad = [&] { return malformed("url_form", {{"url", std::string(text)}}, "RFC 3986"); };
  BaseUrl url;
  if (!text.starts_with(kScheme)) return bad();
  const auto rest = text.substr(kScheme.size());
  const auto slash = std::min(rest.find('/'), rest.size());
  url.path = rest.substr(slash);
  while (url.path.ends_with('/')) url.path.pop_back();
  if (!take_authority(rest.substr(0, slash), url) || !is_plain(url.path)) return bad();
  return url;
}

class Fetcher::Client {
 public:
  Client(BaseUrl base, FetchLimits limits) : base_(std::move(base)), limits_(limits) {}

  Result<Bytes> get(std::string_view path, std::size_t bytes_max) {
    const std::string target = base_.path + "/" + std::string(path);
    // A connection that has waited may have been closed on the way: once, a new one is tried.
    const bool kept = socket_.has_value();
    auto answer = exchange(target, bytes_max);
    if (!answer && kept && closed_) answer = exchange(target, bytes_max);
    if (!answer) socket_.reset();
    return answer;
  }

 private:
  std::string url(const std::string& target) const {
    const bool six = base_.host.find(':') != std::string::npos;
    return std::string(kScheme) + (six ? "[" + base_.host + "]" : base_.host) + ":" + base_.port + target;
  }
  Error failed(const std::string& target, std::string what) {
    socket_.reset();
    return unavailable("fetch_failed", {{"url", url(target)}, {"what", std::move(what)}});
  }

  // Runs what was started; what takes too long is cancelled and says so.
  error_code run(const error_code& outcome, std::chrono::milliseconds timeout) {
    context_.restart();
    context_.run_for(timeout);
    if (context_.stopped()) return outcome;
    error_code ignored;
    if (socket_) socket_->close(ignored);
    resolver_.cancel();
    context_.run();
    return asio::error::timed_out;
  }

  error_code connect() {
    error_code outcome;
    tcp::resolver::results_type found;
    resolver_.async_resolve(base_.host, base_.port, [&](error_code ec, auto results) {
      outcome = ec;
      found = std::move(results);
    });
    outcome = run(outcome, limits_.connect_timeout);
    if (outcome) return outcome;
    socket_.emplace(context_);
    buffer_.clear();
    asio::async_connect(*socket_, found, [&](error_code ec, const tcp::endpoint&) { outcome = ec; });
    outcome = run(outcome, limits_.connect_timeout);
    error_code ignored;
    if (!outcome) socket_->set_option(tcp::no_delay(true), ignored);
    return outcome;
  }

  Result<Bytes> exchange(const std::string& target, std::size_t bytes_max) {
    closed_ = false;
    if (!socket_)
      if (const auto ec = connect()) return failed(target, ec.message());
    beast::http::request<beast::http::empty_body> request{beast::http::verb::get, target, 11};
    request.set(beast::http::field::host, base_.port == "80" ? base_.host : url("").substr(kScheme.size()));
    request.set(beast::http::field::user_agent, std::string(kSoftware));
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(limits_.header_bytes_max));
    parser.body_limit(bytes_max);
    parser.eager(true);
    const auto until = Steady::now() + limits_.answer_timeout;
    error_code outcome;
    beast::http::async_write(*socket_, request, [&](error_code sent, std::size_t) { outcome = sent; });
    outcome = run(outcome, limits_.answer_timeout);
    if (!outcome)
      outcome = read_answer(parser, buffer_, limits_.header_bytes_max, [&] { return fill(until); });
    if (outcome == beast::http::error::body_limit)
      return malformed("answer_too_large", {{"url", url(target)}, {"bytes_max", std::to_string(bytes_max)}});
    closed_ = outcome && !parser.got_some();
    if (outcome) return failed(target, outcome.message());
    return content(target, parser);
  }

  error_code fill(Steady::time_point until) {
    error_code outcome;
    socket_->async_read_some(buffer_.prepare(kReadBytes), [&](error_code ec, std::size_t came) {
      outcome = ec;
      buffer_.commit(came);
    });
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Steady::now());
    return run(outcome, std::max(left, std::chrono::milliseconds{0}));
  }

  Result<Bytes> content(const std::string& target, Parser& parser) {
    if (!parser.get().keep_alive()) socket_.reset();
    const auto status = parser.get().result_int();
    if (status == kNotFound || status == kGone) return not_found("url_missing", {{"url", url(target)}});
    if (status != kOk) return failed(target, "the answer is " + std::to_string(status));
    return std::move(parser.get().body());
  }

  BaseUrl base_;
  FetchLimits limits_;
  asio::io_context context_;
  tcp::resolver resolver_{context_};
  std::optional<tcp::socket> socket_;
  beast::flat_buffer buffer_;
  bool closed_ = false;  // before anything of an answer came
};

Fetcher::Fetcher(BaseUrl base, FetchLimits limits)
    : client_(std::make_unique<Client>(std::move(base), limits)) {}
Fetcher::~Fetcher() = default;
Fetcher::Fetcher(Fetcher&&) noexcept = default;

Result<Bytes> Fetcher::get(std::string_view path, std::size_t bytes_max) {
  return client_->get(path, bytes_max);
}

}  // namespace shomei::http
