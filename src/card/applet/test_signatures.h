// For the tests of the chip: whose key it was that a COMPUTE DIGITAL SIGNATURE was answered with.
#pragma once

#include "card/apdu.h"
#include "card/applet/test_pss.h"
#include "card/digest_info.h"
#include "card/scheme.h"
#include "crypto/digest.h"
#include "crypto/public_key.h"
#include "crypto/rsa.h"
#include "der/writer.h"

namespace shomei::card::applet {

// The DER form of ECDSA from two numbers of P-384 side by side.
inline Bytes in_der(ByteView both) {
  return der::sequence({der::integer_of_magnitude(both.first(48)), der::integer_of_magnitude(both.last(48))});
}

// A bare digest under P-384 can be of any key: crypto::PublicKey verifies messages, and hashes them itself.
inline bool can_be_of(const crypto::PublicKey& key, const Command& command, ByteView signature) {
  const auto scheme = static_cast<Scheme>(command.p1);
  if (key.type() == crypto::KeyType::ec_p384) {
    if (scheme != Scheme::digest_info_of) return true;
    return key.verify(crypto::SignatureAlgorithm::ecdsa_sha384, command.data, in_der(signature)).has_value();
  }
  const auto padded = [&](ByteView input) {
    return crypto::verify_padded(key, input, signature).has_value();
  };
  switch (scheme) {
    case Scheme::pad_as_given:
      return padded(command.data);
    case Scheme::pad_digest_of:
      return padded(crypto::sha256(command.data));
    case Scheme::digest_info:
      return padded(digest_info(command.data));
    case Scheme::digest_info_of:
      return padded(digest_info(crypto::sha256(command.data)));
    case Scheme::pss_digest:
      return pss::holds(key, command.data, signature);
    case Scheme::pss_digest_of:
      return crypto::verify_pss(key, command.data, signature).has_value();
  }
  return false;
}

}  // namespace shomei::card::applet
