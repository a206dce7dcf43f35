// COMPUTE DIGITAL SIGNATURE (jpki-facts 1.5): PKCS#1 v1.5 padding of the bytes as they come, and the whole
// signature in one answer: OpenSC does not fetch a second part.
#include "card/applet/interior.h"

namespace shomei::card::applet {
namespace {

constexpr std::uint8_t kPadAsGiven = 0x00;
constexpr std::size_t kSignatureBytes = 256;
constexpr std::size_t kInputBytesMax = kSignatureBytes - 11;  // RFC 8017 9.2

}  // namespace

Answer compute_signature(Interior& chip, const Command& command) {
  if (command.p1 != kPadAsGiven) return sw::kWrongParameters;
  const auto kind = chip.refer_to(Content::private_key, command.p2);
  if (!kind) return kind.error();
  const auto& key = chip.state.of(*kind).key;
  if (!chip.verified(*kind)) return sw::kSecurityStatus;
  if (!key) return sw::kReferenceNotFound;
  if (command.data.empty() || command.data.size() > kInputBytesMax ||
      command.le.value_or(0) < kSignatureBytes)
    return sw::kWrongLength;
  auto signature = key->sign_padded(command.data);
  if (!signature) return sw::kNoDiagnosis;
  return Answer(*std::move(signature));
}

}  // namespace shomei::card::applet
