// Key pairs over the issuer's channel. A new one waits beside the one in use: update_binary takes it into use
// with its certificate.
#include "card/applet/issuer_commands.h"
#include "card/attestation.h"
#include "card/issuer_tags.h"
#include "der/reader.h"
#include "der/writer.h"

namespace shomei::card::applet {
namespace {

constexpr std::uint8_t kPublicExponent[] = {0x01, 0x00, 0x01};  // OpenSSL makes keys with no other

void append_object(Bytes& to, ByteView tag, ByteView content) {
  append(to, tag);
  append(to, ByteView(der::encode(der::kOctetString, content)).subspan(1));
}

Bytes public_key_template(const crypto::PublicKey& key) {
  Bytes content;
  if (key.type() == crypto::KeyType::rsa_2048) {
    append(content, der::encode(issuer_tag::kModulus, key.modulus()));
    append(content, der::encode(issuer_tag::kExponent, kPublicExponent));
  } else {
    append(content, der::encode(issuer_tag::kPoint, key.key_bits()));
  }
  Bytes object;
  append_object(object, issuer_tag::kPublicKey, content);
  return object;
}

Result<Bytes> attest(const Interior& chip, const DataObjects& objects, const crypto::PublicKey& key) {
  const auto statement = attestation_statement({.token_serial = chip.state.token_serial,
                                                .application = *objects.application,
                                                .file = *objects.file,
                                                .challenge = *objects.challenge,
                                                .spki = key.spki()});
  return chip.state.factory->attestation_key.sign(statement);
}

// A CertificationRequestInfo (RFC 2986 4.1) for that key, and nothing before, between or behind.
bool is_request_for(const crypto::PublicKey& key, ByteView bytes) {
  auto members = der::enter_single(bytes);
  if (!members) return false;
  const auto version = members->take_integer();
  if (!version || *version != 0) return false;
  if (!members->take(der::kSequence)) return false;  // subject
  const auto spki = members->take(der::kSequence);
  if (!spki || !equal(spki->whole, key.spki())) return false;
  return members->take(der::context_constructed(0)) && members->done();  // attributes
}

}  // namespace

Answer generate_pending_key(Interior& chip, const Command& command, const DataObjects& objects) {
  const auto file = named_file(chip, objects, {Content::private_key});
  if (!file) return file.error();
  if (!(*file)->kind) return sw::kReferenceNotFound;
  if (!objects.challenge || objects.challenge->size() < kAttestationChallengeBytesMin ||
      objects.challenge->size() > kAttestationChallengeBytesMax)
    return sw::kWrongData;
  // The answer is longer than a short one can be.
  if (command.le.value_or(0) <= kShortAnswerMax) return sw::kWrongLength;
  ChipState next = chip.state;
  const auto key = crypto::PrivateKey::generate(key_type(next.card_kind));
  next.of(*(*file)->kind).pending_key = key;
  const auto signature = attest(chip, objects, key.public_key());
  if (!signature) return sw::kNoDiagnosis;
  if (!chip.keep(std::move(next))) return sw::kMemoryFailure;
  Bytes answer = public_key_template(key.public_key());
  append_object(answer, issuer_tag::kAttestation, *signature);
  return Answer(std::move(answer));
}

// The certification request is all that this key signs before it has a certificate: a signature over anything
// else would be the citizen's on the day on which the certificate comes, and no PIN was asked for it.
Answer sign_with_pending_key(Interior& chip, const Command& command, const DataObjects& objects) {
  const auto file = named_file(chip, objects, {Content::private_key});
  if (!file) return file.error();
  if (!(*file)->kind) return sw::kReferenceNotFound;
  if (!objects.data || objects.data->empty()) return sw::kWrongData;
  if (command.le.value_or(0) <= kShortAnswerMax) return sw::kWrongLength;
  const auto& key = chip.state.of(*(*file)->kind).pending_key;
  if (!key) return sw::kReferenceNotFound;
  if (!is_request_for(key->public_key(), *objects.data)) return sw::kWrongData;
  auto signature = key->sign(*objects.data);
  if (!signature) return sw::kNoDiagnosis;
  return Answer(*std::move(signature));
}

}  // namespace shomei::card::applet
