#include "tests/faults/load.h"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <random>
#include <sstream>
#include <thread>

#include "counter/card_policy.h"
#include "counter/change_status.h"
#include "counter/import_register.h"
#include "counter/shared_issuing.h"
#include "crypto/random.h"
#include "pki/request.h"
#include "pki/signed_object.h"
#include "tests/support/rsa_keys.h"

namespace shomei::test {
namespace {

using journal::CertificateRecord;
using pki::CertificateKind;

constexpr auto kReadPause = std::chrono::milliseconds(3);
// Of how many steps one is sent by two at once.
constexpr unsigned kDoubledOneIn = 6;
constexpr int kSendingsMax = 3;
constexpr unsigned kWorkers = 2;

counter::Officer officer_of(const counter::Parts& parts, RequestId request) {
  return {"officer-7", parts.directory.offices.front().id, std::move(request)};
}

CardId card_of(const ResidentId& resident) {
  return *CardId::parse("card-" + resident.text());
}

residents::RegisterLine citizen(const ResidentId& id, const std::string& municipality) {
  residents::RegisterLine line;
  auto& r = line.resident;
  r.id = id;
  r.name = "見本　花子";
  r.address = "東京都稲城市東長沼２１１１番地";
  r.gender = residents::Gender::female;
  r.born = *parse_date("1990-01-02");
  r.municipality = r.registered_domicile = municipality;
  line.card.emplace();
  line.card->id = card_of(id);
  line.card->valid_until = *parse_date("2036-01-01");
  return line;
}

Result<Bytes> signed_request(const crypto::PrivateKey& key, const RequestId& request) {
  const Bytes info = pki::encode_request_info(key.public_key(), request.text());
  SHOMEI_TRY(const auto signature, key.sign(info));
  return pki::assemble_signed(info, crypto::algorithm_of(key.type()), signature);
}

RequestId beside(const RequestId& request, std::string_view what) {
  return *RequestId::parse(request.text() + "-" + std::string(what));
}

// By a card in software that the home's maker has certified: what is loaded is the authority, not chips.
std::optional<issuer::Attestation> attested(const counter::Parts& parts, const PreparedRequest& prepared) {
  const auto card = issuer::SoftwareCard::make(parts.cards->issuer->maker(), card_of(prepared.resident),
                                               parts.journal.clock().now());
  const auto proven = pki::verify_request(prepared.pkcs10, prepared.request.text());
  if (!card || !proven) return std::nullopt;
  const auto said = card->attest(counter::card_kind(prepared.kind), proven->key,
                                 issuer::attestation_challenge(prepared.request.text()));
  return said ? std::optional{*said} : std::nullopt;
}

counter::CertificateRequest request_of(const counter::Parts& parts, const PreparedRequest& prepared) {
  counter::CertificateRequest request{
      officer_of(parts, prepared.request), prepared.resident, prepared.kind, {}, {}};
  request.pkcs10 = prepared.pkcs10;
  request.attestation = attested(parts, prepared);
  return request;
}

// One run of the load; each thread takes the next step that nobody has taken.
class Load {
 public:
  Load(const counter::Parts& parts, const std::vector<PreparedRequest>& requests, ActLog& log,
       const LoadOptions& options)
      : parts_(parts), requests_(requests), log_(log), options_(options), issuing_(parts, kWorkers) {
    std::mt19937_64 random(options.seed);
    std::vector<std::size_t> order(requests.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::shuffle(order, random);
    order.resize(std::min(order.size(), options.issues_max));
    for (const auto i : order) {
      steps_.push_back({i, true});
      if (random() % kDoubledOneIn == 0) steps_.push_back({i, false});
    }
  }

  void run() {
    std::vector<std::jthread> threads;
    for (unsigned t = 0; t < options_.threads; ++t)
      threads.emplace_back([this] {
        for (std::size_t i = next_++; i < steps_.size(); i = next_++) take(steps_[i]);
      });
  }

 private:
  struct Step {
    std::size_t request;
    bool whole_life;  // else the issue alone, again
  };

  void take(const Step& step) {
    const auto& prepared = requests_[step.request];
    const auto issued = logged(ActVerb::issue, prepared.request, prepared.resident.text(),
                               [&] { return issuing_.issue(request_of(parts_, prepared)); });
    if (!issued || !step.whole_life) return;
    std::mt19937_64 random(options_.seed ^ (step.request + 1) * 0x9E3779B97F4A7C15U);
    if (random() % 2 == 0) change(ActVerb::confirm, prepared.request, "confirm", issued->serial);
    if (random() % 3 == 0) {
      change(ActVerb::suspend, prepared.request, "suspend", issued->serial);
      if (random() % 3 != 0) change(ActVerb::restore, prepared.request, "restore", issued->serial);
    }
    if (random() % 3 != 0) return;
    std::jthread rival;
    if (random() % 2 == 0)
      rival = std::jthread([&] { change(ActVerb::suspend, prepared.request, "rival", issued->serial); });
    change(ActVerb::revoke, prepared.request, "revoke", issued->serial);
  }

  void change(ActVerb verb, const RequestId& of, std::string_view what, const pki::SerialNumber& serial) {
    const auto request = beside(of, what);
    (void)logged(verb, request, serial.hex(), [&] { return send_change(parts_, verb, request, serial); });
  }

  // As a counter does that got no answer: the same request once more.
  template <class Send>
  Result<CertificateRecord> logged(ActVerb verb, const RequestId& request, std::string_view subject,
                                   Send send) {
    for (int sendings = 1;; ++sendings) {
      log_.send(verb, request, subject);
      auto answer = send();
      if (answer)
        log_.done(verb, request, *answer);
      else
        log_.error(verb, request, answer.error());
      if (answer || answer.error().fault != Fault::unavailable || sendings == kSendingsMax) return answer;
      std::this_thread::sleep_for(options_.patience);
    }
  }

  const counter::Parts& parts_;
  const std::vector<PreparedRequest>& requests_;
  ActLog& log_;
  LoadOptions options_;
  counter::SharedIssuing issuing_;  // as the service of acts has one
  std::vector<Step> steps_;
  std::atomic<std::size_t> next_{0};
};

// As an auditor who keeps what was published: what a reader has seen may never be otherwise afterwards.
void watch(const counter::Parts& parts, const journal::VerifierKey& key, ActLog& log,
           const std::stop_token& stop) {
  std::uint64_t last = 0;
  while (!stop.stop_requested()) {
    std::this_thread::sleep_for(kReadPause);
    const auto rows = parts.journal.read();
    if (!rows) continue;
    const auto head = (*rows)->head();
    if (!head || head->size == last || head->checkpoint.empty()) continue;
    const auto checkpoint = journal::open_checkpoint(head->checkpoint, key);
    if (checkpoint) log.seen(*checkpoint);
    last = head->size;
  }
}

}  // namespace

Result<std::vector<PreparedRequest>> make_requests(std::size_t people) {
  std::vector<PreparedRequest> requests;
  for (std::size_t i = 0; i < people; ++i) {
    const auto resident = crypto::ordered_identifier<ResidentId>();
    for (auto kind : {CertificateKind::user_authentication, CertificateKind::signature}) {
      PreparedRequest prepared{crypto::ordered_identifier<RequestId>(), resident, kind, {}};
      SHOMEI_TRY(prepared.pkcs10, signed_request(rsa_key(requests.size()), prepared.request));
      requests.push_back(std::move(prepared));
    }
  }
  return requests;
}

Result<void> take_in(const counter::Parts& parts, const std::vector<PreparedRequest>& requests) {
  const auto& place = parts.directory.offices.front().municipality;
  std::vector<residents::RegisterLine> lines;
  for (const auto& request : requests)
    if (request.kind == CertificateKind::signature) lines.push_back(citizen(request.resident, place));
  SHOMEI_CHECK(counter::import_register(parts, officer_of(parts, crypto::ordered_identifier<RequestId>()),
                                        std::move(lines), [](std::size_t) {}));
  return {};
}

bool write_requests(const std::string& path, const std::vector<PreparedRequest>& requests) {
  std::ofstream file(path);
  for (const auto& r : requests)
    file << r.request.text() << " " << r.resident.text() << " " << pki::name(r.kind) << " "
         << to_hex(r.pkcs10) << "\n";
  return file.flush().good();
}

std::vector<PreparedRequest> read_requests(const std::string& path) {
  std::vector<PreparedRequest> requests;
  std::ifstream file(path);
  std::string request, resident, kind, pkcs10;
  while (file >> request >> resident >> kind >> pkcs10)
    requests.push_back({*RequestId::parse(request), *ResidentId::parse(resident),
                        kind == pki::name(CertificateKind::signature) ? CertificateKind::signature
                                                                      : CertificateKind::user_authentication,
                        *from_hex(pkcs10)});
  return requests;
}

Result<CertificateRecord> send_issue(const counter::Parts& parts, const PreparedRequest& prepared) {
  return counter::issue_certificate(parts, request_of(parts, prepared));
}

Result<CertificateRecord> send_change(const counter::Parts& parts, ActVerb verb, const RequestId& request,
                                      const pki::SerialNumber& serial) {
  const auto officer = officer_of(parts, request);
  if (verb == ActVerb::confirm) return counter::confirm_certificate(parts, officer, serial);
  counter::StatusRequest asked{officer, serial, {}, {}};
  if (verb == ActVerb::restore) return counter::restore_certificate(parts, asked);
  asked.application.ground = rules::Ground::lost;
  return verb == ActVerb::suspend ? counter::suspend_certificate(parts, asked)
                                  : counter::revoke_certificate(parts, asked);
}

void run_load(const counter::Parts& parts, const journal::VerifierKey& key,
              const std::vector<PreparedRequest>& requests, ActLog& log, const LoadOptions& options) {
  const std::jthread reader([&](const std::stop_token& stop) { watch(parts, key, log, stop); });
  Load(parts, requests, log, options).run();
}

}  // namespace shomei::test
