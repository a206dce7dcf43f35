#include "crypto/pkcs11/failed.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"

namespace shomei::crypto::pkcs11 {
namespace {

struct Name {
  CK_RV rv;
  std::string_view name;
};

#define SHOMEI_NAMED(rv) \
  Name {                 \
    rv, #rv              \
  }
constexpr std::array kNames{
    SHOMEI_NAMED(CKR_CANCEL),
    SHOMEI_NAMED(CKR_HOST_MEMORY),
    SHOMEI_NAMED(CKR_SLOT_ID_INVALID),
    SHOMEI_NAMED(CKR_GENERAL_ERROR),
    SHOMEI_NAMED(CKR_FUNCTION_FAILED),
    SHOMEI_NAMED(CKR_ARGUMENTS_BAD),
    SHOMEI_NAMED(CKR_NEED_TO_CREATE_THREADS),
    SHOMEI_NAMED(CKR_CANT_LOCK),
    SHOMEI_NAMED(CKR_ATTRIBUTE_READ_ONLY),
    SHOMEI_NAMED(CKR_ATTRIBUTE_SENSITIVE),
    SHOMEI_NAMED(CKR_ATTRIBUTE_TYPE_INVALID),
    SHOMEI_NAMED(CKR_ATTRIBUTE_VALUE_INVALID),
    SHOMEI_NAMED(CKR_ACTION_PROHIBITED),
    SHOMEI_NAMED(CKR_DATA_LEN_RANGE),
    SHOMEI_NAMED(CKR_DEVICE_ERROR),
    SHOMEI_NAMED(CKR_DEVICE_MEMORY),
    SHOMEI_NAMED(CKR_DEVICE_REMOVED),
    SHOMEI_NAMED(CKR_FUNCTION_NOT_SUPPORTED),
    SHOMEI_NAMED(CKR_KEY_HANDLE_INVALID),
    SHOMEI_NAMED(CKR_KEY_SIZE_RANGE),
    SHOMEI_NAMED(CKR_KEY_TYPE_INCONSISTENT),
    SHOMEI_NAMED(CKR_KEY_FUNCTION_NOT_PERMITTED),
    SHOMEI_NAMED(CKR_MECHANISM_INVALID),
    SHOMEI_NAMED(CKR_MECHANISM_PARAM_INVALID),
    SHOMEI_NAMED(CKR_OBJECT_HANDLE_INVALID),
    SHOMEI_NAMED(CKR_OPERATION_ACTIVE),
    SHOMEI_NAMED(CKR_OPERATION_NOT_INITIALIZED),
    SHOMEI_NAMED(CKR_PIN_INCORRECT),
    SHOMEI_NAMED(CKR_PIN_INVALID),
    SHOMEI_NAMED(CKR_PIN_LEN_RANGE),
    SHOMEI_NAMED(CKR_PIN_EXPIRED),
    SHOMEI_NAMED(CKR_PIN_LOCKED),
    SHOMEI_NAMED(CKR_SESSION_CLOSED),
    SHOMEI_NAMED(CKR_SESSION_COUNT),
    SHOMEI_NAMED(CKR_SESSION_HANDLE_INVALID),
    SHOMEI_NAMED(CKR_SESSION_READ_ONLY),
    SHOMEI_NAMED(CKR_TEMPLATE_INCOMPLETE),
    SHOMEI_NAMED(CKR_TEMPLATE_INCONSISTENT),
    SHOMEI_NAMED(CKR_TOKEN_NOT_PRESENT),
    SHOMEI_NAMED(CKR_TOKEN_NOT_RECOGNIZED),
    SHOMEI_NAMED(CKR_TOKEN_WRITE_PROTECTED),
    SHOMEI_NAMED(CKR_USER_NOT_LOGGED_IN),
    SHOMEI_NAMED(CKR_USER_PIN_NOT_INITIALIZED),
    SHOMEI_NAMED(CKR_USER_ANOTHER_ALREADY_LOGGED_IN),
    SHOMEI_NAMED(CKR_DOMAIN_PARAMS_INVALID),
    SHOMEI_NAMED(CKR_CURVE_NOT_SUPPORTED),
    SHOMEI_NAMED(CKR_BUFFER_TOO_SMALL),
    SHOMEI_NAMED(CKR_CRYPTOKI_NOT_INITIALIZED),
    SHOMEI_NAMED(CKR_FUNCTION_REJECTED),
};
#undef SHOMEI_NAMED

bool is_one_of(CK_RV rv, std::initializer_list<CK_RV> list) {
  return std::ranges::find(list, rv) != list.end();
}

}  // namespace

std::string name_of(CK_RV rv) {
  for (const auto& known : kNames)
    if (known.rv == rv) return std::string(known.name);
  Bytes number;
  append_u32(number, static_cast<std::uint32_t>(rv));
  return "0x" + to_hex(number);
}

bool is_lost(CK_RV rv) {
  return is_one_of(rv, {CKR_SESSION_HANDLE_INVALID, CKR_SESSION_CLOSED, CKR_USER_NOT_LOGGED_IN,
                        CKR_DEVICE_REMOVED, CKR_DEVICE_ERROR, CKR_TOKEN_NOT_PRESENT, CKR_TOKEN_NOT_RECOGNIZED,
                        CKR_SLOT_ID_INVALID, CKR_CRYPTOKI_NOT_INITIALIZED, CKR_KEY_HANDLE_INVALID,
                        CKR_OBJECT_HANDLE_INVALID, CKR_OPERATION_NOT_INITIALIZED, CKR_OPERATION_ACTIVE});
}

bool is_lost(const Error& error) {
  return error.code == "token_lost";
}

Parameters parameters_of(const Place& place) {
  return {{"module", place.module}, {"token", place.token}, {"slot", std::to_string(place.slot)}};
}

Error failed(CK_RV rv, std::string_view call, const Place& place) {
  const auto where = [&] {
    auto parameters = parameters_of(place);
    parameters.push_back({"call", std::string(call)});
    parameters.push_back({"rv", name_of(rv)});
    return parameters;
  };
  if (is_lost(rv)) return unavailable("token_lost", where());
  if (is_one_of(rv, {CKR_PIN_INCORRECT, CKR_PIN_INVALID, CKR_PIN_LEN_RANGE}))
    return refused("token_pin_wrong", where());
  if (rv == CKR_PIN_LOCKED) return refused("token_pin_locked", where());
  if (is_one_of(rv, {CKR_DEVICE_MEMORY, CKR_HOST_MEMORY})) return unavailable("token_full", where());
  if (is_one_of(rv, {CKR_MECHANISM_INVALID, CKR_MECHANISM_PARAM_INVALID, CKR_KEY_SIZE_RANGE,
                     CKR_CURVE_NOT_SUPPORTED, CKR_DOMAIN_PARAMS_INVALID, CKR_FUNCTION_NOT_SUPPORTED}))
    return refused("token_mechanism_missing", where());
  return unavailable("token_failed", where());
}

}  // namespace shomei::crypto::pkcs11
