#include "card/channel/key_set.h"

#include <algorithm>
#include <string_view>

#include "base/check.h"
#include "crypto/aes.h"

namespace shomei::card::channel {
namespace {

constexpr std::size_t kKeyBytesMax = 32;

// SP 800-108 in counter mode (section 4.1 of the revision of 2022): counter (1 byte), label, 00, context,
// length in bits (2 bytes).
SecretBytes diversified(const SecretBytes& master, std::string_view label, ByteView context) {
  Bytes length;
  append_u16(length, static_cast<std::uint16_t>(master.size() * 8));
  const std::uint8_t separator = 0;
  Bytes key;
  key.reserve(kKeyBytesMax);
  for (std::uint8_t counter = 1; key.size() < master.size(); ++counter) {
    const auto block = crypto::cmac(
        master, {ByteView(&counter, 1), view(label), ByteView(&separator, 1), context, ByteView(length)});
    append(key, block.reveal().first(std::min(block.size(), master.size() - key.size())));
  }
  return SecretBytes::adopt(std::move(key));
}

}  // namespace

KeySet KeySet::clone() const {
  return {.version = version, .enc = enc.clone(), .mac = mac.clone(), .dek = dek.clone()};
}

bool KeySet::usable() const {
  return crypto::is_aes_key_size(enc.size()) && mac.size() == enc.size() && dek.size() == enc.size();
}

KeySet diversify(const SecretBytes& master, std::uint8_t version, ByteView diversification_data) {
  SHOMEI_INVARIANT(crypto::is_aes_key_size(master.size()));
  SHOMEI_INVARIANT(diversification_data.size() == kDiversificationBytes);
  const Bytes context = concatenate({ByteView(&version, 1), diversification_data});
  KeySet keys{.version = version,
              .enc = diversified(master, "shomei card key enc", context),
              .mac = diversified(master, "shomei card key mac", context),
              .dek = diversified(master, "shomei card key dek", context)};
  SHOMEI_INVARIANT(keys.usable());
  return keys;
}

}  // namespace shomei::card::channel
