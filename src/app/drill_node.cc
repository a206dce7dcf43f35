#include "app/drill_node.h"

#include "home/open_store.h"
#include "pki/ocsp_request.h"
#include "pki/ocsp_response.h"

namespace shomei::app {
namespace {

constexpr std::chrono::milliseconds kLookPause{1};
constexpr std::chrono::minutes kSilenceMax{5};

}  // namespace

DrillNode::DrillNode(home::Home& home, std::unique_ptr<journal::Engine> engine, journal::VerifierKey key)
    : engine_(std::move(engine)),
      follower_(*engine_, list_, home.clock(), std::move(key), freshness_, [](const Result<void>&) {}),
      responder_(list_, home.clock(), {.look_again = [this] { return follower_.look_again(); }}) {}

Result<std::unique_ptr<DrillNode>> DrillNode::start(home::Home& home) {
  SHOMEI_TRY(auto engine, home::open_store(home.layout(), home.settings().store, store::OpenMode::read_only));
  SHOMEI_TRY(auto key, home.checkpoint_key());
  std::unique_ptr<DrillNode> node(new DrillNode(home, std::move(engine), std::move(key)));
  SHOMEI_CHECK(node->follower_.follower().catch_up());
  node->follower_.start();
  node->thread_ = std::thread([of = node.get()] { of->watch(); });
  return node;
}

DrillNode::~DrillNode() {
  stop_ = true;
  if (thread_.joinable()) thread_.join();
}

void DrillNode::committed(std::uint64_t sequence) {
  const std::lock_guard lock(mutex_);
  waiting_.push_back({sequence, Watch::now()});
}

void DrillNode::watch() {
  while (!stop_) {
    const auto shown = follower_.follower().next();
    const auto now = Watch::now();
    {
      const std::lock_guard lock(mutex_);
      for (; !waiting_.empty() && waiting_.front().sequence < shown; waiting_.pop_front())
        lags_.push_back(std::chrono::duration<double, std::milli>(now - waiting_.front().at).count());
    }
    std::this_thread::sleep_for(kLookPause);
  }
}

Result<void> DrillNode::wait(const std::function<bool()>& stop) const {
  const auto until = Watch::now() + kSilenceMax;
  while (Watch::now() < until) {
    {
      const std::lock_guard lock(mutex_);
      if (waiting_.empty()) return {};
    }
    if (stop()) return unavailable("interrupted");
    std::this_thread::sleep_for(kLookPause);
  }
  return unavailable("drill_node_silent");
}

std::vector<double> DrillNode::lags() {
  const std::lock_guard lock(mutex_);
  return lags_;
}

DrillNode::Answer DrillNode::answer(const std::string& authority, const pki::SerialNumber& serial) {
  const auto* of = list_.find_authority(authority);
  if (!of) return Answer::nothing;
  const auto& tbs = of->certificate.tbs;
  const std::vector wanted{
      pki::make_cert_id(pki::CertId::Hash::sha256, tbs.subject.der(), tbs.key.key_bits(), serial)};
  const auto given = responder_.respond(pki::encode_ocsp_request(wanted, {}));
  const auto response = pki::parse_ocsp_response(given.der());
  const auto* basic = response ? std::get_if<pki::BasicResponse>(&*response) : nullptr;
  if (!basic || basic->data.singles.empty()) return Answer::nothing;
  const auto& status = basic->data.singles.front().status;
  if (std::holds_alternative<pki::Revoked>(status)) return Answer::revoked;
  return std::holds_alternative<pki::Good>(status) ? Answer::good : Answer::unknown;
}

}  // namespace shomei::app
