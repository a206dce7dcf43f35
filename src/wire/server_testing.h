// For tests alone: a server whose loops echo what they are asked, and leave /later… to the handler.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include "http/loopback_client.h"
#include "wire/server.h"

namespace shomei::wire {

// Many times the limits of these tests, for slow machines, and less than those that stand by default.
inline constexpr std::chrono::milliseconds kSoon{4'000};
inline constexpr std::string_view kGet = "GET /g HTTP/1.1\r\nHost: h\r\n\r\n";
inline constexpr std::size_t kLargeBytes = 16 * 1024 * 1024;

inline std::string get(std::string_view path) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: h\r\n\r\n";
}

class Echo : public Answers {
 public:
  bool answer(const RequestView& request, Output& out) override {
    if (request.target.starts_with("/later")) return false;
    if (request.target == "/throw") {
      out.append("half of an answer");
      throw std::runtime_error("of the test");
    }
    std::string text = std::string(request.method) + " " + std::string(request.target) + " [" +
                       std::string(request.body) + "]";
    if (request.target == "/megabyte") text.assign(1024 * 1024, 'm');
    out.append("HTTP/1.1 200 OK\r\nContent-Length: 00000000\r\n");
    const std::string length = std::to_string(text.size());
    out.patch(out.size() - 2 - length.size(), length);
    if (!request.keep_alive) out.append("Connection: close\r\n");
    if (request.keep_alive && request.http_1_0) out.append("Connection: keep-alive\r\n");
    out.append("\r\n");
    if (request.method != "HEAD") out.append(text);
    return true;
  }
};

inline http::Response later(const http::Request& request) {
  if (request.path == "/later/throw") throw std::runtime_error("of the test");
  if (request.path == "/later/large") {
    static const auto large = std::make_shared<const Bytes>(kLargeBytes, std::uint8_t{'x'});
    return {.shared_body = large};
  }
  if (request.path == "/later/part") {  // as ranges.h makes of a request for some bytes
    static const auto content = std::make_shared<const Bytes>(to_bytes("0123456789"));
    return {.status = 206, .shared_body = content, .shared_part = {3, 4}};
  }
  const std::string text = request.method + " " + request.path + " [" + to_text(request.body) + "] of " +
                           request.remote_address + " " + std::to_string(request.headers.size());
  return http::answer(200, "text/plain", to_bytes(std::string_view(text)));
}

inline std::unique_ptr<Server> serve(Settings settings = {}, http::Handler handler = later) {
  if (settings.loops == 0) settings.loops = 2;
  auto server = Server::listen(
      std::move(settings), [] { return std::make_unique<Echo>(); }, std::move(handler));
  EXPECT_TRUE(server) << (server ? "" : server.error().code);
  return server ? *std::move(server) : nullptr;
}

inline std::string ask(const Server& server, std::string_view request) {
  http::LoopbackClient client(server.port());
  client.send(request);
  return client.read_to_end();
}

inline std::string content(const std::string& answer) {
  const auto at = answer.find("\r\n\r\n");
  const bool whole = answer.starts_with("HTTP/1.1 ") && at != std::string::npos;
  return whole ? answer.substr(at + 4) : "no answer: " + answer;
}

inline std::chrono::milliseconds since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
}

inline bool await(const std::function<bool()>& holds) {
  const auto start = std::chrono::steady_clock::now();
  for (; since(start) < std::chrono::seconds(10); std::this_thread::sleep_for(std::chrono::milliseconds(5)))
    if (holds()) return true;
  return false;
}

}  // namespace shomei::wire
