#include "app/serve.h"

#include <condition_variable>
#include <thread>

#include "authority/ceremony.h"
#include "authority/publish_crl.h"
#include "cli/print.h"
#include "files/file.h"
#include "home/create.h"
#include "http/server.h"
#include "services/authority_service.h"
#include "services/metrics_service.h"
#include "services/problem.h"
#include "services/status_service.h"

namespace shomei::app {
namespace {

constexpr std::chrono::milliseconds kPublisherPause{500};
constexpr std::size_t kCertificateFileBytesMax = 64 * 1024;

void log(std::string_view line) {
  cli::print_raw("shomei: " + std::string(line) + "\n", false);
}

std::string said(const Error& error) {
  return texts::says(error, texts::Language::en);
}

// The certificate that stands, or a new one when it is missing or near its end.
Result<pki::Certificate> responder_certificate(home::Home& home, const std::string& name,
                                               const crypto::PublicKey& key) {
  const auto path = home.layout().responder_certificate(name);
  const Instant now = home.clock().now();
  if (const auto text = files::read_file(path, kCertificateFileBytesMax)) {
    SHOMEI_TRY(const auto der, pki::from_pem("CERTIFICATE", to_text(*text)));
    SHOMEI_TRY(auto certificate, pki::parse_certificate(der));
    const bool fresh =
        certificate.tbs.not_before <= now && now + home::kResponderRenewal < certificate.tbs.not_after;
    if (fresh && certificate.tbs.key == key) return certificate;
  }
  SHOMEI_TRY(const auto* authority, home.authority(name));
  SHOMEI_TRY(auto certificate, authority::appoint_responder(*authority, key, now, home::kResponderValidity));
  SHOMEI_CHECK(
      files::replace_file(path, view(pki::to_pem("CERTIFICATE", certificate.der)), files::kReadableByAll));
  return certificate;
}

// Signs a new revocation list whenever the journal has moved on and the list that stands says something else.
class Publisher {
 public:
  Publisher(home::Home& home, std::vector<std::string> authorities)
      : home_(home), authorities_(std::move(authorities)), thread_([this] { run(); }) {}
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
        responder(list, of.clock(), {.validity = of.settings().ocsp_validity}) {}

  home::Home& home;
  status::StatusList list;
  status::Follower follower;
  status::Responder responder;
  std::vector<std::unique_ptr<crypto::Signer>> responder_signers;
  services::StatusCounters counters;
  Addresses addresses;
  std::unique_ptr<Publisher> publisher;
  std::unique_ptr<http::Server> status, authority, metrics;  // first to stop

  Result<std::vector<std::string>> appoint_responders();
  Result<void> listen();
  std::vector<services::Metric> metric_list();
};

Result<std::vector<std::string>> Services::Running::appoint_responders() {
  SHOMEI_TRY(const auto rows, home.rows());
  SHOMEI_TRY(const auto records, rows->list_authorities());
  std::vector<std::string> names;
  for (const auto& record : records) {
    SHOMEI_TRY(auto key, home.keys().load(record.name + "-responder"));
    responder_signers.push_back(crypto::software_signer(std::move(key)));
    auto& signer = *responder_signers.back();
    SHOMEI_TRY(const auto certificate, responder_certificate(home, record.name, signer.public_key()));
    SHOMEI_CHECK(responder.set_delegate(record.name, signer, certificate.der));
    names.push_back(record.name);
  }
  return names;
}

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
  SHOMEI_TRY(auto authorities, running->appoint_responders());
  SHOMEI_CHECK(running->listen());
  running->publisher = std::make_unique<Publisher>(home, std::move(authorities));
  home.leave_acts();
  return std::unique_ptr<Services>(new Services(std::move(running)));
}

}  // namespace shomei::app
