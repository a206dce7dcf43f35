// A journal in memory with two authorities whose responders can sign, for tests of statements about the past.
// The clock stands where the test puts it; entries are recorded 400 milliseconds past the second.
#pragma once

#include <gtest/gtest.h>

#include <map>

#include "journal/transaction.h"
#include "status/past/check_statement.h"
#include "status/past/make_statement.h"
#include "status/test_hierarchy.h"
#include "store/memory/engine.h"

namespace shomei::status {

class PastClock final : public Clock {
 public:
  InstantMs now_ms() const override { return InstantMs(at) + std::chrono::milliseconds(400); }
  Instant at = instant("2026-11-22T00:00:00Z");
};

class PastCountry {
 public:
  PastCountry() {
    for (const auto* name : {"signature-1", "signature-2"}) {
      const auto& added = authorities_.try_emplace(name, "signatures").first->second;
      delegates_.try_emplace(name, added.delegate());
      record({journal::AuthorityAdded{name, added.certificate_der()}});
    }
  }

  static Instant second(int n) { return instant("2026-11-22T00:00:00Z") + std::chrono::seconds(n); }

  std::uint64_t record(std::vector<journal::StatusChange> changes, const ResidentId& about = {}) {
    auto transaction = std::move(journal_.begin().value());
    const auto sequence = transaction
                              .append({.act = *ActId::parse("act-number-" + std::to_string(acts_++)),
                                       .status = std::move(changes),
                                       .about = about})
                              .value();
    EXPECT_TRUE(transaction.commit());
    return sequence;
  }

  static journal::CertificateIssued issue(const CertificateName& of, int not_before = 0,
                                          int not_after = 100'000) {
    return {of.authority,      of.serial, second(not_before),
            second(not_after), "13225",   crypto::sha256(of.serial.magnitude())};
  }

  std::unique_ptr<journal::Rows> rows() { return std::move(engine_.begin(journal::Access::read).value()); }

  Statement statement(const CertificateName& of, Instant at, Disclosure disclosure = Disclosure::all_parts) {
    const auto reading = rows();
    const auto life = walk_life(*reading, of).value();
    return make_statement(*reading, life, {of, at}, clock_, key_, disclosure).value();
  }
  std::string sign(const Statement& statement, const std::string& by = "signature-1") {
    const auto& delegate = delegates_.at(by);
    return sign_statement(statement, *delegate.signer, delegate.certificate_der).value();
  }

  PastClock clock_;
  std::unique_ptr<crypto::Signer> checkpoint_signer_ =
      crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519));
  store::MemoryStore store_;
  store::MemoryEngine engine_{store_};
  journal::Journal journal_{engine_, *checkpoint_signer_, clock_, "past.example"};
  journal::VerifierKey key_ = *journal::parse_verifier_key(
      journal::encode_verifier_key("past.example", checkpoint_signer_->public_key()));
  std::map<std::string, TestAuthority> authorities_;
  std::map<std::string, TestDelegate> delegates_;
  int acts_ = 0;
};

}  // namespace shomei::status
