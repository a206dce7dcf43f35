// Reads an answer off a connection into a parser of Beast, by bytes. Beast's own reading, given what it has
// and more to come, takes the last chunk of an empty body for the middle of one (an assertion of its debug
// builds), so a chunk's end is handed over whole. For the files of this folder that include Beast.
#pragma once

#include <cstddef>

#include <boost/asio/error.hpp>
#include <boost/beast/http/error.hpp>

namespace shomei::http {

inline constexpr std::size_t kLastChunkBytes = 5;  // as in request_reader.cc

// `fill` puts what comes next into the buffer, and answers with an error code of the connection.
template <class Parser, class Buffer, class Fill>
boost::system::error_code read_answer(Parser& parser, Buffer& buffer, std::size_t header_bytes_max,
                                      Fill fill) {
  namespace error = boost::asio::error;
  boost::system::error_code ec;
  while (true) {
    while (!parser.is_done() && buffer.size() > 0) {
      if (parser.is_header_done() && parser.chunked() && buffer.size() < kLastChunkBytes) break;
      buffer.consume(parser.put(buffer.data(), ec));
      if (ec == boost::beast::http::error::need_more) break;
      if (ec) return ec;
    }
    if (parser.is_done()) return {};
    if (buffer.size() > header_bytes_max) return boost::beast::http::error::header_limit;
    ec = fill();
    if (!ec) continue;
    if (ec != error::eof || !parser.got_some()) return ec;
    ec = {};
    parser.put_eof(ec);  // an answer without a length ends with the connection
    return ec;
  }
}

}  // namespace shomei::http
