// Receipts from anywhere: what parses has one form, and nothing that the key did not sign is ever proven.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "crypto/private_key.h"
#include "journal/receipt/prove.h"

using namespace shomei;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The key is thrown away when it has been made: what proves under it is a forgery.
  static const auto key = *journal::parse_verifier_key(journal::encode_verifier_key(
      "fuzz.example", crypto::PrivateKey::generate(crypto::KeyType::ed25519).public_key()));
  const auto receipt = journal::parse_receipt({reinterpret_cast<const char*>(data), size});
  if (!receipt) return 0;
  const auto again = journal::parse_receipt(journal::encode_receipt(*receipt));
  SHOMEI_INVARIANT(again.has_value() && journal::encode_receipt(*again) == journal::encode_receipt(*receipt));
  SHOMEI_INVARIANT(!journal::prove_receipt(*receipt, key));
  return 0;
}
