#include "card/client/terminal.h"

#include <algorithm>

#include "base/limits.h"
#include "card/client/exchange.h"
#include "card/client/pin_input.h"
#include "card/client/verify.h"
#include "card/digest_info.h"
#include "card/instruction.h"
#include "card/pin_form.h"
#include "crypto/digest.h"

namespace shomei::card::client {
namespace {

constexpr std::size_t kRsaSignatureBytes = 256;
constexpr std::size_t kP384SignatureBytes = 96;
constexpr std::size_t kDerHeaderBytes = 4;  // 30 82 and the length

// What stands in a file without a certificate: nothing, or what the memory was born with.
bool is_filler(ByteView header) {
  return std::ranges::all_of(header, [&](auto byte) { return byte == header[0]; }) &&
         (header[0] == 0xFF || header[0] == 0x00);
}

}  // namespace

Result<void> Terminal::select_jpki() {
  return select_application(transport_);
}

Result<void> Terminal::select_present(FileId id) {
  SHOMEI_TRY(const bool present, select_file(transport_, id));
  if (!present) return not_found("not_a_jpki_card");
  return {};
}

Result<Bytes> Terminal::read(std::size_t offset, std::size_t bytes) {
  const Command command{.ins = ins::kReadBinary,
                        .p1 = static_cast<std::uint8_t>(offset >> 8),
                        .p2 = static_cast<std::uint8_t>(offset),
                        .le = static_cast<std::uint32_t>(bytes)};
  SHOMEI_TRY(auto answer, exchange(transport_, command));
  if (answer.word == sw::kSecurityStatus) return refused("pin_needed");
  // An empty file has no first byte.
  if (offset == 0 && answer.word == sw::kWrongOffset) return Bytes{};
  if (answer.word != sw::kDone) return unexpected(command, answer.word);
  return std::move(answer.data);
}

Result<Bytes> Terminal::read_whole(FileId id, std::size_t bytes) {
  SHOMEI_CHECK(select_present(id));
  SHOMEI_TRY(auto content, read(0, bytes));
  if (content.size() != bytes)
    return malformed("card_file_form", {{"bytes", std::to_string(content.size())}});
  return content;
}

Result<std::string> Terminal::token_label() {
  SHOMEI_TRY(auto info, token_info());
  return std::move(info.label);
}

Result<TokenInfo> Terminal::token_info() {
  SHOMEI_TRY(const auto content, read_whole(file_id::kTokenInfo, kTokenInfoBytes));
  return parse_token_info(content);
}

Result<Availability> Terminal::availability() {
  SHOMEI_TRY(const auto content, read_whole(file_id::kAvailability, kAvailabilityBytes));
  return Availability{.signature = content[0] == kPresent, .user_authentication = content[1] == kPresent};
}

Result<std::optional<unsigned>> Terminal::tries_left(Kind kind) {
  SHOMEI_CHECK(select_present(pin_file(kind)));
  return ask_tries(transport_, tries_max(kind));
}

Result<void> Terminal::verify(Kind kind, const SecretBytes& pin) {
  SHOMEI_TRY(const auto form, card_form(kind, pin));
  SHOMEI_CHECK(select_present(pin_file(kind)));
  return give_pin(transport_, form.reveal());
}

Result<void> Terminal::change_pin(Kind kind, const SecretBytes& old_pin, const SecretBytes& new_pin) {
  SHOMEI_TRY(const auto new_form, card_form(kind, new_pin));
  SHOMEI_TRY(const auto old_form, card_form(kind, old_pin));
  SHOMEI_CHECK(select_present(pin_file(kind)));
  return replace_pin(transport_, old_form.reveal(), new_form.reveal());
}

// The file may be longer than the certificate; the certificate itself says how long it is, and is believed
// only as far as a certificate can go.
Result<Bytes> Terminal::read_certificate(FileId id) {
  SHOMEI_TRY(const bool present, select_file(transport_, id));
  if (!present) return not_found("certificate_absent");
  SHOMEI_TRY(auto certificate, read(0, kDerHeaderBytes));
  if (certificate.empty() || is_filler(certificate)) return not_found("certificate_absent");
  const auto wrong = [&] {
    return malformed("card_file_form", {{"bytes", std::to_string(certificate.size())}});
  };
  if (certificate.size() != kDerHeaderBytes || certificate[0] != 0x30 || certificate[1] != 0x82)
    return wrong();
  const std::size_t size = kDerHeaderBytes + static_cast<std::size_t>(certificate[2] << 8 | certificate[3]);
  if (size > limits::kCertificateBytesMax) return wrong();
  while (certificate.size() < size) {
    const auto wanted = std::min<std::size_t>(kShortAnswerMax, size - certificate.size());
    SHOMEI_TRY(const auto more, read(certificate.size(), wanted));
    if (more.empty()) return wrong();
    append(certificate, more);
  }
  return certificate;
}

Result<Bytes> Terminal::sign(Kind kind, Scheme scheme, ByteView input) {
  const std::size_t bytes_max = scheme == Scheme::pad_as_given ? kPaddedBytesMax : kExtendedDataMax;
  if (input.empty() || input.size() > bytes_max)
    return malformed("digest_info_length", {{"bytes", std::to_string(input.size())}});
  SHOMEI_CHECK(select_present(key_file(kind)));
  const Command command{.cla = kOwnClass,
                        .ins = ins::kComputeSignature,
                        .p1 = static_cast<std::uint8_t>(scheme),
                        .p2 = kCurrentFile,
                        .data = input,
                        .le = kShortAnswerMax};
  SHOMEI_TRY(auto answer, exchange(transport_, command));
  if (answer.word == sw::kSecurityStatus) return refused("pin_needed");
  const bool whole = answer.data.size() == kRsaSignatureBytes || answer.data.size() == kP384SignatureBytes;
  if (answer.word != sw::kDone || !whole) return unexpected(command, answer.word);
  return std::move(answer.data);
}

Result<Bytes> Terminal::sign_sha256(Kind kind, ByteView message) {
  return sign(kind, Scheme::pad_as_given, digest_info(crypto::sha256(message)));
}

}  // namespace shomei::card::client
