#include "card/trust/trust_folder.h"

#include <algorithm>
#include <system_error>

#include "base/limits.h"
#include "card/trust/pinned_authorities.h"
#include "card/trust/standing.h"
#include "files/file.h"

namespace shomei::card::trust {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFileBytesMax = 2 * limits::kCertificateBytesMax;  // PEM is a third longer
constexpr std::size_t kAuthoritiesMax = 100;
constexpr std::string_view kExtension = ".cer";

TrustedAuthority trusted(pki::Certificate certificate) {
  const auto* pinned = find_pinned(crypto::sha256(certificate.der));
  TrustedAuthority authority{.name = pinned ? std::string(pinned->name) : certificate.tbs.subject.text(),
                             .pinned = pinned != nullptr,
                             .kind = {},
                             .certificate = std::move(certificate)};
  if (pinned) authority.kind = pinned->kind;
  return authority;
}

Result<Bytes> der_of(ByteView file) {
  if (!starts_with(file, view("-----BEGIN"))) return to_bytes(file);
  return pki::from_pem("CERTIFICATE", to_text(file));
}

Result<TrustedAuthority> load(const fs::path& path) {
  const auto changed = [&] { return malformed("trust_file_changed", {{"path", path.string()}}); };
  SHOMEI_TRY(const auto content, files::read_file(path, kFileBytesMax));
  if (to_hex(crypto::sha256(content)) != path.stem().string()) return changed();
  auto certificate = pki::parse_certificate(content);
  if (!certificate) return changed();
  return trusted(*std::move(certificate));
}

}  // namespace

Result<TrustFolder> TrustFolder::open(fs::path folder) {
  TrustFolder opened(std::move(folder));
  std::error_code missing;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(opened.folder_, missing))
    if (entry.path().extension() == kExtension && paths.size() < kAuthoritiesMax)
      paths.push_back(entry.path());
  std::ranges::sort(paths);
  for (const auto& path : paths) {
    SHOMEI_TRY(auto authority, load(path));
    opened.authorities_.push_back(std::move(authority));
  }
  return opened;
}

fs::path TrustFolder::path_of(const crypto::Sha256& fingerprint) const {
  return folder_ / (to_hex(fingerprint) + std::string(kExtension));
}

Result<TrustedAuthority> TrustFolder::add(ByteView file, const std::optional<crypto::Sha256>& told) {
  SHOMEI_TRY(const auto der, der_of(file));
  SHOMEI_TRY(auto certificate, pki::parse_certificate(der));
  const auto fingerprint = crypto::sha256(certificate.der);
  const std::string shown = to_hex_upper(fingerprint);
  if (told && *told != fingerprint)
    return refused("trust_fingerprint_differs", {{"fingerprint", shown}, {"told", to_hex_upper(*told)}});
  if (!told && !find_pinned(fingerprint)) return refused("trust_not_pinned", {{"fingerprint", shown}});
  if (!is_authority(certificate)) return refused("trust_not_an_authority", {{"fingerprint", shown}});
  std::error_code failed;
  fs::create_directories(folder_, failed);  // a failure shows in the writing
  SHOMEI_CHECK(files::replace_file(path_of(fingerprint), certificate.der, files::kReadableByAll));
  auto authority = trusted(std::move(certificate));
  authorities_.push_back(authority);
  return authority;
}

Result<void> TrustFolder::remove(const crypto::Sha256& fingerprint) {
  std::error_code failed;
  if (!fs::remove(path_of(fingerprint), failed))
    return not_found("trust_unknown", {{"fingerprint", to_hex_upper(fingerprint)}});
  return files::sync_folder(folder_);
}

Result<crypto::Sha256> parse_fingerprint(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c != ':' && c != ' '; });
  const auto bytes = from_hex(digits);
  crypto::Sha256 fingerprint{};
  if (!bytes || bytes->size() != fingerprint.size())
    return malformed("trust_fingerprint_form", {{"text", std::string(text)}});
  std::ranges::copy(*bytes, fingerprint.begin());
  return fingerprint;
}

}  // namespace shomei::card::trust
