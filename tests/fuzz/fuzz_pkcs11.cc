// Any calls of PKCS#11 with any arguments, over chips in this process that come and go. A call is a byte and
// what it draws from the input after it. What must hold: no crash, no byte written behind a buffer, no
// signature in a session that nobody has logged in, none of the signature half but in the session that was
// last given the right password, and, after C_Finalize, no card held and no PIN left verified in it.
#include <p11-kit/pkcs11.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "card/instruction.h"
#include "tests/pkcs11/test_readers.h"

namespace {

using namespace shomei;
using namespace shomei::pkcs11;

const std::string kReader = "Reader";

class Draw {
 public:
  Draw(const std::uint8_t* data, std::size_t size) : rest_(data, size) {}
  bool done() const { return rest_.empty(); }
  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const auto drawn = rest_[0];
    rest_ = rest_.subspan(1);
    return drawn;
  }
  // Small ones, and those around the ends of the range.
  CK_ULONG number() {
    const auto drawn = byte();
    return drawn < 250 ? drawn : ~CK_ULONG{0} - (255 - drawn);
  }
  Bytes bytes() {
    const auto count = std::min<std::size_t>(byte() % 80, rest_.size());
    const Bytes drawn = to_bytes(rest_.first(count));
    rest_ = rest_.subspan(count);
    return drawn;
  }
  // The right one, mostly.
  Bytes pin(CK_SLOT_ID slot) {
    if (byte() % 4 != 3) return to_bytes(slot % 2 == 0 ? kPin : kPassword);
    return bytes();
  }

 private:
  ByteView rest_;
};

constexpr std::size_t kRoomMax = 280;
constexpr CK_MECHANISM_TYPE kMechanisms[] = {
    CKM_SHA256_RSA_PKCS, CKM_ECDSA_SHA384,    CKM_SHA256_RSA_PKCS_PSS,
    CKM_RSA_PKCS,        CKM_SHA512_RSA_PKCS, CKM_RSA_PKCS_PSS,
    CKM_ECDSA,           CKM_SHA256,          CKM_RSA_X_509};

constexpr std::size_t kSessionsMax = 8;

struct Opened {
  CK_SESSION_HANDLE session = 0;
  CK_SLOT_ID slot = 0;
  bool consented = false;  // the last C_Login for one signature of this token was its own, and went well
};

struct Application {
  Draw draw;
  TestReaders& readers;
  std::array<Opened, kSessionsMax> opened{};  // the last ones; calls are made in the one at `now`
  std::size_t now = 0;
  bool another_verified = false;  // a PIN, which is then not this application's to take away

  CK_SESSION_HANDLE session() const { return opened[now].session; }
  CK_SLOT_ID slot() const { return opened[now].slot; }

  unsigned char out[300] = {};

  // A null pointer now and then; a length that says no more than there is.
  unsigned char* room(CK_ULONG& length) {
    std::ranges::fill(out, 0xEE);
    length = draw.byte() % 4 == 3 ? std::min<CK_ULONG>(draw.number(), kRoomMax) : kRoomMax;
    return draw.byte() % 8 == 7 ? nullptr : out;
  }
  void check_room(CK_RV rv, CK_ULONG written, const unsigned char* given) {
    const bool any = rv == CKR_OK && given != nullptr;
    if (any && written > kRoomMax) std::abort();
    for (std::size_t i = any ? written : 0; i < sizeof out; ++i)
      if (out[i] != 0xEE) std::abort();
  }

  bool logged_in() {
    CK_SESSION_INFO info{};
    return C_GetSessionInfo(session(), &info) == CKR_OK &&
           (info.state == CKS_RO_USER_FUNCTIONS || info.state == CKS_RW_USER_FUNCTIONS);
  }
  // Zeros, which stand where an input ends, are right everywhere.
  void begin_signing() {
    CK_RSA_PKCS_PSS_PARAMS pss{CKM_SHA256, CKG_MGF1_SHA256, 32};
    CK_MECHANISM mechanism{kMechanisms[draw.byte() % std::size(kMechanisms)], nullptr, 0};
    const bool is_pss =
        mechanism.mechanism == CKM_RSA_PKCS_PSS || mechanism.mechanism == CKM_SHA256_RSA_PKCS_PSS;
    if (is_pss != (draw.byte() % 8 == 7)) mechanism = {mechanism.mechanism, &pss, sizeof pss};
    if (draw.byte() % 16 == 15) mechanism.ulParameterLen = draw.number() % (sizeof pss + 1);
    (void)C_SignInit(session(), draw.byte() % 32 == 31 ? nullptr : &mechanism,
                     draw.byte() % 4 == 3 ? draw.number() : 3);
  }
  void sign(bool final) {
    const bool may = logged_in() && (slot() == 0 || opened[now].consented);
    Bytes data = draw.bytes();
    CK_ULONG length = 0;
    auto* const given = room(length);
    const CK_RV rv = final ? C_SignFinal(session(), given, &length)
                           : C_Sign(session(), data.data(), data.size(), given, &length);
    check_room(rv, length, given);
    if (rv != CKR_OK || given == nullptr) return;
    if (!may) std::abort();
    opened[now].consented = false;
  }
  void read_attributes() {
    CK_ATTRIBUTE asked[4];
    unsigned char values[4][64];
    for (int i = 0; i < 4; ++i)
      asked[i] = {draw.byte() % 2 ? draw.number() : CK_ULONG{CKA_MODULUS},
                  draw.byte() % 3 ? values[i] : nullptr, std::min<CK_ULONG>(draw.number(), 64)};
    (void)C_GetAttributeValue(session(), draw.number(), asked, draw.byte() % 5);
  }
  void find() {
    Bytes value = draw.bytes();
    CK_ATTRIBUTE wanted{draw.number(), value.data(), draw.byte() % 8 ? value.size() : ~CK_ULONG{0}};
    if (draw.byte() % 8 == 0) wanted.pValue = nullptr;
    (void)C_FindObjectsInit(session(), &wanted, draw.byte() % 2);
    CK_OBJECT_HANDLE found[3];
    CK_ULONG count = 0;
    (void)C_FindObjects(session(), found, draw.byte() % 4, &count);
    if (draw.byte() % 4) (void)C_FindObjectsFinal(session());
  }
  void digest() {
    CK_MECHANISM mechanism{kMechanisms[draw.byte() % std::size(kMechanisms)], nullptr, 0};
    (void)C_DigestInit(session(), &mechanism);
    Bytes data = draw.bytes();
    (void)C_DigestUpdate(session(), data.data(), data.size());
    CK_ULONG length = 0;
    auto* const given = room(length);
    const CK_RV rv = draw.byte() % 2 ? C_DigestFinal(session(), given, &length)
                                     : C_Digest(session(), data.data(), data.size(), given, &length);
    check_room(rv, length, given);
  }
  void slots() {
    CK_SLOT_ID list[4];
    CK_ULONG count = std::min<CK_ULONG>(draw.number(), 4);
    (void)C_GetSlotList(draw.byte() % 2, draw.byte() % 4 ? list : nullptr, &count);
    CK_TOKEN_INFO token{};
    (void)C_GetTokenInfo(draw.number(), &token);
    CK_MECHANISM_TYPE types[20];
    count = std::min<CK_ULONG>(draw.number(), 20);
    (void)C_GetMechanismList(draw.number(), types, &count);
    (void)C_WaitForSlotEvent(CKF_DONT_BLOCK, list, nullptr);
  }
  void change_the_world() {
    switch (draw.byte() % 5) {
      case 0:
        another_verified = false;
        return readers.take_out(kReader);
      case 1:
        another_verified = false;
        return readers.insert(kReader, issued_card(card::kCardKinds[draw.byte() % 4]));
      case 2:
        another_verified = false;
        return readers.reset_by_another(kReader);
      case 3:
        return readers.take_out_at_command(kReader, draw.byte());
      default:
        if (const Bytes command = draw.bytes(); command.size() > 3) say_as_another(command);
    }
  }
  void say_as_another(ByteView command) {
    const Bytes answer = readers.said_by_another(kReader, command);
    const bool gives_a_pin =
        command[1] == card::ins::kVerify || command[1] == card::ins::kChangeReferenceData;
    if (gives_a_pin && answer == Bytes{0x90, 0x00}) another_verified = true;
  }
  // Asked as another process would: what does the card sign, as it is?
  void check_card() {
    if (another_verified) return;
    for (const auto* key : {"00a4020c020017", "00a4020c02001a"}) {
      (void)readers.said_by_another(kReader, *from_hex(key));
      if (readers.said_by_another(kReader, *from_hex("802a008001aa00")).size() > 2) std::abort();
    }
  }
  // Half the inputs begin where it takes many right calls to come: logged in, or about to sign.
  void begin() {
    const auto how = draw.byte();
    if (how & 1) readers.insert(kReader, issued_card(card::CardKind::next_generation));
    opened[now].slot = how & 2 ? 1 : 0;
    if ((how & 4) == 0) return;
    Bytes pin = to_bytes(slot() == 0 ? kPin : kPassword);
    (void)C_OpenSession(slot(), CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &opened[now].session);
    if (how & 8) login(CKU_USER, pin);
    if ((how & 16) == 0) return;
    begin_signing();
    if (how & 32) login(CKU_CONTEXT_SPECIFIC, pin);
  }
  void generate_random() {
    unsigned char random[300];
    (void)C_GenerateRandom(session(), draw.byte() % 8 ? random : nullptr,
                           std::min<CK_ULONG>(draw.number() + 50, 300));
  }
  void open(CK_FLAGS flags) {
    Opened next{.slot = CK_SLOT_ID(draw.byte() % 2)};
    if (C_OpenSession(next.slot, flags, nullptr, nullptr, &next.session) != CKR_OK) return;
    now = (now + 1) % kSessionsMax;
    opened[now] = next;
  }
  void login(CK_USER_TYPE user, Bytes& pin) {
    const CK_RV rv = C_Login(session(), user, pin.data(), pin.size());
    if (user != CKU_CONTEXT_SPECIFIC || rv == CKR_ARGUMENTS_BAD) return;
    // What the card was asked counts for every session.
    if (rv == CKR_OK || rv == CKR_PIN_INCORRECT || rv == CKR_PIN_LOCKED)
      for (auto& other : opened)
        if (other.slot == slot()) other.consented = false;
    opened[now].consented = rv == CKR_OK;
  }
  void seldom() {
    const auto which = draw.byte() % 8;
    if (which == 0) return open(draw.byte() % 8);
    if (which < 4) return generate_random();
    now = draw.byte() % kSessionsMax;
  }

  void call() {
    Bytes pin = draw.pin(slot()), other = draw.pin(slot());
    switch (draw.byte() % 16) {
      case 0:
        return seldom();
      case 1:
        return open(CKF_SERIAL_SESSION | CKF_RW_SESSION);
      case 2:
        (void)(draw.byte() % 4 ? C_CloseSession(session()) : C_CloseAllSessions(draw.number()));
        return;
      case 3:
      case 4:
        return login(draw.byte() % 8 == 7 ? draw.number() : CK_ULONG{CKU_USER}, pin);
      case 5:
        return login(CKU_CONTEXT_SPECIFIC, pin);
      case 6:
        (void)C_Logout(session());
        return;
      case 7:
        (void)C_SetPIN(session(), pin.data(), pin.size(), other.data(), other.size());
        return;
      case 8:
        return begin_signing();
      case 9:
        return sign(false);
      case 10:
        (void)C_SignUpdate(session(), other.data(), draw.byte() % 8 ? other.size() : ~CK_ULONG{0});
        return sign(true);
      case 11:
        return read_attributes();
      case 12:
        return find();
      case 13:
        return digest();
      case 14:
        return slots();
      default:
        return change_the_world();
    }
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  TestReaders readers;
  readers.add_reader(kReader);
  readers.insert(kReader, issued_card());
  if (C_Initialize(nullptr) != CKR_OK) std::abort();
  Application application{Draw(data, size), readers};
  application.begin();
  while (!application.draw.done()) application.call();
  if (C_Finalize(nullptr) != CKR_OK || readers.connections() != 0) std::abort();
  application.check_card();
  return 0;
}
