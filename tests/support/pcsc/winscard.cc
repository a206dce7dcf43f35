// The functions of winscard that card/pcsc calls, played by the script.
#include <winscard.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "tests/support/pcsc/script.h"

namespace shomei::card::pcsc::mock {

// What one call does to the script's state. LONG and DWORD are pcsclite's.
struct Player {
  Script& script = Script::current();

  // Counts the call, does what is planned for it, and says whether it fails by itself.
  LONG begin(Call call) {
    const unsigned now = ++script.calls_[static_cast<std::size_t>(call)];
    LONG code = SCARD_S_SUCCESS;
    for (const auto& planned : std::vector(script.planned_)) {
      if (planned.call != call || planned.at != now) continue;
      planned.action();
      if (planned.code) code = *planned.code;
    }
    return code == SCARD_S_SUCCESS && !script.runs_ ? SCARD_E_NO_SERVICE : code;
  }
  LONG begin(Call call, SCARDCONTEXT context) {
    const LONG code = begin(call);
    if (code != SCARD_S_SUCCESS) return code;
    return std::ranges::find(script.contexts_, context) == script.contexts_.end() ? SCARD_E_INVALID_HANDLE
                                                                                  : SCARD_S_SUCCESS;
  }

  Opened* opened(SCARDHANDLE card) {
    const auto at = script.cards_.find(card);
    return at == script.cards_.end() ? nullptr : &at->second;
  }
  Reader* reader_of(const std::string& name) {
    const auto at = script.readers_.find(name);
    return at == script.readers_.end() ? nullptr : &at->second;
  }
  // As pcscd looks at a handle before it does anything with its card.
  LONG look_at(SCARDHANDLE card) {
    const Opened* handle = opened(card);
    if (!handle) return SCARD_E_INVALID_HANDLE;
    const Reader* reader = reader_of(handle->reader);
    if (!reader) return SCARD_E_READER_UNAVAILABLE;
    if (reader->insertions != handle->insertions) return SCARD_W_REMOVED_CARD;
    if (reader->resets != handle->resets) return SCARD_W_RESET_CARD;
    return SCARD_S_SUCCESS;
  }
  LONG begin_on(Call call, SCARDHANDLE card) {
    const LONG code = begin(call);
    return code == SCARD_S_SUCCESS ? look_at(card) : code;
  }

  void reset(Opened& handle) {
    Reader* reader = reader_of(handle.reader);
    if (!reader || reader->insertions != handle.insertions) return;
    reader->on_reset();
    handle.resets = ++reader->resets;
  }

  long add_context() {
    script.contexts_.push_back(++script.last_handle_);
    return script.last_handle_;
  }
  void drop_context(long context) { std::erase(script.contexts_, context); }
  LONG connect(const std::string& name, bool exclusive, SCARDHANDLE& card) {
    const Reader* reader = reader_of(name);
    if (!reader) return SCARD_E_UNKNOWN_READER;
    if (!reader->card) return SCARD_E_NO_SMARTCARD;
    if (reader->mute) return SCARD_W_UNRESPONSIVE_CARD;
    if (reader->held || in_use(name, exclusive)) return SCARD_E_SHARING_VIOLATION;
    card = ++script.last_handle_;
    script.cards_[card] = {name, reader->insertions, reader->resets, exclusive};
    return SCARD_S_SUCCESS;
  }
  bool in_use(const std::string& name, bool exclusive) {
    return std::ranges::any_of(script.cards_, [&](const auto& entry) {
      return entry.second.reader == name && (exclusive || entry.second.exclusive);
    });
  }
  void disconnect(SCARDHANDLE card) { script.cards_.erase(card); }

  std::string list() {
    std::string all;
    for (const auto& name : script.order_) all += name + '\0';
    return all + '\0';
  }
  std::size_t length_to_claim(std::size_t bytes) {
    const auto at = script.claimed_lengths_.find(script.calls(Call::transmit));
    return at == script.claimed_lengths_.end() ? bytes : at->second;
  }

  DWORD state_of(const std::string& name) {
    const Reader* reader = reader_of(name);
    if (!reader) return SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE;
    DWORD state = reader->card ? SCARD_STATE_PRESENT : SCARD_STATE_EMPTY;
    if (reader->card && reader->mute) state |= SCARD_STATE_MUTE;
    if (reader->held) state |= SCARD_STATE_INUSE | SCARD_STATE_EXCLUSIVE;
    if (in_use(name, true)) state |= SCARD_STATE_INUSE;
    return state | static_cast<DWORD>(reader->changes) << 16;
  }
  // Fills in the states, and whether one is another than was told.
  bool tell_states(SCARD_READERSTATE* states, DWORD count) {
    bool changed = false;
    for (DWORD i = 0; i < count; ++i) {
      if (std::strncmp(states[i].szReader, "\\\\?PnP?", 7) == 0) continue;
      const DWORD now = state_of(states[i].szReader);
      const bool differs = states[i].dwCurrentState != now;
      states[i].dwEventState = now | (differs ? SCARD_STATE_CHANGED : 0);
      if (const Reader* reader = reader_of(states[i].szReader); reader && reader->card) {
        states[i].cbAtr = std::min<DWORD>(reader->atr.size(), sizeof states[i].rgbAtr);
        std::copy_n(reader->atr.begin(), states[i].cbAtr, states[i].rgbAtr);
      }
      changed = changed || differs;
    }
    return changed;
  }
  bool do_while_waiting() {
    if (script.waiting_.empty()) return false;
    const auto action = script.waiting_.front();
    script.waiting_.pop_front();
    action();
    return true;
  }
};

}  // namespace shomei::card::pcsc::mock

using shomei::card::pcsc::mock::Call;
using shomei::card::pcsc::mock::Player;

extern "C" {

const SCARD_IO_REQUEST g_rgSCardT0Pci = {SCARD_PROTOCOL_T0, sizeof(SCARD_IO_REQUEST)};
const SCARD_IO_REQUEST g_rgSCardT1Pci = {SCARD_PROTOCOL_T1, sizeof(SCARD_IO_REQUEST)};

LONG SCardEstablishContext(DWORD, LPCVOID, LPCVOID, LPSCARDCONTEXT context) {
  Player player;
  const LONG code = player.begin(Call::establish_context);
  if (code == SCARD_S_SUCCESS) *context = player.add_context();
  return code;
}

LONG SCardReleaseContext(SCARDCONTEXT context) {
  Player player;
  const LONG code = player.begin(Call::release_context, context);
  if (code == SCARD_S_SUCCESS) player.drop_context(context);
  return code;
}

LONG SCardListReaders(SCARDCONTEXT context, LPCSTR, LPSTR readers, LPDWORD size) {
  Player player;
  const LONG code = player.begin(Call::list_readers, context);
  if (code != SCARD_S_SUCCESS) return code;
  const std::string all = player.list();
  if (all.size() == 1) return SCARD_E_NO_READERS_AVAILABLE;
  const DWORD room = *size;
  *size = static_cast<DWORD>(all.size());
  if (!readers) return SCARD_S_SUCCESS;
  if (room < all.size()) return SCARD_E_INSUFFICIENT_BUFFER;
  std::copy(all.begin(), all.end(), readers);
  return SCARD_S_SUCCESS;
}

LONG SCardGetStatusChange(SCARDCONTEXT context, DWORD timeout, SCARD_READERSTATE* states, DWORD count) {
  Player player;
  const LONG code = player.begin(Call::get_status_change, context);
  if (code != SCARD_S_SUCCESS) return code;
  if (player.tell_states(states, count)) return SCARD_S_SUCCESS;
  if (timeout == 0 || !player.do_while_waiting()) return SCARD_E_TIMEOUT;
  return player.tell_states(states, count) ? SCARD_S_SUCCESS : SCARD_E_TIMEOUT;
}

LONG SCardConnect(SCARDCONTEXT context, LPCSTR reader, DWORD mode, DWORD, LPSCARDHANDLE card,
                  LPDWORD protocol) {
  Player player;
  LONG code = player.begin(Call::connect, context);
  if (code == SCARD_S_SUCCESS) code = player.connect(reader, mode == SCARD_SHARE_EXCLUSIVE, *card);
  if (code == SCARD_S_SUCCESS) *protocol = SCARD_PROTOCOL_T1;
  return code;
}

LONG SCardReconnect(SCARDHANDLE card, DWORD, DWORD, DWORD, LPDWORD protocol) {
  Player player;
  const LONG code = player.begin_on(Call::reconnect, card);
  if (code != SCARD_S_SUCCESS && code != SCARD_W_RESET_CARD) return code;
  auto* handle = player.opened(card);
  handle->resets = player.reader_of(handle->reader)->resets;
  *protocol = SCARD_PROTOCOL_T1;
  return SCARD_S_SUCCESS;
}

LONG SCardDisconnect(SCARDHANDLE card, DWORD disposition) {
  Player player;
  const LONG code = player.begin(Call::disconnect);
  auto* handle = player.opened(card);
  if (!handle) return SCARD_E_INVALID_HANDLE;
  if (disposition == SCARD_RESET_CARD) player.reset(*handle);
  player.disconnect(card);
  return code;
}

LONG SCardBeginTransaction(SCARDHANDLE card) {
  Player player;
  const LONG code = player.begin_on(Call::begin_transaction, card);
  if (code == SCARD_S_SUCCESS) ++player.reader_of(player.opened(card)->reader)->transactions;
  return code;
}

LONG SCardEndTransaction(SCARDHANDLE card, DWORD disposition) {
  Player player;
  LONG code = player.begin(Call::end_transaction);
  auto* handle = player.opened(card);
  auto* reader = handle ? player.reader_of(handle->reader) : nullptr;
  if (!reader) return SCARD_E_INVALID_HANDLE;
  if (code == SCARD_S_SUCCESS && reader->transactions == 0) code = SCARD_E_NOT_TRANSACTED;
  if (code != SCARD_S_SUCCESS) return code;
  --reader->transactions;
  if (disposition == SCARD_RESET_CARD) player.reset(*handle);
  return SCARD_S_SUCCESS;
}

LONG SCardTransmit(SCARDHANDLE card, const SCARD_IO_REQUEST*, LPCBYTE command, DWORD size, SCARD_IO_REQUEST*,
                   LPBYTE answer, LPDWORD answer_size) {
  Player player;
  const LONG code = player.begin_on(Call::transmit, card);
  if (code != SCARD_S_SUCCESS) return code;
  const auto said = player.reader_of(player.opened(card)->reader)->card->transmit({command, size});
  if (!said) return SCARD_E_NOT_TRANSACTED;
  const DWORD room = *answer_size;
  *answer_size = static_cast<DWORD>(player.length_to_claim(said->size()));
  if (said->size() > room) return SCARD_E_INSUFFICIENT_BUFFER;
  std::copy(said->begin(), said->end(), answer);
  return SCARD_S_SUCCESS;
}

const char* pcsc_stringify_error(LONG code) {
  static thread_local char text[32];
  (void)std::snprintf(text, sizeof text, "code 0x%08lX", static_cast<unsigned long>(code));
  return text;
}

}  // extern "C"
