#include "counter/card_visit.h"

#include <algorithm>

#include "counter/admit.h"
#include "counter/card_pins.h"
#include "counter/card_policy.h"
#include "counter/facts.h"
#include "counter/request.h"
#include "counter/traced.h"
#include "crypto/random.h"

namespace shomei::counter {
namespace {

using issuer::Script;
namespace field = journal::field;

constexpr std::string_view kSettleAct = "settle_card";

Error without_its_object(const Errand& errand) {
  return malformed("errand_form", {{"errand", std::string(name(errand.what))}});
}

Result<card::Kind> only_kind(const Errand& errand) {
  if (errand.kinds.size() != 1) return without_its_object(errand);
  return errand.kinds.front();
}

Result<card::PinId> pin_of(const Errand& errand) {
  if (!errand.pin || std::ranges::count(card::kHolderPins, *errand.pin) == 0)
    return without_its_object(errand);
  return *errand.pin;
}

std::string names_of(const std::vector<card::PinId>& pins) {
  std::string names;
  for (const auto pin : pins) names += (names.empty() ? "" : ", ") + std::string(card::name(pin));
  return names;
}

rules::Act act_on(card::PinId pin, rules::Verb verb) {
  switch (pin) {
    case card::PinId::input_helper:
      return {verb, {}, rules::RegisterPin::input_helper};
    case card::PinId::signature:
      return {verb, rules::Kind::signature, {}};
    default:
      return {verb, rules::Kind::user_authentication, {}};
  }
}

}  // namespace

CardVisit::CardVisit(const Parts& parts, Officer officer, ResidentId resident)
    : parts_(parts),
      officer_(std::move(officer)),
      resident_(std::move(resident)),
      session_([this](std::uint8_t version, ByteView data) { return keys_of(version, data); }) {}

// The keys of another card would open it: but it is this person's that the acts are about.
Result<card::channel::KeySet> CardVisit::keys_of(std::uint8_t version, ByteView diversification) const {
  if (!equal(diversification, issuer::diversification_of(card_)))
    return refused("card_of_another", {{"card", card_.text()}});
  return parts_.cards->issuer->keys_of(version, diversification);
}

Result<Turn> CardVisit::turn(Result<issuer::Commands> commands) {
  if (!commands) return std::move(commands).error();
  if (!commands->empty()) return Turn{*std::move(commands), std::nullopt};
  auto& view = outcome_.card;
  view.operational = status_->operational;
  view.kind = status_->kind;
  view.born = born_;
  view.pins_set.clear();
  for (const auto kind : card::kKinds)
    if (status_->has_pin_in_use(kind)) view.pins_set.push_back(kind);
  return Turn{{}, std::exchange(outcome_, {})};
}

Result<Turn> CardVisit::begin(const Errand& errand) {
  outcome_ = {};
  if (!parts_.cards || !parts_.cards->issuer) return refused("card_issuer_missing");
  if (errand.what == Errand::What::open) return open();
  if (!session_.ready() || !status_) return refused("channel_closed");
  auto script = in_channel(errand);
  if (!script) return std::move(script).error();
  return turn(session_.say(*std::move(script)));
}

Result<Turn> CardVisit::go_on(const std::vector<Bytes>& answers) {
  return turn(session_.take(answers));
}

Result<Turn> CardVisit::open() {
  status_.reset();
  contents_.reset();
  SHOMEI_CHECK(admit(parts_, kSettleAct, officer_));
  SHOMEI_TRY(const auto rows, parts_.journal.read());
  SHOMEI_TRY(const auto holder, find_holder(*rows, resident_));
  card_ = holder.card.id;
  born_ = holder.resident.born;
  return turn(session_.open(look(After::looking, officer_fields(kSettleAct, officer_))));
}

Script CardVisit::look(After what, const journal::Fields& officer) {
  return issuer::ask_status(
      [this, what, officer](auto status) { return settle(std::move(status), what, officer); });
}

// Of the holder as the register has them now. Made before anything else is, so that what is missing for it
// (a font) stops the act at its beginning.
Result<void> CardVisit::prepare_contents() {
  if (contents_) return {};
  contents_.emplace();
  if (!parts_.cards->contents) return {};
  SHOMEI_TRY(const auto rows, parts_.journal.read());
  SHOMEI_TRY(const auto holder, find_holder(*rows, resident_));
  SHOMEI_TRY(contents_, parts_.cards->contents(holder.resident, holder.card));
  return {};
}

Result<Script> CardVisit::settle(issuer::CardStatus status, After what, const journal::Fields& officer) {
  if (status.token_serial != issuer::token_serial_of(card_))
    return refused("card_of_another", {{"card", card_.text()}});
  status_ = std::move(status);
  SHOMEI_TRY(auto rows, parts_.journal.read());
  SHOMEI_TRY(const auto unsettled, find_unsettled(*rows, resident_, card_));
  rows.reset();
  const auto ends = judge_card(unsettled, *status_);
  if (ends.certificates.empty() && ends.dropped.empty() && ends.pin_acts.empty()) return Script{};
  SHOMEI_CHECK(record_dropped_keys(ends, resident_, card_, officer, parts_.journal));
  // A card comes into use with all that it says of its holder, and is brought up to date with each issue.
  if (what == After::issuing || comes_into_use(ends, *status_)) SHOMEI_CHECK(prepare_contents());
  const issuer::Next record = [this, ends, officer]() -> Result<Script> {
    SHOMEI_CHECK(record_certificates(ends, officer, parts_.journal));
    SHOMEI_CHECK(record_pin_acts(ends, officer, parts_.journal));
    outcome_.card.settled = settled_things(ends);
    return issuer::ask_status([this](auto after) -> Result<Script> {
      status_ = std::move(after);
      return Script{};
    });
  };
  return settle_on_card(ends, unsettled, *status_, contents_.value_or(CardContents{}), record);
}

Result<Script> CardVisit::in_channel(const Errand& errand) {
  switch (errand.what) {
    case Errand::What::open:
      break;  // not in a channel
    case Errand::What::open_pins:
      return open_pins(errand.kinds);
    case Errand::What::make_key:
      return make_key(errand);
    case Errand::What::finish:
      return look(After::issuing, officer_fields("issue", officer_));
    case Errand::What::reset_pin:
      return act_on_pin(errand, rules::Verb::reset_pin);
    case Errand::What::change_pin:
      return act_on_pin(errand, rules::Verb::change_pin);
  }
  return malformed("errand_form", {{"errand", std::string(name(errand.what))}});
}

// A PIN that was never in use is nobody's yet; any other needs the rules' word. That of the input helper is
// set with the one of user authentication, of a card that tells them apart.
Result<Script> CardVisit::open_pins(const std::vector<card::Kind>& kinds) {
  std::vector<card::PinId> pins;
  for (const auto kind : kinds) {
    if (status_->has_pin_in_use(kind))
      return refused("pin_set_already", {{"kind", std::string(card::name(kind))}});
    std::ranges::copy(first_pins(status_->kind, kind), std::back_inserter(pins));
  }
  return issuer::open_pins(pins, issuer::over);
}

Result<Script> CardVisit::make_key(const Errand& errand) {
  SHOMEI_TRY(const auto kind, only_kind(errand));
  if (!card::can_hold(status_->kind, kind))
    return refused("card_cannot_hold", {{"kind", std::string(card::name(kind))}});
  SHOMEI_CHECK(prepare_contents());
  return issuer::make_key(kind, errand.challenge, session_.attestation_certificate(),
                          [this](issuer::KeyProof proof) -> Result<Script> {
                            outcome_.proof = std::move(proof);
                            return Script{};
                          });
}

// The intent is in the journal before the card is told; what came of it is found when the card is looked at
// again, by its terminal as soon as the PIN is set, or whenever it is seen next.
Result<Script> CardVisit::act_on_pin(const Errand& errand, rules::Verb verb) {
  SHOMEI_TRY(const auto pin, pin_of(errand));
  if (!status_->pins.contains(pin))
    return refused("card_has_no_pin", {{"kind", std::string(card::name(pin))}});
  std::vector<card::PinId> numbers;
  if (verb == rules::Verb::reset_pin) {
    SHOMEI_TRY(numbers, numbers_to_unblock());
  }
  SHOMEI_CHECK(
      traced(parts_, rules::name(verb), officer_, resident_, record_pin_intent(errand, verb, numbers)));
  if (verb == rules::Verb::change_pin) return Script{};
  const issuer::Next opening = [pin]() -> Result<Script> { return issuer::open_pins({pin}, issuer::over); };
  return numbers.empty() ? opening() : set_numbers(*contents_, numbers, opening);
}

// Nobody chooses a reference number, and it is printed on the card: who may have a PIN set anew may have the
// tries of those that are blocked back.
Result<std::vector<card::PinId>> CardVisit::numbers_to_unblock() {
  auto blocked = blocked_numbers(*status_);
  if (blocked.empty() || !parts_.cards->contents) return std::vector<card::PinId>{};
  SHOMEI_CHECK(prepare_contents());
  return blocked;
}

Result<void> CardVisit::record_pin_intent(const Errand& errand, rules::Verb verb,
                                          const std::vector<card::PinId>& numbers) {
  const auto pin = *errand.pin;
  SHOMEI_TRY(const auto office, admit(parts_, rules::name(verb), officer_));
  SHOMEI_TRY(auto transaction, parts_.journal.begin());
  SHOMEI_TRY(const auto holder, find_holder(transaction.rows(), resident_));
  if (holder.card.id != card_) return conflict("facts_changed", {{"resident", resident_.text()}});
  const Instant at = parts_.journal.clock().now();
  auto facts = facts_of(holder, office, at);
  add_application(facts, errand.application, jst_date(at));
  SHOMEI_TRY(auto decided, decide_act_in(transaction, parts_, act_on(pin, verb), facts, officer_, resident_));
  journal::Draft draft{.act = crypto::ordered_identifier<ActId>(),
                       .phase = journal::Phase::intent,
                       .person = std::move(decided.person),
                       .officer = officer_fields(rules::name(verb), officer_),
                       .about = resident_};
  draft.person.insert_or_assign(std::string(field::kResident), to_bytes(resident_.text()));
  draft.person.insert_or_assign(std::string(field::kCard), to_bytes(card_.text()));
  draft.person.insert_or_assign(std::string(kPinField), to_bytes(card::name(pin)));
  draft.person.insert_or_assign(std::string(kPinMarkField), status_->pins.at(pin).mark);
  if (!numbers.empty())
    draft.person.insert_or_assign(std::string(kNumbersField), to_bytes(names_of(numbers)));
  const auto content = content_of({rules::name(verb), resident_.text(), officer_.office.text(),
                                   card::name(pin), words_of(errand.application)});
  SHOMEI_CHECK(transaction.rows().insert({officer_.request, draft.act, content, {}}));
  SHOMEI_CHECK(transaction.append(draft));
  return transaction.commit();
}

}  // namespace shomei::counter
