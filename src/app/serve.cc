#include "app/serve.h"

#include <condition_variable>
#include <thread>

#include "app/acts_tier.h"
#include "app/follow_journal.h"
#include "app/followed_list.h"
#include "app/front_probe.h"
#include "app/list_publisher.h"
#include "app/responders.h"
#include "app/troubles.h"
#include "app/verifier_counts.h"
#include "authority/recover.h"
#include "cli/print.h"
#include "files/file.h"
#include "http/server.h"
#include "services/authority_service.h"
#include "services/file_service.h"
#include "services/history_service.h"
#include "services/metrics_service.h"
#include "services/ocsp_answers.h"
#include "services/problem.h"
#include "services/status_service.h"
#include "texts/says.h"
#include "wire/server.h"

namespace shomei::app {
namespace {

constexpr std::chrono::milliseconds kPublisherPause{500};
constexpr std::size_t kCertificateFileBytesMax = 64 * 1024;

void log(std::string_view line) {
  cli::print_raw("shomei: " + std::string(line) + "\n", false);
}

// A certificate of public/; what is not there, or is none, is not handed out.
std::optional<Bytes> published(const std::filesystem::path& path) {
  const auto text = files::read_file(path, kCertificateFileBytesMax);
  if (!text) return std::nullopt;
  const auto der = pki::from_pem("CERTIFICATE", to_text(*text));
  return der ? std::optional{*der} : std::nullopt;
}

services::AccessRules access_rules(const home::StatusSettings& settings) {
  services::AccessRules rules{settings.registered_only, settings.requests_per_second, {}};
  for (const auto& one : settings.verifiers)
    rules.verifiers.push_back({one.name, one.token, one.certificate, one.requests_per_second});
  return rules;
}

// Keeps the revocation lists published and the responders appointed, those of a generation that a ceremony
// makes meanwhile too. In the status tier it publishes nothing.
class Publisher {
 public:
  // `access`, of a process that answers too, tells what verifiers asked; null of others.
  // `learn` is called when the journal has grown, before a new authority's responder is appointed.
  Publisher(home::Home& home, Responders& responders, Troubles& troubles, bool publishes,
            const services::Access* access, std::function<Result<void>()> learn)
      : home_(home),
        responders_(responders),
        troubles_(troubles),
        publishes_(publishes),
        learn_(std::move(learn)) {
    if (publishes && access && !access->is_free()) counts_.emplace(*access, home.journal());
    thread_ = std::thread([this] { run(); });
  }
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
      tell("it is not known whether there are new authorities", appoint_new());
      if (publishes_) tell("it is not known whether the revocation lists say what is true", lists_.publish());
      tell("it is not known which acts were interrupted", write_off_abandoned());
      tell("it is not known whether the responders stand", responders_.renew());
      tell("what verifiers asked was not recorded", record_counts(false));
      lock.lock();
      wake_.wait_for(lock, kPublisherPause, [this] { return stop_; });
    }
    tell("what verifiers asked was not recorded", record_counts(true));
  }

  Result<bool> record_counts(bool at_once) {
    return counts_ ? counts_->record(at_once) : Result<bool>(false);
  }

  // What was not tried says nothing about whether a trouble is over.
  void tell(const std::string& what, const Result<bool>& tried) {
    if (!tried)
      troubles_.tell(what, tried.error());
    else if (*tried)
      troubles_.tell(what, {});
  }

  // What failed is tried again when the journal grows once more, or somebody waits. These return whether they
  // looked.
  Result<bool> appoint_new() {
    SHOMEI_TRY(auto rows, home_.rows());
    SHOMEI_TRY(const auto size, rows->journal_size());
    rows.reset();
    if (size == appointed_size_ && !responders_.anyone_waits()) return false;
    SHOMEI_CHECK(learn_());
    SHOMEI_CHECK(responders_.appoint_new());
    appointed_size_ = size;
    return true;
  }

  // Of a process that died beside this one, or of this one when its store was away.
  Result<bool> write_off_abandoned() {
    const auto now = authority::AbandonedIntents::Clock::now();
    if (!publishes_ || home_.settings().acts.listen.empty() || now < look_for_intents_at_) return false;
    look_for_intents_at_ = now + home_.settings().acts.patience / 4;
    SHOMEI_TRY(const auto done, abandoned_.look(home_.journal(), now));
    if (done > 0)
      log(std::to_string(done) + " issues that stood half-done were written off: ask with a new request");
    return true;
  }

  home::Home& home_;
  Responders& responders_;
  Troubles& troubles_;
  bool publishes_;
  std::function<Result<void>()> learn_;
  ListPublisher lists_{home_, home_.clock(), [this](const std::string& authority, const Result<void>& tried) {
                         troubles_.tell("the revocation list of " + authority + " was not published", tried);
                       }};
  std::optional<VerifierCounts> counts_;
  std::uint64_t appointed_size_ = 0;
  authority::AbandonedIntents abandoned_{home_.settings().acts.patience};
  authority::AbandonedIntents::Clock::time_point look_for_intents_at_;
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
        responder(list, of.clock(),
                  {.validity = of.settings().ocsp_validity,
                   .silence_max = of.settings().status_service.silence,
                   .answers_max = of.settings().status_service.answers_max,
                   .look_again = [this] { return follower && follower->look_again(); }}),
        responders(
            of, of.clock(),
            [this](const auto& name, auto& signer, const auto& certificate) -> Result<void> {
              if (!has_status) return {};  // another process answers by it
              return responder.set_delegate(name, signer, certificate.der);
            },
            has_authority ? Responders::Renews::yes : Responders::Renews::no,
            [this](const auto& name, const auto& tried, auto until) { tell(name, tried, until); }),
        access(access_rules(of.settings().status_service)) {}

  home::Home& home;
  const bool has_authority, has_status;
  status::StatusList list;
  status::Freshness freshness;
  status::Responder responder;
  Troubles troubles{home.clock(), log};      // told by who starts it, then by the publisher alone
  Troubles of_following{home.clock(), log};  // told by the follower alone, once it runs
  Responders responders;
  services::StatusCounters counters;
  services::Access access;
  bool from_snapshot = false;
  Addresses addresses;
  std::unique_ptr<JournalFollower> follower;  // of the status tier
  std::unique_ptr<Publisher> publisher;
  std::unique_ptr<wire::Server> status;  // whoever asks for its counters ends before it
  std::unique_ptr<http::Server> status_tls, authority, metrics;
  std::unique_ptr<FrontProbe> probe;  // first to stop
  std::unique_ptr<ActsTier> acts;

  Result<void> follow();
  Result<void> listen_status();
  Result<void> add_history(http::Router& router);
  Result<void> listen_status_tls(const http::Handler& routes);
  Result<void> listen_authority();
  services::FreshnessParts freshness_parts();
  std::vector<services::Metric> metric_list();
  void tell(const std::string& name, const Result<void>& tried, std::optional<Instant> certified_until);
};

void Services::Running::tell(const std::string& name, const Result<void>& tried,
                             std::optional<Instant> certified_until) {
  troubles.tell("the responder of " + name + " was not certified", tried,
                certified_until ? "Until " + format_jst(*certified_until) + " it answers all the same."
                                : "No status answers are given for " + name + ".");
}

services::FreshnessParts Services::Running::freshness_parts() {
  return {freshness, follower->follower(), list, home.clock()};
}

Result<void> Services::Running::follow() {
  SHOMEI_TRY(auto key, home.checkpoint_key());
  follower = std::make_unique<JournalFollower>(
      home.engine(), list, home.clock(), std::move(key), freshness,
      [this](const Result<void>& tried) { of_following.tell("the journal is not followed", tried); });
  const auto started = start_from_snapshot(home, list, follower->follower());
  if (!started)
    log("the status snapshot is not used, and the journal is read from its beginning: " +
        texts::says(started.error(), texts::Language::en));
  from_snapshot = started.value_or(false);
  return follower->follower().catch_up();
}

std::vector<services::Metric> Services::Running::metric_list() {
  const auto counter = [](std::string name, std::string help, const std::atomic<std::uint64_t>& value) {
    return services::Metric{std::move(name), std::move(help),
                            [&value] { return static_cast<double>(value.load()); }, true};
  };
  const auto of_server = [this](std::string name, std::string help, std::uint64_t wire::Counters::*member,
                                bool counts = true) {
    return services::Metric{std::move(name), std::move(help),
                            [this, member] { return static_cast<double>(status->counters().*member); },
                            counts};
  };
  return {
      counter("shomei_ocsp_answers_total", "Signed status answers given.", counters.ocsp_answers),
      counter("shomei_ocsp_repeated_total", "Of them, those that had been signed for an earlier question.",
              counters.ocsp_repeated),
      counter("shomei_ocsp_unsigned_total",
              "Status answers without a signature: malformed, foreign or later.", counters.ocsp_unsigned),
      counter("shomei_crl_downloads_total", "Revocation lists handed out.", counters.crls),
      {"shomei_snapshot_used", "1 when the status list was started from a snapshot.",
       [this] { return from_snapshot ? 1.0 : 0.0; }},
      of_server("shomei_status_connections", "Connections that are open.", &wire::Counters::connections,
                false),
      of_server("shomei_status_connections_total", "Connections that were accepted.",
                &wire::Counters::accepted),
      of_server("shomei_status_turned_away_total", "Connections closed at once, at a limit.",
                &wire::Counters::turned_away),
      of_server("shomei_status_requests_total", "Whole requests.", &wire::Counters::requests),
      of_server("shomei_status_malformed_total", "Requests that are no HTTP.", &wire::Counters::malformed),
      of_server("shomei_status_too_large_total", "Requests over a limit.", &wire::Counters::too_large),
      of_server("shomei_status_late_total", "Requests that came too slowly.", &wire::Counters::late),
      of_server("shomei_status_not_taken_total", "Connections closed because answers were not taken.",
                &wire::Counters::not_taken)};
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

wire::Settings wire_settings(const home::Settings& wanted) {
  wire::Settings settings;
  settings.address = wanted.status.host;
  settings.port = wanted.status.port;
  settings.loops = wanted.status_service.loops;
  // More than an OCSP request may have: what is only a little too long is answered in OCSP's own words.
  settings.limits.request.body_bytes_max = 2 * pki::kOcspRequestBytesMax;
  settings.limits.connections_max = wanted.status_service.connections_max;
  settings.error_page = services::problem_page;
  settings.log = log;
  return settings;
}

}  // namespace

Result<void> Services::Running::listen_status() {
  const services::OcspParts ocsp{responder, home.clock(), counters};
  const auto& wanted = home.settings();
  const auto answers = [this, ocsp, most = wanted.status_service.answers_max] {
    return std::make_unique<services::OcspAnswers>(ocsp, access, most);
  };
  auto router = services::status_routes({ocsp, freshness_parts(), home.engine()});
  SHOMEI_CHECK(add_history(router));
  services::add_file_route(router, "/filter", home.layout().revocation_filter(), home.clock());
  services::add_file_route(router, "/filter/delta", home.layout().filter_delta(), home.clock());
  const auto routes = services::guarded(access, std::move(router));
  SHOMEI_TRY(status, wire::Server::listen(wire_settings(wanted), answers, routes));
  SHOMEI_CHECK(listen_status_tls(routes));
  auto more = [this] {
    return services::freshness_metrics(freshness_parts()) + services::access_metrics(access);
  };
  SHOMEI_TRY(metrics, http::Server::listen(settings_at(wanted.metrics),
                                           services::metrics_routes(metric_list(), std::move(more))));
  addresses.status = status->url();
  addresses.metrics = metrics->url();
  follower->start();
  probe = std::make_unique<FrontProbe>(addresses.status, access.is_free() ? "" : access.own_token(),
                                       *follower, list, freshness, home.clock());
  return {};
}

Result<void> Services::Running::add_history(http::Router& router) {
  SHOMEI_TRY(const auto key, home.checkpoint_key());
  const auto signing = [this](const std::string& name) -> Result<services::HistoryParts::Signing> {
    SHOMEI_TRY(const auto delegate, responder.delegate_of(name));
    return services::HistoryParts::Signing{delegate->signer, delegate->certificate.der};
  };
  services::add_history_routes(router, {home.engine(), home.clock(), key, signing});
  return {};
}

// For verifiers who show who they are by a certificate.
Result<void> Services::Running::listen_status_tls(const http::Handler& routes) {
  const auto& wanted = home.settings().status_service;
  if (wanted.tls_listen.empty()) return {};
  SHOMEI_TRY(const auto address, home::parse_address(wanted.tls_listen));
  auto settings = settings_at(address);
  const auto& root = home.layout().root;
  settings.tls =
      http::TlsServer{root / wanted.tls_certificate, root / wanted.tls_key, root / wanted.tls_clients};
  SHOMEI_TRY(status_tls, http::Server::listen(std::move(settings), routes));
  addresses.status_tls = status_tls->url();
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
  // Now, while somebody is there for a PIN; what cannot be opened is the publisher's to tell.
  for (const auto& name : responders.authorities()) (void)home.authority_of_lists(name);
  SHOMEI_TRY(acts, ActsTier::start(home, log));
  addresses.acts = acts->url();
  addresses.acts_cards = acts->url_for_cards();
  return {};
}

Services::Services(std::unique_ptr<Running> running) : running_(std::move(running)) {}
Services::~Services() = default;
const Addresses& Services::addresses() const {
  return running_->addresses;
}

Result<std::unique_ptr<Services>> Services::start(home::Home& home, Tiers tiers) {
  auto running = std::make_unique<Running>(home, tiers);
  if (running->has_status) SHOMEI_CHECK(running->follow());
  SHOMEI_CHECK(running->responders.appoint_all());
  if (running->has_status) SHOMEI_CHECK(running->listen_status());
  if (running->has_authority) SHOMEI_CHECK(running->listen_authority());
  running->publisher = std::make_unique<Publisher>(
      home, running->responders, running->troubles, running->has_authority,
      running->has_status ? &running->access : nullptr, [of = running.get()]() -> Result<void> {
        return of->has_status ? of->follower->follower().catch_up() : Result<void>{};
      });
  return std::unique_ptr<Services>(new Services(std::move(running)));
}

}  // namespace shomei::app
