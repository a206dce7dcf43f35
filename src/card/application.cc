#include "card/application.h"

#include <algorithm>

#include "base/check.h"

namespace shomei::card {
namespace {

constexpr auto kSign = Kind::signature;
constexpr auto kAuth = Kind::user_authentication;

constexpr FileEntry free_data(FileId id) {
  return {id, Content::data, Reading::free};
}
constexpr FileEntry guarded_data(FileId id, PinSet readers) {
  return {id, Content::data, Reading::needs_pin, readers};
}
constexpr FileEntry pin(FileId id, PinId which) {
  return {id, Content::pin, Reading::never, 0, {}, which};
}
constexpr FileEntry unknown(FileId id) {
  return {id, Content::unknown, Reading::never};
}

constexpr FileEntry kJpkiFiles[] = {
    {file_id::kSignatureCertificate, Content::certificate, Reading::needs_pin, any_of(PinId::signature),
     kSign},
    {file_id::kSignatureAuthority, Content::authority_certificate, Reading::free, 0, kSign},
    {file_id::kTokenInfo, Content::token_info, Reading::free},
    {file_id::kAvailability, Content::availability, Reading::free},
    unknown(0x0009),
    {file_id::kUserAuthenticationCertificate, Content::certificate, Reading::free, 0, kAuth},
    {file_id::kUserAuthenticationAuthority, Content::authority_certificate, Reading::free, 0, kAuth},
    unknown(0x0010),
    unknown(0x0016),
    {file_id::kUserAuthenticationKey, Content::private_key, Reading::never, 0, kAuth},
    {file_id::kUserAuthenticationPin, Content::pin, Reading::never, 0, kAuth, PinId::user_authentication},
    {file_id::kSignatureKey, Content::private_key, Reading::never, 0, kSign},
    {file_id::kSignaturePin, Content::pin, Reading::never, 0, kSign, PinId::signature},
};

constexpr FileEntry kFaceFiles[] = {
    guarded_data(0x0001, any_of(PinId::face_birth_date)),
    guarded_data(0x0002, any_of(PinId::face_a, PinId::face_b)),
    free_data(0x0003),
    free_data(0x0004),
    guarded_data(0x0005, any_of(PinId::face_a)),
    pin(0x0011, PinId::face_birth_date),
    pin(0x0012, PinId::face_b),
    pin(0x0013, PinId::face_a),
};

constexpr PinSet kNumberReaders = any_of(PinId::input_helper, PinId::input_helper_a);
constexpr PinSet kAttributeReaders = any_of(PinId::input_helper, PinId::input_helper_b);
constexpr PinSet kEitherReader = any_of(PinId::input_helper, PinId::input_helper_a, PinId::input_helper_b);

constexpr FileEntry kInputHelperFiles[] = {
    guarded_data(0x0001, kNumberReaders),
    guarded_data(0x0002, kAttributeReaders),
    guarded_data(0x0003, kEitherReader),
    free_data(0x0004),
    free_data(0x0005),
    {0x0006, Content::session_key, Reading::needs_pin, kEitherReader},
    guarded_data(0x0007, kEitherReader),
    unknown(0x0008),
    pin(0x0011, PinId::input_helper),
    {0x0012, Content::pin, Reading::never},  // blocked for ever, whatever it was
    pin(0x0014, PinId::input_helper_a),
    pin(0x0015, PinId::input_helper_b),
};

constexpr FileEntry kCommonFiles[] = {
    {0x0001, Content::records, Reading::free},
    free_data(0x0002),
    {0x0019, Content::private_key, Reading::never},
    pin(0x001C, PinId::common),
};

// Tags of GET DATA (jpki-facts 1.4), which no SELECT reaches.
constexpr FileEntry kDomainFiles[] = {free_data(0x0042), free_data(0x0045), free_data(0x0066),
                                      free_data(0x00F0), free_data(0x00F2), free_data(0x00F7),
                                      free_data(0x00F8)};

constexpr ApplicationEntry kApplications[] = {
    {ApplicationId::issuer_domain, kIssuerDomain, kDomainFiles},
    {ApplicationId::jpki, kJpkiApplication, kJpkiFiles},
    {ApplicationId::face, kFaceApplication, kFaceFiles},
    {ApplicationId::input_helper, kInputHelperApplication, kInputHelperFiles},
    {ApplicationId::common, kCommonApplication, kCommonFiles},
};
static_assert(std::size(kApplications) == kApplicationCount);

template <class Condition>
const FileEntry* find_where(ApplicationId id, Condition condition) {
  const auto files = application(id).files;
  const auto found = std::ranges::find_if(files, condition);
  return found == files.end() ? nullptr : &*found;
}

}  // namespace

std::span<const ApplicationEntry> applications() {
  return kApplications;
}

const ApplicationEntry& application(ApplicationId id) {
  return kApplications[static_cast<std::size_t>(id)];
}

const ApplicationEntry* find_application(ByteView prefix) {
  if (prefix.size() < kApplicationPrefixBytesMin) return nullptr;
  const auto* found = std::ranges::find_if(
      kApplications, [prefix](const ApplicationEntry& entry) { return starts_with(entry.name, prefix); });
  return found == std::end(kApplications) ? nullptr : found;
}

const FileEntry* find_file(ApplicationId application, FileId id) {
  return find_where(application, [id](const FileEntry& file) { return file.id == id; });
}

PinPlace place_of(PinId pin) {
  for (const auto& entry : kApplications)
    for (const auto& file : entry.files)
      if (file.pin == pin) return {entry.id, file.id};
  SHOMEI_INVARIANT(false);
}

const FileEntry* find_short_file(ApplicationId application, std::uint8_t short_id) {
  return find_where(application, [short_id](const FileEntry& file) { return (file.id & 0x1F) == short_id; });
}

}  // namespace shomei::card
