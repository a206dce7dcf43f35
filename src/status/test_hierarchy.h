// For tests alone: authorities with keys in this process, their delegates, a clock that stands still, and
// signers that refuse.
#pragma once

#include <memory>
#include <string_view>

#include "base/calendar.h"
#include "crypto/private_key.h"
#include "der/oid.h"
#include "pki/certificate.h"
#include "pki/extension.h"
#include "pki/ocsp_request.h"
#include "pki/signed_object.h"

namespace shomei::status {

inline Instant instant(std::string_view text) {
  return *parse_instant(text);
}

inline pki::SerialNumber serial(std::string_view hex) {
  return *pki::SerialNumber::parse_hex(hex);
}

class StandingClock : public Clock {
 public:
  InstantMs now_ms() const override { return at; }
  Instant at = instant("2026-11-22T09:00:00Z");
};

struct TestDelegate {
  std::unique_ptr<crypto::Signer> signer;
  Bytes certificate_der;
};

// One generation: a self-signed authority with a fresh key.
class TestAuthority {
 public:
  explicit TestAuthority(std::string_view unit)
      : name_(pki::Name()
                  .add(pki::NameAttribute::country, "JP")
                  .add(pki::NameAttribute::organizational_unit, unit)) {
    certificate_ = sign(name_, key_.public_key(),
                        {pki::key_usage({pki::KeyUsage::key_cert_sign, pki::KeyUsage::crl_sign}),
                         pki::basic_constraints_of_authority()});
  }

  Bytes sign(const pki::Name& subject, const crypto::PublicKey& key, std::vector<pki::Extension> extensions,
             std::string_view last = "2036-01-01T00:00:00Z") const {
    const pki::TbsCertificate tbs{serial("77"),  crypto::algorithm_of(key_.type()),
                                  name_,         instant("2026-01-01T00:00:00Z"),
                                  instant(last), subject,
                                  key,           std::move(extensions)};
    const Bytes tbs_der = pki::encode_tbs(tbs);
    return pki::assemble_signed(tbs_der, tbs.algorithm, *key_.sign(tbs_der));
  }

  TestDelegate delegate(std::string_view last = "2027-01-01T00:00:00Z") const {
    auto key = crypto::PrivateKey::generate(crypto::KeyType::ec_p256);
    Bytes der = sign(pki::Name().add(pki::NameAttribute::common_name, "responder"), key.public_key(),
                     {pki::key_usage({pki::KeyUsage::digital_signature}),
                      pki::extended_key_usage(pki::ocsp_signing_purpose()), pki::ocsp_no_check()},
                     last);
    return {crypto::software_signer(std::move(key)), std::move(der)};
  }

  pki::CertId id(std::string_view hex, pki::CertId::Hash hash = pki::CertId::Hash::sha1) const {
    return pki::make_cert_id(hash, name_.der(), key_.public_key().key_bits(), serial(hex));
  }

  const pki::Name& name() const { return name_; }
  const crypto::PrivateKey& key() const { return key_; }
  const Bytes& certificate_der() const { return certificate_; }

 private:
  pki::Name name_;
  crypto::PrivateKey key_ = crypto::PrivateKey::generate(crypto::KeyType::ec_p256);
  Bytes certificate_;
};

}  // namespace shomei::status
