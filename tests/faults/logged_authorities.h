// The authorities of a home with their keys behind a port that tells the log of each signature before anyone
// gets it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "counter/parts.h"
#include "tests/faults/act_log.h"

namespace shomei::test {

class LoggedSigner final : public crypto::Signer {
 public:
  LoggedSigner(crypto::Signer& signer, ActLog& log) : signer_(signer), log_(log) {}
  const crypto::PublicKey& public_key() const override { return signer_.public_key(); }
  crypto::SignatureAlgorithm algorithm() const override { return signer_.algorithm(); }
  Result<Bytes> sign(ByteView message) override {
    auto signature = signer_.sign(message);
    if (signature) log_.signature(message, *signature);
    return signature;
  }

 private:
  crypto::Signer& signer_;
  ActLog& log_;
};

// Stands where Parts::issuing_authority stands; asks the one that was there, each time.
class LoggedAuthorities {
 public:
  LoggedAuthorities(counter::Parts of, ActLog& log) : of_(std::move(of)), log_(log) {}

  Result<const authority::Authority*> issuing(pki::CertificateKind kind) {
    SHOMEI_TRY(const auto* authority, of_.issuing_authority(kind));
    const std::lock_guard lock(mutex_);
    if (const auto known = opened_.find(authority); known != opened_.end()) return &known->second->authority;
    auto signer = std::make_unique<LoggedSigner>(authority->signer(), log_);
    SHOMEI_TRY(const auto rows, of_.journal.read());
    SHOMEI_TRY(const auto records, rows->list_authorities());
    for (const auto& record : records) {
      if (record.name != authority->name()) continue;
      SHOMEI_TRY(auto logged, authority::Authority::open(record, *signer));
      auto made = std::make_unique<Opened>(std::move(signer), std::move(logged));
      return &opened_.emplace(authority, std::move(made)).first->second->authority;
    }
    return not_found("authority_unknown", {{"authority", authority->name()}});
  }

 private:
  struct Opened {
    Opened(std::unique_ptr<crypto::Signer> by, authority::Authority of)
        : signer(std::move(by)), authority(std::move(of)) {}
    std::unique_ptr<crypto::Signer> signer;
    authority::Authority authority;
  };
  counter::Parts of_;
  ActLog& log_;
  std::mutex mutex_;
  std::map<const authority::Authority*, std::unique_ptr<Opened>> opened_;
};

}  // namespace shomei::test
