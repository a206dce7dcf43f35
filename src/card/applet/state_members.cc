#include "card/applet/state_members.h"

#include "base/limits.h"
#include "card/pin_form.h"

namespace shomei::card::applet {

Error bad_state(std::string_view what) {
  return malformed("card_state_form", {{"what", std::string(what)}});
}

Result<Phase> take_phase(der::Reader& reader) {
  SHOMEI_TRY(const auto phase, reader.take_enumerated());
  if (phase > static_cast<std::uint8_t>(Phase::operational)) return bad_state("an unknown phase");
  return static_cast<Phase>(phase);
}

Result<StoredPin> take_pin(PinId id, der::Reader& reader) {
  StoredPin pin;
  SHOMEI_TRY(pin.salt, take_array<StoredPin::kSaltBytes>(reader));
  SHOMEI_TRY(pin.hash, take_array<sizeof(pin.hash)>(reader));
  SHOMEI_TRY(const auto tries, reader.take_integer());
  if (tries < 0 || tries > tries_max(id)) return bad_state("more tries than the PIN has");
  pin.tries_left = static_cast<unsigned>(tries);
  return pin;
}

Result<Bytes> take_certificate(der::Reader& reader) {
  SHOMEI_TRY(const auto content, reader.take_octet_string());
  if (content.size() > limits::kCertificateBytesMax) return bad_state("a certificate is too long");
  return to_bytes(content);
}

Result<crypto::PrivateKey> parse_key(crypto::KeyType type, ByteView pkcs8) {
  SHOMEI_TRY(auto key, crypto::PrivateKey::parse_pkcs8(SecretBytes(pkcs8)));
  if (key.type() != type) return bad_state("a key of another type");
  return key;
}

bool is_data_file(const FileName& name) {
  const FileEntry* file = find_file(name.application, name.file);
  return file && (file->content == Content::data || file->content == Content::records);
}

}  // namespace shomei::card::applet
