// CeremonyFile: one file that says everything that a key ceremony makes (docs/formats/ceremony.md). Read
// strictly: what it does not know it refuses, with the line.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authority/link.h"
#include "base/calendar.h"
#include "base/result.h"
#include "crypto/algorithm.h"
#include "crypto/digest.h"
#include "home/keys/key_settings.h"
#include "pki/certificate_kind.h"

namespace shomei::home {

inline constexpr int kCeremonyFormat = 1;

struct PlannedKey {
  crypto::KeyType type = crypto::KeyType::rsa_2048;
  KeyPlace place;
};

struct PlannedAuthority {
  pki::CertificateKind kind{};
  std::uint32_t generation = 0;
  PlannedKey key;
  int years = 0;
  std::optional<Instant> not_before;  // absent: the moment of the ceremony
  std::vector<std::string> name;      // "C=JP", "O=...", ...: what the profile must say
  std::optional<PlannedKey> crl;      // absent: the authority's own key signs its lists
  PlannedKey responder;
  bool link = false;  // with the generation before, both ways
  authority::LinkNumber link_number = authority::LinkNumber::of_subject;
  std::string authority_name() const;  // "signature-1"
};

struct CeremonyFile {
  std::string title;
  std::vector<std::string> witnesses;
  std::optional<KeyPlace> checkpoint;  // makes the key of the journal's checkpoints
  std::vector<PlannedAuthority> authorities;
  crypto::Sha256 digest{};  // of the file
};

inline constexpr std::size_t kCeremonyFileBytesMax = 64 * 1024;

// malformed "settings_form" {what, line}, "setting_unknown" {key, line}, "setting_value" {key, line, wanted},
// "key_place_form", "key_type_unknown"; refused "ceremony_newer".
Result<CeremonyFile> parse_ceremony_file(std::string_view text);

}  // namespace shomei::home
