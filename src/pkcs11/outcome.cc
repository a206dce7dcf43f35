#include "pkcs11/outcome.h"

#include <algorithm>
#include <iterator>

namespace shomei::pkcs11 {
namespace {

struct Meaning {
  std::string_view code;
  CK_RV rv;
};

constexpr Meaning kMeanings[] = {
    {"pin_wrong", CKR_PIN_INCORRECT},
    {"pin_blocked", CKR_PIN_LOCKED},
    {"pin_form", CKR_PIN_INVALID},
    {"password_form", CKR_PIN_INVALID},
    {"pin_needed", CKR_USER_NOT_LOGGED_IN},
    {"digest_info_length", CKR_DATA_LEN_RANGE},
    {"not_a_jpki_card", CKR_TOKEN_NOT_RECOGNIZED},
    {"card_mute", CKR_TOKEN_NOT_RECOGNIZED},
    {"card_unsupported", CKR_TOKEN_NOT_RECOGNIZED},
    {"card_memory", CKR_DEVICE_MEMORY},
    {"card_gone", CKR_DEVICE_REMOVED},
    {"card_missing", CKR_DEVICE_REMOVED},
    {"reader_none", CKR_DEVICE_REMOVED},
    {"reader_unknown", CKR_DEVICE_REMOVED},
    {"pcsc_service_missing", CKR_DEVICE_REMOVED},
    // card_busy, card_reset, card_answer, card_file_form, pcsc_denied, pcsc_failed: what is left.
};

constexpr std::string_view kSignature = "802A";
constexpr std::string_view kWrongParameters = "6A86";

}  // namespace

Refusal refusal_of(const Error& error) {
  const auto* meaning = std::ranges::find(kMeanings, error.code, &Meaning::code);
  if (meaning != std::end(kMeanings)) return {meaning->rv};
  // A card that does not know a scheme of signature says so in this way (jpki-facts 1.5).
  if (error.parameter("command").starts_with(kSignature) && error.parameter("sw") == kWrongParameters)
    return {CKR_MECHANISM_INVALID};
  return {CKR_DEVICE_ERROR};
}

Refusal of_slot(Refusal refusal) {
  return {refusal.rv == CKR_DEVICE_REMOVED ? CKR_TOKEN_NOT_PRESENT : refusal.rv};
}

}  // namespace shomei::pkcs11
