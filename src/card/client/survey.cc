#include "card/client/survey.h"

#include "card/client/exchange.h"
#include "card/client/verify.h"
#include "card/instruction.h"
#include "card/pin_form.h"

namespace shomei::card::client {
namespace {

// On real cards alone: the virtual one has no such application (jpki-facts 1.1).
constexpr ByteArray<10> kResidentRegister{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x01};

// A card that says something else is asked no further: the tries of that PIN are not known.
Result<std::optional<unsigned>> tries_of(Transport& transport, PinId pin) {
  auto tries = ask_tries(transport, tries_max(pin));
  if (!tries && tries.error().code == "card_answer") return std::optional<unsigned>{};
  return tries;
}

Result<void> add_pins(Transport& transport, const KnownApplication& application, std::vector<FoundPin>& to) {
  const auto* entry = find_application(application.aid);
  if (!entry) return {};
  for (const auto& file : entry->files) {
    if (!file.pin) continue;
    const auto present = select_file(transport, file.id);
    if (!present && present.error().code != "card_answer") return present.error();
    if (!present || !*present) continue;
    SHOMEI_TRY(const auto tries, tries_of(transport, *file.pin));
    to.push_back({.application = application.name, .name = entry_of(*file.pin).name, .tries_left = tries});
  }
  return {};
}

}  // namespace

std::span<const KnownApplication> known_applications() {
  static constexpr KnownApplication kApplications[] = {{"jpki", kJpkiApplication},
                                                       {"input_helper", kInputHelperApplication},
                                                       {"card_face", kFaceApplication},
                                                       {"resident_register", kResidentRegister},
                                                       {"common", kCommonApplication}};
  return kApplications;
}

Result<Survey> survey(Transport& transport) {
  Survey found;
  for (const auto& application : known_applications()) {
    SHOMEI_TRY(const bool present, has_application(transport, application.aid));
    found.applications.push_back({.name = application.name, .present = present});
    if (!present) continue;
    SHOMEI_CHECK(add_pins(transport, application, found.pins));
  }
  return found;
}

}  // namespace shomei::card::client
