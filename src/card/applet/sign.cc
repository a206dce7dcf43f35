// COMPUTE DIGITAL SIGNATURE (jpki-facts 1.5), and the whole signature in one answer: OpenSC does not fetch a
// second part. What a P-384 key answers is our own reading: r and s, 48 bytes each.
#include "card/applet/interior.h"
#include "card/digest_info.h"
#include "card/scheme.h"
#include "crypto/digest.h"
#include "der/reader.h"

namespace shomei::card::applet {
namespace {

constexpr std::size_t kRsaSignatureBytes = 256;
constexpr std::size_t kP384NumberBytes = 48;
constexpr std::uint8_t kDefaultKey = 0x00;
// Nothing to sign, or another length than the scheme takes. UNCONFIRMED: 6700 or 6985 (jpki-facts 1.5).
constexpr StatusWord kWrongInput = sw::kWrongLength;

using Signed = OrWord<Bytes>;

Signed or_word(Result<Bytes> signature) {
  if (!signature) return Refusal(sw::kNoDiagnosis);
  return *std::move(signature);
}

Signed sign_rsa(const crypto::PrivateKey& key, Scheme scheme, ByteView input) {
  const bool takes_digest = scheme == Scheme::digest_info || scheme == Scheme::pss_digest;
  if (takes_digest && input.size() != sizeof(crypto::Sha256)) return Refusal(kWrongInput);
  switch (scheme) {
    case Scheme::pad_as_given:
      if (input.size() > kPaddedBytesMax) return Refusal(kWrongInput);
      return or_word(key.sign_padded(input));
    case Scheme::pad_digest_of:
      return or_word(key.sign_padded(crypto::sha256(input)));
    case Scheme::digest_info:
      return or_word(key.sign_padded(digest_info(input)));
    case Scheme::digest_info_of:
      return or_word(key.sign_padded(digest_info(crypto::sha256(input))));
    case Scheme::pss_digest:
      return or_word(key.sign_pss(input));
    case Scheme::pss_digest_of:
      return or_word(key.sign_pss(crypto::sha256(input)));
  }
  return Refusal(sw::kWrongParameters);
}

// From ECDSA's DER form to numbers of a fixed length, side by side.
Signed side_by_side(ByteView der_signature) {
  auto members = der::enter_single(der_signature);
  if (!members) return Refusal(sw::kNoDiagnosis);
  Bytes both;
  for (int number = 0; number < 2; ++number) {
    const auto magnitude = members->take_magnitude();
    if (!magnitude || magnitude->size() > kP384NumberBytes) return Refusal(sw::kNoDiagnosis);
    both.resize(both.size() + kP384NumberBytes - magnitude->size());
    append(both, *magnitude);
  }
  return both;
}

Signed sign_p384(const crypto::PrivateKey& key, Scheme scheme, ByteView input) {
  const bool takes_digest = scheme == Scheme::pad_as_given || scheme == Scheme::digest_info;
  if (!takes_digest && scheme != Scheme::digest_info_of) return Refusal(sw::kWrongParameters);
  if (takes_digest && input.size() != kP384NumberBytes) return Refusal(kWrongInput);
  const auto signature = takes_digest ? key.sign_digest(input) : key.sign(input);
  if (!signature) return Refusal(sw::kNoDiagnosis);
  return side_by_side(*signature);
}

}  // namespace

Answer compute_signature(Interior& chip, const Command& command) {
  if (command.p1 > static_cast<std::uint8_t>(Scheme::pss_digest_of)) return sw::kWrongParameters;
  // The default key of the card-face applications is named so; the face has none that is known.
  if (command.p2 == kDefaultKey && chip.session.application == ApplicationId::face)
    return sw::kReferenceNotFound;
  const auto file = chip.refer_to(Content::private_key, command.p2);
  if (!file) return file.error();
  // The common application's key is of no known use.
  if (!(*file)->kind) return sw::kReferenceNotFound;
  const Kind kind = *(*file)->kind;
  const auto& key = chip.state.of(kind).key;
  if (!chip.verified(pin_id(kind))) return sw::kSecurityStatus;
  if (!key) return sw::kReferenceNotFound;
  const bool rsa = key->type() == crypto::KeyType::rsa_2048;
  if (command.data.empty()) return kWrongInput;
  if (command.le.value_or(0) < (rsa ? kRsaSignatureBytes : 2 * kP384NumberBytes)) return sw::kWrongLength;
  const auto scheme = static_cast<Scheme>(command.p1);
  auto signature = rsa ? sign_rsa(*key, scheme, command.data) : sign_p384(*key, scheme, command.data);
  if (!signature) return signature.error();
  return Answer(*std::move(signature));
}

}  // namespace shomei::card::applet
