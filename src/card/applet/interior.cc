#include "card/applet/interior.h"

#include <algorithm>
#include <utility>

namespace shomei::card::applet {
namespace {

constexpr std::uint8_t kReferenceMarks = 0xE0;
constexpr std::uint8_t kShortIdBits = 0x1F;
// To what needs a file before an application is selected. UNCONFIRMED: 6986 or 6A82 (jpki-facts 1.4).
constexpr StatusWord kNoApplication = sw::kNoCurrentFile;

PinState stored_state(const std::optional<StoredPin>& pin) {
  if (!pin) return PinState::unset;
  return pin->tries_left == 0 ? PinState::blocked : PinState::ready;
}

}  // namespace

void Interior::reset() {
  session = {};
  std::ranges::transform(state.pins, session.pins.begin(), stored_state);
}

void Interior::select(ApplicationId application) {
  auto pins = session.pins;
  for (auto& pin : pins) pin = step(pin, PinEvent::select).to;
  session = {};
  session.application = application;
  session.pins = pins;
}

void Interior::close_channel() {
  session.channel.reset();
  session.staging.reset();
}

bool Interior::keep(ChipState next) {
  if (!storage->save(encode_state(next).reveal())) return false;
  state = std::move(next);
  return true;
}

const PinStep& Interior::happen(PinId id, PinEvent event) {
  const PinStep& taken = step(pin_state(id), event);
  session.pins[index_of(id)] = taken.to;
  return taken;
}

bool Interior::may_read(const FileEntry& file) const {
  if (file.reading != Reading::needs_pin) return file.reading == Reading::free;
  return std::ranges::any_of(kPins, [&](const PinEntry& pin) {
    return contains(file.readers, pin.id) && verified(pin_used(state.card_kind, pin.id));
  });
}

OrWord<ApplicationId> Interior::file_system() const {
  if (!session.application || *session.application == ApplicationId::issuer_domain)
    return Refusal(kNoApplication);
  return *session.application;
}

bool Interior::hidden(const FileEntry& file) const {
  const bool may_be_absent =
      file.content == Content::certificate || file.content == Content::authority_certificate;
  return may_be_absent && settings.hides_empty_files && state.phase == Phase::operational &&
         content_of(*this, file).empty();
}

OrWord<const FileEntry*> Interior::refer(std::uint8_t reference) {
  if ((reference & kReferenceMarks) != kCurrentFile) return Refusal(sw::kWrongParameters);
  const auto application = file_system();
  if (!application) return Refusal(application.error());
  const auto short_id = static_cast<std::uint8_t>(reference & kShortIdBits);
  if (short_id == 0) {
    if (!session.file) return Refusal(sw::kNoCurrentFile);
    return session.file;
  }
  const FileEntry* file = find_short_file(*application, short_id);
  if (!file || hidden(*file)) return Refusal(sw::kFileNotFound);
  session.file = file;
  return file;
}

OrWord<const FileEntry*> Interior::refer_to(Content content, std::uint8_t reference) {
  const auto file = refer(reference);
  if (!file) return Refusal(file.error() == sw::kFileNotFound ? sw::kReferenceNotFound : file.error());
  if ((*file)->content != content) return Refusal(sw::kWrongFileType);
  return *file;
}

StatusWord word_of(const Interior& chip, PinAnswer answer, unsigned tries) {
  switch (answer) {
    case PinAnswer::done:
      return sw::kDone;
    case PinAnswer::tries_left:
      return sw::tries_left(tries);
    case PinAnswer::is_blocked:
      return chip.settings.blocked_word;
    case PinAnswer::security_status:
      return sw::kSecurityStatus;
  }
  return sw::kNoDiagnosis;
}

}  // namespace shomei::card::applet
