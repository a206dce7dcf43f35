#include "pkcs11/card.h"

#include <algorithm>

#include "card/client/challenge.h"
#include "card/client/pin_input.h"
#include "card/pin_form.h"

namespace shomei::pkcs11 {
namespace {

using card::Kind;
using card::client::Terminal;
using Selection = Dialogue::Selection;

// Checked before the card is asked for anything: a PIN that no card holds costs no try.
Outcome<void> check_form(Kind kind, const SecretBytes& pin) {
  if (card::client::card_form(kind, pin)) return {};
  const auto& entry = card::entry_of(card::pin_id(kind));
  const bool length_fits = pin.size() >= entry.bytes_min && pin.size() <= entry.bytes_max;
  return Refusal{length_fits ? CKR_PIN_INVALID : CKR_PIN_LEN_RANGE};
}

// Absent, unreadable or no certificate: then there are no objects of it, and the rest is as useful as it was.
Result<Bytes> certificate_or_none(Result<Bytes> certificate) {
  if (certificate) return certificate;
  const auto& code = certificate.error().code;
  if (code == "certificate_absent" || code == "card_file_form" || code == "pin_needed") return Bytes{};
  return certificate;
}

}  // namespace

void Card::see(const ReaderSeen* seen) {
  const bool present = seen != nullptr && seen->card_present;
  if (present == present_ && (!present || seen->changes == changes_)) return;
  present_ = present;
  changes_ = present ? seen->changes : 0;
  ++presence_;
  close();
  identity_.reset();
  unrecognised_.reset();
  halves_ = {};
}

Refusal Card::told(const Error& error) {
  const auto refusal = refusal_of(error);
  // Somebody has reset the card, or selected an application on it.
  if (refusal.rv == CKR_USER_NOT_LOGGED_IN || error.code == "card_reset")
    for (const Kind kind : card::kKinds) forget_login(kind);
  return refusal;
}

Result<Card::Identity> Card::ask_identity(Terminal& terminal) {
  Identity identity;
  SHOMEI_TRY(identity.info, terminal.token_info());
  const auto availability = terminal.availability();
  identity.has[index_of(Kind::signature)] = !availability || availability->signature;
  identity.has[index_of(Kind::user_authentication)] = !availability || availability->user_authentication;
  for (const Kind kind : card::kKinds) {
    if (!identity.has[index_of(kind)]) continue;
    auto& objects = half(kind).objects;
    if (kind == Kind::user_authentication) {
      SHOMEI_TRY(const auto certificate, certificate_or_none(terminal.certificate(kind)));
      objects = key_objects(kind, certificate);
      if (objects.key) identity.key_kind = objects.key->kind;
    }
    SHOMEI_TRY(const auto authority, certificate_or_none(terminal.authority_certificate(kind)));
    for (auto& object : authority_objects(kind, authority)) objects.all.push_back(std::move(object));
  }
  return identity;
}

Outcome<void> Card::recognise(Kind kind) {
  if (!present_) return Refusal{CKR_TOKEN_NOT_PRESENT};
  if (unrecognised_) return *unrecognised_;
  if (!identity_) {
    halves_ = {};
    auto identity = dialogue_.run(Selection::certain, [&](Terminal& t) { return ask_identity(t); });
    if (!identity) {
      const auto refusal = of_slot(told(identity.error()));
      if (identity.error().code == "not_a_jpki_card") unrecognised_ = refusal;
      return refusal;
    }
    identity_ = *std::move(identity);
  }
  if (!identity_->has[index_of(kind)]) return Refusal{CKR_TOKEN_NOT_PRESENT};
  return {};
}

Outcome<Card::PinState> Card::pin_state(Kind kind) {
  const auto tries = dialogue_.run(Selection::as_left, [&](Terminal& t) { return t.tries_left(kind); });
  if (tries) return PinState{.is_set = true, .tries_left = tries->value_or(card::tries_max(kind))};
  if (tries.error().code == "not_a_jpki_card") return PinState{};
  return told(tries.error());
}

// The signature half's login is a matter of this process: each signature asks for the password again. The
// other's is the card's.
bool Card::logged_in(Kind kind) const {
  const auto& of = halves_[index_of(kind)];
  return of.logged_in && (kind == Kind::signature || holds_pin(kind));
}

void Card::forget_login(Kind kind) {
  auto& of = half(kind);
  of.logged_in = false;
  if (kind != Kind::signature) return;
  allowed_.reset();
  std::erase_if(of.objects.all, [](const Object& object) { return object.is_private; });
  of.objects.key.reset();
}

Outcome<void> Card::login(Kind kind, const SecretBytes& pin) {
  SHOMEI_CHECK(check_form(kind, pin));
  Bytes certificate;
  const auto verified = dialogue_.run(Selection::as_left, [&](Terminal& terminal) -> Result<void> {
    SHOMEI_CHECK(terminal.verify(kind, pin));
    if (kind != Kind::signature) return {};
    auto read = certificate_or_none(terminal.certificate(kind));
    SHOMEI_CHECK(dialogue_.drop_pins());
    SHOMEI_TRY(certificate, std::move(read));
    return {};
  });
  if (!verified) return told(verified.error());
  auto& of = half(kind);
  of.logged_in = true;
  if (kind == Kind::user_authentication) {
    of.verified_epoch = dialogue_.epoch();
    return {};
  }
  auto made = key_objects(kind, certificate);
  std::ranges::move(of.objects.all, std::back_inserter(made.all));
  of.objects = std::move(made);
  return {};
}

Outcome<Card::Consent> Card::allow_signature(Kind kind, const SecretBytes& pin) {
  if (!logged_in(kind)) return Refusal{CKR_USER_NOT_LOGGED_IN};
  SHOMEI_CHECK(check_form(kind, pin));
  const auto verified = dialogue_.run(Selection::as_left, [&](Terminal& t) { return t.verify(kind, pin); });
  if (!verified) {
    if (verified.error().fault == Fault::refused) take_away(kind);
    return told(verified.error());
  }
  half(kind).verified_epoch = dialogue_.epoch();
  const Consent consent{++consents_};
  if (kind == Kind::signature) allowed_ = consent;
  return consent;
}

void Card::withdraw(Consent consent) {
  if (allowed_ != consent) return;
  if (holds_pin(Kind::signature)) (void)dialogue_.drop_pins();
  allowed_.reset();
}

void Card::take_away(Kind kind) {
  if (kind == Kind::user_authentication)
    forget_login(kind);
  else
    allowed_.reset();
}

Outcome<void> Card::logout(Kind kind) {
  forget_login(kind);
  if (!holds_pin(kind)) return {};
  const auto dropped = dialogue_.drop_pins();
  if (!dropped) return told(dropped.error());
  return {};
}

Outcome<void> Card::change_pin(Kind kind, const SecretBytes& old_pin, const SecretBytes& new_pin) {
  SHOMEI_CHECK(check_form(kind, old_pin));
  SHOMEI_CHECK(check_form(kind, new_pin));
  const bool stays = kind == Kind::user_authentication && logged_in(kind);
  const auto changed = dialogue_.run(Selection::as_left, [&](Terminal& terminal) -> Result<void> {
    const auto done = terminal.change_pin(kind, old_pin, new_pin);
    if (!done && dialogue_.is_deselected(done.error())) return done;
    // What became of the PIN is said also of a card that is gone before it could be made to forget.
    if (!stays) (void)dialogue_.drop_pins();
    return done;
  });
  if (changed) return {};
  if (changed.error().fault == Fault::refused && stays) take_away(kind);
  return told(changed.error());
}

Outcome<Bytes> Card::sign(Kind kind, const Signing::Question& question, std::optional<Consent> consent) {
  const bool signature = kind == Kind::signature;
  const bool agreed = consent && holds_pin(kind) && allowed_ == consent;
  if (!logged_in(kind) || (signature && !agreed)) return Refusal{CKR_USER_NOT_LOGGED_IN};
  if (signature) allowed_.reset();
  const auto epoch = dialogue_.epoch();
  auto made = dialogue_.run(Selection::as_left, [&](Terminal& terminal) -> Result<Bytes> {
    // Reset or selected anew since: the PIN is gone, and what the card would sign with is not ours to try.
    if (dialogue_.epoch() != epoch) return refused("pin_needed");
    auto signed_bytes = terminal.sign(kind, question.scheme, question.input);
    if (!signed_bytes && dialogue_.is_deselected(signed_bytes.error())) return signed_bytes;
    if (signature) SHOMEI_CHECK(dialogue_.drop_pins());
    return signed_bytes;
  });
  if (!made) return told(made.error());
  return *std::move(made);
}

Outcome<void> Card::fill_random(std::span<std::uint8_t> to) {
  const auto filled = dialogue_.run(Selection::as_left, [&](Terminal&) -> Result<void> {
    for (auto rest = to; !rest.empty();) {
      const auto bytes = std::min(rest.size(), card::client::kChallengeBytesMax);
      SHOMEI_TRY(const auto random, card::client::challenge(dialogue_.transport(), bytes));
      std::ranges::copy(random, rest.begin());
      rest = rest.subspan(bytes);
    }
    return {};
  });
  if (!filled) return told(filled.error());
  return {};
}

void Card::close() {
  if (std::ranges::any_of(card::kKinds, [&](Kind kind) { return holds_pin(kind); }))
    (void)dialogue_.drop_pins();
  for (const Kind kind : card::kKinds) forget_login(kind);
  dialogue_.close();
}

}  // namespace shomei::pkcs11
