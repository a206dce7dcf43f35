#include "app/issuing_work.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "counter/card_policy.h"
#include "crypto/many_rsa_keys.h"
#include "crypto/random.h"
#include "pki/request.h"
#include "pki/signed_object.h"

namespace shomei::app {
namespace {

using pki::CertificateKind;

constexpr std::size_t kPeoplePerCommit = 5'000;
constexpr std::size_t kKeyThreads = 2;

residents::Resident person(const ResidentId& id, std::size_t number, const std::string& municipality) {
  residents::Resident r;
  r.id = id;
  r.name = "見本　計" + std::to_string(number);
  r.address = "東京都稲城市東長沼２１１１番地";
  r.gender = number % 2 == 0 ? residents::Gender::female : residents::Gender::male;
  r.born = *parse_date("1990-01-02");
  r.municipality = r.registered_domicile = municipality;
  return r;
}

CardId card_of(const ResidentId& resident) {
  return *CardId::parse(resident.text());
}

Result<void> take_in_people(const counter::Parts& parts,
                            const std::vector<counter::CertificateRequest>& requests,
                            const std::string& municipality) {
  for (std::size_t first = 0; first < requests.size(); first += kPeoplePerCommit) {
    SHOMEI_TRY(auto transaction, parts.journal.begin());
    const std::size_t end = std::min(requests.size(), first + kPeoplePerCommit);
    for (std::size_t i = first; i < end; ++i) {
      const auto& id = requests[i].resident;
      SHOMEI_CHECK(transaction.rows().insert(person(id, i, municipality)));
      residents::CardRecord card;
      card.id = card_of(id);
      card.holder = id;
      card.valid_until = *parse_date("2036-01-01");
      SHOMEI_CHECK(transaction.rows().insert(card));
    }
    SHOMEI_CHECK(transaction.commit());
  }
  return {};
}

std::vector<crypto::PrivateKey> make_keys(std::size_t count, crypto::KeyType type) {
  if (type == crypto::KeyType::rsa_2048) return crypto::make_related_rsa_keys(count);
  std::vector<crypto::PrivateKey> keys;
  while (keys.size() < count) keys.push_back(crypto::PrivateKey::generate(type));
  return keys;
}

// By a card in software: what is measured is the authority, and it looks at attestations as at any card's.
Result<void> attest(const counter::Parts& parts, counter::CertificateRequest& request,
                    const crypto::PublicKey& key) {
  if (!parts.cards || !parts.cards->issuer) return {};
  SHOMEI_TRY(const auto card,
             issuer::SoftwareCard::make(parts.cards->issuer->maker(), card_of(request.resident),
                                        parts.journal.clock().now()));
  SHOMEI_TRY(request.attestation, card.attest(counter::card_kind(request.kind), key,
                                              issuer::attestation_challenge(request.officer.request.text())));
  return {};
}

Result<void> sign_request(counter::CertificateRequest& request, const crypto::PrivateKey& key) {
  const Bytes info = pki::encode_request_info(key.public_key(), request.officer.request.text());
  SHOMEI_TRY(const auto signature, key.sign(info));
  request.pkcs10 = pki::assemble_signed(info, crypto::algorithm_of(key.type()), signature);
  return {};
}

}  // namespace

Result<IssuingWork> prepare_issuing(const counter::Parts& parts, std::size_t count,
                                    crypto::KeyType subject_key,
                                    const std::function<void(std::size_t)>& progress) {
  IssuingWork work;
  const auto& office = parts.directory.offices.front();
  for (std::size_t i = 0; i < count; ++i)
    work.requests.push_back({{"bench", office.id, crypto::ordered_identifier<RequestId>()},
                             crypto::random_identifier<ResidentId>(),
                             i % 2 == 0 ? CertificateKind::user_authentication : CertificateKind::signature,
                             {},
                             {}});
  SHOMEI_CHECK(take_in_people(parts, work.requests, office.municipality));
  const auto keys = make_keys(count, subject_key);
  std::atomic<std::size_t> next{0};
  std::atomic<bool> failed{false};
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < kKeyThreads; ++t)
    threads.emplace_back([&] {
      for (std::size_t i = next++; i < count; i = next++) {
        if (!sign_request(work.requests[i], keys[i]) ||
            !attest(parts, work.requests[i], keys[i].public_key()))
          failed = true;
        if (i % 1000 == 0) progress(i);
      }
    });
  for (auto& thread : threads) thread.join();
  if (failed) return internal("signing_failed");
  return work;
}

}  // namespace shomei::app
