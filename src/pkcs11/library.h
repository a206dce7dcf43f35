// Library: what stands between C_Initialize and C_Finalize: the slots, which are two for each reader that was
// ever seen, and the sessions. Every function may be called from several threads. The order of the locks: a
// card's, then this one's.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "pkcs11/outcome.h"
#include "pkcs11/readers.h"
#include "pkcs11/session.h"

namespace shomei::pkcs11 {

// SHOMEI_PKCS11_SLOTS: which halves of the card applications are shown.
struct ShownHalves {
  bool user_authentication = true;
  bool signature = true;
  bool shows(card::Kind kind) const {
    return kind == card::Kind::signature ? signature : user_authentication;
  }
  // "user_authentication", "signature"; both for whatever else.
  static ShownHalves from_environment();
};

struct Slot {
  CK_SLOT_ID id;
  std::shared_ptr<Card> card;
  card::Kind kind;
};

class Library {
 public:
  explicit Library(std::unique_ptr<Readers> readers);
  ~Library() { stop(); }
  // Ends every session, drops PINs and lets go of the cards. Who waits for an event is told
  // CKR_CRYPTOKI_NOT_INITIALIZED.
  void stop();
  // The same where the process ends and another thread may hold a lock for ever: what is held is left.
  void stop_at_exit();

  // Of the readers that are there now. CKR_DEVICE_ERROR when pcscd says no.
  Outcome<std::vector<Slot>> slots();
  // Also of a reader that has gone. CKR_SLOT_ID_INVALID.
  Outcome<Slot> slot(CK_SLOT_ID id);
  // What is in its reader now; the card's lock is held.
  void look(Card& card);

  // A slot where a card came or went since that was last told; none yet when `wait` is false: CKR_NO_EVENT.
  Outcome<CK_SLOT_ID> next_event(bool wait);

  // The card's lock is held. CKR_SESSION_COUNT.
  Outcome<CK_SESSION_HANDLE> open(Session session);
  // CKR_SESSION_HANDLE_INVALID.
  Outcome<std::shared_ptr<Session>> session(CK_SESSION_HANDLE handle);
  // The last one of a token ends its login, the last one of a card lets go of it. The card's lock is held.
  Outcome<void> close(CK_SESSION_HANDLE handle);
  // Lets go of the card when no session is open with it. The card's lock is held.
  void rest(Card& card);
  std::vector<CK_SESSION_HANDLE> sessions_of(CK_SLOT_ID slot);
  std::size_t count(CK_SLOT_ID slot, bool read_write_alone);

 private:
  struct Known {
    std::shared_ptr<Card> card;
    ReaderSeen told;  // as events have told
    bool event[card::kKinds.size()]{};
  };
  Outcome<std::vector<ReaderSeen>> look_at_all();
  Known& known(const ReaderSeen& seen);
  void note_events(const std::vector<ReaderSeen>& seen);
  std::optional<CK_SLOT_ID> take_event();

  const std::unique_ptr<Readers> readers_;
  const ShownHalves shown_ = ShownHalves::from_environment();
  std::mutex mutex_;
  std::vector<Known> readers_known_;  // the place is the reader's number for ever
  std::map<CK_SESSION_HANDLE, std::shared_ptr<Session>> sessions_;
  CK_SESSION_HANDLE last_handle_ = 0;
  std::atomic<bool> stopped_ = false;
};

// The one of this process. After a fork the child has none.
CK_RV begin_library();  // CKR_CRYPTOKI_ALREADY_INITIALIZED
CK_RV end_library();
Outcome<std::shared_ptr<Library>> library();  // CKR_CRYPTOKI_NOT_INITIALIZED

}  // namespace shomei::pkcs11
