// Beginning and ending, forks, slots, and what comes and goes in them.
#include <sys/wait.h>
#include <unistd.h>

#include <future>
#include <thread>

#include "tests/pkcs11/module_fixture.h"

namespace shomei::pkcs11 {
namespace {

using Pkcs11Library = Module;
using Pkcs11Slots = Module;

std::vector<CK_SLOT_ID> slots(bool with_token) {
  CK_ULONG count = 0;
  EXPECT_EQ(C_GetSlotList(with_token, nullptr, &count), CKR_OK);
  std::vector<CK_SLOT_ID> list(count);
  EXPECT_EQ(C_GetSlotList(with_token, list.data(), &count), CKR_OK);
  return list;
}
CK_RV token(CK_SLOT_ID slot, CK_TOKEN_INFO* info = nullptr) {
  CK_TOKEN_INFO unread{};
  return C_GetTokenInfo(slot, info != nullptr ? info : &unread);
}
CK_RV next_event(CK_SLOT_ID* slot) {
  return C_WaitForSlotEvent(CKF_DONT_BLOCK, slot, nullptr);
}

TEST_F(Pkcs11Library, BeginsOnceAndEndsOnce) {
  EXPECT_EQ(C_Initialize(nullptr), CKR_CRYPTOKI_ALREADY_INITIALIZED);
  EXPECT_EQ(C_Finalize(this), CKR_ARGUMENTS_BAD);
  EXPECT_EQ(C_Finalize(nullptr), CKR_OK);
  EXPECT_EQ(C_Finalize(nullptr), CKR_CRYPTOKI_NOT_INITIALIZED);
  CK_INFO info{};
  EXPECT_EQ(C_GetInfo(&info), CKR_CRYPTOKI_NOT_INITIALIZED);
  EXPECT_EQ(C_Initialize(nullptr), CKR_OK);
  EXPECT_EQ(C_GetInfo(&info), CKR_OK);
}

TEST_F(Pkcs11Library, TakesLocksOfTheSystemAndNoOthers) {
  C_Finalize(nullptr);
  const auto begin = [](CK_C_INITIALIZE_ARGS arguments) { return C_Initialize(&arguments); };
  const CK_CREATEMUTEX create = [](void**) -> CK_RV { return CKR_OK; };
  const CK_LOCKMUTEX lock = [](void*) -> CK_RV { return CKR_OK; };
  CK_C_INITIALIZE_ARGS given{create, lock, lock, lock, 0, nullptr};
  EXPECT_EQ(begin(given), CKR_CANT_LOCK);
  given.LockMutex = nullptr;
  EXPECT_EQ(begin(given), CKR_ARGUMENTS_BAD);
  EXPECT_EQ(begin({.pReserved = &given}), CKR_ARGUMENTS_BAD);
  given.LockMutex = lock;
  given.flags = CKF_OS_LOCKING_OK | CKF_LIBRARY_CANT_CREATE_OS_THREADS;
  EXPECT_EQ(begin(given), CKR_OK);
}

TEST_F(Pkcs11Library, OfAChildBeginsAnewAndItsParentsGoesOn) {
  const auto session = open(kAuthSlot);
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  const pid_t child = ::fork();
  if (child == 0) {
    const bool right = info_of(session) == CKR_CRYPTOKI_NOT_INITIALIZED &&
                       C_Finalize(nullptr) == CKR_CRYPTOKI_NOT_INITIALIZED &&
                       C_Initialize(nullptr) == CKR_OK && info_of(session) == CKR_SESSION_HANDLE_INVALID;
    ::_exit(right ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(state(session), CKS_RO_USER_FUNCTIONS);
  EXPECT_EQ(sign_once(session), CKR_OK);
}

TEST_F(Pkcs11Slots, AreTwoForEachReader) {
  EXPECT_EQ(slots(true), (std::vector<CK_SLOT_ID>{0, 1}));
  readers.add_reader("Another");
  EXPECT_EQ(slots(false), (std::vector<CK_SLOT_ID>{0, 1, 2, 3}));
  EXPECT_EQ(slots(true), (std::vector<CK_SLOT_ID>{0, 1}));
  CK_SLOT_INFO info{};
  EXPECT_EQ(C_GetSlotInfo(3, &info), CKR_OK);
  EXPECT_EQ(info.flags & CKF_TOKEN_PRESENT, 0U);
  EXPECT_EQ(C_GetSlotInfo(4, &info), CKR_SLOT_ID_INVALID);
  EXPECT_EQ(C_GetSlotInfo(~CK_SLOT_ID{0}, &info), CKR_SLOT_ID_INVALID);
}

TEST_F(Pkcs11Slots, OfAReaderThatGoesKeepTheirNumbers) {
  readers.add_reader("Another");
  ASSERT_EQ(slots(false).size(), 4U);
  readers.remove_reader(kReader);
  EXPECT_EQ(slots(false), (std::vector<CK_SLOT_ID>{2, 3}));
  EXPECT_EQ(token(0), CKR_TOKEN_NOT_PRESENT);
  readers.add_reader("A third");
  EXPECT_EQ(slots(false), (std::vector<CK_SLOT_ID>{2, 3, 4, 5}));
  readers.add_reader(kReader);
  EXPECT_EQ(slots(false), (std::vector<CK_SLOT_ID>{0, 1, 2, 3, 4, 5}));
}

TEST_F(Pkcs11Slots, AreChosenByTheEnvironment) {
  C_Finalize(nullptr);
  ::setenv("SHOMEI_PKCS11_SLOTS", "user_authentication", 1);
  ASSERT_EQ(C_Initialize(nullptr), CKR_OK);
  ::unsetenv("SHOMEI_PKCS11_SLOTS");
  EXPECT_EQ(slots(true), (std::vector<CK_SLOT_ID>{0}));
  EXPECT_EQ(token(1), CKR_SLOT_ID_INVALID);
}

TEST_F(Pkcs11Slots, TellWhatTheCardHas) {
  CK_TOKEN_INFO info{};
  ASSERT_EQ(token(kSignSlot, &info), CKR_OK);
  EXPECT_EQ(info.ulMinPinLen, 6U);
  EXPECT_EQ(info.ulMaxPinLen, 16U);
  EXPECT_TRUE(info.flags & CKF_USER_PIN_INITIALIZED);
  EXPECT_FALSE(info.flags & (CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED));
  readers.insert(kReader, issued_card(card::CardKind::child));
  EXPECT_EQ(token(kAuthSlot), CKR_OK);
  EXPECT_EQ(token(kSignSlot), CKR_TOKEN_NOT_PRESENT);
  EXPECT_EQ(slots(true), (std::vector<CK_SLOT_ID>{0}));
}

TEST_F(Pkcs11Slots, KnowACardWithoutPins) {
  readers.insert(kReader, issued_card(card::CardKind::face_authentication));
  CK_TOKEN_INFO info{};
  ASSERT_EQ(token(kAuthSlot, &info), CKR_OK);
  const auto session = open(kAuthSlot);
  const CK_RV rv = login(session, "4711");
  EXPECT_TRUE(rv == CKR_USER_PIN_NOT_INITIALIZED || rv == CKR_PIN_LOCKED) << rv;
}

TEST_F(Pkcs11Slots, DoNotRecogniseACardThatIsNotYetIssued) {
  readers.insert(kReader, card::applet::ChipState::born());
  EXPECT_EQ(token(kAuthSlot), CKR_TOKEN_NOT_PRESENT);
  CK_SESSION_HANDLE session = 0;
  EXPECT_EQ(C_OpenSession(kAuthSlot, CKF_SERIAL_SESSION, nullptr, nullptr, &session), CKR_TOKEN_NOT_PRESENT);
}

TEST_F(Pkcs11Slots, TellOfEachCardThatComesAndGoes) {
  CK_SLOT_ID slot = 99;
  EXPECT_EQ(next_event(&slot), CKR_NO_EVENT);
  readers.take_out(kReader);
  readers.insert(kReader, issued_card());
  EXPECT_EQ(next_event(&slot), CKR_OK);
  EXPECT_EQ(slot, 0U);
  EXPECT_EQ(next_event(&slot), CKR_OK);
  EXPECT_EQ(slot, 1U);
  EXPECT_EQ(next_event(&slot), CKR_NO_EVENT);
  readers.add_reader("Another");
  EXPECT_EQ(next_event(&slot), CKR_NO_EVENT);
  readers.insert("Another", issued_card());
  EXPECT_EQ(next_event(&slot), CKR_OK);
  EXPECT_EQ(slot, 2U);
  readers.remove_reader("Another");
  EXPECT_EQ(next_event(&slot), CKR_OK);
}

TEST_F(Pkcs11Slots, ThatAreWaitedForEndWithTheLibrary) {
  CK_SLOT_ID slot = 99;
  auto waiting = std::async(std::launch::async, [&] { return C_WaitForSlotEvent(0, &slot, nullptr); });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  readers.take_out(kReader);
  EXPECT_EQ(waiting.get(), CKR_OK);
  EXPECT_EQ(slot, 0U);
  EXPECT_EQ(next_event(&slot), CKR_OK);
  waiting = std::async(std::launch::async, [&] { return C_WaitForSlotEvent(0, &slot, nullptr); });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(C_Finalize(nullptr), CKR_OK);
  EXPECT_EQ(waiting.get(), CKR_CRYPTOKI_NOT_INITIALIZED);
}

TEST_F(Pkcs11Slots, AreWaitedForWhileAnotherThreadSigns) {
  const auto session = open(kAuthSlot);
  ASSERT_EQ(login(session, "4711"), CKR_OK);
  CK_SLOT_ID slot = 99;
  auto waiting = std::async(std::launch::async, [&] { return C_WaitForSlotEvent(0, &slot, nullptr); });
  const auto waits = [&] {
    return waiting.wait_for(std::chrono::milliseconds(0)) == std::future_status::timeout;
  };
  while (waits() && readers.waits() < 10) EXPECT_EQ(sign_once(session), CKR_OK);
  EXPECT_TRUE(waits()) << "a signature is no event";
  readers.take_out(kReader);
  EXPECT_EQ(waiting.get(), CKR_OK);
  EXPECT_EQ(slot, kAuthSlot);
  EXPECT_EQ(info_of(session), CKR_DEVICE_REMOVED);
}

TEST_F(Pkcs11Slots, LetGoOfTheCardWhenNobodyHasASession) {
  EXPECT_EQ(token(kAuthSlot), CKR_OK);
  EXPECT_EQ(readers.connections(), 0U);
  const auto session = open(kAuthSlot);
  EXPECT_EQ(readers.connections(), 0U);  // what it is was known
  EXPECT_EQ(login(session, "4711"), CKR_OK);
  EXPECT_EQ(readers.connections(), 1U);
  EXPECT_EQ(C_CloseSession(session), CKR_OK);
  EXPECT_EQ(readers.connections(), 0U);
}

// Eight applications' threads on two cards, while one of them is taken out and put in.
TEST_F(Pkcs11Library, IsUsedByManyThreads) {
  readers.add_reader("Another");
  readers.insert("Another", issued_card());
  ASSERT_EQ(slots(true).size(), 4U);
  const auto keeper = open(kAuthSlot);
  ASSERT_EQ(login(keeper, "4711"), CKR_OK);
  std::atomic<int> signatures = 0;
  const auto work = [&](CK_SLOT_ID slot) {
    for (int round = 0; round < 10; ++round) {
      CK_SESSION_HANDLE session = 0;
      if (C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session) != CKR_OK) continue;
      (void)login(session, slot % 2 == 0 ? "4711" : std::string(kPassword));
      if (sign_once(session, slot % 2 == 1) == CKR_OK) ++signatures;
      C_CloseSession(session);
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) threads.emplace_back(work, i < 4 ? kAuthSlot : CK_SLOT_ID(2 + i % 2));
  for (int i = 0; i < 3; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    readers.take_out("Another");
    readers.insert("Another", issued_card());
  }
  for (auto& thread : threads) thread.join();
  EXPECT_GE(signatures, 40);  // those with the card that stayed
}

}  // namespace
}  // namespace shomei::pkcs11
