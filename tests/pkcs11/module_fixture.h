// For the tests of the module: one that is initialized, with a card in its reader, and calls made short.
#pragma once

#include <gtest/gtest.h>
#include <p11-kit/pkcs11.h>

#include <array>
#include <string>
#include <vector>

#include "card/card_kind.h"
#include "tests/pkcs11/test_readers.h"

namespace shomei::pkcs11 {

inline constexpr auto kAuth = card::Kind::user_authentication;
inline constexpr auto kSign = card::Kind::signature;
inline constexpr CK_SLOT_ID kAuthSlot = 0;
inline constexpr CK_SLOT_ID kSignSlot = 1;
inline const std::string kReader = "Test reader";

inline CK_FUNCTION_LIST& functions() {
  CK_FUNCTION_LIST* list = nullptr;
  EXPECT_EQ(C_GetFunctionList(&list), CKR_OK);
  return *list;
}

inline CK_RV login(CK_SESSION_HANDLE session, std::string pin, CK_USER_TYPE user = CKU_USER) {
  return C_Login(session, user, reinterpret_cast<unsigned char*>(pin.data()), pin.size());
}
inline CK_RV set_pin(CK_SESSION_HANDLE session, std::string old_pin, std::string new_pin) {
  return C_SetPIN(session, reinterpret_cast<unsigned char*>(old_pin.data()), old_pin.size(),
                  reinterpret_cast<unsigned char*>(new_pin.data()), new_pin.size());
}

class Module : public ::testing::Test {
 protected:
  void SetUp() override {
    readers.add_reader(kReader);
    readers.insert(kReader, issued_card());
    ASSERT_EQ(C_Initialize(nullptr), CKR_OK);
  }
  void TearDown() override {
    C_Finalize(nullptr);
    EXPECT_EQ(readers.connections(), 0U) << "a card is held after the end";
  }

  CK_SESSION_HANDLE open(CK_SLOT_ID slot, CK_FLAGS more = 0) {
    CK_SESSION_HANDLE session = 0;
    EXPECT_EQ(C_OpenSession(slot, CKF_SERIAL_SESSION | more, nullptr, nullptr, &session), CKR_OK);
    return session;
  }
  CK_STATE state(CK_SESSION_HANDLE session) {
    CK_SESSION_INFO info{};
    EXPECT_EQ(C_GetSessionInfo(session, &info), CKR_OK);
    return info.state;
  }
  CK_RV info_of(CK_SESSION_HANDLE session) {
    CK_SESSION_INFO info{};
    return C_GetSessionInfo(session, &info);
  }
  std::vector<CK_OBJECT_HANDLE> find(CK_SESSION_HANDLE session, std::vector<CK_ATTRIBUTE> wanted = {}) {
    std::vector<CK_OBJECT_HANDLE> found(16);
    CK_ULONG count = 0;
    EXPECT_EQ(C_FindObjectsInit(session, wanted.data(), wanted.size()), CKR_OK);
    EXPECT_EQ(C_FindObjects(session, found.data(), found.size(), &count), CKR_OK);
    EXPECT_EQ(C_FindObjectsFinal(session), CKR_OK);
    found.resize(count);
    return found;
  }
  Bytes attribute(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) {
    CK_ATTRIBUTE asked{type, nullptr, 0};
    EXPECT_EQ(C_GetAttributeValue(session, object, &asked, 1), CKR_OK) << type;
    Bytes value(asked.ulValueLen);
    asked.pValue = value.data();
    EXPECT_EQ(C_GetAttributeValue(session, object, &asked, 1), CKR_OK) << type;
    return value;
  }
  CK_RV begin_signing(CK_SESSION_HANDLE session, CK_MECHANISM_TYPE type) {
    CK_RSA_PKCS_PSS_PARAMS pss{CKM_SHA256, CKG_MGF1_SHA256, 32};
    CK_MECHANISM mechanism{type, nullptr, 0};
    if (type == CKM_RSA_PKCS_PSS || type == CKM_SHA256_RSA_PKCS_PSS) mechanism = {type, &pss, sizeof pss};
    return C_SignInit(session, &mechanism, 3);
  }
  CK_RV sign(CK_SESSION_HANDLE session, std::string text, Bytes* signature = nullptr) {
    std::array<unsigned char, 256> made{};
    CK_ULONG length = made.size();
    const CK_RV rv =
        C_Sign(session, reinterpret_cast<unsigned char*>(text.data()), text.size(), made.data(), &length);
    if (rv == CKR_OK && signature != nullptr) signature->assign(made.begin(), made.begin() + length);
    return rv;
  }
  // With the user-authentication key, or by every step that the signature key wants.
  CK_RV sign_once(CK_SESSION_HANDLE session, bool allow = false) {
    if (const CK_RV rv = begin_signing(session, CKM_SHA256_RSA_PKCS); rv != CKR_OK) return rv;
    if (allow)
      if (const CK_RV rv = login(session, std::string(kPassword), CKU_CONTEXT_SPECIFIC); rv != CKR_OK)
        return rv;
    return sign(session, "hello");
  }

  TestReaders readers;
};

}  // namespace shomei::pkcs11
