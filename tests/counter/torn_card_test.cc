// The power is cut at every save of the card's memory, and the terminal dies at every command of issuing, PIN
// reset, PIN change and renewal. Whenever that is: the card is whole, it is brought to one of two good ends
// when it is seen next, and the journal says which. And the PIN is nowhere but in the card.
#include <gmock/gmock.h>

#include <fstream>
#include <set>

#include "card/client/opened_pin.h"
#include "card/client/terminal.h"
#include "counter/card_pins.h"
#include "tests/counter/small_office.h"

namespace shomei::test {
namespace {

using authority::CardEnd;
using card::Kind;
using counter::SettledThing;
using journal::CertificateState;

// A card whose memory is what was saved last. The power may be cut at a save: before it has reached the
// memory, or after it and before the answer.
class TornCard final : public card::applet::ChipStorage, public card::Transport {
 public:
  explicit TornCard(card::applet::ChipState born) : memory_(encode(born)) { plug_in(); }

  Result<void> save(ByteView state) override {
    ++saves;
    if (saves == cut_before_save) {
      dead_ = true;
      return unavailable("disk_full");
    }
    memory_ = to_bytes(state);
    if (saves == cut_after_save) dead_ = true;
    return {};
  }

  // A terminal dies before the command has gone, or with its answer in its hands.
  Result<Bytes> transmit(ByteView command) override {
    if (dead_) return unavailable("card_gone");
    ++commands;
    if (commands == die_before_command) dead_ = true;
    if (dead_) return unavailable("card_gone");
    auto answer = chip_->respond(command);
    if (commands == die_after_command) dead_ = true;
    if (dead_) return unavailable("card_gone");
    return answer;
  }

  // Out of the reader and in again: with the power go the channel and what was opened.
  void plug_in() {
    chip_.emplace(*card::applet::parse_state(memory_), *this);
    dead_ = false;
    cut_before_save = cut_after_save = die_before_command = die_after_command = 0;
    saves = commands = 0;
  }
  card::applet::ChipState state() const { return *card::applet::parse_state(memory_); }

  int saves = 0, commands = 0;
  int cut_before_save = 0, cut_after_save = 0, die_before_command = 0, die_after_command = 0;

 private:
  static Bytes encode(const card::applet::ChipState& state) {
    return to_bytes(card::applet::encode_state(state).reveal());
  }
  Bytes memory_;
  std::optional<card::applet::Chip> chip_;
  bool dead_ = false;
};

enum class Tear { before_save, after_save, before_command, after_command };
constexpr Tear kTears[] = {Tear::before_save, Tear::after_save, Tear::before_command, Tear::after_command};

class TornCardTest : public SmallOffice {
 protected:
  using Act = std::function<bool(TornCard&, const counter::OpenCard&)>;

  Result<counter::OpenCard> open(TornCard& card, counter::CardVisit& visit) {
    SHOMEI_TRY(auto outcome, counter::carry_out(visit, card, {.what = counter::Errand::What::open}));
    return counter::OpenCard{visit, card, std::move(outcome.card)};
  }

  static void set(TornCard& card, Tear tear, int at) {
    if (tear == Tear::before_save) card.cut_before_save = at;
    if (tear == Tear::after_save) card.cut_after_save = at;
    if (tear == Tear::before_command) card.die_before_command = at;
    if (tear == Tear::after_command) card.die_after_command = at;
  }

  // Whether the act came to its end; torn at that place.
  bool torn(TornCard& card, const ResidentId& id, Tear tear, int at, const Act& act) {
    card.plug_in();
    set(card, tear, at);
    counter::CardVisit visit(parts(), officer(), id);
    const auto opened = open(card, visit);
    return opened && act(card, *opened);
  }

  // The next insertion.
  std::vector<SettledThing> settle(TornCard& card, const ResidentId& id) {
    card.plug_in();
    counter::CardVisit visit(parts(), officer(), id);
    const auto opened = open(card, visit);
    EXPECT_TRUE(opened) << opened.error().code << opened.error().parameter("sw");
    return opened ? opened->view.settled : std::vector<SettledThing>{};
  }

  // What holds of every card that was settled.
  void expect_whole(TornCard& card, const ResidentId& id) {
    const auto state = card.state();
    for (const auto kind : card::kKinds) EXPECT_FALSE(state.of(kind).pending_key) << "nothing waits";
    const auto certificates = *rows()->certificates_of(id);
    for (const auto& record : certificates) {
      if (record.state != CertificateState::valid) continue;
      EXPECT_TRUE(record.delivered);
      EXPECT_EQ(state.of(counter::card_kind(record.kind)).certificate, record.der);
      EXPECT_EQ(state.phase, card::applet::Phase::operational);
      for (const auto& file : contents_of("見本　花子").files) {
        const auto found = state.files.find({file.application, file.file});
        EXPECT_TRUE(found != state.files.end() && found->second == file.content) << "no card in use lacks it";
      }
      EXPECT_TRUE(state.pin(card::PinId::face_a)) << "nor can nobody read it";
    }
    card.plug_in();
    EXPECT_THAT(settle(card, id), testing::IsEmpty()) << "once is enough";
  }

  static bool opens_with(TornCard& card, Kind kind, std::string_view pin) {
    card.plug_in();
    card::client::Terminal terminal(card);
    return terminal.select_jpki() && terminal.verify(kind, SecretBytes::of_text(pin));
  }

  Act issuing(const ResidentId& id, std::vector<CertificateKind> kinds,
              std::optional<rules::Ground> ground = {}) {
    return [this, id, kinds, ground](TornCard&, const counter::OpenCard& card) {
      const auto grants = counter::decide_issue(parts(), request(id, kinds, ground));
      return grants && counter::issue(parts(), *grants, pins(), card);
    };
  }

  void SetUp() override {
    profile_.subject_key = crypto::KeyType::ec_p384;  // made in a moment
    cards_.policy.contents = [](const auto& resident, const auto&) -> Result<counter::CardContents> {
      return contents_of(resident.name);
    };
  }
  static counter::CardContents contents_of(std::string_view name) {
    using card::ApplicationId;
    return {{{ApplicationId::input_helper, 0x0002, to_bytes(name)}, {ApplicationId::face, 0x0001, {0x30}}},
            {{{ApplicationId::face, 0x0013, "123456789012"}}}};
  }

  card::applet::ChipState born(const ResidentId& id) const {
    return born_card(cards_.issuer, card_of(id).id, card::CardKind::next_generation);
  }
  std::unique_ptr<TornCard> blank(const ResidentId& id) const { return std::make_unique<TornCard>(born(id)); }
  // With a PIN and a blocked reference number, and nothing else.
  std::unique_ptr<TornCard> in_use(const ResidentId& id, unsigned tries,
                                   card::PinId of = card::PinId::user_authentication) const {
    auto state = of == card::PinId::input_helper ? born_card(cards_.issuer, card_of(id).id) : born(id);
    state.phase = card::applet::Phase::operational;
    const auto put = [&](card::PinId which, std::string_view digits, unsigned left) {
      auto pin = card::applet::StoredPin::make(which, view(digits));
      pin.tries_left = left;
      state.pin(which) = pin;
    };
    put(of, "8351", tries);
    put(card::PinId::face_a, "123456789012", 0);
    return std::make_unique<TornCard>(std::move(state));
  }
  void expect_issuable(TornCard& card, const ResidentId& id) {
    card.plug_in();
    counter::CardVisit visit(parts(), officer(), id);
    EXPECT_TRUE(issuing(id, kAuthentication)(card, *open(card, visit))) << "the same card can be issued onto";
    EXPECT_EQ(in_force(id), kAuthentication);
  }
  std::vector<journal::Phase> entries_about(const ResidentId& id) const {
    std::vector<journal::Phase> phases;
    const auto first = rows()->entries_of_resident(id);
    std::set<std::uint64_t> all;
    for (const auto sequence : *first) {
      const auto act = (*rows()->find_entry(sequence))->entry.act;
      if (entry(sequence).of(field::kAct).find("_pin") == std::string::npos) continue;
      const auto of_act = *rows()->entries_of_act(act);
      all.insert(of_act.begin(), of_act.end());
    }
    for (const auto sequence : all) phases.push_back(entry(sequence).phase);
    return phases;
  }

  int number_ = 0;
  ResidentId somebody() { return take_in("person-number-" + std::to_string(++number_)); }

  // Tears the act at each place of that kind, of a card of somebody's own, until it is not torn any more.
  // `made` prepares the card.
  void tear_everywhere(const std::function<std::unique_ptr<TornCard>(const ResidentId&)>& made,
                       const std::function<Act(const ResidentId&)>& act,
                       const std::function<void(TornCard&, const ResidentId&, bool)>& check) {
    for (const auto tear : kTears) {
      bool done = false;
      for (int at = 1; !done; ++at) {
        ASSERT_LT(at, 100);
        SCOPED_TRACE("tear " + std::to_string(static_cast<int>(tear)) + " at " + std::to_string(at));
        const auto id = somebody();
        const auto card = made(id);
        done = torn(*card, id, tear, at, act(id));
        check(*card, id, done);
      }
    }
  }
};

TEST_F(TornCardTest, AnIssueEndsWithACertificateOnTheCardOrWithNone) {
  std::set<std::string> ends;
  tear_everywhere([&](const ResidentId& id) { return blank(id); },
                  [&](const ResidentId& id) { return issuing(id, kAuthentication); },
                  [&](TornCard& card, const ResidentId& id, bool done) {
                    for (const auto& thing : settle(card, id)) {
                      ends.insert(std::string(authority::name(thing.end)));
                      EXPECT_EQ(last_entry().of(authority::kCardEndField), authority::name(thing.end));
                    }
                    expect_whole(card, id);
                    const auto in = in_force(id);
                    EXPECT_TRUE(!done || in == kAuthentication);
                    if (in.empty()) expect_issuable(card, id);
                  });
  EXPECT_THAT(ends, testing::ElementsAre("completed", "held", "rolled_back"));
}

// The first is completed, and the second is what it is by itself.
TEST_F(TornCardTest, AVisitForBothIsCompletedAsFarAsItCame) {
  for (int at = 8; at <= 40; at += 3) {
    SCOPED_TRACE(at);
    const auto id = somebody();
    const auto card = blank(id);
    torn(*card, id, Tear::after_command, at, issuing(id, kBoth));
    settle(*card, id);
    expect_whole(*card, id);
    const auto in = in_force(id);
    EXPECT_TRUE(in.empty() || in == kAuthentication || in == kBoth);
  }
}

// The old certificate is in force until the new one is, and its key until the new one's certificate is there.
TEST_F(TornCardTest, ARenewedCardHasTheOldKeyAndCertificateOrTheNew) {
  tear_everywhere(
      [&](const ResidentId& id) {
        auto card = blank(id);
        EXPECT_TRUE(torn(*card, id, Tear::before_save, 0, issuing(id, kAuthentication)));
        return card;
      },
      [&](const ResidentId& id) { return issuing(id, kAuthentication, rules::Ground::reissue); },
      [&](TornCard& card, const ResidentId& id, bool done) {
        settle(card, id);
        expect_whole(card, id);
        EXPECT_EQ(in_force(id), kAuthentication) << "one of the two, and only one";
        EXPECT_EQ(rows()->certificates_of(id)->size() > 1, done || rows()->certificates_of(id)->size() > 1);
        EXPECT_TRUE(opens_with(card, Kind::user_authentication, "8351")) << "its holder's PIN stays";
      });
}

// The journal is asked what the card has, and the card agrees.
TEST_F(TornCardTest, APinIsTheOldOneOrTheNewOneAndTheJournalSaysWhich) {
  using card::PinId;
  const auto acting = [&](PinId pin, bool forgotten) {
    return [this, pin, forgotten](const ResidentId&) -> Act {
      return [this, pin, forgotten](TornCard&, const counter::OpenCard& card) {
        const auto anew = SecretBytes::of_text("7294"), old = SecretBytes::of_text("8351");
        return (forgotten ? counter::reset_pin(card.issuer, card.transport, card.view, pin, {}, anew,
                                               rules_.settings)
                          : counter::change_pin(card.issuer, card.transport, card.view, pin, {}, old, anew,
                                                rules_.settings))
            .has_value();
      };
    };
  };
  struct Way {
    PinId pin{};
    bool forgotten = false;
  };
  for (const auto& way : {Way{PinId::user_authentication, true}, Way{PinId::user_authentication, false},
                          Way{PinId::input_helper, true}}) {
    const auto pin = way.pin;
    const bool forgotten = way.forgotten;
    SCOPED_TRACE(std::string(card::name(pin)) + (forgotten ? " forgotten" : " known"));
    std::set<CardEnd> ends;
    tear_everywhere(
        [&](const ResidentId& id) { return in_use(id, forgotten ? 0 : 3, pin); }, acting(pin, forgotten),
        [&](TornCard& card, const ResidentId& id, bool done) {
          const auto before = entries_about(id);
          const auto settled = settle(card, id);
          if (!settled.empty()) ends.insert(settled.front().end);
          const bool completed = done || (!settled.empty() && settled.front().end == CardEnd::completed) ||
                                 (before.size() == 2 && before.back() == journal::Phase::result);
          EXPECT_TRUE(before.empty() || entries_about(id).size() == 2) << "an act has its end";
          const auto state = card.state();
          EXPECT_EQ(state.pin(pin)->is(view("7294")), completed);
          const unsigned number = state.pin(PinId::face_a)->tries_left;
          EXPECT_TRUE(number == 0 || (forgotten && !before.empty())) << "not without an entry";
          EXPECT_TRUE(number == 10 || !(forgotten && completed));
        });
    EXPECT_EQ(ends, (std::set{CardEnd::completed, CardEnd::rolled_back}));
  }
}

// A terminal that has the card report in the middle of a reset: what the journal has then stays true.
TEST_F(TornCardTest, APinThatWasReportedUnchangedCannotBeSetAnyMore) {
  const auto id = somebody();
  const auto card = in_use(id, 0);
  counter::CardVisit visit(parts(), officer(), id);
  ASSERT_TRUE(open(*card, visit));
  ASSERT_TRUE(counter::carry_out(
      visit, *card, {.what = counter::Errand::What::reset_pin, .pin = card::PinId::user_authentication}));
  const auto reported = counter::carry_out(visit, *card, {.what = counter::Errand::What::finish});
  ASSERT_TRUE(reported) << reported.error().code;
  ASSERT_EQ(reported->card.settled.size(), 1U);
  EXPECT_EQ(reported->card.settled.front().end, CardEnd::rolled_back);
  const auto set =
      card::client::set_opened_pin(*card, card::PinId::user_authentication, SecretBytes::of_text("7294"));
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().code, "pin_not_opened");
  EXPECT_FALSE(opens_with(*card, Kind::user_authentication, "7294"));
}

// The first visit came as far as the PIN: whoever comes next chooses theirs.
TEST_F(TornCardTest, APinWithoutAKeyIsAskedForAgain) {
  const auto id = somebody();
  const auto card = in_use(id, 3);
  counter::CardVisit visit(parts(), officer(), id);
  const auto opened = open(*card, visit);
  ASSERT_TRUE(opened);
  EXPECT_EQ(counter::pins_missing(opened->view, kAuthentication).size(), 1U);
  const auto grants = *counter::decide_issue(parts(), request(id, kAuthentication));
  ASSERT_TRUE(counter::issue(parts(), grants, {SecretBytes::of_text("6193"), {}}, *opened));
  EXPECT_TRUE(opens_with(*card, Kind::user_authentication, "6193"));
}

// Of a person who has moved: the next issue brings the card up to date, and touches nothing that it has.
TEST_F(TornCardTest, AnIssueBringsWhatTheCardSaysUpToDate) {
  const auto id = somebody();
  const auto card = blank(id);
  ASSERT_TRUE(torn(*card, id, Tear::before_save, 0, issuing(id, kAuthentication)));
  auto moved = contents_of("見本　桜子");
  cards_.policy.contents = [&](const auto&, const auto&) -> Result<counter::CardContents> { return moved; };
  ASSERT_TRUE(torn(*card, id, Tear::before_save, 0, issuing(id, kAuthentication, rules::Ground::reissue)));
  const auto state = card->state();
  EXPECT_EQ(state.files.at({card::ApplicationId::input_helper, 0x0002}), to_bytes("見本　桜子"));
}

// What is missing for it stops an issue before a key is made.
TEST_F(TornCardTest, ContentsThatCannotBeMadeStopAnIssueAtItsBeginning) {
  const auto id = somebody();
  const auto card = blank(id);
  cards_.policy.contents = [](const auto&, const auto&) -> Result<counter::CardContents> {
    return not_found("font_missing", {{"package", "fonts"}});
  };
  counter::CardVisit visit(parts(), officer(), id);
  const auto opened = *open(*card, visit);
  const auto grants = *counter::decide_issue(parts(), request(id, kAuthentication));
  const auto issued = counter::issue(parts(), grants, pins(), opened);
  ASSERT_FALSE(issued);
  EXPECT_EQ(issued.error().code, "font_missing");
  EXPECT_TRUE(rows()->certificates_of(id)->empty());
  EXPECT_FALSE(card->state().of(Kind::user_authentication).pending_key);
}

TEST_F(TornCardTest, AResetIsForWhomTheRulesAllowIt) {
  const auto id =
      take_in("returned-1", [](auto&, auto& card) { card.state = residents::CardState::returned; });
  const auto card = in_use(id, 0);
  counter::CardVisit visit(parts(), officer(), id);
  const auto opened = *open(*card, visit);
  const auto refused = counter::reset_pin(visit, *card, opened.view, card::PinId::user_authentication, {},
                                          SecretBytes::of_text("7294"), rules_.settings);
  ASSERT_FALSE(refused);
  EXPECT_EQ(last_entry().of(field::kRefusal), refused.error().code) << "with its trace";
  EXPECT_FALSE(opens_with(*card, Kind::user_authentication, "7294"));
}

TEST_F(TornCardTest, AnotherPersonsCardIsNotSpokenTo) {
  const auto hanako = take_in("hanako-1"), taro = take_in("taro-number-1");
  const auto card = blank(taro);
  counter::CardVisit visit(parts(), officer(), hanako);
  EXPECT_EQ(open(*card, visit).error().code, "card_of_another");
}

// What the issuer's side ever had in its hands: what it sent, what the card answered it, what it recorded.
TEST_F(TornCardTest, ThePinIsInNothingButTheCard) {
  const auto id = somebody();
  const auto card = blank(id);
  struct Heard final : counter::CardIssuer {
    explicit Heard(counter::CardIssuer& of) : of_(of) {}
    Result<counter::Turn> begin(const counter::Errand& errand) override { return of_.begin(errand); }
    Result<counter::Turn> go_on(const std::vector<Bytes>& answers) override {
      for (const auto& answer : answers) shomei::append(all, answer);
      return of_.go_on(answers);
    }
    const CardId& card() const override { return of_.card(); }
    Bytes all;
    counter::CardIssuer& of_;
  };
  counter::CardVisit visit(parts(), officer(), id);
  Heard heard(visit);
  auto outcome = *counter::carry_out(heard, *card, {.what = counter::Errand::What::open});
  const auto grants = *counter::decide_issue(parts(), request(id, kBoth));
  ASSERT_TRUE(counter::issue(parts(), grants, pins(), {heard, *card, std::move(outcome.card)}));
  counter::CardVisit again(parts(), officer(), id);
  auto opened = *open(*card, again);
  ASSERT_TRUE(counter::reset_pin(again, *card, opened.view, card::PinId::signature, {},
                                 SecretBytes::of_text("PX7Q29LM"), rules_.settings));
  ASSERT_TRUE(opens_with(*card, Kind::signature, "PX7Q29LM"));
  const auto has = [](ByteView in, std::string_view what) {
    return to_text(in).find(what) != std::string::npos;
  };
  const auto mentions = [&](std::uint64_t sequence, std::string_view pin) {
    const auto stored = **rows()->find_entry(sequence);
    return std::ranges::any_of(stored.parts, [&](const auto& part) { return part && has(part->body, pin); });
  };
  for (const std::string_view pin : {"HK7Q29", "PX7Q29LM"}) {
    EXPECT_FALSE(has(heard.all, pin));
    for (const auto& file : std::filesystem::recursive_directory_iterator(store_folder())) {
      std::ifstream stream(file.path(), std::ios::binary);
      const std::string content{std::istreambuf_iterator<char>(stream), {}};
      EXPECT_FALSE(has(view(content), pin)) << file.path();
    }
    for (std::uint64_t sequence = 0; sequence < entries(); ++sequence)
      EXPECT_FALSE(mentions(sequence, pin)) << sequence;
  }
}

}  // namespace
}  // namespace shomei::test
