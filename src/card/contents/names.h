// What the files are called (jpki-facts 1.7); who may read them stands in card/application.h.
#pragma once

#include "card/application.h"

namespace shomei::card::contents {

namespace input_helper_file {
inline constexpr FileId kNumber = 0x0001;
inline constexpr FileId kAttributes = 0x0002;
inline constexpr FileId kIntegrity = 0x0003;
inline constexpr FileId kCertificate = 0x0004;
inline constexpr FileId kInfo = 0x0005;
inline constexpr FileId kSessionKey = 0x0006;
inline constexpr FileId kSignedKey = 0x0007;
inline constexpr FileId kPin = 0x0011;
inline constexpr FileId kReferenceA = 0x0014;
inline constexpr FileId kReferenceB = 0x0015;
}  // namespace input_helper_file

namespace face_file {
inline constexpr FileId kAge = 0x0001;
inline constexpr FileId kFace = 0x0002;
inline constexpr FileId kInfo = 0x0003;
inline constexpr FileId kCertificate = 0x0004;
inline constexpr FileId kNumberImage = 0x0005;
inline constexpr FileId kBirthDate = 0x0011;
inline constexpr FileId kReferenceB = 0x0012;
inline constexpr FileId kReferenceA = 0x0013;
}  // namespace face_file

namespace common_file {
inline constexpr FileId kRecord = 0x0001;
}  // namespace common_file

// Tags of GET DATA, which the issuer's domain has in the place of files (jpki-facts 1.4).
namespace domain_data {
inline constexpr FileId kMunicipality = 0x00F0;
inline constexpr FileId kValidUntil = 0x00F2;
}  // namespace domain_data

}  // namespace shomei::card::contents
