#include "app/serve.h"

#include <condition_variable>
#include <thread>

#include "app/responders.h"
#include "authority/publish_crl.h"
#include "cli/print.h"
#include "http/server.h"
#include "services/authority_service.h"
#include "services/metrics_service.h"
#include "services/problem.h"
#include "services/status_service.h"

namespace shomei::app {
namespace {

constexpr std::chrono::milliseconds kPublisherPause{500};

void log(std::string_view line) {
  cli::print_raw("shomei: " + std::string(line) + "\n", false);
}

std::string said(const Error& error) {
  return texts::says(error, texts::Language::en);
}

// Signs a new revocation list whenever the journal has moved on and the list that stands says something else,
// and keeps the responders appointed.
class Publisher {
 public:
  Publisher(home::Home& home, Responders& responders)
      : home_(home),
        responders_(responders),
        authorities_(responders.authorities()),
        thread_([this] { run(); }) {}
  ~Publisher() {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;

 private:
  void run() {
    std::unique_lock lock(mutex_);
    while (!stop_) {
      lock.unlock();
      if (auto published = publish(); !published)
        log("no revocation list was published: " + said(published.error()));
      if (auto renewed = responders_.renew(); !renewed)
        log("a responder's certificate was not renewed: " + said(renewed.error()));
      lock.lock();
      wake_.wait_for(lock, kPublisherPause, [this] { return stop_; });
    }
  }

  Result<void> publish() {
    SHOMEI_TRY(auto rows, home_.rows());
    SHOMEI_TRY(const auto size, rows->journal_size());
    rows.reset();
    const Instant now = home_.clock().now();
    if (size == seen_size_ && now < look_again_at_) return {};
    for (const auto& name : authorities_) {
      SHOMEI_TRY(const auto* authority, home_.authority(name));
      SHOMEI_CHECK(authority::current_crl(*authority, home_.settings().crl, home_.journal()));
    }
    SHOMEI_TRY(rows, home_.rows());
    SHOMEI_TRY(seen_size_, rows->journal_size());
    look_again_at_ = now + home_.settings().crl.validity / 24;
    return {};
  }

  home::Home& home_;
  Responders& responders_;
  std::vector<std::string> authorities_;
  std::uint64_t seen_size_ = 0;
  Instant look_again_at_{};
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stop_ = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace

struct Services::Running {
  explicit Running(home::Home& of)
      : home(of),
        follower(of.engine(), list, of.clock()),
        responder(list, of.clock(), {.validity = of.settings().ocsp_validity}),
        responders(of, of.clock(), [this](const auto& name, auto& signer, const auto& certificate) {
          return responder.set_delegate(name, signer, certificate.der);
        }) {}

  home::Home& home;
  status::StatusList list;
  status::Follower follower;
  status::Responder responder;
  Responders responders;
  services::StatusCounters counters;
  Addresses addresses;
  std::unique_ptr<Publisher> publisher;
  std::unique_ptr<http::Server> status, authority, metrics;  // first to stop

  Result<void> listen();
  std::vector<services::Metric> metric_list();
};

std::vector<services::Metric> Services::Running::metric_list() {
  const auto counter = [](std::string name, std::string help, const std::atomic<std::uint64_t>& value) {
    return services::Metric{std::move(name), std::move(help),
                            [&value] { return static_cast<double>(value.load()); }, true};
  };
  return {counter("shomei_ocsp_answers_total", "Signed status answers given.", counters.ocsp_answers),
          counter("shomei_ocsp_unsigned_total",
                  "Status answers without a signature: malformed, foreign or later.", counters.ocsp_unsigned),
          counter("shomei_crl_downloads_total", "Revocation lists handed out.", counters.crls),
          {"shomei_journal_entries", "Journal entries that the status list has applied.",
           [this] { return static_cast<double>(follower.next()); }},
          {"shomei_certificates", "Certificates that the status list knows.",
           [this] { return static_cast<double>(list.size()); }}};
}

Result<void> Services::Running::listen() {
  const auto settings = [](const home::Address& at) {
    http::ServerSettings s;
    s.address = at.host;
    s.port = at.port;
    s.error_page = services::problem_page;
    s.log = log;
    return s;
  };
  const auto& wanted = home.settings();
  SHOMEI_TRY(status, http::Server::listen(settings(wanted.status),
                                          services::status_routes(
                                              {follower, responder, home.engine(), home.clock(), counters})));
  SHOMEI_TRY(authority,
             http::Server::listen(settings(wanted.authority), services::authority_routes(home.engine())));
  SHOMEI_TRY(metrics,
             http::Server::listen(settings(wanted.metrics), services::metrics_routes(metric_list())));
  addresses = {status->url(), authority->url(), metrics->url()};
  return {};
}

Services::Services(std::unique_ptr<Running> running) : running_(std::move(running)) {}
Services::~Services() = default;
const Addresses& Services::addresses() const {
  return running_->addresses;
}

Result<std::unique_ptr<Services>> Services::start(home::Home& home) {
  auto running = std::make_unique<Running>(home);
  SHOMEI_CHECK(running->follower.catch_up());
  SHOMEI_CHECK(running->responders.appoint_all());
  SHOMEI_CHECK(running->listen());
  running->publisher = std::make_unique<Publisher>(home, running->responders);
  home.leave_acts();
  return std::unique_ptr<Services>(new Services(std::move(running)));
}

}  // namespace shomei::app
