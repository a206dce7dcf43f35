// serve_constant PORT [LOOPS]: answers every request with the same 2,048 bytes until standard input ends.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "wire/server.h"

namespace {

using namespace shomei;

constexpr std::size_t kBodyBytes = 2048;

class Constant : public wire::Answers {
 public:
  Constant()
      : response_("HTTP/1.1 200 OK\r\nContent-Type: application/ocsp-response\r\nContent-Length: " +
                  std::to_string(kBodyBytes) + "\r\nDate: Thu, 26 Nov 2026 09:00:00 GMT\r\n\r\n" +
                  std::string(kBodyBytes, 'x')) {}
  bool answer(const wire::RequestView&, wire::Output& out) override {
    out.append(response_);
    return true;
  }

 private:
  const std::string response_;
};

}  // namespace

int main(int count, char** arguments) {
  wire::Settings settings;
  settings.port = static_cast<std::uint16_t>(count > 1 ? std::atoi(arguments[1]) : 0);
  settings.loops = static_cast<unsigned>(count > 2 ? std::atoi(arguments[2]) : 1);
  const auto server = wire::Server::listen(
      settings, [] { return std::make_unique<Constant>(); },
      [](const http::Request&) { return http::plain_error(404); });
  if (!server) return 1;
  std::puts((*server)->url().c_str());
  std::fflush(stdout);
  while (std::getchar() != EOF) continue;
  return 0;
}
