// SmallAuthority: an authority of a few lines that records its acts in a journal as the real one does
// (intent, result, confirmation), so that journal, store and crashes can be tested with real certificates.
#pragma once

#include <filesystem>

#include "crypto/private_key.h"
#include "journal/transaction.h"
#include "pki/certificate.h"

namespace shomei::test {

class SystemClock final : public Clock {
 public:
  InstantMs now_ms() const override;
};

// A folder of its own, removed with the object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

class SmallAuthority {
 public:
  // `name` names the generation; `issuer` is the common name, so that two may share their serial numbers.
  SmallAuthority(std::string name, std::string issuer, crypto::PrivateKey key);

  const std::string& name() const { return name_; }
  const Bytes& certificate() const { return certificate_; }
  // A certificate of its own key for that serial number.
  pki::Certificate sign(const pki::SerialNumber& serial) const;

  journal::Draft added(const ActId& act) const;
  journal::Draft intent(const ActId& act, const pki::SerialNumber& serial) const;
  journal::Draft result(const ActId& act, const pki::Certificate& certificate) const;

  // The rows that belong to the act, in the states that the real authority gives them.
  Result<void> reserve(journal::Rows& rows, const ActId& act, const pki::SerialNumber& serial) const;
  Result<void> issue(journal::Rows& rows, const ActId& act, const pki::Certificate& certificate) const;
  Result<void> deliver(journal::Rows& rows, const ActId& act, const pki::Certificate& certificate) const;

 private:
  journal::CertificateRecord record(const ActId& act, const pki::SerialNumber& serial) const;
  pki::Name issuer_;
  std::string name_;
  crypto::PrivateKey key_;
  Bytes certificate_;
};

// One transaction: the draft alone.
Result<std::uint64_t> append(const journal::Journal& spine, const journal::Draft& draft);

}  // namespace shomei::test
