// Beast parses; what it lets through and should not is refused here.
#include "http/request_reader.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/vector_body.hpp>
#include <optional>

#include "http/target.h"

namespace shomei::http {

namespace beast = boost::beast;
using boost::system::error_code;
using Parser = beast::http::request_parser<beast::http::vector_body<std::uint8_t>>;

namespace {

constexpr std::size_t kReadBytes = 8192;
// "0", CR LF, CR LF: as much comes of a chunked body that is not over. Beast 1.81 asserts that it is there
// once it has seen the last chunk's size, and a slow client would end the process.
constexpr std::size_t kLastChunkBytes = 5;

Fields fields_of(const beast::http::fields& from) {
  Fields fields;
  fields.reserve(8);
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
  return 0;
}

int status_of(const error_code& ec) {
  using Error = beast::http::error;
  if (ec == Error::bad_version) return 505;
  if (ec == Error::header_limit) return 431;
  if (ec == Error::body_limit) return 413;
  return 400;
}

}  // namespace

struct RequestReader::State {
  explicit State(std::size_t buffer_bytes_max) : buffer(buffer_bytes_max) {}
  beast::flat_buffer buffer;  // may hold the beginning of the next request
  std::optional<Parser> parser;
  bool head_told = false;
};

RequestReader::RequestReader(std::size_t header_bytes_max, std::size_t body_bytes_max)
    : state_(std::make_unique<State>(header_bytes_max + 2 * kReadBytes)),
      header_bytes_max_(header_bytes_max),
      body_bytes_max_(body_bytes_max) {}

RequestReader::~RequestReader() = default;

// step() has refused what would leave no room.
std::span<std::uint8_t> RequestReader::room() {
  const auto room = state_->buffer.prepare(kReadBytes);
  return {static_cast<std::uint8_t*>(room.data()), room.size()};
}

void RequestReader::commit(std::size_t bytes) {
  state_->buffer.commit(bytes);
}

bool RequestReader::idle() {
  auto& buffer = state_->buffer;
  while (!state_->parser && buffer.size() > 0) {
    const char first = *static_cast<const char*>(buffer.cdata().data());
    if (first != '\r' && first != '\n') return false;
    buffer.consume(1);
  }
  return !state_->parser;
}

bool RequestReader::has_more() const {
  return state_->buffer.size() != 0;
}

RequestReader::Step RequestReader::refuse(int status) {
  refusal_ = status;
  return Step::refused;
}

RequestReader::Step RequestReader::step() {
  if (refusal_ != 0) return Step::refused;
  if (!state_->parser) {
    if (idle()) return Step::more;
    state_->parser.emplace();
    state_->parser->header_limit(static_cast<std::uint32_t>(header_bytes_max_));
    state_->parser->body_limit(body_bytes_max_);
    state_->head_told = false;
  }
  return parse();
}

RequestReader::Step RequestReader::parse() {
  auto& [buffer, parser, head_told] = *state_;
  error_code ec;
  while (!parser->is_done() && buffer.size() > 0) {
    const bool had_head = parser->is_header_done();
    if (had_head && parser->chunked() && buffer.size() < kLastChunkBytes) break;
    buffer.consume(parser->put(buffer.data(), ec));
    if (ec == beast::http::error::need_more) break;
    if (ec) return refuse(status_of(ec));
    if (had_head || !parser->is_header_done()) continue;
    if (const int status = take_head(); status != 0) return refuse(status);
    parser->eager(true);
  }
  if (parser->is_done()) {
    incoming_.request.body = std::move(parser->get().body());
    return Step::whole;
  }
  // Of the header, or of a chunk's extensions or trailers: they fill the whole buffer.
  if (buffer.max_size() - buffer.size() < kReadBytes) return refuse(parser->is_header_done() ? 413 : 431);
  if (!parser->is_header_done() || head_told) return Step::more;
  head_told = true;
  return Step::head;
}

// Trailers come later and are not looked at: the fields are taken before the body is read.
int RequestReader::take_head() {
  auto& message = state_->parser->get();
  if (const int status = check_framing(*state_->parser); status != 0) return status;
  incoming_.http_1_0 = message.version() == 10;
  incoming_.keep_alive = message.keep_alive();
  incoming_.request.method = std::string(message.method_string());
  incoming_.request.target = std::string(message.target());
  incoming_.request.headers = fields_of(message.base());
  auto target = parse_target(incoming_.request.target);
  if (!target) return 400;
  incoming_.request.path = std::move(target->path);
  incoming_.request.query = std::move(target->query);
  return header_bytes(incoming_.request) > header_bytes_max_ ? 431 : 0;
}

Incoming RequestReader::take() {
  state_->parser.reset();
  return std::exchange(incoming_, {});
}

}  // namespace shomei::http
