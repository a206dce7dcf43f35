#include "pkcs11/library.h"

#include <algorithm>
#include <cstdlib>

namespace shomei::pkcs11 {
namespace {

using card::Kind;

constexpr std::size_t kReadersMax = 64;
constexpr std::size_t kSessionsMax = 1024;
constexpr std::chrono::milliseconds kPatience{250};  // within which who waits hears of C_Finalize

CK_SLOT_ID slot_id(std::size_t reader, Kind kind) {
  return 2 * reader + (kind == Kind::signature ? 1 : 0);
}
Kind kind_of(CK_SLOT_ID slot) {
  return slot % 2 == 1 ? Kind::signature : Kind::user_authentication;
}
// In the order of their numbers.
constexpr std::array kSlotKinds{Kind::user_authentication, Kind::signature};

}  // namespace

ShownHalves ShownHalves::from_environment() {
  const char* set = ::secure_getenv("SHOMEI_PKCS11_SLOTS");
  const std::string_view value = set == nullptr ? "" : set;
  return {.user_authentication = value != "signature", .signature = value != "user_authentication"};
}

Library::Library(std::unique_ptr<Readers> readers) : readers_(std::move(readers)) {
  // What is in the readers now is no event.
  if (const auto seen = readers_->look())
    for (const auto& reader : *seen)
      if (readers_known_.size() < kReadersMax) known(reader).told = reader;
}

void Library::stop() {
  stopped_ = true;
  std::vector<std::shared_ptr<Card>> cards;
  {
    const std::scoped_lock lock(mutex_);
    sessions_.clear();
    for (const auto& of : readers_known_) cards.push_back(of.card);
  }
  for (const auto& card : cards) {
    const std::scoped_lock lock(card->mutex());
    card->close();
  }
}

void Library::stop_at_exit() {
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock) return;
  for (const auto& of : readers_known_) {
    const std::unique_lock card_lock(of.card->mutex(), std::try_to_lock);
    if (card_lock) of.card->close();
  }
}

Library::Known& Library::known(const ReaderSeen& seen) {
  const auto found =
      std::ranges::find_if(readers_known_, [&](const auto& one) { return one.card->reader() == seen.name; });
  if (found != readers_known_.end()) return *found;
  return readers_known_.emplace_back(
      Known{.card = std::make_shared<Card>(*readers_, seen.name), .told = {.name = seen.name}});
}

Outcome<std::vector<ReaderSeen>> Library::look_at_all() {
  auto seen = readers_->look();
  if (!seen) return refusal_of(seen.error());
  const std::scoped_lock lock(mutex_);
  std::erase_if(*seen, [&](const auto& reader) {
    return readers_known_.size() >= kReadersMax && std::ranges::none_of(readers_known_, [&](const auto& one) {
             return one.card->reader() == reader.name;
           });
  });
  for (const auto& reader : *seen) known(reader);
  return *std::move(seen);
}

Outcome<std::vector<Slot>> Library::slots() {
  SHOMEI_TRY(const auto seen, look_at_all());
  const std::scoped_lock lock(mutex_);
  std::vector<Slot> slots;
  for (std::size_t number = 0; number < readers_known_.size(); ++number) {
    const auto& card = readers_known_[number].card;
    if (std::ranges::find(seen, card->reader(), &ReaderSeen::name) == seen.end()) continue;
    for (const Kind kind : kSlotKinds)
      if (shown_.shows(kind)) slots.push_back({slot_id(number, kind), card, kind});
  }
  return slots;
}

Outcome<Slot> Library::slot(CK_SLOT_ID id) {
  const std::scoped_lock lock(mutex_);
  if (id / 2 >= readers_known_.size() || !shown_.shows(kind_of(id))) return Refusal{CKR_SLOT_ID_INVALID};
  return Slot{id, readers_known_[id / 2].card, kind_of(id)};
}

void Library::look(Card& card) {
  const auto all = readers_->look();
  // Whoever cannot look has seen nothing: the card is where it was, and its PINs are to be dropped some day.
  if (!all) return;
  const auto seen = std::ranges::find(*all, card.reader(), &ReaderSeen::name);
  card.see(seen == all->end() ? nullptr : &*seen);
}

void Library::note_events(const std::vector<ReaderSeen>& seen) {
  for (auto& of : readers_known_) {
    const auto found = std::ranges::find(seen, of.told.name, &ReaderSeen::name);
    const ReaderSeen now = found == seen.end() ? ReaderSeen{.name = of.told.name} : *found;
    if (now.card_present != of.told.card_present || (now.card_present && now.changes != of.told.changes))
      std::ranges::fill(of.event, true);
    of.told = now;
  }
}

std::optional<CK_SLOT_ID> Library::take_event() {
  for (std::size_t number = 0; number < readers_known_.size(); ++number)
    for (const Kind kind : kSlotKinds)
      if (std::exchange(readers_known_[number].event[index_of(kind)], false) && shown_.shows(kind))
        return slot_id(number, kind);
  return {};
}

Outcome<CK_SLOT_ID> Library::next_event(bool wait) {
  while (!stopped_) {
    SHOMEI_TRY(const auto seen, look_at_all());
    {
      const std::scoped_lock lock(mutex_);
      note_events(seen);
      if (const auto event = take_event()) return *event;
    }
    if (!wait) return Refusal{CKR_NO_EVENT};
    readers_->wait(kPatience);
  }
  return Refusal{CKR_CRYPTOKI_NOT_INITIALIZED};
}

Outcome<CK_SESSION_HANDLE> Library::open(Session session) {
  const std::scoped_lock lock(mutex_);
  if (sessions_.size() >= kSessionsMax) return Refusal{CKR_SESSION_COUNT};
  sessions_.emplace(++last_handle_, std::make_shared<Session>(std::move(session)));
  return last_handle_;
}

Outcome<std::shared_ptr<Session>> Library::session(CK_SESSION_HANDLE handle) {
  const std::scoped_lock lock(mutex_);
  const auto found = sessions_.find(handle);
  if (found == sessions_.end()) return Refusal{CKR_SESSION_HANDLE_INVALID};
  return found->second;
}

Outcome<void> Library::close(CK_SESSION_HANDLE handle) {
  std::shared_ptr<Session> closed;
  bool last_of_token = true;
  {
    const std::scoped_lock lock(mutex_);
    const auto found = sessions_.find(handle);
    if (found == sessions_.end()) return Refusal{CKR_SESSION_HANDLE_INVALID};
    closed = found->second;
    sessions_.erase(found);
    last_of_token = std::ranges::none_of(
        sessions_, [&](const auto& other) { return other.second->slot == closed->slot; });
  }
  if (closed->presence != closed->card->presence()) return {};
  closed->end_signing();
  if (last_of_token) (void)closed->card->logout(closed->kind);
  rest(*closed->card);
  return {};
}

void Library::rest(Card& card) {
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& [handle, session] : sessions_)
      if (session->card.get() == &card) return;
  }
  card.close();
}

std::vector<CK_SESSION_HANDLE> Library::sessions_of(CK_SLOT_ID slot) {
  const std::scoped_lock lock(mutex_);
  std::vector<CK_SESSION_HANDLE> handles;
  for (const auto& [handle, session] : sessions_)
    if (session->slot == slot) handles.push_back(handle);
  return handles;
}

std::size_t Library::count(CK_SLOT_ID slot, bool read_write_alone) {
  const std::scoped_lock lock(mutex_);
  return static_cast<std::size_t>(std::ranges::count_if(sessions_, [&](const auto& one) {
    return one.second->slot == slot && (!read_write_alone || (one.second->flags & CKF_RW_SESSION) != 0);
  }));
}

}  // namespace shomei::pkcs11
