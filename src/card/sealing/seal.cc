#include "card/sealing/seal.h"

#include "base/check.h"
#include "crypto/aes.h"
#include "crypto/rsa.h"

namespace shomei::card::sealing {
namespace {

constexpr std::uint8_t kDelivery = 0xA0;
constexpr std::uint8_t kEncryptionKey = 0x80;
constexpr std::uint8_t kCryptogram = 0x86;
constexpr std::uint8_t kAskedLength = 0x96;
constexpr std::uint8_t kPaddingIndicator = 0x01;
constexpr std::uint8_t kPaddingBegins = 0x80;
constexpr std::size_t kShortLengthMax = 0x7F;

crypto::AesBlock counter_block(std::uint32_t counter) {
  crypto::AesBlock block{};
  for (std::size_t i = 0; i < 4; ++i)
    block[block.size() - 1 - i] = static_cast<std::uint8_t>(counter >> 8 * i);
  return block;
}

Bytes object_of(std::uint8_t tag, ByteView value) {
  Bytes object{tag};
  if (value.size() > kShortLengthMax) object.push_back(value.size() > 0xFF ? 0x82 : 0x81);
  if (value.size() > 0xFF) object.push_back(static_cast<std::uint8_t>(value.size() >> 8));
  object.push_back(static_cast<std::uint8_t>(value.size()));
  append(object, value);
  return object;
}

// The value of the one object that the bytes are, whatever form its length has (86 81 11 is taken).
std::optional<ByteView> value_of(std::uint8_t tag, ByteView object) {
  if (object.size() < 2 || object[0] != tag) return std::nullopt;
  std::size_t at = 2;
  std::size_t length = object[1];
  if (length > kShortLengthMax) {
    const std::size_t count = length & 0x7F;
    if (count == 0 || count > 2 || object.size() < 2 + count) return std::nullopt;
    length = 0;
    for (std::size_t i = 0; i < count; ++i) length = length << 8 | object[at++];
  }
  if (object.size() - at != length) return std::nullopt;
  return object.subspan(at);
}

// ISO/IEC 7816-4 padding; none when it is wrong.
std::optional<ByteView> without_padding(ByteView padded) {
  while (!padded.empty() && padded.back() == 0x00) padded = padded.first(padded.size() - 1);
  if (padded.empty() || padded.back() != kPaddingBegins) return std::nullopt;
  return padded.first(padded.size() - 1);
}

crypto::AesBlock vector_for(const SecretBytes& key, std::uint32_t counter) {
  const auto block = counter_block(counter);
  const auto encrypted = crypto::encrypt_cbc(key, crypto::AesBlock{}, block);
  crypto::AesBlock vector{};
  std::copy_n(encrypted.reveal().begin(), vector.size(), vector.begin());
  return vector;
}

}  // namespace

Result<Bytes> encrypt_seed(const crypto::PublicKey& card_key, const SecretBytes& seed) {
  SHOMEI_INVARIANT(seed.size() == kSeedBytes);
  Bytes message{kDelivery, 2 + kSeedBytes, kEncryptionKey, kSeedBytes};
  message.reserve(message.size() + kSeedBytes);  // so that no half copy stays behind
  append(message, seed.reveal());
  return crypto::encrypt_oaep(card_key, SecretBytes::adopt(std::move(message)));
}

std::optional<SecretBytes> parse_seed(const SecretBytes& decrypted) {
  const auto delivery = value_of(kDelivery, decrypted.reveal());
  if (!delivery) return std::nullopt;
  const auto seed = value_of(kEncryptionKey, *delivery);
  if (!seed || seed->size() != kSeedBytes) return std::nullopt;
  return SecretBytes(*seed);
}

Seal::Seal(const SecretBytes& seed) : key_(seed.reveal().first(kSessionKeyBytes)) {}

Bytes Seal::seal(std::uint32_t counter, ByteView plain) const {
  Bytes padded;
  padded.reserve(plain.size() + crypto::kAesBlockBytes);
  append(padded, plain);
  padded.push_back(kPaddingBegins);
  while (padded.size() % crypto::kAesBlockBytes != 0) padded.push_back(0x00);
  const auto secret = SecretBytes::adopt(std::move(padded));
  const auto encrypted = crypto::encrypt_cbc(key_, vector_for(key_, counter), secret.reveal());
  return object_of(kCryptogram, concatenate({Bytes{kPaddingIndicator}, encrypted.reveal()}));
}

std::optional<SecretBytes> Seal::open(std::uint32_t counter, ByteView object) const {
  const auto value = value_of(kCryptogram, object);
  if (!value || value->empty() || value->front() != kPaddingIndicator) return std::nullopt;
  const ByteView encrypted = value->subspan(1);
  if (encrypted.empty() || encrypted.size() % crypto::kAesBlockBytes != 0) return std::nullopt;
  const auto padded = crypto::decrypt_cbc(key_, vector_for(key_, counter), encrypted);
  const auto plain = without_padding(padded.reveal());
  if (!plain) return std::nullopt;
  return SecretBytes(*plain);
}

Bytes encode_asked_length(std::uint16_t bytes) {
  Bytes value{0x00};
  append_u16(value, bytes);
  return object_of(kAskedLength, value);
}

std::optional<std::uint16_t> parse_asked_length(ByteView object) {
  const auto value = value_of(kAskedLength, object);
  if (!value || value->size() != 3 || value->front() != 0x00) return std::nullopt;
  return static_cast<std::uint16_t>((*value)[1] << 8 | (*value)[2]);
}

}  // namespace shomei::card::sealing
