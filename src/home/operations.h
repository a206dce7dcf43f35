// Operations: the authority that certifies officers, for nothing else. Its key rests in the keys folder, its
// certificate (self-signed, of 30 years) is in public/; a TLS listener for officers trusts that file. Whom it
// has certified may do nothing until they are appointed.
#pragma once

#include <memory>
#include <string_view>

#include "home/key_store.h"
#include "home/layout.h"
#include "pki/certificate.h"

namespace shomei::home {

inline constexpr std::string_view kOperationsName = "operations";

class Operations {
 public:
  // Makes key and certificate the first time. What KeyStore and files/ say; not_found "key_missing" when the
  // certificate is there and the key is not.
  static Result<Operations> open(const Layout& layout, KeyStore& keys, std::string_view organization,
                                 Instant now);

  const pki::Certificate& certificate() const { return certificate_; }

  // For TLS clients, of a year: CN is the officer's name, the key that of the PKCS#10 request (P-256 or
  // P-384). refused "officer_key_unfit"; what verify_plain_request says.
  Result<pki::Certificate> certify(std::string_view officer, ByteView pkcs10, Instant now) const;

 private:
  Operations(std::unique_ptr<crypto::Signer> signer, pki::Certificate certificate)
      : signer_(std::move(signer)), certificate_(std::move(certificate)) {}
  std::unique_ptr<crypto::Signer> signer_;
  pki::Certificate certificate_;
};

}  // namespace shomei::home
