#include "card/jpki_files.h"

#include <algorithm>

namespace shomei::card {
namespace {

constexpr auto kSign = Kind::signature;
constexpr auto kAuth = Kind::user_authentication;

constexpr FileEntry kFiles[] = {
    {file_id::kSignatureCertificate, Content::certificate, kSign, Reading::needs_pin},
    {file_id::kSignatureAuthority, Content::authority_certificate, kSign, Reading::free},
    {file_id::kTokenInfo, Content::token_info, {}, Reading::free},
    {file_id::kAvailability, Content::availability, {}, Reading::free},
    {file_id::kUserAuthenticationCertificate, Content::certificate, kAuth, Reading::free},
    {file_id::kUserAuthenticationAuthority, Content::authority_certificate, kAuth, Reading::free},
    {file_id::kUserAuthenticationKey, Content::private_key, kAuth, Reading::never},
    {file_id::kUserAuthenticationPin, Content::pin, kAuth, Reading::never},
    {file_id::kSignatureKey, Content::private_key, kSign, Reading::never},
    {file_id::kSignaturePin, Content::pin, kSign, Reading::never},
};

template <class Condition>
const FileEntry* find_where(Condition condition) {
  const auto* found = std::ranges::find_if(kFiles, condition);
  return found == std::end(kFiles) ? nullptr : found;
}

}  // namespace

std::span<const FileEntry> jpki_files() {
  return kFiles;
}

const FileEntry* find_file(FileId id) {
  return find_where([id](const FileEntry& file) { return file.id == id; });
}

const FileEntry* find_short_file(std::uint8_t short_id) {
  return find_where([short_id](const FileEntry& file) { return (file.id & 0x1F) == short_id; });
}

}  // namespace shomei::card
