#include "pkcs11/mechanisms.h"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "base/check.h"
#include "card/digest_info.h"

namespace shomei::pkcs11 {
namespace {

using crypto::DigestAlgorithm;

constexpr Mechanism kMechanisms[] = {
    {CKM_RSA_PKCS, KeyKind::rsa, {}},
    {CKM_SHA256_RSA_PKCS, KeyKind::rsa, DigestAlgorithm::sha256},
    {CKM_SHA384_RSA_PKCS, KeyKind::rsa, DigestAlgorithm::sha384},
    {CKM_SHA512_RSA_PKCS, KeyKind::rsa, DigestAlgorithm::sha512},
    {CKM_RSA_PKCS_PSS, KeyKind::rsa, {}, true},
    {CKM_SHA256_RSA_PKCS_PSS, KeyKind::rsa, DigestAlgorithm::sha256, true},
    {CKM_ECDSA, KeyKind::ec, {}},
    {CKM_ECDSA_SHA256, KeyKind::ec, DigestAlgorithm::sha256},
    {CKM_ECDSA_SHA384, KeyKind::ec, DigestAlgorithm::sha384},
    {CKM_ECDSA_SHA512, KeyKind::ec, DigestAlgorithm::sha512},
    {CKM_SHA_1, {}, DigestAlgorithm::sha1},
    {CKM_SHA256, {}, DigestAlgorithm::sha256},
    {CKM_SHA384, {}, DigestAlgorithm::sha384},
    {CKM_SHA512, {}, DigestAlgorithm::sha512},
};

constexpr std::size_t kPssDigestBytes = 32;
constexpr std::size_t kEcDigestBytes = 48;
constexpr std::size_t kEcDigestBytesMax = 64;

std::string_view oid_of(DigestAlgorithm algorithm) {
  switch (algorithm) {
    case DigestAlgorithm::sha1:
      return "1.3.14.3.2.26";
    case DigestAlgorithm::sha256:
      return "2.16.840.1.101.3.4.2.1";
    case DigestAlgorithm::sha384:
      return "2.16.840.1.101.3.4.2.2";
    case DigestAlgorithm::sha512:
      return "2.16.840.1.101.3.4.2.3";
  }
  SHOMEI_INVARIANT(false);
}

// A digest as the 384 bits that the card takes: a longer one is cut at its end, a shorter one is the same
// number with zeros before it (FIPS 186-4, 6.4).
Bytes of_p384(Bytes digest) {
  if (digest.size() > kEcDigestBytes) digest.resize(kEcDigestBytes);
  digest.insert(digest.begin(), kEcDigestBytes - digest.size(), 0);
  return digest;
}

std::size_t gathered_max(const Mechanism& mechanism) {
  if (mechanism.pss) return kPssDigestBytes;
  return mechanism.key == KeyKind::rsa ? card::kPaddedBytesMax : kEcDigestBytesMax;
}

}  // namespace

CK_MECHANISM_INFO Mechanism::info() const {
  if (!key) return {.ulMinKeySize = 0, .ulMaxKeySize = 0, .flags = CKF_DIGEST};
  if (*key == KeyKind::rsa) return {.ulMinKeySize = 2048, .ulMaxKeySize = 2048, .flags = CKF_HW | CKF_SIGN};
  return {.ulMinKeySize = 384,
          .ulMaxKeySize = 384,
          .flags = CKF_HW | CKF_SIGN | CKF_EC_F_P | CKF_EC_NAMEDCURVE | CKF_EC_UNCOMPRESS};
}

std::vector<CK_MECHANISM_TYPE> mechanisms_of(KeyKind key) {
  std::vector<CK_MECHANISM_TYPE> types;
  for (const auto& mechanism : kMechanisms)
    if (!mechanism.key || mechanism.key == key) types.push_back(mechanism.type);
  return types;
}

const Mechanism* find_mechanism(CK_MECHANISM_TYPE type, KeyKind key) {
  const auto* found = std::ranges::find_if(
      kMechanisms, [&](const auto& m) { return m.type == type && (!m.key || m.key == key); });
  return found == std::end(kMechanisms) ? nullptr : found;
}

Outcome<void> check_parameter(const Mechanism& mechanism, const CK_MECHANISM& given) {
  const Refusal invalid{CKR_MECHANISM_PARAM_INVALID};
  if (!mechanism.pss) {
    if (given.ulParameterLen != 0) return invalid;
    return {};
  }
  CK_RSA_PKCS_PSS_PARAMS wanted{};
  if (given.pParameter == nullptr || given.ulParameterLen != sizeof wanted) return invalid;
  std::memcpy(&wanted, given.pParameter, sizeof wanted);  // it need not be aligned
  if (wanted.hashAlg != CKM_SHA256 || wanted.mgf != CKG_MGF1_SHA256 || wanted.sLen != kPssDigestBytes)
    return invalid;
  return {};
}

Signing::Signing(const Mechanism& mechanism, std::size_t signature_bytes)
    : mechanism_(&mechanism), signature_bytes_(signature_bytes) {
  if (mechanism.digest) stream_.emplace(*mechanism.digest);
}

Outcome<void> Signing::add(ByteView data) {
  if (stream_) {
    stream_->add(data);
    return {};
  }
  if (data.size() > gathered_max(*mechanism_) - gathered_.size()) return Refusal{CKR_DATA_LEN_RANGE};
  append(gathered_, data);
  return {};
}

// The digest is always made here and the card given 32 or 48 bytes of it, also where the card could make it
// (P1 03 and 05): the signature is the same, and no message is too long for a reader.
Outcome<Signing::Question> Signing::finish() {
  Bytes input = stream_ ? stream_->finish() : std::move(gathered_);
  if (input.empty()) return Refusal{CKR_DATA_LEN_RANGE};
  if (mechanism_->key == KeyKind::ec) return Question{card::Scheme::digest_info, of_p384(std::move(input))};
  if (!mechanism_->pss) {
    if (stream_) input = card::digest_info(der::Oid(oid_of(*mechanism_->digest)), input);
    return Question{card::Scheme::pad_as_given, std::move(input)};
  }
  if (input.size() != kPssDigestBytes) return Refusal{CKR_DATA_LEN_RANGE};
  return Question{card::Scheme::pss_digest, std::move(input)};
}

}  // namespace shomei::pkcs11
