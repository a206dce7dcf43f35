// Slots and tokens (PKCS#11 2.40, 5.5).
#include <algorithm>

#include "card/pin_form.h"
#include "pkcs11/call.h"

namespace shomei::pkcs11 {
namespace {

using card::Kind;

std::string_view label_of(Kind kind) {
  return kind == Kind::signature ? "JPKI Digital Signature" : "JPKI User Authentication";
}

// "03", as the card writes it.
CK_VERSION version_of(const std::string& text) {
  CK_VERSION version{0, 0};
  for (const char c : text)
    if (card::is_digit(c)) version.minor = static_cast<unsigned char>(10 * version.minor + (c - '0'));
  return version;
}

CK_FLAGS pin_flags(Kind kind, const Card::PinState& pin) {
  if (!pin.is_set) return 0;
  CK_FLAGS flags = CKF_USER_PIN_INITIALIZED;
  if (pin.tries_left == 0) return flags | CKF_USER_PIN_LOCKED;
  if (pin.tries_left == 1) flags |= CKF_USER_PIN_FINAL_TRY;
  if (pin.tries_left < card::tries_max(kind)) flags |= CKF_USER_PIN_COUNT_LOW;
  return flags;
}

CK_TOKEN_INFO token_info(Library& library, const Slot& slot, const Card::PinState& pin) {
  const auto& pin_form = card::entry_of(card::pin_id(slot.kind));
  const auto& told = slot.card->token_info();
  CK_TOKEN_INFO info{};
  fill(info.label, label_of(slot.kind));
  fill(info.manufacturerID, told.manufacturer);
  fill(info.model, told.model);
  fill(info.serialNumber, told.serial);
  info.flags = CKF_RNG | CKF_LOGIN_REQUIRED | CKF_TOKEN_INITIALIZED | pin_flags(slot.kind, pin);
  info.ulMaxSessionCount = info.ulMaxRwSessionCount = CK_EFFECTIVELY_INFINITE;
  info.ulSessionCount = library.count(slot.id, false);
  info.ulRwSessionCount = library.count(slot.id, true);
  info.ulMinPinLen = pin_form.bytes_min;
  info.ulMaxPinLen = pin_form.bytes_max;
  info.ulTotalPublicMemory = info.ulFreePublicMemory = CK_UNAVAILABLE_INFORMATION;
  info.ulTotalPrivateMemory = info.ulFreePrivateMemory = CK_UNAVAILABLE_INFORMATION;
  info.hardwareVersion = version_of(told.hardware_version);
  info.firmwareVersion = version_of(told.firmware_version);
  fill(info.utcTime, "");
  return info;
}

// A card that is none of ours is in its slot; half a card that is not there is no token.
bool has_token(Library& library, const Slot& slot) {
  const std::scoped_lock lock(slot.card->mutex());
  library.look(*slot.card);
  if (!slot.card->present()) return false;
  const auto recognised = slot.card->recognise(slot.kind);
  library.rest(*slot.card);
  return recognised || recognised.error() != CKR_TOKEN_NOT_PRESENT;
}

}  // namespace
}  // namespace shomei::pkcs11

using namespace shomei::pkcs11;

CK_RV C_GetSlotList(unsigned char token_present, CK_SLOT_ID* list, CK_ULONG* count) {
  return with_library([&](Library& library) -> CK_RV {
    if (count == nullptr) return CKR_ARGUMENTS_BAD;
    SHOMEI_TRY(auto slots, library.slots());
    if (token_present) std::erase_if(slots, [&](const auto& slot) { return !has_token(library, slot); });
    const CK_ULONG room = *count;
    *count = slots.size();
    if (list == nullptr) return CKR_OK;
    if (room < slots.size()) return CKR_BUFFER_TOO_SMALL;
    std::ranges::transform(slots, list, &Slot::id);
    return CKR_OK;
  });
}

CK_RV C_GetSlotInfo(CK_SLOT_ID id, CK_SLOT_INFO* info) {
  return with_library([&](Library& library) -> CK_RV {
    SHOMEI_TRY(const auto slot, library.slot(id));
    if (info == nullptr) return CKR_ARGUMENTS_BAD;
    *info = {};
    fill(info->slotDescription, slot.card->reader());
    fill(info->manufacturerID, "shomei");
    info->flags = CKF_REMOVABLE_DEVICE | CKF_HW_SLOT | (has_token(library, slot) ? CKF_TOKEN_PRESENT : 0);
    return CKR_OK;
  });
}

CK_RV C_GetTokenInfo(CK_SLOT_ID id, CK_TOKEN_INFO* info) {
  return with_slot(id, [&](Library& library, const Slot& slot) -> CK_RV {
    if (info == nullptr) return CKR_ARGUMENTS_BAD;
    SHOMEI_CHECK(slot.card->recognise(slot.kind));
    const auto pin = slot.card->pin_state(slot.kind);
    if (!pin) return of_slot(pin.error());
    *info = token_info(library, slot, *pin);
    return CKR_OK;
  });
}

CK_RV C_WaitForSlotEvent(CK_FLAGS flags, CK_SLOT_ID* slot, void* reserved) {
  return with_library([&](Library& library) -> CK_RV {
    if (slot == nullptr || reserved != nullptr) return CKR_ARGUMENTS_BAD;
    SHOMEI_TRY(*slot, library.next_event((flags & CKF_DONT_BLOCK) == 0));
    return CKR_OK;
  });
}

CK_RV C_GetMechanismList(CK_SLOT_ID id, CK_MECHANISM_TYPE* list, CK_ULONG* count) {
  return with_slot(id, [&](Library&, const Slot& slot) -> CK_RV {
    if (count == nullptr) return CKR_ARGUMENTS_BAD;
    SHOMEI_CHECK(slot.card->recognise(slot.kind));
    const auto mechanisms = mechanisms_of(slot.card->key_kind());
    const CK_ULONG room = *count;
    *count = mechanisms.size();
    if (list == nullptr) return CKR_OK;
    if (room < mechanisms.size()) return CKR_BUFFER_TOO_SMALL;
    std::ranges::copy(mechanisms, list);
    return CKR_OK;
  });
}

CK_RV C_GetMechanismInfo(CK_SLOT_ID id, CK_MECHANISM_TYPE type, CK_MECHANISM_INFO* info) {
  return with_slot(id, [&](Library&, const Slot& slot) -> CK_RV {
    if (info == nullptr) return CKR_ARGUMENTS_BAD;
    SHOMEI_CHECK(slot.card->recognise(slot.kind));
    const auto* mechanism = find_mechanism(type, slot.card->key_kind());
    if (mechanism == nullptr) return CKR_MECHANISM_INVALID;
    *info = mechanism->info();
    return CKR_OK;
  });
}
