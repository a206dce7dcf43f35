// Certification requests from strangers: as they come, and as a good one with some of its bytes changed.
// Whatever is changed in a request, it proves nothing any more.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "crypto/private_key.h"
#include "pki/request.h"
#include "pki/signed_object.h"

using namespace shomei;

namespace {

constexpr std::string_view kChallenge = "fuzz-challenge";

Bytes good_request() {
  const auto key = crypto::PrivateKey::generate(crypto::KeyType::rsa_2048);
  const Bytes info = pki::encode_request_info(key.public_key(), kChallenge);
  return pki::assemble_signed(info, crypto::algorithm_of(key.type()), *key.sign(info));
}

// Three bytes of the input say which byte becomes what.
Bytes changed(Bytes request, ByteView changes) {
  for (std::size_t i = 0; i + 2 < changes.size(); i += 3)
    request[(changes[i] << 8 | changes[i + 1]) % request.size()] = changes[i + 2];
  return request;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The key is thrown away when it has been made: another request that proves possession of it is a forgery.
  static const Bytes good = good_request();
  const ByteView input(data, size);
  if (const auto own = pki::verify_request(input, kChallenge)) SHOMEI_INVARIANT(own->challenge == kChallenge);
  const Bytes other = changed(good, input);
  SHOMEI_INVARIANT(pki::verify_request(other, kChallenge).has_value() == (other == good));
  SHOMEI_INVARIANT(!pki::verify_request(other, "another-challenge"));
  return 0;
}
