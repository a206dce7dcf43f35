#include "crypto/algorithm.h"

#include <array>

#include "base/check.h"
#include "der/writer.h"

namespace shomei::crypto {
namespace {

struct KeyTypeRow {
  KeyType type;
  std::string_view name;
  SignatureAlgorithm algorithm;
};

constexpr std::array kKeyTypes{
    KeyTypeRow{KeyType::rsa_2048, "rsa-2048", SignatureAlgorithm::rsa_pkcs1_sha256},
    KeyTypeRow{KeyType::rsa_3072, "rsa-3072", SignatureAlgorithm::rsa_pkcs1_sha256},
    KeyTypeRow{KeyType::ec_p256, "ec-p256", SignatureAlgorithm::ecdsa_sha256},
    KeyTypeRow{KeyType::ec_p384, "ec-p384", SignatureAlgorithm::ecdsa_sha384},
    KeyTypeRow{KeyType::ed25519, "ed25519", SignatureAlgorithm::ed25519},
};

const KeyTypeRow& row(KeyType type) {
  for (const auto& r : kKeyTypes)
    if (r.type == type) return r;
  SHOMEI_INVARIANT(false);
}

struct AlgorithmRow {
  SignatureAlgorithm algorithm;
  std::string_view oid;
  bool null_parameters;  // RSA has NULL parameters, the others have none
};

constexpr std::array kAlgorithms{
    AlgorithmRow{SignatureAlgorithm::rsa_pkcs1_sha256, "1.2.840.113549.1.1.11", true},
    AlgorithmRow{SignatureAlgorithm::ecdsa_sha256, "1.2.840.10045.4.3.2", false},
    AlgorithmRow{SignatureAlgorithm::ecdsa_sha384, "1.2.840.10045.4.3.3", false},
    AlgorithmRow{SignatureAlgorithm::ed25519, "1.3.101.112", false},
};

}  // namespace

std::string_view name(KeyType type) {
  return row(type).name;
}

Result<KeyType> parse_key_type(std::string_view name) {
  for (const auto& r : kKeyTypes)
    if (r.name == name) return r.type;
  return malformed("key_type_unknown", {{"name", std::string(name)}});
}

SignatureAlgorithm algorithm_of(KeyType type) {
  return row(type).algorithm;
}

const Bytes& encode_algorithm(SignatureAlgorithm algorithm) {
  static const auto kEncoded = [] {
    std::array<Bytes, std::size(kAlgorithms)> all;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Bytes oid = der::oid(der::Oid(kAlgorithms[i].oid));
      all[i] = kAlgorithms[i].null_parameters ? der::sequence({oid, der::null()}) : der::sequence({oid});
    }
    return all;
  }();
  for (std::size_t i = 0; i < kEncoded.size(); ++i)
    if (kAlgorithms[i].algorithm == algorithm) return kEncoded[i];
  SHOMEI_INVARIANT(false);
}

Result<SignatureAlgorithm> take_algorithm(der::Reader& reader) {
  SHOMEI_TRY(const auto value, reader.take(der::kSequence));
  for (const auto& r : kAlgorithms)
    if (equal(value.whole, encode_algorithm(r.algorithm))) return r.algorithm;
  return malformed("algorithm_unknown", {{"der", to_hex(value.whole)}});
}

}  // namespace shomei::crypto
