#include "app/front_probe.h"

#include "crypto/random.h"
#include "pki/ocsp_response.h"
#include "services/ocsp_service.h"

namespace shomei::app {
namespace {

using namespace std::chrono_literals;

constexpr auto kLookPause = 1s;
constexpr auto kShownPause = 5ms;  // between looks for something to ask about
constexpr auto kEager = 1s;        // it asks often at first
constexpr std::chrono::milliseconds kAgainPause = 2ms, kLaterPause = 100ms;
constexpr auto kPatience = 10s;
constexpr http::ClientLimits kLimits{.connect_timeout = 2s, .answer_timeout = 5s};

pki::SerialNumber nobodys_number() {
  Bytes number = crypto::random_bytes(19);  // people's have eight
  number[0] |= 0x40;
  return *pki::SerialNumber::of_magnitude(number);
}

}  // namespace

FrontProbe::FrontProbe(std::string url, std::string token, JournalFollower& follower,
                       const status::StatusList& list, status::Freshness& freshness, const Clock& clock)
    : url_(std::move(url)),
      token_(std::move(token)),
      follower_(follower),
      list_(list),
      freshness_(freshness),
      clock_(clock),
      thread_([this] { run(); }) {}

FrontProbe::~FrontProbe() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

bool FrontProbe::pause(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return !wake_.wait_for(lock, time, [this] { return stop_; });
}

void FrontProbe::run() {
  auto look_at = std::chrono::steady_clock::now();
  do {
    if (const auto shown = follower_.take_shown()) follow(*shown);
    if (std::chrono::steady_clock::now() < look_at) continue;
    look();
    look_at = std::chrono::steady_clock::now() + kLookPause;
  } while (pause(kShownPause));
}

void FrontProbe::follow(const ShownRevocation& shown) {
  const auto* authority = list_.find_authority(shown.authority);
  if (!authority) return;
  const auto begun = std::chrono::steady_clock::now();
  for (auto now = begun; now < begun + kPatience; now = std::chrono::steady_clock::now()) {
    if (ask(*authority, shown.serial) == Said::revoked)
      return freshness_.answered(shown.recorded_at, clock_.now_ms());
    if (!pause(now < begun + kEager ? kAgainPause : kLaterPause)) return;
  }
  freshness_.never_answered();
}

void FrontProbe::look() {
  const auto authorities = list_.authorities();
  if (authorities.empty()) return;
  const bool came_back = ask(*authorities.back(), nobodys_number()) != Said::nothing;
  freshness_.probed(came_back, clock_.now_ms());
}

FrontProbe::Said FrontProbe::ask(const status::Authority& authority, const pki::SerialNumber& serial) {
  if (!client_) {
    auto place = http::parse_place(url_);
    if (!place) return Said::nothing;
    auto client = http::Client::make(*std::move(place), {}, kLimits);
    if (!client) return Said::nothing;
    client_ = *std::move(client);
  }
  const auto& tbs = authority.certificate.tbs;
  const std::vector wanted{
      pki::make_cert_id(pki::CertId::Hash::sha256, tbs.subject.der(), tbs.key.key_bits(), serial)};
  http::Client::Question question{.method = "POST",
                                  .target = std::string(services::kOcspPath),
                                  .headers = {{"Content-Type", std::string(services::kOcspRequestType)}},
                                  .body = pki::encode_ocsp_request(wanted, {}),
                                  .repeatable = true};
  if (!token_.empty()) question.headers.push_back({"Authorization", "Bearer " + token_});
  const auto answer = client_->ask(question);
  if (!answer) {
    client_.reset();
    return Said::nothing;
  }
  const auto response = pki::parse_ocsp_response(answer->content());
  if (!response) return Said::nothing;
  const auto* basic = std::get_if<pki::BasicResponse>(&*response);
  if (!basic || basic->data.singles.empty()) return Said::nothing;
  return std::holds_alternative<pki::Revoked>(basic->data.singles[0].status) ? Said::revoked
                                                                             : Said::otherwise;
}

}  // namespace shomei::app
