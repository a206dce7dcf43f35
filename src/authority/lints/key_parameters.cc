// The key's algorithm is rsaEncryption with NULL, or id-ecPublicKey with its named curve.
#include <array>

#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

constexpr std::array<std::uint8_t, 15> kRsa{0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86,
                                            0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00};
constexpr std::array<std::uint8_t, 21> kP256{0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01,
                                             0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07};
constexpr std::array<std::uint8_t, 18> kP384{0x30, 0x10, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D,
                                             0x02, 0x01, 0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22};
constexpr std::array<std::uint8_t, 7> kEd25519{0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70};

ByteView algorithm_identifier(crypto::KeyType type) {
  switch (type) {
    case crypto::KeyType::rsa_2048:
    case crypto::KeyType::rsa_3072:
      return kRsa;
    case crypto::KeyType::ec_p256:
      return kP256;
    case crypto::KeyType::ec_p384:
      return kP384;
    case crypto::KeyType::ed25519:
      return kEd25519;
  }
  return {};
}

bool holds(const Reading& r) {
  return equal(r.key_algorithm, algorithm_identifier(r.in.tbs.key.type()));
}

}  // namespace

constinit const Lint kKeyParameters{
    .id = "key_parameters",
    .citation = "RFC 3279 2.3.1; RFC 5480 2.1.1; RFC 8410 3",
    .demand = "the key's algorithm is rsaEncryption with NULL, or id-ecPublicKey with its named curve",
    .demand_ja = "鍵のアルゴリズムが rsaEncryption と NULL、または id-ecPublicKey と名前付き曲線である",
    .holds = holds};

}  // namespace shomei::authority::lints
