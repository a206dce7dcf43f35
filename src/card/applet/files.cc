// The content of the files that are not stored as they are read.
#include "base/bytes.h"
#include "base/check.h"
#include "card/applet/interior.h"
#include "crypto/rsa.h"
#include "der/writer.h"

namespace shomei::card::applet {
namespace {

constexpr std::size_t kManufacturerBytes = 32;
constexpr std::size_t kModelBytes = 16;
constexpr std::uint32_t kTokenFlags = 0x0000040D;
constexpr std::uint32_t kPasswordBytesMax = 16;
constexpr std::uint32_t kPasswordBytesMin = 6;
constexpr der::Tag kSessionKeyTag = 0xA1;
constexpr der::Tag kExponentTag = 0x90;
constexpr der::Tag kModulusTag = 0x91;

void append_padded(Bytes& to, std::string_view text, std::size_t bytes) {
  append(to, view(text));
  to.resize(to.size() + bytes - text.size(), ' ');
}

// The field list is jpki-facts 1.3.
Bytes token_info(const Interior& chip) {
  Bytes info;
  append_padded(info, chip.settings.token_label, kTokenLabelBytes);
  append(info, view(std::string(kManufacturerBytes - 1, '0') + "1"));
  append_padded(info, chip.settings.token_model, kModelBytes);
  append(info, chip.state.token_serial);
  for (const std::uint32_t value : {kTokenFlags, 1U, 0U, 1U, 0U, kPasswordBytesMax, kPasswordBytesMin})
    append_u32(info, value);
  info.resize(info.size() + 16, 0xFF);  // four memory counters: not told
  append(info, view("0301"));           // hardware and firmware version
  info.resize(info.size() + 16, '9');   // no clock
  SHOMEI_INVARIANT(info.size() == kTokenInfoBytes);
  return info;
}

// Of a card in use. Before, nothing on it is available.
Bytes availability(const ChipState& state) {
  const auto byte = [&](Kind kind) {
    const bool there = state.phase == Phase::operational && !state.of(kind).certificate.empty();
    return there ? kPresent : std::uint8_t{0};
  };
  Bytes content{byte(Kind::signature), byte(Kind::user_authentication), 0};
  SHOMEI_INVARIANT(content.size() == kAvailabilityBytes);
  return content;
}

// jpki-facts 1.7 has no more than that there is a key; the form is that of the other keys in these files.
Bytes session_key(const ChipState& state) {
  if (!state.session_key) return {};
  const auto& key = state.session_key->public_key();
  return der::constructed(kSessionKeyTag, {der::encode(kExponentTag, crypto::rsa_exponent(key)),
                                           der::encode(kModulusTag, key.modulus())});
}

}  // namespace

Bytes content_of(const Interior& chip, const FileEntry& file) {
  switch (file.content) {
    case Content::certificate:
      return chip.state.of(*file.kind).certificate;
    case Content::authority_certificate:
      return chip.state.of(*file.kind).authority_certificate;
    case Content::token_info:
      return token_info(chip);
    case Content::availability:
      return availability(chip.state);
    case Content::data:
    case Content::records:
      return chip.state.file({chip.session.application.value_or(ApplicationId::issuer_domain), file.id});
    case Content::session_key:
      return session_key(chip.state);
    case Content::private_key:
    case Content::pin:
    case Content::unknown:
      break;
  }
  SHOMEI_INVARIANT(false);  // Reading::never
}

}  // namespace shomei::card::applet
