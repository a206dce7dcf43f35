// Statements about the past from anywhere, signed or not: what parses has one form, and nothing that the keys
// did not sign ever holds.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "crypto/private_key.h"
#include "status/past/check_statement.h"
#include "status/past/jws.h"

using namespace shomei;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The key is thrown away when it has been made: what holds under it is a forgery.
  static const auto key = *journal::parse_verifier_key(journal::encode_verifier_key(
      "fuzz.example", crypto::PrivateKey::generate(crypto::KeyType::ed25519).public_key()));
  static const auto signer = crypto::PrivateKey::generate(crypto::KeyType::ec_p256).public_key();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  SHOMEI_INVARIANT(!status::check_statement(text, key));
  if (const auto jws = status::parse_jws(text)) SHOMEI_INVARIANT(!status::verify_jws(*jws, signer));
  const auto statement = status::parse_statement(text);
  if (!statement) return 0;
  const auto again = status::parse_statement(status::encode_statement(*statement));
  SHOMEI_INVARIANT(again && status::encode_statement(*again) == status::encode_statement(*statement));
  return 0;
}
