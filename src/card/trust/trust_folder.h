// TrustFolder: the authorities that a person has taken in, one file each, named by its fingerprint. A file
// that is not what its name says ends everything: whoever can change it could make the person believe
// anything.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "card/kind.h"
#include "crypto/digest.h"
#include "pki/certificate.h"

namespace shomei::card::trust {

struct TrustedAuthority {
  std::string name;          // of the pinned one, else the certificate's subject
  bool pinned = false;       // else: taken in by a fingerprint that the person named
  std::optional<Kind> kind;  // of pinned ones
  pki::Certificate certificate;
};

class TrustFolder {
 public:
  // A folder that is not there is empty. malformed "trust_file_changed" (path); what files/file.h says.
  static Result<TrustFolder> open(std::filesystem::path folder);

  const std::vector<TrustedAuthority>& authorities() const { return authorities_; }

  // Takes in a certificate, in DER or PEM, and keeps it. Without `told` it must be a pinned one: refused
  // "trust_not_pinned" (fingerprint). With it, the fingerprint that the person was told must be its own:
  // refused "trust_fingerprint_differs" (fingerprint, told). refused "trust_not_an_authority" when it may
  // issue no certificates or has not signed itself; malformed as pki::parse_certificate says.
  Result<TrustedAuthority> add(ByteView file, const std::optional<crypto::Sha256>& told);
  // not_found "trust_unknown" (fingerprint).
  Result<void> remove(const crypto::Sha256& fingerprint);

 private:
  explicit TrustFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::filesystem::path path_of(const crypto::Sha256& fingerprint) const;

  std::filesystem::path folder_;
  std::vector<TrustedAuthority> authorities_;
};

// "AB:CD:…" or without colons, either case; malformed "trust_fingerprint_form".
Result<crypto::Sha256> parse_fingerprint(std::string_view text);

}  // namespace shomei::card::trust
