#include "crypto/pkcs11/failed.h"

#include <gtest/gtest.h>

namespace shomei::crypto::pkcs11 {
namespace {

const Place kPlace{.module = "/lib/module.so", .token = "ca", .slot = 7};

TEST(Failed, NamesModuleTokenSlotCallAndAnswer) {
  const Error error = failed(CKR_PIN_LOCKED, "C_Login", kPlace);
  EXPECT_EQ(error.code, "token_pin_locked");
  EXPECT_EQ(error.parameter("module"), "/lib/module.so");
  EXPECT_EQ(error.parameter("token"), "ca");
  EXPECT_EQ(error.parameter("slot"), "7");
  EXPECT_EQ(error.parameter("call"), "C_Login");
  EXPECT_EQ(error.parameter("rv"), "CKR_PIN_LOCKED");
  EXPECT_EQ(name_of(CKR_VENDOR_DEFINED + 0x2A), "0x8000002a");
}

TEST(Failed, TellsApartWhatACallerCanActOn) {
  const auto code = [](CK_RV rv) { return failed(rv, "C_Sign", kPlace).code; };
  for (const CK_RV rv : {CKR_PIN_INCORRECT, CKR_PIN_INVALID, CKR_PIN_LEN_RANGE})
    EXPECT_EQ(code(rv), "token_pin_wrong");
  for (const CK_RV rv : {CKR_DEVICE_MEMORY, CKR_HOST_MEMORY}) EXPECT_EQ(code(rv), "token_full");
  for (const CK_RV rv : {CKR_MECHANISM_INVALID, CKR_CURVE_NOT_SUPPORTED})
    EXPECT_EQ(code(rv), "token_mechanism_missing");
  for (const CK_RV rv : {CKR_SESSION_HANDLE_INVALID, CKR_USER_NOT_LOGGED_IN, CKR_DEVICE_REMOVED,
                         CKR_TOKEN_NOT_PRESENT, CKR_KEY_HANDLE_INVALID, CKR_CRYPTOKI_NOT_INITIALIZED}) {
    EXPECT_EQ(code(rv), "token_lost");
    EXPECT_TRUE(is_lost(rv));
    EXPECT_TRUE(is_lost(failed(rv, "C_Sign", kPlace)));
  }
  EXPECT_EQ(code(CKR_GENERAL_ERROR), "token_failed");
  EXPECT_FALSE(is_lost(failed(CKR_GENERAL_ERROR, "C_Sign", kPlace)));
}

}  // namespace
}  // namespace shomei::crypto::pkcs11
