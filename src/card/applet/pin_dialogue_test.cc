// The chip follows the table of the PINs' states: from each state, which commands have brought about, each
// event, made to happen by commands, is answered, costs and leads where its row says. Where a card stands is
// told by what it then answers.
#include <gtest/gtest.h>

#include <set>
#include <utility>

#include "card/applet/pin_state.h"
#include "card/applet/test_issuer.h"
#include "card/pin_form.h"
#include "card/status_tags.h"
#include "der/reader.h"

namespace shomei::card::applet {
namespace {

using enum PinState;

constexpr std::string_view kStateNames[] = {"unset",        "blocked",        "ready",       "verified",
                                            "unset_opened", "blocked_opened", "ready_opened"};
constexpr std::string_view kEventNames[] = {"right", "wrong",  "wrong_last", "new_pin",
                                            "open",  "select", "report",     "reset"};

// A PIN of its holder's choosing, and how terminals speak to it.
struct Subject {
  PinId id;
  std::string_view select;  // its application
  std::string_view change;  // as far as P1
  std::string_view old_pin;
  std::string_view new_pin;
  std::string_view wrong_pin;
  std::string_view use;  // what the card does once it is verified; empty: nothing is known
};

constexpr Subject kSubjects[] = {
    {PinId::user_authentication, kSelectJpki, "002401", "4711", "9999", "0000", "802a0097010100"},
    {PinId::signature, kSelectJpki, "002401", "QX7ZP2KD", "NEWPASS1", "WRONG123", "802a009a010100"},
    {PinId::input_helper, "00a4040c0ad3921000310001010408", "002401", "1234", "9999", "0000", "00b0810000"},
    {PinId::common, "00a4040c0ad3921000310001010100", "803200", "1234", "9999", "0000", ""},
};

ChipState without_pin(PinId id) {
  auto state = complete_state();
  state.factory = test_factory();
  state.files[{ApplicationId::input_helper, 0x0001}] = Bytes(17, 0x31);
  state.pin(id).reset();
  return state;
}

class Dialogue {
 public:
  explicit Dialogue(const Subject& subject) : of(subject), both_(without_pin(subject.id)) {}

  StatusWord select() {
    in_application_ = true;
    return send(from_hex(of.select).value());
  }
  StatusWord verify(std::string_view pin) { return say_of_pin("002000", pin); }
  StatusWord change(std::string_view pin) { return say_of_pin(of.change, pin); }
  StatusWord use() {
    enter();
    return send(from_hex(of.use).value());
  }
  // A question, which costs nothing.
  unsigned tries() {
    const auto word = verify({});
    EXPECT_TRUE(sw::is_tries_left(word));
    return word & 0x0FU;
  }
  void reset() {
    both_.card.chip.reset();
    in_application_ = false;
  }
  StatusWord open() {
    to_issuer();
    const auto place = place_of(of.id);
    return both_.open_pin(place.application, place.file).word;
  }
  Answer report() {
    to_issuer();
    return both_.send(ins::kGetStatus, 0, 0, {}, 4096);
  }

  const Subject& of;

 private:
  StatusWord send(const Bytes& command) {
    return parse_answer(both_.card.chip.respond(command)).value().word;
  }
  // Not when it is selected already: that would forget what was verified.
  void enter() {
    if (!in_application_) EXPECT_EQ(select(), sw::kDone);
  }
  StatusWord say_of_pin(std::string_view header, std::string_view pin) {
    enter();
    Bytes command = from_hex(header).value();
    command.push_back(short_reference(place_of(of.id).file));
    if (!pin.empty()) command.push_back(static_cast<std::uint8_t>(pin.size()));
    append(command, view(pin));
    return send(command);
  }
  void to_issuer() {
    in_application_ = false;
    both_.open();
  }

  IssuerAndCard both_;
  bool in_application_ = false;
};

bool can_be_tried(PinState state) {
  return state == ready || state == verified || state == ready_opened;
}

bool is_opened(PinState state) {
  return state == unset_opened || state == blocked_opened || state == ready_opened;
}

void set_first_pin(Dialogue& card) {
  ASSERT_EQ(card.open(), sw::kDone);
  ASSERT_EQ(card.change(card.of.old_pin), sw::kDone);
}

void bring_to(Dialogue& card, PinState state, unsigned tries_left) {
  if (state != unset && state != unset_opened) {
    set_first_pin(card);
    for (unsigned left = tries_max(card.of.id); left-- > tries_left;)
      ASSERT_EQ(card.verify(card.of.wrong_pin), sw::tries_left(left));
  }
  if (state == verified) ASSERT_EQ(card.verify(card.of.old_pin), sw::kDone);
  if (is_opened(state)) ASSERT_EQ(card.open(), sw::kDone);
}

StatusWord make_happen(Dialogue& card, PinEvent event) {
  switch (event) {
    case PinEvent::right:
      return card.verify(card.of.old_pin);
    case PinEvent::wrong:
    case PinEvent::wrong_last:
      return card.verify(card.of.wrong_pin);
    case PinEvent::new_pin:
      return card.change(card.of.new_pin);
    case PinEvent::open:
      return card.open();
    case PinEvent::select:
      return card.select();
    case PinEvent::report:
      return card.report().word;
    case PinEvent::reset:
      card.reset();
      return sw::kDone;
  }
  return sw::kNoDiagnosis;
}

bool is_reported(Dialogue& card) {
  const auto answer = card.report();
  der::Reader objects(answer.data);
  while (!objects.done()) {
    const auto object = objects.take().value();
    if (object.tag == status_tag::kPin && object.content[0] == index_of(card.of.id)) return true;
  }
  return false;
}

StatusWord word_of(PinAnswer answer, unsigned tries) {
  switch (answer) {
    case PinAnswer::done:
      return 0x9000;
    case PinAnswer::tries_left:
      return static_cast<StatusWord>(0x63C0 + tries);
    case PinAnswer::is_blocked:
      return 0x6984;
    case PinAnswer::security_status:
      return 0x6982;
  }
  return sw::kNoDiagnosis;
}

PinState state_with(bool set, bool tries, bool may_set) {
  if (!set) return may_set ? unset_opened : unset;
  if (!tries) return may_set ? blocked_opened : blocked;
  return may_set ? ready_opened : ready;
}

// A new PIN that is of no PIN's form is refused for its form just where another would be taken. SELECT
// forgets what was verified, and not what was opened. Whether a PIN was ever set only the issuer hears.
PinState told_state(Dialogue& card) {
  constexpr std::string_view kNoPin = "?";
  const bool usable = !card.of.use.empty() && card.use() == sw::kDone;
  const auto refusal = card.change(kNoPin);
  EXPECT_EQ(card.select(), sw::kDone);
  const bool may_still_set = card.change(kNoPin) == sw::kWrongData;
  const bool was_verified = refusal == sw::kWrongData && !may_still_set;
  if (!card.of.use.empty()) EXPECT_EQ(usable, was_verified);
  const bool has_tries = card.tries() > 0;
  const bool set = is_reported(card);
  const PinState told = was_verified ? verified : state_with(set, has_tries, may_still_set);
  const auto of_new_pin = step(told, PinEvent::new_pin).answer;
  EXPECT_EQ(refusal, of_new_pin == PinAnswer::done ? sw::kWrongData : word_of(of_new_pin, 0));
  return told;
}

// The issuer is spoken to in its domain, so what is verified is forgotten before it opens or hears anything.
PinState state_at(PinState from, PinEvent event) {
  const bool of_issuer = event == PinEvent::open || event == PinEvent::report;
  return of_issuer ? step(from, PinEvent::select).to : from;
}

unsigned tries_after(const PinStep& row, unsigned before, unsigned all) {
  if (row.tries == Tries::all) return all;
  return row.tries == Tries::one_less ? before - 1 : before;
}

void drive(const Subject& subject, PinState from, unsigned tries_before, PinEvent event) {
  const PinStep& row = step(state_at(from, event), event);
  SCOPED_TRACE(testing::Message() << entry_of(subject.id).name << " "
                                  << kStateNames[static_cast<std::size_t>(from)] << " " << tries_before << " "
                                  << kEventNames[static_cast<std::size_t>(event)]);
  Dialogue card(subject);
  bring_to(card, from, tries_before);
  ASSERT_EQ(card.tries(), tries_before);
  const unsigned expected_tries = tries_after(row, tries_before, tries_max(subject.id));
  EXPECT_EQ(make_happen(card, event), word_of(row.answer, expected_tries));
  EXPECT_EQ(card.tries(), expected_tries);
  const PinState told = told_state(card);
  EXPECT_EQ(told, row.to) << kStateNames[static_cast<std::size_t>(told)];
  const bool was_set = event == PinEvent::new_pin && row.answer == PinAnswer::done;
  EXPECT_EQ(card.verify(was_set ? subject.new_pin : subject.old_pin), can_be_tried(told) ? 0x9000 : 0x6984);
}

// Whether the event can happen so: which of the two a wrong PIN is, the tries decide.
bool can_happen(PinState from, unsigned tries_before, PinEvent event) {
  if (!can_be_tried(from)) return true;
  if (event == PinEvent::wrong) return tries_before > 1;
  return event != PinEvent::wrong_last || tries_before == 1;
}

std::pair<unsigned, unsigned> tries_of(PinState state, unsigned all) {
  if (!can_be_tried(state)) return {0, 0};
  return {state == verified ? all : 1, all};  // whoever has proved the PIN has every try
}

TEST(PinDialogue, FollowsEveryRowOfTheTable) {
  for (const auto& subject : kSubjects) {
    std::set<std::pair<std::size_t, std::size_t>> driven;
    for (std::size_t from = 0; from < kPinStateCount; ++from)
      for (std::size_t event = 0; event < kPinEventCount; ++event) {
        const auto [fewest, most] = tries_of(PinState(from), tries_max(subject.id));
        for (unsigned tries = fewest; tries <= most; ++tries) {
          if (!can_happen(PinState(from), tries, PinEvent(event))) continue;
          drive(subject, PinState(from), tries, PinEvent(event));
          driven.emplace(from, event);
        }
      }
    // A verified PIN has all its tries, and none of these has but one.
    EXPECT_EQ(driven.size(), kPinStateCount * kPinEventCount - 1);
  }
}

}  // namespace
}  // namespace shomei::card::applet
