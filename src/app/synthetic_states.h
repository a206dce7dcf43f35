// A nation's certificates that nobody has, for measurements: numbers of 64 bits that are spread over their
// whole range as random ones are, known by their place, every twentieth of them revoked.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "crypto/private_key.h"
#include "crypto/signer.h"
#include "pki/certificate.h"
#include "pki/ocsp_request.h"
#include "status/status_list.h"

namespace shomei::app {

class SyntheticNation {
 public:
  // `key` is the type of the authority's key and of its responder's; `certificates` at least one.
  SyntheticNation(crypto::KeyType key, std::uint64_t certificates);

  std::uint64_t count() const { return count_; }
  std::uint64_t number(std::uint64_t place) const;  // the serial number of a certificate
  std::optional<std::uint64_t> place(std::uint64_t number) const;
  static bool revoked(std::uint64_t place) { return place % 20 == 7; }
  static pki::SerialNumber serial(std::uint64_t number);

  status::ListContents contents() const;  // of an authority "signature-1", all of it
  crypto::Signer& responder() const { return *responder_; }
  const Bytes& responder_certificate() const { return responder_certificate_; }
  pki::CertId id(std::uint64_t number) const;

 private:
  std::uint64_t count_, step_;
  crypto::PrivateKey key_;
  Bytes certificate_, name_;
  std::unique_ptr<crypto::Signer> responder_;
  Bytes responder_certificate_;
};

// A number that follows from another as if it were random (splitmix64).
std::uint64_t mixed(std::uint64_t value);

}  // namespace shomei::app
