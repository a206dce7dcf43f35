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
  Bytes fixed(kLabelZeros);
  fixed.push_back(static_cast<std::uint8_t>(what));
  fixed.push_back(0);
  append_u16(fixed, static_cast<std::uint16_t>(bytes * 8));
  fixed.push_back(0);  // the counter
  const std::size_t counter_at = fixed.size() - 1;
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
