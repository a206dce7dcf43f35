#include "card/client/survey.h"

#include "card/client/exchange.h"
#include "card/instruction.h"

namespace shomei::card::client {
namespace {

constexpr ByteArray<10> kCardFace{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02};
constexpr ByteArray<10> kInputHelper{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08};
constexpr ByteArray<10> kResidentRegister{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x01};
constexpr ByteArray<10> kCommon{0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00};

struct KnownPin {
  std::string_view application;
  FileId file;
  std::string_view name;
};

// jpki-facts 1.2 and 1.7.
constexpr KnownPin kPins[] = {
    {"jpki", file_id::kUserAuthenticationPin, "user_authentication"},
    {"jpki", file_id::kSignaturePin, "signature"},
    {"input_helper", 0x0011, "input_helper"},
    {"input_helper", 0x0014, "reference_number_a"},
    {"input_helper", 0x0015, "reference_number_b"},
    {"card_face", 0x0011, "birth_date"},
    {"card_face", 0x0012, "reference_number_b"},
    {"card_face", 0x0013, "reference_number_a"},
    {"resident_register", 0x001C, "resident_register"},
    {"common", 0x001C, "common"},
};

// A card that says neither is asked no further: the tries of that PIN are not known.
Result<std::optional<unsigned>> ask_tries(Transport& transport) {
  SHOMEI_TRY(const auto answer, exchange(transport, {.ins = ins::kVerify, .p2 = kCurrentFile}));
  if (sw::is_blocked(answer.word)) return std::optional<unsigned>{0};
  if (!sw::is_tries_left(answer.word)) return std::optional<unsigned>{};
  return std::optional<unsigned>{answer.word & 0xFU};
}

Result<void> add_pins(Transport& transport, std::string_view application, std::vector<FoundPin>& to) {
  for (const auto& pin : kPins) {
    if (pin.application != application) continue;
    const auto present = select_file(transport, pin.file);
    if (!present && present.error().code != "card_answer") return present.error();
    if (!present || !*present) continue;
    SHOMEI_TRY(const auto tries, ask_tries(transport));
    to.push_back({.application = application, .name = pin.name, .tries_left = tries});
  }
  return {};
}

}  // namespace

std::span<const KnownApplication> known_applications() {
  static constexpr KnownApplication kApplications[] = {{"jpki", kJpkiApplication},
                                                       {"input_helper", kInputHelper},
                                                       {"card_face", kCardFace},
                                                       {"resident_register", kResidentRegister},
                                                       {"common", kCommon}};
  return kApplications;
}

Result<Survey> survey(Transport& transport) {
  Survey found;
  for (const auto& application : known_applications()) {
    SHOMEI_TRY(const bool present, has_application(transport, application.aid));
    found.applications.push_back({.name = application.name, .present = present});
    if (!present) continue;
    SHOMEI_CHECK(add_pins(transport, application.name, found.pins));
  }
  return found;
}

}  // namespace shomei::card::client
