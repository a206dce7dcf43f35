// Who is logged in, for how long, and what becomes of sessions when the card changes under them.
#include "card/instruction.h"
#include "tests/pkcs11/module_fixture.h"

namespace shomei::pkcs11 {
namespace {

using Pkcs11Session = Module;
using Pkcs11Pins = Module;

constexpr std::string_view kSelectJpki = "00a4040c0ad392f000260100000001";
constexpr std::string_view kSelectOther = "00a4040c0ad3921000310001010408";

TEST_F(Pkcs11Session, IsSerialAndOfAToken) {
  CK_SESSION_HANDLE session = 0;
  EXPECT_EQ(C_OpenSession(kAuthSlot, 0, nullptr, nullptr, &session), CKR_SESSION_PARALLEL_NOT_SUPPORTED);
  EXPECT_EQ(C_OpenSession(77, CKF_SERIAL_SESSION, nullptr, nullptr, &session), CKR_SLOT_ID_INVALID);
  const auto reads = open(kAuthSlot);
  const auto writes = open(kAuthSlot, CKF_RW_SESSION);
  EXPECT_EQ(state(reads), CKS_RO_PUBLIC_SESSION);
  EXPECT_EQ(state(writes), CKS_RW_PUBLIC_SESSION);
  ASSERT_EQ(login(reads, "4711"), CKR_OK);
  EXPECT_EQ(state(writes), CKS_RW_USER_FUNCTIONS);
  EXPECT_EQ(login(writes, "4711"), CKR_USER_ALREADY_LOGGED_IN);
  EXPECT_EQ(login(writes, "4711", CKU_SO), CKR_USER_TYPE_INVALID);
  EXPECT_EQ(C_CloseAllSessions(kAuthSlot), CKR_OK);
  EXPECT_EQ(C_CloseSession(reads), CKR_SESSION_HANDLE_INVALID);
  EXPECT_EQ(info_of(writes), CKR_SESSION_HANDLE_INVALID);
  EXPECT_EQ(state(open(kAuthSlot)), CKS_RO_PUBLIC_SESSION);  // the last session took the login along
}

TEST_F(Pkcs11Session, ShowsTheKeyAfterLogin) {
  const auto session = open(kAuthSlot);
  EXPECT_EQ(find(session), (std::vector<CK_OBJECT_HANDLE>{1, 2, 4}));
  EXPECT_EQ(begin_signing(session, CKM_SHA256_RSA_PKCS), CKR_USER_NOT_LOGGED_IN);
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  EXPECT_EQ(find(session), (std::vector<CK_OBJECT_HANDLE>{1, 2, 3, 4}));
  EXPECT_EQ(C_Logout(session), CKR_OK);
  EXPECT_EQ(C_Logout(session), CKR_USER_NOT_LOGGED_IN);
  EXPECT_EQ(find(session), (std::vector<CK_OBJECT_HANDLE>{1, 2, 4}));
}

TEST_F(Pkcs11Session, OfTheSignatureShowsItsCertificateAfterLoginAlone) {
  const auto session = open(kSignSlot);
  EXPECT_EQ(find(session), (std::vector<CK_OBJECT_HANDLE>{4}));
  ASSERT_EQ(login(session, std::string(kPassword)), CKR_OK);
  EXPECT_EQ(find(session), (std::vector<CK_OBJECT_HANDLE>{1, 2, 3, 4}));
  EXPECT_TRUE(equal(attribute(session, 1, CKA_VALUE), certificate_of(card::CardKind::standard, kSign)));
  ASSERT_EQ(C_Logout(session), CKR_OK);
  EXPECT_EQ(find(session), (std::vector<CK_OBJECT_HANDLE>{4}));
  CK_ATTRIBUTE value{CKA_VALUE, nullptr, 0};
  EXPECT_EQ(C_GetAttributeValue(session, 1, &value, 1), CKR_OBJECT_HANDLE_INVALID);
}

TEST_F(Pkcs11Session, WantsThePasswordForEachSignature) {
  const auto session = open(kSignSlot);
  ASSERT_EQ(login(session, "qx7zp2kd"), CKR_OK);  // the card's letters are capitals
  EXPECT_EQ(login(session, std::string(kPassword), CKU_CONTEXT_SPECIFIC), CKR_OPERATION_NOT_INITIALIZED);
  EXPECT_EQ(sign_once(session), CKR_USER_NOT_LOGGED_IN);
  EXPECT_EQ(sign_once(session, true), CKR_OK);
  EXPECT_EQ(sign_once(session), CKR_USER_NOT_LOGGED_IN);
  ASSERT_EQ(begin_signing(session, CKM_SHA256_RSA_PKCS), CKR_OK);
  EXPECT_EQ(login(session, "WRONG99", CKU_CONTEXT_SPECIFIC), CKR_PIN_INCORRECT);
  EXPECT_EQ(sign(session, "hello"), CKR_USER_NOT_LOGGED_IN);
  EXPECT_EQ(sign_once(session, true), CKR_OK);
}

// What the card answers when nobody has verified a PIN: asked as another process would.
class Pkcs11Pin : public Module {
 protected:
  void leaves_nothing(std::string_view key) {
    (void)readers.said_by_another(kReader, *from_hex("00a4020c02" + std::string(key)));
    EXPECT_EQ(to_hex(readers.said_by_another(kReader, *from_hex("802a008001aa00"))), "6982");
  }
};

TEST_F(Pkcs11Pin, DoesNotStayBehindInTheCard) {
  auto session = open(kAuthSlot);
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  ASSERT_EQ(C_Logout(session), CKR_OK);
  leaves_nothing("0017");
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  ASSERT_EQ(C_CloseSession(session), CKR_OK);
  leaves_nothing("0017");
  session = open(kSignSlot, CKF_RW_SESSION);
  ASSERT_EQ(login(session, std::string(kPassword)), CKR_OK);
  leaves_nothing("001a");
  ASSERT_EQ(sign_once(session, true), CKR_OK);
  leaves_nothing("001a");
  ASSERT_EQ(begin_signing(session, CKM_SHA256_RSA_PKCS), CKR_OK);
  ASSERT_EQ(login(session, std::string(kPassword), CKU_CONTEXT_SPECIFIC), CKR_OK);
  EXPECT_EQ(C_SignUpdate(session, nullptr, 5), CKR_ARGUMENTS_BAD);  // which ends the operation
  leaves_nothing("001a");
  ASSERT_EQ(set_pin(session, std::string(kPassword), "NEWWORD1"), CKR_OK);
  leaves_nothing("001a");
  session = open(kAuthSlot);
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  ASSERT_EQ(C_Finalize(nullptr), CKR_OK);
  leaves_nothing("0017");
}

// After a wrong PIN the operation is still there, and the login is not: it is not to be had by the back door.
TEST_F(Pkcs11Pin, OfAKeyThatNobodyIsLoggedInToIsNotVerified) {
  const auto session = open(kAuthSlot);
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  ASSERT_EQ(begin_signing(session, CKM_SHA256_RSA_PKCS), CKR_OK);
  EXPECT_EQ(login(session, "0000", CKU_CONTEXT_SPECIFIC), CKR_PIN_INCORRECT);
  const auto given = readers.commands(card::ins::kVerify);
  EXPECT_EQ(login(session, "4711", CKU_CONTEXT_SPECIFIC), CKR_USER_NOT_LOGGED_IN);
  EXPECT_EQ(readers.commands(card::ins::kVerify), given);
  EXPECT_EQ(sign(session, "hello"), CKR_USER_NOT_LOGGED_IN);
  leaves_nothing("0017");
  ASSERT_EQ(C_Finalize(nullptr), CKR_OK);
  leaves_nothing("0017");
}

TEST_F(Pkcs11Pin, OfAnOperationEndsWithTheLogoutInAnotherSession) {
  for (const auto slot : {kAuthSlot, kSignSlot}) {
    const std::string pin(slot == kAuthSlot ? kPin : kPassword);
    const auto a = open(slot), b = open(slot);
    ASSERT_EQ(login(a, pin), CKR_OK);
    ASSERT_EQ(begin_signing(a, CKM_SHA256_RSA_PKCS), CKR_OK);
    ASSERT_EQ(C_Logout(b), CKR_OK);
    EXPECT_EQ(login(a, pin, CKU_CONTEXT_SPECIFIC), CKR_OPERATION_NOT_INITIALIZED);
    EXPECT_EQ(sign(a, "hello"), CKR_OPERATION_NOT_INITIALIZED);
    ASSERT_EQ(login(b, pin), CKR_OK);
    EXPECT_EQ(sign(a, "hello"), CKR_OPERATION_NOT_INITIALIZED)
        << "what one login began is not the next one's";
    ASSERT_EQ(C_Logout(b), CKR_OK);
  }
  ASSERT_EQ(C_Finalize(nullptr), CKR_OK);
  leaves_nothing("0017");
  leaves_nothing("001a");
}

// Another process's wrong PIN takes one of two verified PINs away. The module, told so by the card, knows of
// no login any more, and has still a password in it.
TEST_F(Pkcs11Pin, OfTheSignatureDoesNotOutliveALossOfTheOtherHalfsLogin) {
  const auto auth = open(kAuthSlot), session = open(kSignSlot);
  ASSERT_EQ(login(session, std::string(kPassword)), CKR_OK);
  ASSERT_EQ(login(auth, "4711"), CKR_OK);
  ASSERT_EQ(begin_signing(session, CKM_SHA256_RSA_PKCS), CKR_OK);
  ASSERT_EQ(login(session, std::string(kPassword), CKU_CONTEXT_SPECIFIC), CKR_OK);
  (void)readers.said_by_another(kReader, *from_hex("00a4020c020018"));
  (void)readers.said_by_another(kReader, *from_hex("002000800430303030"));
  EXPECT_EQ(sign_once(auth), CKR_USER_NOT_LOGGED_IN);
  EXPECT_EQ(sign(session, "hello"), CKR_USER_NOT_LOGGED_IN);
  ASSERT_EQ(C_Finalize(nullptr), CKR_OK);
  leaves_nothing("001a");
}

TEST_F(Pkcs11Session, OfUserAuthenticationMayAskForItsPinAtEachSignature) {
  const auto session = open(kAuthSlot);
  EXPECT_EQ(login(session, "4711", CKU_CONTEXT_SPECIFIC), CKR_OPERATION_NOT_INITIALIZED);
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  ASSERT_EQ(begin_signing(session, CKM_SHA256_RSA_PKCS), CKR_OK);
  ASSERT_EQ(login(session, "4711", CKU_CONTEXT_SPECIFIC), CKR_OK);
  EXPECT_EQ(sign(session, "hello"), CKR_OK);
  EXPECT_EQ(sign_once(session), CKR_OK) << "and is logged in as before";
  readers.reset_by_another(kReader);
  ASSERT_EQ(begin_signing(session, CKM_SHA256_RSA_PKCS), CKR_OK);
  ASSERT_EQ(login(session, "4711", CKU_CONTEXT_SPECIFIC), CKR_OK);
  EXPECT_EQ(sign(session, "hello"), CKR_OK);
  EXPECT_EQ(login(session, "4711"), CKR_USER_ALREADY_LOGGED_IN);
}

// Both halves' operations at once: what ends in the one has nothing to do with the other's consent.
TEST_F(Pkcs11Session, OfUserAuthenticationWithdrawsNoConsentOfASignature) {
  const auto auth = open(kAuthSlot), session = open(kSignSlot);
  ASSERT_EQ(login(session, std::string(kPassword)), CKR_OK);
  ASSERT_EQ(login(auth, "4711"), CKR_OK);
  for (const auto each : {auth, session}) ASSERT_EQ(begin_signing(each, CKM_SHA256_RSA_PKCS), CKR_OK);
  ASSERT_EQ(login(auth, "4711", CKU_CONTEXT_SPECIFIC), CKR_OK);
  ASSERT_EQ(login(session, std::string(kPassword), CKU_CONTEXT_SPECIFIC), CKR_OK);
  EXPECT_EQ(C_SignUpdate(auth, nullptr, 5), CKR_ARGUMENTS_BAD);
  EXPECT_EQ(sign(session, "hello"), CKR_OK);
}

TEST_F(Pkcs11Session, StopsTellingOfThePrivateKeyAfterTheLogoutInAnother) {
  const auto a = open(kAuthSlot), b = open(kAuthSlot);
  ASSERT_EQ(login(a, "4711"), CKR_OK);
  ASSERT_EQ(C_FindObjectsInit(a, nullptr, 0), CKR_OK);
  ASSERT_EQ(C_Logout(b), CKR_OK);
  CK_OBJECT_HANDLE found[8];
  CK_ULONG count = 0;
  EXPECT_EQ(C_FindObjects(a, found, 8, &count), CKR_OPERATION_NOT_INITIALIZED);
  EXPECT_EQ(find(a), (std::vector<CK_OBJECT_HANDLE>{1, 2, 4}));
}

// What one program's thread has agreed to is not for another's session to use, nor to take away.
TEST_F(Pkcs11Session, SignsWithItsOwnConsentAlone) {
  const auto a = open(kSignSlot), b = open(kSignSlot);
  ASSERT_EQ(login(a, std::string(kPassword)), CKR_OK);
  ASSERT_EQ(begin_signing(a, CKM_SHA256_RSA_PKCS), CKR_OK);
  ASSERT_EQ(login(a, std::string(kPassword), CKU_CONTEXT_SPECIFIC), CKR_OK);
  const auto signed_before = readers.commands(card::ins::kComputeSignature);
  ASSERT_EQ(begin_signing(b, CKM_SHA256_RSA_PKCS), CKR_OK);
  EXPECT_EQ(sign(b, "hello"), CKR_USER_NOT_LOGGED_IN);
  ASSERT_EQ(begin_signing(b, CKM_SHA256_RSA_PKCS), CKR_OK);
  EXPECT_EQ(C_SignUpdate(b, nullptr, 5), CKR_ARGUMENTS_BAD);
  EXPECT_EQ(readers.commands(card::ins::kComputeSignature), signed_before);
  EXPECT_EQ(sign(a, "hello"), CKR_OK);
  EXPECT_EQ(sign_once(b), CKR_USER_NOT_LOGGED_IN);
}

TEST_F(Pkcs11Session, WithoutConsentAfterAWrongPasswordInAnother) {
  const auto a = open(kSignSlot), b = open(kSignSlot);
  ASSERT_EQ(login(a, std::string(kPassword)), CKR_OK);
  for (const auto session : {a, b}) ASSERT_EQ(begin_signing(session, CKM_SHA256_RSA_PKCS), CKR_OK);
  ASSERT_EQ(login(a, std::string(kPassword), CKU_CONTEXT_SPECIFIC), CKR_OK);
  ASSERT_EQ(login(b, "WRONG99", CKU_CONTEXT_SPECIFIC), CKR_PIN_INCORRECT);
  const auto signed_before = readers.commands(card::ins::kComputeSignature);
  EXPECT_EQ(sign(a, "hello"), CKR_USER_NOT_LOGGED_IN);
  EXPECT_EQ(readers.commands(card::ins::kComputeSignature), signed_before) << "the card has forgotten it too";
  EXPECT_EQ(state(a), CKS_RO_USER_FUNCTIONS);
  ASSERT_EQ(begin_signing(a, CKM_SHA256_RSA_PKCS), CKR_OK);
  ASSERT_EQ(login(a, std::string(kPassword), CKU_CONTEXT_SPECIFIC), CKR_OK);
  ASSERT_EQ(login(b, "WRONG99", CKU_CONTEXT_SPECIFIC), CKR_PIN_INCORRECT);
  ASSERT_EQ(login(b, std::string(kPassword), CKU_CONTEXT_SPECIFIC), CKR_OK);
  EXPECT_EQ(sign(a, "hello"), CKR_USER_NOT_LOGGED_IN) << "the password that is verified is b's";
  EXPECT_EQ(sign(b, "hello"), CKR_OK);
}

TEST_F(Pkcs11Session, HasItsLastConsentAlone) {
  const auto a = open(kSignSlot), b = open(kSignSlot);
  ASSERT_EQ(login(a, std::string(kPassword)), CKR_OK);
  for (const auto session : {a, b}) ASSERT_EQ(begin_signing(session, CKM_SHA256_RSA_PKCS), CKR_OK);
  ASSERT_EQ(login(a, std::string(kPassword), CKU_CONTEXT_SPECIFIC), CKR_OK);
  ASSERT_EQ(login(a, "WRONG99", CKU_CONTEXT_SPECIFIC), CKR_PIN_INCORRECT);
  ASSERT_EQ(login(b, std::string(kPassword), CKU_CONTEXT_SPECIFIC), CKR_OK);
  EXPECT_EQ(sign(a, "hello"), CKR_USER_NOT_LOGGED_IN);
  EXPECT_EQ(sign(b, "hello"), CKR_OK);
  ASSERT_EQ(begin_signing(a, CKM_SHA256_RSA_PKCS), CKR_OK);
  ASSERT_EQ(login(a, std::string(kPassword), CKU_CONTEXT_SPECIFIC), CKR_OK);
  ASSERT_EQ(login(a, "no password", CKU_CONTEXT_SPECIFIC), CKR_PIN_INVALID);
  EXPECT_EQ(sign(a, "hello"), CKR_USER_NOT_LOGGED_IN);
}

// With both halves logged in, the card holds two PINs: the logout of one must not leave that of a signature.
TEST_F(Pkcs11Session, OfTheOtherHalfDoesNotKeepTheSignaturePasswordAlive) {
  const auto auth = open(kAuthSlot), first = open(kSignSlot), second = open(kSignSlot);
  ASSERT_EQ(login(first, std::string(kPassword)), CKR_OK);
  ASSERT_EQ(login(auth, "4711"), CKR_OK);
  ASSERT_EQ(begin_signing(first, CKM_SHA256_RSA_PKCS), CKR_OK);
  ASSERT_EQ(login(first, std::string(kPassword), CKU_CONTEXT_SPECIFIC), CKR_OK);
  ASSERT_EQ(C_Logout(second), CKR_OK);
  (void)readers.said_by_another(kReader, *from_hex("00a4020c02001a"));
  EXPECT_EQ(to_hex(readers.said_by_another(kReader, *from_hex("802a008001aa00"))), "6982");
  EXPECT_EQ(sign(first, "hello"), CKR_OPERATION_NOT_INITIALIZED);
}

TEST_F(Pkcs11Session, OutlivesALookThatFails) {
  const auto session = open(kAuthSlot);
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  readers.let_looks_fail("pcsc_failed");
  EXPECT_EQ(state(session), CKS_RO_USER_FUNCTIONS);
  EXPECT_EQ(sign_once(session), CKR_OK);
  readers.let_looks_fail({});
  EXPECT_EQ(state(session), CKS_RO_USER_FUNCTIONS);
}

// pcscd that lets nobody in for a moment is seen as no pcscd, which has no readers: who was connected still
// is.
TEST_F(Pkcs11Pin, OfASessionWhoseReaderIsNotSeenDoesNotStayBehind) {
  const auto session = open(kAuthSlot);
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  readers.hide_readers(true);
  EXPECT_EQ(info_of(session), CKR_DEVICE_REMOVED);
  readers.hide_readers(false);
  leaves_nothing("0017");
}

TEST_F(Pkcs11Session, EndsWithItsCard) {
  const auto session = open(kAuthSlot);
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  ASSERT_EQ(begin_signing(session, CKM_SHA256_RSA_PKCS), CKR_OK);
  readers.take_out(kReader);
  EXPECT_EQ(sign(session, "hello"), CKR_DEVICE_REMOVED);
  readers.insert(kReader, issued_card());
  for (const CK_RV rv : {info_of(session), sign(session, "hello"), login(session, "4711"), C_Logout(session),
                         C_FindObjectsInit(session, nullptr, 0)})
    EXPECT_EQ(rv, CKR_DEVICE_REMOVED);
  const auto next = open(kAuthSlot);
  EXPECT_EQ(state(next), CKS_RO_PUBLIC_SESSION);
  EXPECT_EQ(C_CloseSession(session), CKR_OK);
  EXPECT_EQ(login(next, "4711"), CKR_OK);
  EXPECT_EQ(readers.tries_left(kReader, kAuth), 3U);
}

TEST_F(Pkcs11Session, IsToldWhenTheCardGoesInTheMiddleOfAnAct) {
  for (const std::uint8_t instruction :
       {card::ins::kVerify, card::ins::kComputeSignature, card::ins::kSelect}) {
    readers.insert(kReader, issued_card());
    const auto session = open(kAuthSlot);
    if (instruction == card::ins::kComputeSignature) ASSERT_EQ(login(session, "4711"), CKR_OK);
    readers.take_out_at_command(kReader, instruction);
    const CK_RV rv =
        instruction == card::ins::kComputeSignature ? sign_once(session) : login(session, "4711");
    EXPECT_EQ(rv, CKR_DEVICE_REMOVED) << int(instruction);
    EXPECT_EQ(C_CloseSession(session), CKR_OK);
  }
}

TEST_F(Pkcs11Session, NoticesThatAnotherHasResetTheCard) {
  const auto session = open(kAuthSlot);
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  readers.reset_by_another(kReader);
  const auto spent = readers.commands(card::ins::kVerify);
  EXPECT_EQ(sign_once(session), CKR_USER_NOT_LOGGED_IN);
  EXPECT_EQ(state(session), CKS_RO_PUBLIC_SESSION);
  EXPECT_EQ(login(session, "4711"), CKR_OK);
  EXPECT_EQ(sign_once(session), CKR_OK);
  EXPECT_GT(readers.commands(card::ins::kVerify), spent);
}

TEST_F(Pkcs11Session, DoesNotSignWithThePinOfWhoHasResetTheCard) {
  const auto session = open(kAuthSlot);
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  readers.reset_by_another(kReader);
  for (const auto said :
       {kSelectJpki, std::string_view("00a4020c020018"), std::string_view("002000800434373131")})
    (void)readers.said_by_another(kReader, *from_hex(said));
  EXPECT_EQ(sign_once(session), CKR_USER_NOT_LOGGED_IN);
}

TEST_F(Pkcs11Session, NoticesThatAnotherHasSelectedSomething) {
  for (const auto by_another : {kSelectJpki, kSelectOther}) {
    const auto session = open(kAuthSlot);
    ASSERT_EQ(login(session, "4711"), CKR_OK);
    (void)readers.said_by_another(kReader, *from_hex(by_another));
    EXPECT_EQ(sign_once(session), CKR_USER_NOT_LOGGED_IN) << by_another;
    ASSERT_EQ(login(session, "4711"), CKR_OK) << by_another;
    EXPECT_EQ(sign_once(session), CKR_OK) << by_another;
    const auto signature = open(kSignSlot);
    ASSERT_EQ(login(signature, std::string(kPassword)), CKR_OK);
    ASSERT_EQ(begin_signing(signature, CKM_SHA256_RSA_PKCS), CKR_OK);
    ASSERT_EQ(login(signature, std::string(kPassword), CKU_CONTEXT_SPECIFIC), CKR_OK);
    (void)readers.said_by_another(kReader, *from_hex(by_another));
    EXPECT_EQ(sign(signature, "hello"), CKR_USER_NOT_LOGGED_IN) << by_another;
    EXPECT_EQ(C_CloseAllSessions(kAuthSlot), CKR_OK);
    EXPECT_EQ(C_CloseAllSessions(kSignSlot), CKR_OK);
  }
}

TEST_F(Pkcs11Session, DoesNotLogOthersOutByReading) {
  (void)readers.said_by_another(kReader, *from_hex(kSelectJpki));
  (void)readers.said_by_another(kReader, *from_hex("00a4020c020018"));
  (void)readers.said_by_another(kReader, *from_hex("002000800434373131"));
  CK_TOKEN_INFO info{};
  ASSERT_EQ(C_GetTokenInfo(kSignSlot, &info), CKR_OK);
  EXPECT_EQ(find(open(kAuthSlot)).size(), 3U);
  (void)readers.said_by_another(kReader, *from_hex("00a4020c020017"));
  EXPECT_EQ(readers.said_by_another(kReader, *from_hex("802a008001aa00")).size(), 258U);
}

TEST_F(Pkcs11Pins, AreCountedAndTheTokenSaysSo) {
  const auto session = open(kAuthSlot);
  const auto flags = [&] {
    CK_TOKEN_INFO info{};
    EXPECT_EQ(C_GetTokenInfo(kAuthSlot, &info), CKR_OK);
    return info.flags & (CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED);
  };
  EXPECT_EQ(login(session, "0000"), CKR_PIN_INCORRECT);
  EXPECT_EQ(flags(), CKF_USER_PIN_COUNT_LOW);
  EXPECT_EQ(login(session, "0000"), CKR_PIN_INCORRECT);
  EXPECT_EQ(flags(), CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY);
  EXPECT_EQ(login(session, "0000"), CKR_PIN_LOCKED);
  EXPECT_EQ(flags(), CKF_USER_PIN_LOCKED);
  EXPECT_EQ(login(session, "4711"), CKR_PIN_LOCKED);
}

TEST_F(Pkcs11Pins, OfTheWrongFormAreNotSent) {
  const auto session = open(kAuthSlot, CKF_RW_SESSION);
  const auto sent = readers.commands(card::ins::kChangeReferenceData);
  for (const char* wrong : {"", "471", "47111"}) {
    EXPECT_EQ(login(session, wrong), CKR_PIN_LEN_RANGE) << wrong;
    EXPECT_EQ(set_pin(session, "4711", wrong), CKR_PIN_LEN_RANGE) << wrong;
    EXPECT_EQ(set_pin(session, wrong, "4712"), CKR_PIN_LEN_RANGE) << wrong;
  }
  EXPECT_EQ(login(session, "471A"), CKR_PIN_INVALID);
  EXPECT_EQ(login(session, std::string(4096, '1')), CKR_PIN_LEN_RANGE);
  EXPECT_EQ(C_Login(session, CKU_USER, nullptr, 0), CKR_ARGUMENTS_BAD);
  EXPECT_EQ(readers.tries_left(kReader, kAuth), 3U);
  EXPECT_EQ(readers.commands(card::ins::kChangeReferenceData), sent);
}

TEST_F(Pkcs11Pins, AreChangedInASessionThatWrites) {
  const auto reads = open(kAuthSlot);
  EXPECT_EQ(set_pin(reads, "4711", "4712"), CKR_SESSION_READ_ONLY);
  const auto session = open(kAuthSlot, CKF_RW_SESSION);
  EXPECT_EQ(set_pin(session, "0000", "4712"), CKR_PIN_INCORRECT);
  EXPECT_EQ(set_pin(session, "4711", "4712"), CKR_OK);
  EXPECT_EQ(state(session), CKS_RW_PUBLIC_SESSION);
  EXPECT_EQ(login(session, "4711"), CKR_PIN_INCORRECT);
  EXPECT_EQ(login(session, "4712"), CKR_OK);
  EXPECT_EQ(set_pin(session, "4712", "4713"), CKR_OK);  // and stays logged in
  EXPECT_EQ(sign_once(session), CKR_OK);
  EXPECT_EQ(set_pin(session, "0000", "4714"), CKR_PIN_INCORRECT);
  EXPECT_EQ(state(session), CKS_RW_PUBLIC_SESSION)
      << "the card has taken the login away, and so does the module";
  EXPECT_EQ(login(session, "4713"), CKR_OK);
}

TEST_F(Pkcs11Pins, ThatAreChangedAreSoThoughTheCardIsGoneBeforeItForgetsThem) {
  const auto session = open(kSignSlot, CKF_RW_SESSION);
  readers.take_out_at_command(kReader, card::ins::kSelect, card::ins::kChangeReferenceData);
  EXPECT_EQ(set_pin(session, std::string(kPassword), "NEWWORD1"), CKR_OK);
  EXPECT_EQ(info_of(session), CKR_DEVICE_REMOVED);
}

TEST_F(Pkcs11Pins, OfTheSignatureThatAreChangedEndTheOtherTokensLogin) {
  const auto auth = open(kAuthSlot), session = open(kSignSlot, CKF_RW_SESSION);
  ASSERT_EQ(login(session, std::string(kPassword)), CKR_OK);
  ASSERT_EQ(login(auth, "4711"), CKR_OK);
  ASSERT_EQ(set_pin(session, std::string(kPassword), "NEWWORD1"), CKR_OK);
  EXPECT_EQ(state(auth), CKS_RO_PUBLIC_SESSION);
  EXPECT_EQ(state(session), CKS_RW_USER_FUNCTIONS);
}

}  // namespace
}  // namespace shomei::pkcs11
