// Mass acts that are stopped, cut off at every commit, or carried out by two at once: each certificate ends
// exactly once.
#include "tests/mass/mass_country.h"

namespace shomei::test {
namespace {

using journal::Phase;
constexpr int kMany = 50;  // more than two parts of the least size

template <class Store>
class MassInterrupted : public MassCountry<Store> {
 protected:
  MassInterrupted() {
    this->issue_many(kMany);
    order_ = *mass::fix(this->parts(), this->wish());
  }
  mass::Going stopping_after(std::uint64_t through) {
    mass::Going going{.part_most = 20};
    going.stop = [this, through] { return seen_ >= through; };
    going.progress = [this](std::uint64_t at, std::uint64_t) { seen_ = at; };
    return going;
  }
  void expect_each_ended_once() {
    const auto ends = this->ends();
    EXPECT_EQ(ends.size(), static_cast<std::size_t>(kMany));
    for (const auto& [serial, times] : ends) EXPECT_EQ(times, 1) << serial;
    EXPECT_EQ(this->states(), (std::map<std::string, int>{{"revoked", kMany}}));
  }
  mass::Order order_;
  std::uint64_t seen_ = 0;
};
TYPED_TEST_SUITE(MassInterrupted, Stores);

TYPED_TEST(MassInterrupted, WhatIsStoppedGoesOnWhereItWas) {
  const auto first = mass::carry_out(this->parts(), this->order_.id, this->stopping_after(20));
  ASSERT_TRUE(first) << first.error().code;
  EXPECT_EQ(first->standing.stage, mass::Stage::begun);
  EXPECT_EQ(first->standing.through, 20U);
  EXPECT_EQ(this->states(), (std::map<std::string, int>{{"revoked", 20}, {"valid", kMany - 20}}));
  const officers::Admission admission({.required = true}, *this->journal_);
  auto parts = this->parts();
  parts.counter.admission = &admission;
  EXPECT_EQ(mass::carry_out(parts, this->order_.id, {.part_most = 20}).error().code, "officer_not_appointed")
      << "asked again";
  const auto rest = mass::carry_out(this->parts(), this->order_.id, {.part_most = 20});
  ASSERT_TRUE(rest) << rest.error().code;
  EXPECT_EQ(rest->standing.done, static_cast<std::uint64_t>(kMany));
  EXPECT_EQ(rest->standing.parts, 3U);
  this->expect_each_ended_once();
}

TYPED_TEST(MassInterrupted, APauseIsHeardByWhoeverRunsAndForgottenByWhoeverGoesOn) {
  mass::Going going{.part_most = 20};
  going.progress = [&](std::uint64_t, std::uint64_t) {
    EXPECT_TRUE(mass::pause(this->parts(), this->officer(), this->order_.id));
  };
  EXPECT_EQ(mass::carry_out(this->parts(), this->order_.id, going)->standing.through, 20U);
  EXPECT_EQ(mass::carry_out(this->parts(), this->order_.id, {})->standing.stage, mass::Stage::done);
  this->expect_each_ended_once();
}

// A commit that the power took is not there; the next begins behind the last that is.
TYPED_TEST(MassInterrupted, ACutAtAnyCommitLeavesWholePartsAndNothingIsRepeated) {
  int cuts = 0;
  for (bool done = false; !done; ++cuts) {
    this->checkpoint_signer_.cut_after = cuts % 3;  // the first, second or third commit from here
    try {
      const auto report = mass::carry_out(this->parts(), this->order_.id, {.part_most = 20});
      ASSERT_TRUE(report) << report.error().code;
      done = report->standing.stage == mass::Stage::done;
    } catch (const PowerCut&) {
      ASSERT_LT(cuts, 20);
    }
    this->checkpoint_signer_.cut_after.reset();
    this->journal_ = std::make_unique<journal::Journal>(*this->store_.engine, this->checkpoint_signer_,
                                                        this->clock_, "mass.example");
    const auto standing = mass::read_standing(*this->rows(), this->order_.id);
    ASSERT_TRUE(standing);
    EXPECT_EQ(this->ends().size(), standing->through) << "the rows and the journal say the same";
    EXPECT_EQ(static_cast<std::uint64_t>(this->states()["revoked"]), standing->through);
  }
  EXPECT_GE(cuts, 3);
  this->expect_each_ended_once();
  EXPECT_EQ(this->phases(this->order_.id),
            (std::vector{Phase::intent, Phase::result, Phase::result, Phase::result, Phase::confirmation}));
}

TYPED_TEST(MassInterrupted, ASecondRunnerIsKeptOut) {
  mass::Going going{.part_most = 20};
  going.progress = [&](std::uint64_t through, std::uint64_t) {
    if (through != 20) return;
    EXPECT_EQ(mass::carry_out(this->parts(), this->order_.id, {}).error().code, "mass_under_way");
    EXPECT_EQ(mass::cancel(this->parts(), this->officer(), this->order_.id).error().code, "mass_under_way");
  };
  ASSERT_TRUE(mass::carry_out(this->parts(), this->order_.id, going));
  this->expect_each_ended_once();
}

// On another machine there is another lock: the journal tells.
TYPED_TEST(MassInterrupted, ASecondRunnerOnAnotherMachineIsFoundOut) {
  TemporaryFolder elsewhere;
  std::filesystem::copy(
      this->folder_.path(), elsewhere.path(),
      std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
  auto there = this->parts();
  there.folder.root = elsewhere.path() / "mass";
  mass::Going going{.part_most = 20};
  going.progress = [&](std::uint64_t through, std::uint64_t) {
    if (through != 20) return;
    EXPECT_TRUE(mass::carry_out(there, this->order_.id, {.part_most = 20}));
  };
  EXPECT_EQ(mass::carry_out(this->parts(), this->order_.id, going).error().code, "mass_under_way");
  this->expect_each_ended_once();
}

TYPED_TEST(MassInterrupted, WhatIsCancelledInBetweenStaysAsFarAsItCame) {
  ASSERT_TRUE(mass::carry_out(this->parts(), this->order_.id, this->stopping_after(20)));
  const auto report = mass::cancel(this->parts(), this->officer(), this->order_.id);
  ASSERT_TRUE(report) << report.error().code;
  EXPECT_EQ(report->standing.done, 20U);
  EXPECT_EQ(this->phases(this->order_.id), (std::vector{Phase::intent, Phase::result, Phase::confirmation}));
  EXPECT_EQ(mass::read_standing(*this->rows(), this->order_.id)->stage, mass::Stage::ended_early);
  EXPECT_EQ(this->states()["valid"], kMany - 20);
}

}  // namespace
}  // namespace shomei::test
