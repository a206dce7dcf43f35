// The mechanisms of the tokens: which there are, of which keys, and what each makes of the application's data
// before the card signs. PKCS#11 2.40 current mechanisms, 2.1 (RSA) and 2.3 (elliptic curves).
#pragma once

#include <p11-kit/pkcs11.h>

#include <optional>
#include <vector>

#include "card/scheme.h"
#include "crypto/digest_stream.h"
#include "pkcs11/certificate_fields.h"
#include "pkcs11/outcome.h"

namespace shomei::pkcs11 {

struct Mechanism {
  CK_MECHANISM_TYPE type;
  std::optional<KeyKind> key;                     // none: a digest
  std::optional<crypto::DigestAlgorithm> digest;  // none: the application has digested itself
  bool pss = false;

  CK_MECHANISM_INFO info() const;
};

// Of a token whose keys are of this kind.
std::vector<CK_MECHANISM_TYPE> mechanisms_of(KeyKind key);
const Mechanism* find_mechanism(CK_MECHANISM_TYPE type, KeyKind key);

// CKR_MECHANISM_PARAM_INVALID when the parameter is not the mechanism's: none, or for PSS what the card does:
// SHA-256, MGF1 with SHA-256, a salt of 32 bytes.
Outcome<void> check_parameter(const Mechanism& mechanism, const CK_MECHANISM& given);

// One signature: data comes in pieces; the last step is the card's. A value of one session.
class Signing {
 public:
  Signing(const Mechanism& mechanism, std::size_t signature_bytes);

  // CKR_DATA_LEN_RANGE when the mechanism signs no such length.
  Outcome<void> add(ByteView data);

  struct Question {
    card::Scheme scheme;
    Bytes input;
  };
  // What the card is asked once everything was added; ends this.
  Outcome<Question> finish();
  std::size_t signature_bytes() const { return signature_bytes_; }

 private:
  const Mechanism* mechanism_;
  std::size_t signature_bytes_;
  std::optional<crypto::DigestStream> stream_;
  Bytes gathered_;
};

}  // namespace shomei::pkcs11
