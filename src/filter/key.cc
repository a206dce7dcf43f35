#include "filter/key.h"

#include "base/check.h"
#include "crypto/digest.h"

namespace shomei::filter {

Key key_of_prefix(ByteView prefix) {
  SHOMEI_INVARIANT(!prefix.empty() && prefix.size() <= kKeyBytes);
  Key key;
  for (unsigned i = 0; i < prefix.size(); ++i)
    (i < 8 ? key.high : key.low) |= std::uint64_t{prefix[i]} << (56 - 8 * (i % 8));
  return key;
}

Key key_of(const Salt& salt, const pki::SerialNumber& serial) {
  const auto digest = crypto::sha256({salt, serial.magnitude()});
  return key_of_prefix(ByteView(digest).first(kKeyBytes));
}

Key prefix_of(const Key& key, unsigned bytes) {
  SHOMEI_INVARIANT(bytes >= 1 && bytes <= kKeyBytes);
  const auto kept = [](std::uint64_t word, unsigned count) {
    return count >= 8 ? word : count == 0 ? 0 : word & ~std::uint64_t{0} << (64 - 8 * count);
  };
  return {kept(key.high, bytes), kept(key.low, bytes > 8 ? bytes - 8 : 0)};
}

void append_prefix(Bytes& to, const Key& key, unsigned bytes) {
  for (unsigned i = 0; i < bytes; ++i)
    to.push_back(static_cast<std::uint8_t>((i < 8 ? key.high : key.low) >> (56 - 8 * (i % 8))));
}

}  // namespace shomei::filter
