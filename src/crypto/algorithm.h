// The key types and signature algorithms that a profile may name, and their AlgorithmIdentifiers
// (RFC 4055 section 5, RFC 5758 section 3.2, RFC 8410 section 3).
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "der/reader.h"

namespace shomei::crypto {

enum class KeyType { rsa_2048, rsa_3072, ec_p256, ec_p384, ed25519 };
enum class SignatureAlgorithm { rsa_pkcs1_sha256, ecdsa_sha256, ecdsa_sha384, ed25519 };

std::string_view name(KeyType type);  // "rsa-2048", "ec-p384", ...
Result<KeyType> parse_key_type(std::string_view name);
// The algorithm that a key of this type signs with.
SignatureAlgorithm algorithm_of(KeyType type);

const Bytes& encode_algorithm(SignatureAlgorithm algorithm);     // AlgorithmIdentifier
Result<SignatureAlgorithm> take_algorithm(der::Reader& reader);  // malformed "algorithm_unknown"

}  // namespace shomei::crypto
