// Checkpoints and verifier keys from anywhere: nothing that the key did not sign is ever opened.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "crypto/private_key.h"
#include "journal/checkpoint.h"

using namespace shomei;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The key is thrown away when it has been made: a note that opens under it is a forgery.
  static const auto key = *journal::parse_verifier_key(journal::encode_verifier_key(
      "fuzz.example", crypto::PrivateKey::generate(crypto::KeyType::ed25519).public_key()));
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  SHOMEI_INVARIANT(!journal::open_checkpoint(text, key));
  if (const auto parsed = journal::parse_verifier_key(text))
    SHOMEI_INVARIANT(journal::encode_verifier_key(parsed->name, parsed->key) == text);
  return 0;
}
