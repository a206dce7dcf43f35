// Checkpoints and verifier keys from anywhere: nothing that the key did not sign is ever opened.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "crypto/private_key.h"
#include "journal/checkpoint.h"

using namespace shomei;

namespace {

// As if the key had signed the text, whatever it is: what opens is read as it stands there.
void look_at_signed(std::string_view text) {
  static const auto signer = crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519));
  static const auto key =
      *journal::parse_verifier_key(journal::encode_verifier_key("signed.example", signer->public_key()));
  const Bytes signature = concatenate({key.id, *signer->sign(view(text))});
  const auto opened = journal::open_checkpoint(
      std::string(text) + "\n\u2014 signed.example " + to_base64(signature) + "\n", key);
  if (opened)
    SHOMEI_INVARIANT(text.starts_with(opened->origin + "\n" + std::to_string(opened->size) + "\n" +
                                      to_base64(opened->root) + "\n"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The key is thrown away when it has been made: a note that opens under it is a forgery.
  static const auto key = *journal::parse_verifier_key(journal::encode_verifier_key(
      "fuzz.example", crypto::PrivateKey::generate(crypto::KeyType::ed25519).public_key()));
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  look_at_signed(text);
  SHOMEI_INVARIANT(!journal::open_checkpoint(text, key));
  if (const auto parsed = journal::parse_verifier_key(text))
    SHOMEI_INVARIANT(journal::encode_verifier_key(parsed->name, parsed->key) == text);
  return 0;
}
