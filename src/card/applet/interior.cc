#include "card/applet/interior.h"

#include <utility>

namespace shomei::card::applet {
namespace {

constexpr std::uint8_t kReferenceMarks = 0xE0;
constexpr std::uint8_t kShortIdBits = 0x1F;

}  // namespace

bool Interior::keep(ChipState next) {
  if (!storage->save(encode_state(next).reveal())) return false;
  state = std::move(next);
  return true;
}

bool Interior::hidden(const FileEntry& file) const {
  const bool may_be_absent =
      file.content == Content::certificate || file.content == Content::authority_certificate;
  return may_be_absent && settings.hides_empty_files && state.phase == Phase::operational &&
         content_of(*this, file).empty();
}

OrWord<const FileEntry*> Interior::refer(std::uint8_t reference) {
  if ((reference & kReferenceMarks) != kCurrentFile) return Refusal(sw::kWrongParameters);
  if (!session.application_selected) return Refusal(sw::kNoCurrentFile);
  const auto short_id = static_cast<std::uint8_t>(reference & kShortIdBits);
  if (short_id == 0) {
    if (!session.file) return Refusal(sw::kNoCurrentFile);
    return session.file;
  }
  const FileEntry* file = find_short_file(short_id);
  if (!file || hidden(*file)) return Refusal(sw::kFileNotFound);
  session.file = file;
  return file;
}

OrWord<Kind> Interior::refer_to(Content content, std::uint8_t reference) {
  const auto file = refer(reference);
  if (!file) return Refusal(file.error() == sw::kFileNotFound ? sw::kReferenceNotFound : file.error());
  if ((*file)->content != content) return Refusal(sw::kWrongFileType);
  return *(*file)->kind;
}

}  // namespace shomei::card::applet
