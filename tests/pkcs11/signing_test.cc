// Signatures of every mechanism, objects and their attributes, and arguments that no application should give.
#include "crypto/digest.h"
#include "der/writer.h"
#include "tests/pkcs11/module_fixture.h"

namespace shomei::pkcs11 {
namespace {

using Pkcs11Signatures = Module;
using Pkcs11Objects = Module;
using Pkcs11Arguments = Module;

Bytes der_of(ByteView numbers) {
  const auto half = numbers.size() / 2;
  return der::sequence(
      {der::integer_of_magnitude(numbers.first(half)), der::integer_of_magnitude(numbers.subspan(half))});
}

TEST_F(Pkcs11Signatures, OfRsaAreThoseOfTheKey) {
  const auto& key = public_key_of(card::CardKind::standard, kAuth);
  const auto session = open(kAuthSlot);
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  Bytes whole, prepared;
  ASSERT_EQ(begin_signing(session, CKM_SHA256_RSA_PKCS), CKR_OK);
  ASSERT_EQ(sign(session, "hello", &whole), CKR_OK);
  EXPECT_TRUE(key.verify(crypto::SignatureAlgorithm::rsa_pkcs1_sha256, view("hello"), whole));
  const auto digest = crypto::sha256(view("hello"));
  const std::string info =
      to_text(concatenate({*from_hex("3031300d060960864801650304020105000420"), digest}));
  ASSERT_EQ(begin_signing(session, CKM_RSA_PKCS), CKR_OK);
  ASSERT_EQ(sign(session, info, &prepared), CKR_OK);
  EXPECT_EQ(whole, prepared);
  ASSERT_EQ(begin_signing(session, CKM_SHA256_RSA_PKCS_PSS), CKR_OK);
  ASSERT_EQ(sign(session, "hello", &whole), CKR_OK);
  EXPECT_EQ(whole.size(), 256U);
  ASSERT_EQ(begin_signing(session, CKM_RSA_PKCS_PSS), CKR_OK);
  EXPECT_EQ(sign(session, "31 bytes and no digest of SHA-2"), CKR_DATA_LEN_RANGE);
}

TEST_F(Pkcs11Signatures, OfP384AreTwoNumbersSideBySide) {
  readers.insert(kReader, issued_card(card::CardKind::next_generation));
  const auto& key = public_key_of(card::CardKind::next_generation, kAuth);
  const auto session = open(kAuthSlot);
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  Bytes made;
  ASSERT_EQ(begin_signing(session, CKM_ECDSA_SHA384), CKR_OK);
  ASSERT_EQ(sign(session, "hello", &made), CKR_OK);
  ASSERT_EQ(made.size(), 96U);
  EXPECT_TRUE(key.verify(crypto::SignatureAlgorithm::ecdsa_sha384, view("hello"), der_of(made)));
  ASSERT_EQ(begin_signing(session, CKM_ECDSA), CKR_OK);
  ASSERT_EQ(sign(session, to_text(crypto::sha384(view("hello"))), &made), CKR_OK);
  EXPECT_TRUE(key.verify(crypto::SignatureAlgorithm::ecdsa_sha384, view("hello"), der_of(made)));
  ASSERT_EQ(begin_signing(session, CKM_ECDSA), CKR_OK);
  EXPECT_EQ(sign(session, to_text(crypto::sha256(view("hello"))), &made), CKR_OK);
  EXPECT_EQ(begin_signing(session, CKM_SHA256_RSA_PKCS), CKR_MECHANISM_INVALID);
  EXPECT_EQ(attribute(session, 3, CKA_EC_PARAMS), *from_hex("06052b81040022"));
  EXPECT_EQ(attribute(session, 2, CKA_EC_POINT), der::octet_string(key.key_bits()));
  const auto signature = open(kSignSlot);
  ASSERT_EQ(login(signature, std::string(kPassword)), CKR_OK);
  ASSERT_EQ(begin_signing(signature, CKM_ECDSA_SHA384), CKR_OK);
  ASSERT_EQ(login(signature, std::string(kPassword), CKU_CONTEXT_SPECIFIC), CKR_OK);
  EXPECT_EQ(sign(signature, "hello"), CKR_OK);
}

TEST_F(Pkcs11Signatures, OfPiecesAreThoseOfTheWhole) {
  const auto session = open(kAuthSlot);
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  Bytes whole;
  ASSERT_EQ(begin_signing(session, CKM_SHA384_RSA_PKCS), CKR_OK);
  ASSERT_EQ(sign(session, "hello", &whole), CKR_OK);
  ASSERT_EQ(begin_signing(session, CKM_SHA384_RSA_PKCS), CKR_OK);
  std::string hel = "hel", lo = "lo";
  ASSERT_EQ(C_SignUpdate(session, reinterpret_cast<unsigned char*>(hel.data()), 3), CKR_OK);
  ASSERT_EQ(C_SignUpdate(session, reinterpret_cast<unsigned char*>(lo.data()), 2), CKR_OK);
  Bytes made(256);
  CK_ULONG length = 10;
  EXPECT_EQ(C_SignFinal(session, made.data(), &length), CKR_BUFFER_TOO_SMALL);
  EXPECT_EQ(length, 256U);
  EXPECT_EQ(C_SignFinal(session, nullptr, &length), CKR_OK);
  EXPECT_EQ(C_SignFinal(session, made.data(), &length), CKR_OK);
  EXPECT_EQ(made, whole);
  EXPECT_EQ(C_SignFinal(session, made.data(), &length), CKR_OPERATION_NOT_INITIALIZED);
}

// PKCS#11 2.40, 5.10.2 and 5.11.2.
TEST_F(Pkcs11Signatures, ThatBeganInPiecesAreEndedByNoSingleCall) {
  const auto session = open(kAuthSlot);
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  ASSERT_EQ(begin_signing(session, CKM_SHA256_RSA_PKCS), CKR_OK);
  unsigned char piece[] = {1};
  ASSERT_EQ(C_SignUpdate(session, piece, 1), CKR_OK);
  EXPECT_EQ(sign(session, "hello"), CKR_OPERATION_NOT_INITIALIZED);
  EXPECT_EQ(sign_once(session), CKR_OK) << "that operation is over";
  CK_MECHANISM sha256{CKM_SHA256, nullptr, 0};
  unsigned char digest[32];
  CK_ULONG length = sizeof digest;
  ASSERT_EQ(C_DigestInit(session, &sha256), CKR_OK);
  ASSERT_EQ(C_DigestUpdate(session, piece, 1), CKR_OK);
  EXPECT_EQ(C_Digest(session, piece, 1, digest, &length), CKR_OPERATION_NOT_INITIALIZED);
  ASSERT_EQ(C_DigestInit(session, &sha256), CKR_OK);
  EXPECT_EQ(C_Digest(session, piece, 1, digest, &length), CKR_OK);
}

TEST_F(Pkcs11Signatures, WantTheParametersThatTheCardHas) {
  const auto session = open(kAuthSlot);
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  for (const CK_RSA_PKCS_PSS_PARAMS& wrong : {CK_RSA_PKCS_PSS_PARAMS{CKM_SHA384, CKG_MGF1_SHA384, 48},
                                              CK_RSA_PKCS_PSS_PARAMS{CKM_SHA256, CKG_MGF1_SHA1, 32},
                                              CK_RSA_PKCS_PSS_PARAMS{CKM_SHA256, CKG_MGF1_SHA256, 20}}) {
    auto parameter = wrong;
    CK_MECHANISM mechanism{CKM_SHA256_RSA_PKCS_PSS, &parameter, sizeof parameter};
    EXPECT_EQ(C_SignInit(session, &mechanism, 3), CKR_MECHANISM_PARAM_INVALID);
  }
  CK_MECHANISM none{CKM_RSA_PKCS_PSS, nullptr, 0};
  EXPECT_EQ(C_SignInit(session, &none, 3), CKR_MECHANISM_PARAM_INVALID);
  CK_MECHANISM lying{CKM_RSA_PKCS_PSS, nullptr, sizeof(CK_RSA_PKCS_PSS_PARAMS)};
  EXPECT_EQ(C_SignInit(session, &lying, 3), CKR_MECHANISM_PARAM_INVALID);
  CK_MECHANISM unknown{CKM_RSA_X_509, nullptr, 0};
  EXPECT_EQ(C_SignInit(session, &unknown, 3), CKR_MECHANISM_INVALID);
  CK_MECHANISM digest{CKM_SHA256, nullptr, 0};
  EXPECT_EQ(C_SignInit(session, &digest, 3), CKR_MECHANISM_INVALID);
}

TEST_F(Pkcs11Signatures, HaveALengthThatIsAskedFor) {
  const auto session = open(kAuthSlot);
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  ASSERT_EQ(begin_signing(session, CKM_SHA256_RSA_PKCS), CKR_OK);
  EXPECT_EQ(begin_signing(session, CKM_SHA256_RSA_PKCS), CKR_OPERATION_ACTIVE);
  CK_ULONG length = 0;
  unsigned char data[] = {1, 2, 3}, out[256];
  EXPECT_EQ(C_Sign(session, data, 3, nullptr, &length), CKR_OK);
  EXPECT_EQ(length, 256U);
  length = 255;
  EXPECT_EQ(C_Sign(session, data, 3, out, &length), CKR_BUFFER_TOO_SMALL);
  EXPECT_EQ(length, 256U);
  EXPECT_EQ(C_Sign(session, data, 3, out, &length), CKR_OK);
  ASSERT_EQ(begin_signing(session, CKM_SHA256_RSA_PKCS), CKR_OK);
  EXPECT_EQ(C_Sign(session, data, 3, out, nullptr), CKR_ARGUMENTS_BAD);
  EXPECT_EQ(C_Sign(session, data, 3, out, &length), CKR_OPERATION_NOT_INITIALIZED);
  ASSERT_EQ(begin_signing(session, CKM_RSA_PKCS), CKR_OK);
  unsigned char much[246] = {};
  EXPECT_EQ(C_Sign(session, much, 246, out, &length), CKR_DATA_LEN_RANGE);
  EXPECT_EQ(C_Sign(session, much, 245, out, &length), CKR_OPERATION_NOT_INITIALIZED);
  EXPECT_EQ(C_SignInit(session, nullptr, 3), CKR_ARGUMENTS_BAD);
  CK_MECHANISM rsa{CKM_RSA_PKCS, nullptr, 0};
  EXPECT_EQ(C_SignInit(session, &rsa, 1), CKR_KEY_FUNCTION_NOT_PERMITTED);
  EXPECT_EQ(C_SignInit(session, &rsa, 5), CKR_KEY_HANDLE_INVALID);
}

TEST_F(Pkcs11Objects, AreFoundByWhatTheyAre) {
  const auto session = open(kAuthSlot);
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  CK_OBJECT_CLASS key_class = CKO_PRIVATE_KEY, certificate_class = CKO_CERTIFICATE;
  unsigned char id = 1, other_id = 9;
  EXPECT_EQ(find(session, {{CKA_CLASS, &key_class, sizeof key_class}, {CKA_ID, &id, 1}}),
            (std::vector<CK_OBJECT_HANDLE>{3}));
  EXPECT_EQ(find(session, {{CKA_CLASS, &certificate_class, sizeof certificate_class}}),
            (std::vector<CK_OBJECT_HANDLE>{1, 4}));
  EXPECT_TRUE(find(session, {{CKA_ID, &other_id, 1}}).empty());
  EXPECT_TRUE(find(session, {{CKA_ID, nullptr, 0}}).empty());
  EXPECT_TRUE(find(session, {{0x12345678, &id, 1}}).empty());
  auto subject = attribute(session, 1, CKA_SUBJECT);
  EXPECT_EQ(find(session, {{CKA_SUBJECT, subject.data(), subject.size()}}),
            (std::vector<CK_OBJECT_HANDLE>{1, 2, 3}));
  EXPECT_EQ(attribute(session, 1, CKA_SERIAL_NUMBER), *from_hex("02022a51"));
  EXPECT_EQ(attribute(session, 3, CKA_MODULUS), public_key_of(card::CardKind::standard, kAuth).modulus());
  EXPECT_EQ(attribute(session, 4, CKA_TRUSTED), Bytes{0});
  EXPECT_EQ(attribute(session, 3, CKA_ALWAYS_AUTHENTICATE), Bytes{0});
  EXPECT_EQ(attribute(session, 4, CKA_SUBJECT), attribute(session, 1, CKA_ISSUER));
}

TEST_F(Pkcs11Objects, TellWhatTheyHaveRoomFor) {
  const auto session = open(kAuthSlot);
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  unsigned char small[4];
  CK_ATTRIBUTE asked[] = {{CKA_MODULUS, small, sizeof small},
                          {CKA_PRIVATE_EXPONENT, small, sizeof small},
                          {CKA_VALUE_LEN, small, sizeof small},
                          {CKA_ID, small, sizeof small}};
  const CK_RV rv = C_GetAttributeValue(session, 3, asked, 4);
  EXPECT_TRUE(rv == CKR_BUFFER_TOO_SMALL || rv == CKR_ATTRIBUTE_SENSITIVE ||
              rv == CKR_ATTRIBUTE_TYPE_INVALID);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(asked[i].ulValueLen, CK_UNAVAILABLE_INFORMATION);
  EXPECT_EQ(asked[3].ulValueLen, 1U);
  EXPECT_EQ(small[0], 1);
  CK_ATTRIBUTE secret{CKA_PRIVATE_EXPONENT, nullptr, 0};
  EXPECT_EQ(C_GetAttributeValue(session, 3, &secret, 1), CKR_ATTRIBUTE_SENSITIVE);
}

TEST_F(Pkcs11Arguments, OfNothingAreRefusedEverywhere) {
  const auto session = open(kAuthSlot);
  auto& f = functions();
  CK_ULONG count = 1;
  EXPECT_EQ(C_GetFunctionList(nullptr), CKR_ARGUMENTS_BAD);
  for (const CK_RV rv : {f.C_GetInfo(nullptr),
                         f.C_GetSlotList(1, nullptr, nullptr),
                         f.C_GetSlotInfo(0, nullptr),
                         f.C_GetTokenInfo(0, nullptr),
                         f.C_GetMechanismList(0, nullptr, nullptr),
                         f.C_GetMechanismInfo(0, CKM_RSA_PKCS, nullptr),
                         f.C_WaitForSlotEvent(1, nullptr, nullptr),
                         f.C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, nullptr),
                         f.C_GetSessionInfo(session, nullptr),
                         f.C_Login(session, CKU_USER, nullptr, 4),
                         f.C_SetPIN(session, nullptr, 4, nullptr, 4),
                         f.C_FindObjectsInit(session, nullptr, 1),
                         f.C_FindObjectsInit(session, nullptr, ~0UL),
                         f.C_FindObjects(session, nullptr, 1, &count),
                         f.C_FindObjects(session, nullptr, 0, nullptr),
                         f.C_SignInit(session, nullptr, 3),
                         f.C_DigestInit(session, nullptr),
                         f.C_SeedRandom(session, nullptr, 1),
                         f.C_GenerateRandom(session, nullptr, 1),
                         f.C_GetObjectSize(session, 1, nullptr),
                         f.C_GetAttributeValue(session, 1, nullptr, 1)})
    EXPECT_EQ(rv, CKR_ARGUMENTS_BAD);
  for (const CK_RV rv :
       {f.C_InitToken(0, nullptr, 0, nullptr), f.C_CreateObject(session, nullptr, 0, nullptr),
        f.C_VerifyInit(session, nullptr, 0), f.C_GenerateKey(session, nullptr, nullptr, 0, nullptr)})
    EXPECT_EQ(rv, CKR_FUNCTION_NOT_SUPPORTED);
  EXPECT_EQ(f.C_CancelFunction(session), CKR_FUNCTION_NOT_PARALLEL);
}

TEST_F(Pkcs11Arguments, OfNoSessionAreRefusedEverywhere) {
  unsigned char data[64];
  CK_ULONG length = sizeof data;
  CK_MECHANISM mechanism{CKM_SHA256, nullptr, 0};
  for (const CK_SESSION_HANDLE none : {CK_SESSION_HANDLE{0}, CK_SESSION_HANDLE{12345}, ~CK_SESSION_HANDLE{0}})
    for (const CK_RV rv :
         {C_CloseSession(none), info_of(none), login(none, "4711"), C_Logout(none),
          set_pin(none, "4711", "4712"), C_FindObjectsInit(none, nullptr, 0), C_FindObjectsFinal(none),
          C_SignInit(none, &mechanism, 3), C_Sign(none, data, 1, data, &length), C_SignUpdate(none, data, 1),
          C_SignFinal(none, data, &length), C_DigestInit(none, &mechanism),
          C_Digest(none, data, 1, data, &length), C_DigestUpdate(none, data, 1),
          C_DigestFinal(none, data, &length), C_SeedRandom(none, data, 1), C_GenerateRandom(none, data, 1)})
      EXPECT_EQ(rv, CKR_SESSION_HANDLE_INVALID);
}

TEST_F(Pkcs11Arguments, OfHugeLengthAreNotBelieved) {
  const auto session = open(kAuthSlot);
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  unsigned char data[32] = {};
  CK_ATTRIBUTE huge{CKA_ID, data, ~0UL};
  EXPECT_EQ(C_FindObjectsInit(session, &huge, 1), CKR_ARGUMENTS_BAD);
  EXPECT_EQ(C_FindObjectsInit(session, &huge, 1UL << 40), CKR_ARGUMENTS_BAD);
  ASSERT_EQ(begin_signing(session, CKM_SHA256_RSA_PKCS), CKR_OK);
  EXPECT_EQ(C_SignUpdate(session, data, ~0UL), CKR_ARGUMENTS_BAD);
  EXPECT_EQ(C_GenerateRandom(session, data, ~0UL), CKR_ARGUMENTS_BAD);
  EXPECT_EQ(C_Login(session, CKU_CONTEXT_SPECIFIC, data, ~0UL), CKR_PIN_LEN_RANGE);
}

TEST_F(Pkcs11Arguments, OfDigestsAreTakenInPieces) {
  const auto session = open(kAuthSlot);
  CK_MECHANISM mechanism{CKM_SHA256, nullptr, 0};
  std::string text = "hello";
  auto* data = reinterpret_cast<unsigned char*>(text.data());
  Bytes digest(32);
  CK_ULONG length = 31;
  ASSERT_EQ(C_DigestInit(session, &mechanism), CKR_OK);
  ASSERT_EQ(C_DigestUpdate(session, data, 2), CKR_OK);
  ASSERT_EQ(C_DigestUpdate(session, data + 2, 3), CKR_OK);
  EXPECT_EQ(C_DigestFinal(session, digest.data(), &length), CKR_BUFFER_TOO_SMALL);
  EXPECT_EQ(C_DigestFinal(session, digest.data(), &length), CKR_OK);
  EXPECT_TRUE(equal(digest, crypto::sha256(view("hello"))));
  Bytes random(1000);
  EXPECT_EQ(C_GenerateRandom(session, random.data(), random.size()), CKR_OK);
  EXPECT_NE(Bytes(random.end() - 16, random.end()), Bytes(16));
  EXPECT_EQ(C_GenerateRandom(session, random.data(), 0), CKR_OK);
}

}  // namespace
}  // namespace shomei::pkcs11
