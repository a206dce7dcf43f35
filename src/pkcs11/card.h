// Card: the card in one reader as its two tokens' sessions see it: who it is, who is logged in, its objects.
// One lock for both tokens, which every function but the constructor wants held.
// A PIN is in this process only while it is on its way to the card. The card forgets a verified one when its
// application is selected: at logout, and after each signature and login of the signature half, which then
// ends the other half's login too.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "base/secret.h"
#include "card/client/token_info.h"
#include "card/kind.h"
#include "pkcs11/dialogue.h"
#include "pkcs11/mechanisms.h"
#include "pkcs11/objects.h"
#include "pkcs11/outcome.h"

namespace shomei::pkcs11 {

class Card {
 public:
  // The readers must live longer.
  Card(Readers& readers, std::string reader) : dialogue_(readers, reader), reader_(std::move(reader)) {}

  std::mutex& mutex() { return mutex_; }
  const std::string& reader() const { return reader_; }

  // What is in the reader now; nullptr: the reader is gone. Another card than before is nobody's.
  void see(const ReaderSeen* seen);
  bool present() const { return present_; }
  // Which card it is, counted: sessions with an earlier one are over.
  std::uint64_t presence() const { return presence_; }

  // CKR_TOKEN_NOT_RECOGNIZED for a card of another kind, CKR_TOKEN_NOT_PRESENT when there is none, or the
  // card has no such half. Asks a card once.
  Outcome<void> recognise(card::Kind kind);
  // The following want a card that was recognised.
  const card::client::TokenInfo& token_info() const { return identity_->info; }
  KeyKind key_kind() const { return identity_->key_kind; }
  const Objects& objects(card::Kind kind) const { return halves_[index_of(kind)].objects; }
  bool sees(card::Kind kind, const Object& object) const { return !object.is_private || logged_in(kind); }
  struct PinState {
    bool is_set = false;  // the card has such a PIN
    unsigned tries_left = 0;
  };
  Outcome<PinState> pin_state(card::Kind kind);

  bool logged_in(card::Kind kind) const;
  Outcome<void> login(card::Kind kind, const SecretBytes& pin);
  // To one signature, of whoever has it. Each is counted: of the signature half the last one alone holds,
  // until the card forgets the password or is given a wrong one.
  struct Consent {
    std::uint64_t number = 0;
    bool operator==(const Consent&) const = default;
  };
  // CKR_USER_NOT_LOGGED_IN, before the card is asked, to whom is not.
  Outcome<Consent> allow_signature(card::Kind kind, const SecretBytes& pin);
  void withdraw(Consent consent);  // the signature will not be asked for
  Outcome<void> logout(card::Kind kind);
  Outcome<void> change_pin(card::Kind kind, const SecretBytes& old_pin, const SecretBytes& new_pin);

  // The signature half wants a consent.
  Outcome<Bytes> sign(card::Kind kind, const Signing::Question& question, std::optional<Consent> consent);
  // Into `to`, which may be of any length that was found reasonable.
  Outcome<void> fill_random(std::span<std::uint8_t> to);

  // Lets go of the card, so that a process that wants it for itself gets it.
  void close();

 private:
  struct Identity {
    card::client::TokenInfo info;
    std::array<bool, card::kKinds.size()> has{};
    KeyKind key_kind = KeyKind::rsa;
  };
  struct Half {
    bool logged_in = false;
    // Of the dialogue, when the PIN was last verified. It ends with the epoch alone: whether anyone is logged
    // in or not, the card is made to forget what it may still hold.
    std::uint64_t verified_epoch = 0;
    Objects objects;
  };

  Half& half(card::Kind kind) { return halves_[index_of(kind)]; }
  Result<Identity> ask_identity(card::client::Terminal& terminal);
  // Does the card, for this process.
  bool holds_pin(card::Kind kind) const {
    return halves_[index_of(kind)].verified_epoch == dialogue_.epoch();
  }
  void forget_login(card::Kind kind);
  // The card takes away what a right PIN has given, when a wrong one comes.
  void take_away(card::Kind kind);
  Refusal told(const Error& error);

  std::mutex mutex_;
  Dialogue dialogue_;
  const std::string reader_;
  bool present_ = false;
  std::uint32_t changes_ = 0;
  std::uint64_t presence_ = 0;
  std::optional<Identity> identity_;
  std::optional<Refusal> unrecognised_;
  std::array<Half, card::kKinds.size()> halves_;
  std::optional<Consent> allowed_;  // the signature PIN is verified, for who has this one
  std::uint64_t consents_ = 0;
};

}  // namespace shomei::pkcs11
