// The applications of a card and their elementary files (jpki-facts 1.1, 1.2 and 1.7). The tables are the one
// place that says what each file is and who may read it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/bytes.h"
#include "card/kind.h"
#include "card/pin_id.h"

namespace shomei::card {

enum class ApplicationId : std::uint8_t { issuer_domain, jpki, face, input_helper, common };

inline constexpr std::size_t kApplicationCount = 5;

// GlobalPlatform's issuer security domain: what a card is in before anything is selected.
inline constexpr ByteArray<7> kIssuerDomain{0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00};
inline constexpr ByteArray<10> kJpkiApplication{0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01};
inline constexpr ByteArray<10> kFaceApplication{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02};
inline constexpr ByteArray<10> kInputHelperApplication{0xD3, 0x92, 0x10, 0x00, 0x31,
                                                       0x00, 0x01, 0x01, 0x04, 0x08};
inline constexpr ByteArray<10> kCommonApplication{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00};
// A terminal may give the beginning of the name alone. How short it may be is UNCONFIRMED; five bytes are
// the length of a registered provider's identifier (ISO/IEC 7816-4, application identifiers).
inline constexpr std::size_t kApplicationPrefixBytesMin = 5;
inline constexpr std::size_t kApplicationNameBytesMax = 16;

using FileId = std::uint16_t;

// Of the JPKI application.
namespace file_id {
inline constexpr FileId kSignatureCertificate = 0x0001;
inline constexpr FileId kSignatureAuthority = 0x0002;
inline constexpr FileId kTokenInfo = 0x0006;
inline constexpr FileId kAvailability = 0x0008;
inline constexpr FileId kUserAuthenticationCertificate = 0x000A;
inline constexpr FileId kUserAuthenticationAuthority = 0x000B;
inline constexpr FileId kUserAuthenticationKey = 0x0017;
inline constexpr FileId kUserAuthenticationPin = 0x0018;
inline constexpr FileId kSignatureKey = 0x001A;
inline constexpr FileId kSignaturePin = 0x001B;
}  // namespace file_id

enum class Content : std::uint8_t {
  certificate,
  authority_certificate,
  token_info,
  availability,
  private_key,
  pin,
  data,         // what the issuer wrote, read as it is
  records,      // likewise, read by READ RECORD
  session_key,  // the public half of what the card makes for sealed sessions
  unknown,      // seen on cards, of which nobody has said what it is
};
enum class Reading : std::uint8_t { free, needs_pin, never };

struct FileEntry {
  FileId id;
  Content content;
  Reading reading;
  PinSet readers = 0;             // with needs_pin: any of these
  std::optional<Kind> kind = {};  // none: of the card as a whole
  std::optional<PinId> pin = {};  // of a PIN's file; none: a PIN that nobody has, and that is blocked
};

struct ApplicationEntry {
  ApplicationId id;
  ByteView name;
  std::span<const FileEntry> files;
};

std::span<const ApplicationEntry> applications();
const ApplicationEntry& application(ApplicationId id);
// Whose name begins with these bytes; the first of several in the table. nullptr: none, or too few bytes.
const ApplicationEntry* find_application(ByteView name_or_prefix);

// nullptr when the application has no such file.
const FileEntry* find_file(ApplicationId application, FileId id);
// By the short file identifier, the lowest five bits of the id.
const FileEntry* find_short_file(ApplicationId application, std::uint8_t short_id);

// Where the file of a PIN stands.
struct PinPlace {
  ApplicationId application{};
  FileId file = 0;
};
PinPlace place_of(PinId pin);

constexpr FileId pin_file(Kind kind) {
  return kind == Kind::signature ? file_id::kSignaturePin : file_id::kUserAuthenticationPin;
}
constexpr FileId key_file(Kind kind) {
  return kind == Kind::signature ? file_id::kSignatureKey : file_id::kUserAuthenticationKey;
}
constexpr FileId certificate_file(Kind kind) {
  return kind == Kind::signature ? file_id::kSignatureCertificate : file_id::kUserAuthenticationCertificate;
}
constexpr FileId authority_file(Kind kind) {
  return kind == Kind::signature ? file_id::kSignatureAuthority : file_id::kUserAuthenticationAuthority;
}
// P2 of VERIFY, COMPUTE SIGNATURE and READ BINARY: bit 8 and the short file identifier; 80 is the current
// file.
inline constexpr std::uint8_t kCurrentFile = 0x80;
constexpr std::uint8_t short_reference(FileId id) {
  return static_cast<std::uint8_t>(0x80 | (id & 0x1F));
}

// What the issuer may write into a file of data: what 15 bits of offset reach.
inline constexpr std::size_t kDataFileBytesMax = 0x7FFF;

// Token info (EF 0006) is a PKCS#11 CK_TOKEN_INFO, integers big-endian (jpki-facts 1.3).
inline constexpr std::size_t kTokenInfoBytes = 160;
inline constexpr std::size_t kTokenLabelBytes = 32;
inline constexpr std::size_t kTokenSerialBytes = 16;
// Availability (EF 0008): the first byte for the signature certificate, the second for the other.
inline constexpr std::size_t kAvailabilityBytes = 3;
inline constexpr std::uint8_t kPresent = 0x8F;

}  // namespace shomei::card
