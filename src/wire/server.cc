#include "wire/server.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "wire/listen.h"
#include "wire/loop.h"
#include "wire/workers.h"

namespace shomei::wire {

class Server::Engine {
 public:
  Engine(Settings settings, http::Handler later)
      : workers_(std::move(later), settings.error_page, settings.log),
        common_{.settings = std::move(settings), .workers = workers_} {}
  ~Engine() { stop(); }

  Result<void> open(const AnswersFactory& factory);
  void start();
  void stop();
  Counters counters() const;
  std::string url() const;
  std::uint16_t port() const { return port_; }
  std::size_t connections_max() const { return common_.connections_max; }

 private:
  void make_room();

  Workers workers_;
  Common common_;
  std::vector<std::unique_ptr<Loop>> loops_;
  std::uint16_t port_ = 0;
  std::once_flag stopped_;
};

Result<void> Server::Engine::open(const AnswersFactory& factory) {
  const Settings& settings = common_.settings;
  const unsigned count =
      settings.loops > 0 ? settings.loops : std::max(1U, std::thread::hardware_concurrency());
  SHOMEI_TRY(Listeners listeners, listen_on(settings.address, settings.port, count));
  port_ = listeners.port;
  make_room();
  for (files::Descriptor& socket : listeners.sockets) {
    loops_.push_back(std::make_unique<Loop>(common_, std::move(socket), factory()));
    if (!loops_.back()->open()) throw std::system_error(errno, std::generic_category());
  }
  return {};
}

void Server::Engine::make_room() {
  const std::size_t wanted = common_.settings.limits.connections_max;
  common_.connections_max = make_room_for(wanted);
  if (common_.connections_max < wanted && common_.settings.log)
    common_.settings.log("the system gives descriptors for " + std::to_string(common_.connections_max) +
                         " connections, not for " + std::to_string(wanted) +
                         ": raise its limit of open files");
}

void Server::Engine::start() {
  workers_.start(common_.settings.worker_threads);
  for (const auto& loop : loops_) loop->start();
}

// Loops first: as long as they run they have questions for the workers.
void Server::Engine::stop() {
  std::call_once(stopped_, [this] {
    for (const auto& loop : loops_) loop->stop();
    for (const auto& loop : loops_) loop->join();
    workers_.stop();
  });
}

Counters Server::Engine::counters() const {
  Counters sum;
  for (const auto& loop : loops_) loop->counters().add_to(sum);
  return sum;
}

std::string Server::Engine::url() const {
  const std::string& address = common_.settings.address;
  const bool six = address.find(':') != std::string::npos;
  return "http://" + (six ? "[" + address + "]" : address) + ":" + std::to_string(port_);
}

Server::Server(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::listen(Settings settings, const AnswersFactory& factory,
                                               http::Handler later) {
  const Parameters place{{"address", settings.address}, {"port", std::to_string(settings.port)}};
  try {
    auto engine = std::make_unique<Engine>(std::move(settings), std::move(later));
    SHOMEI_CHECK(engine->open(factory));
    engine->start();
    return std::unique_ptr<Server>(new Server(std::move(engine)));
  } catch (const std::system_error& failure) {  // no thread, no descriptor
    return unavailable("listen_failed", place).with("reason", failure.what());
  }
}

std::uint16_t Server::port() const {
  return engine_->port();
}

std::string Server::url() const {
  return engine_->url();
}

Counters Server::counters() const {
  return engine_->counters();
}

std::size_t Server::connections_max() const {
  return engine_->connections_max();
}

void Server::stop() {
  engine_->stop();
}

}  // namespace shomei::wire
