#include "card/channel/derivation.h"

#include <algorithm>

#include "base/check.h"
#include "card/channel/session.h"
#include "crypto/aes.h"

namespace shomei::card::channel {
namespace {

constexpr std::size_t kLabelZeros = 11;
constexpr std::size_t kDerivedBytesMax = 32;

}  // namespace

SecretBytes derive(const SecretBytes& key, Derived what, std::size_t bytes,
                   std::initializer_list<ByteView> context) {
  SHOMEI_INVARIANT(bytes >= 1 && bytes <= kDerivedBytesMax);
  const std::size_t bits = 8 * bytes;
  Bytes fixed(kLabelZeros + 5);
  fixed[kLabelZeros] = static_cast<std::uint8_t>(what);
  fixed[kLabelZeros + 2] = static_cast<std::uint8_t>(bits >> 8);
  fixed[kLabelZeros + 3] = static_cast<std::uint8_t>(bits);
  const std::size_t counter_at = kLabelZeros + 4;
  for (const ByteView part : context) append(fixed, part);
  Bytes derived;
  derived.reserve(kDerivedBytesMax);  // never moved, so that no copy stays behind
  while (derived.size() < bytes) {
    ++fixed[counter_at];
    const auto block = crypto::cmac(key, {fixed});
    append(derived, block.reveal().first(std::min(block.size(), bytes - derived.size())));
  }
  return SecretBytes::adopt(std::move(derived));
}

Bytes encode_sequence_counter(std::uint32_t counter) {
  SHOMEI_INVARIANT(counter <= kSequenceCounterMax);
  Bytes four;
  append_u32(four, counter);
  return to_bytes(ByteView(four).subspan(1));
}

Bytes counted_challenge(const SecretBytes& enc, std::uint32_t sequence_counter, ByteView domain) {
  const auto challenge = derive(enc, Derived::card_challenge, kChallengeBytes,
                                {encode_sequence_counter(sequence_counter), domain});
  return to_bytes(challenge.reveal());
}

}  // namespace shomei::card::channel
