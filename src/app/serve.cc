#include "app/serve.h"

#include <condition_variable>
#include <thread>

#include "app/acts_tier.h"
#include "app/responders.h"
#include "authority/publish_crl.h"
#include "authority/recover.h"
#include "cli/print.h"
#include "files/file.h"
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

// A certificate of public/; what is not there, or is none, is not handed out.
std::optional<Bytes> published(const std::filesystem::path& path) {
  const auto text = files::read_file(path, kCertificateFileBytesMax);
  if (!text) return std::nullopt;
  const auto der = pki::from_pem("CERTIFICATE", to_text(*text));
  return der ? std::optional{*der} : std::nullopt;
}

// Signs a new revocation list whenever the journal has moved on and the list that stands says something else,
// and keeps the responders appointed, those of a generation that a ceremony makes meanwhile too. In the
// status tier it publishes nothing.
class Publisher {
 public:
  // `learn` is called when the journal has grown, before a new authority's responder is appointed.
  Publisher(home::Home& home, Responders& responders, bool publishes, std::function<Result<void>()> learn)
      : home_(home),
        responders_(responders),
        publishes_(publishes),
        learn_(std::move(learn)),
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
      if (auto appointed = appoint_new(); !appointed)
        log("a new authority has no responder yet: " + said(appointed.error()));
      if (auto published = publish(); !published)
        log("no revocation list was published: " + said(published.error()));
      if (auto looked = write_off_abandoned(); !looked)
        log("it is not known which acts were interrupted: " + said(looked.error()));
      if (auto renewed = responders_.renew(); !renewed)
        log("a responder's certificate was not renewed: " + said(renewed.error()));
      lock.lock();
      wake_.wait_for(lock, kPublisherPause, [this] { return stop_; });
    }
  }

  // What failed is tried again when the journal grows once more, or by the hour.
  Result<void> appoint_new() {
    SHOMEI_TRY(auto rows, home_.rows());
    SHOMEI_TRY(const auto size, rows->journal_size());
    rows.reset();
    if (size == appointed_size_) return {};
    appointed_size_ = size;
    SHOMEI_CHECK(learn_());
    return responders_.appoint_new();
  }

  Result<void> publish() {
    if (!publishes_) return {};
    SHOMEI_TRY(auto rows, home_.rows());
    SHOMEI_TRY(const auto size, rows->journal_size());
    rows.reset();
    const Instant now = home_.clock().now();
    if (size == seen_size_ && now < look_again_at_) return {};
    for (const auto& name : responders_.authorities()) {
      SHOMEI_TRY(const auto* authority, home_.authority_of_lists(name));
      SHOMEI_CHECK(authority::current_crl(*authority, home_.settings().crl, home_.journal()));
    }
    SHOMEI_TRY(rows, home_.rows());
    SHOMEI_TRY(seen_size_, rows->journal_size());
    look_again_at_ = now + home_.settings().crl.validity / 24;
    return {};
  }

  // Of a process that died beside this one, or of this one when its store was away.
  Result<void> write_off_abandoned() {
    const auto now = authority::AbandonedIntents::Clock::now();
    if (!publishes_ || home_.settings().acts.listen.empty() || now < look_for_intents_at_) return {};
    look_for_intents_at_ = now + home_.settings().acts.patience / 4;
    SHOMEI_TRY(const auto done, abandoned_.look(home_.journal(), now));
    if (done > 0)
      log(std::to_string(done) + " issues that stood half-done were written off: ask with a new request");
    return {};
  }

  home::Home& home_;
  Responders& responders_;
  bool publishes_;
  std::function<Result<void>()> learn_;
  std::uint64_t seen_size_ = 0, appointed_size_ = 0;
  authority::AbandonedIntents abandoned_{home_.settings().acts.patience};
  authority::AbandonedIntents::Clock::time_point look_for_intents_at_;
  Instant look_again_at_{};
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stop_ = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace

std::optional<Tiers> parse_tiers(std::string_view text) {
  if (text == "all") return Tiers::all;
  if (text == "authority") return Tiers::authority;
  if (text == "status") return Tiers::status;
  return std::nullopt;
}

struct Services::Running {
  Running(home::Home& of, Tiers tiers)
      : home(of),
        has_authority(tiers != Tiers::status),
        has_status(tiers != Tiers::authority),
        follower(of.engine(), list, of.clock()),
        responder(list, of.clock(), {.validity = of.settings().ocsp_validity}),
        responders(
            of, of.clock(),
            [this](const auto& name, auto& signer, const auto& certificate) -> Result<void> {
              if (!has_status) return {};  // another process answers by it
              return responder.set_delegate(name, signer, certificate.der);
            },
            has_authority ? Responders::Renews::yes : Responders::Renews::no) {}

  home::Home& home;
  const bool has_authority, has_status;
  status::StatusList list;
  status::Follower follower;
  status::Responder responder;
  Responders responders;
  services::StatusCounters counters;
  Addresses addresses;
  std::unique_ptr<Publisher> publisher;
  std::unique_ptr<http::Server> status, authority, metrics;  // first to stop
  std::unique_ptr<ActsTier> acts;

  Result<void> listen_status();
  Result<void> listen_authority();
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

namespace {

http::ServerSettings settings_at(const home::Address& at) {
  http::ServerSettings settings;
  settings.address = at.host;
  settings.port = at.port;
  settings.error_page = services::problem_page;
  settings.log = log;
  return settings;
}

}  // namespace

Result<void> Services::Running::listen_status() {
  const services::StatusParts parts{follower, responder, home.engine(), home.clock(), counters};
  const auto& wanted = home.settings();
  SHOMEI_TRY(status, http::Server::listen(settings_at(wanted.status), services::status_routes(parts)));
  SHOMEI_TRY(metrics,
             http::Server::listen(settings_at(wanted.metrics), services::metrics_routes(metric_list())));
  addresses.status = status->url();
  addresses.metrics = metrics->url();
  return {};
}

// Who takes acts holds their lock as long as it runs; who takes none leaves it, so that others can repair
// theirs.
Result<void> Services::Running::listen_authority() {
  auto routes = services::authority_routes(
      home.engine(), [this](const std::string& name) { return published(home.layout().certificate(name)); });
  SHOMEI_TRY(authority, http::Server::listen(settings_at(home.settings().authority), std::move(routes)));
  addresses.authority = authority->url();
  if (home.settings().acts.listen.empty()) {
    home.leave_acts();
    return {};
  }
  for (const auto& name : responders.authorities()) SHOMEI_CHECK(home.authority_of_lists(name));
  SHOMEI_TRY(acts, ActsTier::start(home, log));
  addresses.acts = acts->url();
  return {};
}

Services::Services(std::unique_ptr<Running> running) : running_(std::move(running)) {}
Services::~Services() = default;
const Addresses& Services::addresses() const {
  return running_->addresses;
}

Result<std::unique_ptr<Services>> Services::start(home::Home& home, Tiers tiers) {
  auto running = std::make_unique<Running>(home, tiers);
  if (running->has_status) SHOMEI_CHECK(running->follower.catch_up());
  SHOMEI_CHECK(running->responders.appoint_all());
  if (running->has_status) SHOMEI_CHECK(running->listen_status());
  if (running->has_authority) SHOMEI_CHECK(running->listen_authority());
  running->publisher = std::make_unique<Publisher>(
      home, running->responders, running->has_authority, [of = running.get()]() -> Result<void> {
        return of->has_status ? of->follower.catch_up() : Result<void>{};
      });
  return std::unique_ptr<Services>(new Services(std::move(running)));
}

}  // namespace shomei::app
