// Whole lives of cards, by decisions alone: issued, held, renewed, revoked, moved with and left to expire. On
// each day each certificate is exactly one of valid, suspended, revoked and expired, and there is no way
// back.
#include <algorithm>
#include <vector>

#include "each_life.h"
#include "rules/days.h"

namespace shomei::rules {
namespace {

using std::chrono::seconds;

constexpr int kActs = 60;
constexpr int kActsPerLife = 10;  // histories have so many acts that fewer of them are asked for

struct Pending {
  std::size_t certificate;
  CertificateEnd end;
};

class History {
 public:
  History(std::uint64_t seed, bool hold_is_final) : chance_(seed) {
    Settings settings = chance_.percent(50) ? Settings{} : any_settings(chance_);
    settings.hold_is_final = hold_is_final;
    set_ = current_rule_set(settings);
    facts_.born = chance_.day_between(std::chrono::year{1930} / 1 / 1, std::chrono::year{2000} / 12 / 31);
    facts_.status = ResidenceStatus::japanese;
    facts_.proofs.add(Proof::document_a);
    day_ = chance_.day_between(kFirstCards, std::chrono::year{2030} / 12 / 31);
    new_card();
  }

  int made = 0, held = 0, released = 0, revoked = 0, expired = 0;

  void live() {
    for (int i = 0; i < kActs && !testing::Test::HasFailure(); ++i) {
      let_time_pass();
      act();
      look();
    }
    count();
  }

 private:
  void new_card() {
    facts_.certificates.clear();
    seen_.clear();
    pending_.clear();
    facts_.card_state = CardState::active;
    facts_.card_valid_until = birthday_after(*facts_.born, day_, 10);
  }

  // To the next day that matters, or to any.
  void let_time_pass() {
    Date until = add_days(day_, chance_.between(0, chance_.percent(50) ? 20 : 300));
    if (!facts_.certificates.empty() && chance_.percent(60)) {
      const auto& c = facts_.certificates[static_cast<std::size_t>(
          chance_.below(static_cast<int>(facts_.certificates.size())))];
      const Date on_boundary =
          add_days(chance_.one_of(c.not_after, renewal_opens(c.not_after)), chance_.between(-1, 1));
      if (on_boundary > day_) until = on_boundary;
    }
    second_ = until == day_ ? std::min(second_ + chance_.below(7200), 86399) : chance_.below(86400);
    for (; day_ < until; day_ = add_days(day_, 1)) {
      end_what_is_due(last_second(day_));
      look();
    }
    end_what_is_due(now());
  }

  Instant now() const { return first_second(day_) + seconds{second_}; }

  void act() {
    Facts& facts = facts_;
    facts.at = now();
    facts.ground = chance_.percent(30) ? std::optional(chance_.any<Ground>(11)) : std::nullopt;
    facts.event = chance_.percent(50) ? Event::moved : chance_.any<Event>(9);
    if (facts.event == Event::moved_abroad || facts.event == Event::move_out)
      facts.moving_abroad = MovingAbroad{add_days(day_, chance_.between(-3, 60)), chance_.percent(70)};
    if (facts.moving_abroad && chance_.percent(50)) facts.moving_abroad.reset();  // has come back
    Act asked{day_ > *facts_.card_valid_until ? Verb::replace_card
              : chance_.percent(50)           ? chance_.one_of(Verb::issue, Verb::renew)
                                              : chance_.any<Verb>(kVerbs)};
    if (chance_.percent(30) || needs_kind(asked.verb)) asked.kind = chance_.any<Kind>(2);
    take(asked, decide(set_, asked, facts, day_));
  }

  void take(const Act& asked, const Decision& decision) {
    for (const auto& [rule, finding] : decision.rules())
      EXPECT_NE(finding.code, "facts_contradict") << describe(decision);
    if (!decision.granted()) return;
    for (const auto& end : decision.ends()) schedule(end);
    end_what_is_due(now());
    if (asked.verb == Verb::restore) release(asked);
    if (asked.verb == Verb::issue || asked.verb == Verb::renew) {
      ++made;
      facts_.certificates.push_back({*asked.kind, CertificateState::valid, last_day_of(decision)});
    }
    if (asked.verb == Verb::replace_card && chance_.percent(50)) {
      count();
      for (const auto& c : facts_.certificates)  // none goes on in force without its card
        EXPECT_TRUE(!stands(c, day_) || (asked.kind && c.kind != *asked.kind));
      new_card();
    }
  }

  static bool stands(const CertificateFacts& c, Date on) {
    const auto s = standing(c, on);
    return s == Standing::valid || s == Standing::suspended;
  }

  // An end that is decided comes at its moment, when the certificate still is in force then.
  void schedule(const CertificateEnd& end) {
    for (std::size_t i = 0; i < facts_.certificates.size(); ++i)
      if (facts_.certificates[i].kind == end.kind && stands(facts_.certificates[i], day_)) {
        pending_.push_back({i, end});
        return;
      }
    ADD_FAILURE() << "a certificate ends that is not in force";
  }

  void end_what_is_due(Instant at) {
    for (const auto& [i, end] : pending_) {
      auto& c = facts_.certificates[i];
      if (end.from > at || !stands(c, jst_date(end.from))) continue;
      const bool hold = end.reason == Reason::certificateHold;
      c.state = hold ? CertificateState::suspended : CertificateState::revoked;
      held += hold;
    }
    std::erase_if(pending_, [&](const Pending& p) { return p.end.from <= at; });
  }

  void release(const Act& asked) {
    EXPECT_FALSE(set_.settings.hold_is_final);
    for (std::size_t i = 0; i < facts_.certificates.size(); ++i) {
      auto& c = facts_.certificates[i];
      if ((asked.kind && c.kind != *asked.kind) || standing(c, day_) != Standing::suspended) continue;
      c.state = CertificateState::valid;
      seen_[i] = Standing::valid;
      ++released;
    }
  }

  // Exactly one of the four, reckoned apart; no way back; at most one of a kind in force.
  void look() {
    int in_force_now[2] = {0, 0};
    seen_.resize(facts_.certificates.size(), Standing::valid);
    for (std::size_t i = 0; i < seen_.size(); ++i) {
      const auto& c = facts_.certificates[i];
      const Standing now_is = standing(c, day_);
      const bool is_revoked = c.state == CertificateState::revoked;
      const bool is_expired = !is_revoked && day_ > c.not_after;
      const bool is_suspended = !is_revoked && !is_expired && c.state == CertificateState::suspended;
      const bool is_valid = !is_revoked && !is_expired && c.state == CertificateState::valid;
      ASSERT_EQ(is_revoked + is_expired + is_suspended + is_valid, 1);
      ASSERT_EQ(now_is, is_revoked     ? Standing::revoked
                        : is_expired   ? Standing::expired
                        : is_suspended ? Standing::suspended
                                       : Standing::valid);
      const Standing was = seen_[i];
      if (was == Standing::revoked || was == Standing::expired) {
        ASSERT_EQ(now_is, was) << "came back";
      }
      if (was == Standing::suspended) {
        ASSERT_NE(now_is, Standing::valid) << "released by nobody";
      }
      seen_[i] = now_is;
      in_force_now[static_cast<int>(c.kind)] += stands(c, day_);
    }
    ASSERT_LE(in_force_now[0], 1) << format_date(day_);
    ASSERT_LE(in_force_now[1], 1) << format_date(day_);
  }

  void count() {
    for (const auto& c : facts_.certificates) {
      revoked += standing(c, day_) == Standing::revoked;
      expired += standing(c, day_) == Standing::expired;
    }
  }

  Chance chance_;
  RuleSet set_;
  Facts facts_;
  Date day_;
  int second_ = 0;
  std::vector<Standing> seen_;  // of each certificate, when looked at last
  std::vector<Pending> pending_;
};

void expect_one_standing(bool hold_is_final) {
  const std::uint64_t seed = seed_of_property();
  Chance seeds(seed);
  int made = 0, held = 0, released = 0, revoked = 0, expired = 0;
  const int count = lives_count() / kActs / kActsPerLife;
  for (int i = 0; i < count && !testing::Test::HasFailure(); ++i) {
    History history(seeds.next(), hold_is_final);
    history.live();
    if (testing::Test::HasFailure()) ADD_FAILURE() << "history " << i << " of seed " << seed;
    made += history.made;
    held += history.held;
    released += history.released;
    revoked += history.revoked;
    expired += history.expired;
  }
  EXPECT_GT(made, count * 2);
  EXPECT_GT(held, count / 2);
  EXPECT_GT(revoked, count);
  EXPECT_GT(expired, count / 4);
  EXPECT_EQ(released > 0, !hold_is_final);
}

TEST(AtAnyMoment, ACertificateIsValidSuspendedRevokedOrExpiredAndNothingComesBack) {
  expect_one_standing(true);
}

TEST(AtAnyMoment, ACertificateIsOneOfTheFourWhereAHoldMayBeReleased) {
  expect_one_standing(false);
}

}  // namespace
}  // namespace shomei::rules
