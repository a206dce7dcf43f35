// What carrying an order out does, to certificates and to the journal.
#include <fstream>
#include <nlohmann/json.hpp>

#include "files/file.h"
#include "mass/about_resident.h"
#include "tests/mass/mass_country.h"

namespace shomei::test {
namespace {

using journal::Phase;

template <class Store>
class MassCarryOut : public MassCountry<Store> {
 protected:
  mass::Order fixed(Verb verb = Verb::revoke) { return *mass::fix(this->parts(), this->wish(verb)); }
  std::string notices(const mass::Order& order, const std::string& municipality) {
    const auto path = this->parts().folder.notices(order.id) / (municipality + ".jsonl");
    return to_text(files::read_file(path, 100'000).value_or(Bytes{}));
  }
};
TYPED_TEST_SUITE(MassCarryOut, Stores);

TYPED_TEST(MassCarryOut, AllOfTheListAndNothingElseEnds) {
  this->issue_many(9);
  const auto stays = this->issue(0, [](auto& c) { c.office = *OfficeId::parse("naka-ward-office"); });
  const auto order = this->fixed();
  const auto report = mass::carry_out(this->parts(), order.id, {});
  ASSERT_TRUE(report) << report.error().code;
  EXPECT_EQ(report->standing.stage, mass::Stage::done);
  EXPECT_EQ(report->standing.done, 9U);
  EXPECT_EQ(report->residents, 9U);
  EXPECT_EQ(report->by_kind, (mass::Counts{{"signature", 5}, {"user_authentication", 4}}));
  EXPECT_EQ(this->states(), (std::map<std::string, int>{{"revoked", 9}, {"valid", 1}}));
  EXPECT_EQ(this->phases(order.id), (std::vector{Phase::intent, Phase::result, Phase::confirmation}));
  EXPECT_EQ(this->ends().size(), 9U);
  EXPECT_FALSE(this->ends().contains(stays.authority + " " + stays.serial.hex()));
  EXPECT_EQ(mass::carry_out(this->parts(), order.id, {}).error().code, "mass_ended");
  const auto later = mass::report(this->parts().folder, *this->rows(), order.id);
  ASSERT_TRUE(later);
  EXPECT_EQ(later->by_kind, report->by_kind);
}

TYPED_TEST(MassCarryOut, WhatMovedOnMeanwhileIsPassedOver) {
  const auto gone = this->issue(0), held = this->issue(1);
  this->issue_many(2);
  const auto order = this->fixed();
  this->move(gone, CertificateState::revoked);
  this->move(held, CertificateState::suspended);
  const auto report = *mass::carry_out(this->parts(), order.id, {});
  EXPECT_EQ(report.standing.done, 3U);
  EXPECT_EQ(report.passed_over, (mass::Counts{{"revoked", 1}}));
  EXPECT_EQ(report.standing.passed_over, (std::vector<mass::PassedOver>{{0, "revoked"}}));
  EXPECT_EQ(this->states(), (std::map<std::string, int>{{"revoked", 4}}));
  for (const auto& [serial, times] : this->ends())
    EXPECT_EQ(times, serial == held.authority + " " + held.serial.hex() ? 2 : 1) << serial;
}

// Whoever is called at night carries out what the office ordered by day.
TYPED_TEST(MassCarryOut, AnOrderIsCarriedOutAfterHoursAndGivenWithinThem) {
  this->issue_many(2);
  this->directory_.offices.front().hours = rules::parse_hours("Mo-Fr 08:30-17:15");
  const auto order = this->fixed();
  this->clock_.at = *parse_instant("2027-01-06T03:00:00+09:00");
  EXPECT_EQ(mass::fix(this->parts(), this->wish()).error().code, "office_closed");
  ASSERT_TRUE(mass::carry_out(this->parts(), order.id, {}));
  EXPECT_EQ(this->states(), (std::map<std::string, int>{{"revoked", 2}}));
  EXPECT_EQ(this->rows()->certificates_in_state(CertificateState::revoked)->front().revoked_at,
            this->clock_.at)
      << "it ends when it ends, and not when that was ordered";
}

TYPED_TEST(MassCarryOut, AHoldIsOfValidOnesAlone) {
  this->issue_many(3);
  const auto held = this->issue(1);
  const auto order = this->fixed(Verb::suspend);
  this->move(held, CertificateState::suspended);
  const auto report = *mass::carry_out(this->parts(), order.id, {});
  EXPECT_EQ(report.standing.done, 3U);
  EXPECT_EQ(report.passed_over, (mass::Counts{{"suspended", 1}}));
  EXPECT_EQ(this->states(), (std::map<std::string, int>{{"suspended", 4}}));
}

TYPED_TEST(MassCarryOut, ReissueAndNotifyChangeNothingAndSayWhomToTell) {
  const auto first = this->issue(0);
  this->issue(1, [&](auto& c) { c.resident = first.resident; });
  this->issue(1, [](auto& c) { c.partition = "14104"; });
  for (const auto verb : {Verb::reissue, Verb::notify}) {
    const auto order = this->fixed(verb);
    const auto report = mass::carry_out(this->parts(), order.id, {});
    ASSERT_TRUE(report) << report.error().code;
    EXPECT_EQ(report->residents, 2U);
    EXPECT_EQ(this->states(), (std::map<std::string, int>{{"valid", 3}}));
    const auto told = nlohmann::json::parse(this->notices(order, "13225"));  // one line: one resident
    EXPECT_EQ(told["resident"], first.resident.text());
    EXPECT_EQ(told["certificates"].size(), 2U);
    EXPECT_EQ(told["what_to_do"], verb == Verb::reissue ? "come_for_new_ones" : "read_the_notice");
    EXPECT_EQ(told.size(), 3U) << "nothing else of a person";
    EXPECT_FALSE(this->notices(order, "14104").empty());
  }
}

TYPED_TEST(MassCarryOut, TheEntriesAboutAResidentAreFoundInEveryPart) {
  const auto one = this->issue(0);
  this->issue_many(7);
  const auto two = this->issue(1, [&](auto& c) { c.resident = one.resident; });
  const auto gone = this->issue(0, [&](auto& c) { c.resident = one.resident; });
  const auto about = [&](const ResidentId& resident) {
    return mass::about_resident(this->parts().folder, *this->rows(), resident)->entries;
  };
  const auto never = this->fixed(Verb::notify);
  ASSERT_TRUE(mass::cancel(this->parts(), this->officer(), never.id));
  const auto order = this->fixed();
  EXPECT_TRUE(about(one.resident).empty()) << "nothing is carried out";
  this->move(gone, CertificateState::revoked);
  ASSERT_TRUE(mass::carry_out(this->parts(), order.id, {.part_most = 2}));
  const auto sequences = *this->rows()->entries_of_act(order.id);
  ASSERT_EQ(sequences.size(), 7U);  // the intent, five parts, and the end
  const auto found = about(one.resident);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found.at(sequences[1]).front().serial, one.serial);
  EXPECT_EQ(found.at(sequences[5]).size(), 1U) << "what was passed over is not among them";
  EXPECT_EQ(found.at(sequences[5]).front().serial, two.serial);
  EXPECT_TRUE(about(*ResidentId::parse("resident-nobody")).empty());
  std::map<std::uint64_t, std::size_t> all;
  for (std::uint8_t n = 1; n <= 8; ++n)
    for (const auto& [sequence, lines] : about(*ResidentId::parse("resident-" + std::to_string(n))))
      all[sequence] += lines.size();
  EXPECT_EQ(
      all,
      (std::map<std::uint64_t, std::size_t>{
          {sequences[1], 2}, {sequences[2], 2}, {sequences[3], 2}, {sequences[4], 2}, {sequences[5], 1}}));
}

TYPED_TEST(MassCarryOut, AListThatWasAlteredHidesNoOtherActFromAResident) {
  const auto one = this->issue(0);
  const auto read = this->fixed(Verb::notify);
  ASSERT_TRUE(mass::carry_out(this->parts(), read.id, {}));
  const auto altered = this->fixed(Verb::reissue);
  ASSERT_TRUE(mass::carry_out(this->parts(), altered.id, {}));
  std::ofstream(this->parts().folder.list(altered.id), std::ios::app) << "x";
  const auto about = mass::about_resident(this->parts().folder, *this->rows(), one.resident);
  ASSERT_TRUE(about) << about.error().code;
  EXPECT_EQ(about->entries.size(), 1U);
  ASSERT_EQ(about->unread.size(), 1U);
  EXPECT_EQ(about->unread[0].order, altered.id);
  EXPECT_EQ(about->unread[0].why.code, "mass_list_altered");
  std::filesystem::remove(this->parts().folder.list(altered.id));
  std::filesystem::create_directory(this->parts().folder.list(altered.id));
  const auto unreadable = mass::about_resident(this->parts().folder, *this->rows(), one.resident);
  ASSERT_TRUE(unreadable) << unreadable.error().code;
  EXPECT_EQ(unreadable->entries.size(), 1U);
  EXPECT_EQ(unreadable->unread.size(), 1U);
}

TYPED_TEST(MassCarryOut, NothingIsDoneBeforeTwoOthersHaveAgreedToThisOrder) {
  this->issue_many(2);
  for (const auto* name : {"registrar", "second", "third"}) this->appoint_registrar(name);
  const officers::Admission admission({.required = true}, *this->journal_);
  auto parts = this->parts();
  parts.counter.admission = &admission;
  auto wish = this->wish();
  EXPECT_EQ(mass::fix(parts, wish).error().code, "officer_unproven");
  wish.officer = this->proven("registrar");
  const auto order = *mass::fix(parts, wish);
  const mass::Going going{.officer = this->proven("second")};
  const auto code = [&] {
    const auto done = mass::carry_out(parts, order.id, going);
    return done ? "done" : std::string(done.error().code);
  };
  EXPECT_EQ(code(), "approval_missing");
  EXPECT_EQ(this->last_refusal(), "mass_revoke second approval_missing") << "and not of who ordered it";
  EXPECT_EQ(mass::expect_agreed(parts.counter, order, wish.officer).error().code, "approval_needed");
  const auto proposal = *RequestId::parse(order.id.text());
  EXPECT_EQ((*officers::find_proposal(*this->rows(), proposal))->content, order.content);
  ASSERT_TRUE(admission.approve(this->proven("second"), proposal));
  EXPECT_EQ(code(), "approval_missing");
  EXPECT_EQ(this->last_refusal(), "mass_revoke second approval_missing");
  EXPECT_EQ(this->states(), (std::map<std::string, int>{{"valid", 2}}));
  ASSERT_TRUE(admission.approve(this->proven("third"), proposal));
  EXPECT_EQ(mass::carry_out(parts, order.id, {}).error().code, "officer_unproven");
  EXPECT_EQ(code(), "done");
  EXPECT_EQ(this->states(), (std::map<std::string, int>{{"revoked", 2}}));
  EXPECT_EQ(code(), "mass_ended");
  EXPECT_EQ(this->last_refusal(), "mass_revoke second mass_ended");
}

TYPED_TEST(MassCarryOut, WhatIsRefusedOfAnOrderIsRecordedOfWhoWantedIt) {
  for (const auto* name : {"registrar", "second"}) this->appoint_registrar(name);
  const officers::Admission admission({.required = true}, *this->journal_);
  auto parts = this->parts();
  parts.counter.admission = &admission;
  auto wish = this->wish();
  wish.officer = this->proven("registrar");
  EXPECT_EQ(mass::fix(parts, wish).error().code, "mass_nothing_found");
  EXPECT_EQ(this->last_refusal(), "mass_revoke registrar mass_nothing_found");
  this->issue_many(1);
  const auto order = *mass::fix(parts, wish);
  ASSERT_TRUE(mass::cancel(parts, this->proven("second"), order.id)) << "alone, before it has begun";
  const auto before = *this->rows()->journal_size();
  EXPECT_EQ(mass::pause(parts, this->proven("second"), order.id).error().code, "mass_ended");
  EXPECT_EQ(this->last_refusal(), "pause_mass second mass_ended");
  EXPECT_EQ(mass::cancel(parts, this->proven("second"), order.id).error().code, "mass_ended");
  EXPECT_EQ(this->last_refusal(), "mass_revoke second mass_ended");
  EXPECT_EQ(*this->rows()->journal_size(), before + 2) << "each once";
}

TYPED_TEST(MassCarryOut, APauseIsAnActOfAnOfficerAndSaysOfWhichOrder) {
  this->issue_many(2);
  this->appoint_registrar("registrar");
  const officers::Admission admission({.required = true}, *this->journal_);
  auto parts = this->parts();
  const auto order = *mass::fix(parts, this->wish());
  parts.counter.admission = &admission;
  EXPECT_EQ(mass::pause(parts, this->proven("stranger"), order.id).error().code, "officer_not_appointed");
  EXPECT_EQ(this->last_refusal(), "pause_mass stranger officer_not_appointed");
  EXPECT_FALSE(std::filesystem::exists(parts.folder.pause(order.id)));
  ASSERT_TRUE(mass::pause(parts, this->proven("registrar"), order.id)) << "with nobody's word";
  EXPECT_TRUE(std::filesystem::exists(parts.folder.pause(order.id)));
  EXPECT_EQ(this->last_refusal(), "pause_mass registrar ");
  const auto reading = this->rows();
  const auto stored = **reading->find_entry(*reading->journal_size() - 1);
  EXPECT_EQ(stored.entry.phase, Phase::whole);
  EXPECT_NE(stored.entry.act, order.id);
  const auto said = journal::text(*journal::parse_fields(stored.parts[2]->body), journal::field::kMass);
  EXPECT_EQ(nlohmann::json::parse(said), (nlohmann::json{{"order", order.id.text()}, {"through", 0}}));
}

TYPED_TEST(MassCarryOut, WhatHasBegunIsCancelledWithTheWordOfAsManyAsItNeeded) {
  this->issue_many(4);
  for (const auto* name : {"registrar", "second", "third"}) this->appoint_registrar(name);
  const officers::Admission admission({.required = true}, *this->journal_);
  const auto order = this->fixed();
  mass::Going going{.part_most = 1};
  bool stop = false;
  going.stop = [&] { return stop; };
  going.progress = [&](std::uint64_t, std::uint64_t) { stop = true; };
  ASSERT_TRUE(mass::carry_out(this->parts(), order.id, going));
  auto parts = this->parts();
  parts.counter.admission = &admission;
  const auto officer = this->proven("second");
  const auto code = [&](const counter::Officer& who) {
    const auto done = mass::cancel(parts, who, order.id);
    return done ? "done" : std::string(done.error().code);
  };
  EXPECT_EQ(code(officer), "approval_needed");
  const auto proposal = **officers::find_proposal(*this->rows(), officer.request);
  EXPECT_EQ(proposal.act, "mass_revoke");
  EXPECT_EQ(proposal.approvals_needed, 2);
  EXPECT_TRUE(proposal.summary.starts_with("cancel the order " + order.id.text())) << proposal.summary;
  EXPECT_NE(proposal.content, order.content);
  ASSERT_TRUE(admission.approve(this->proven("third"), officer.request));
  EXPECT_EQ(code(officer), "approval_missing");
  ASSERT_TRUE(admission.approve(this->proven("registrar"), officer.request));
  EXPECT_EQ(code(officer), "done");
  EXPECT_EQ(this->last_refusal(), "mass_revoke second ");
  EXPECT_EQ(this->states(), (std::map<std::string, int>{{"revoked", 1}, {"valid", 3}}));
}

TYPED_TEST(MassCarryOut, WhatIsAllDoneIsBroughtToItsEndAndNotCancelled) {
  this->issue_many(2);
  const auto order = this->fixed();
  mass::Going going;
  going.publish_lists = [](const mass::Standing&) -> Result<std::vector<mass::ShownIn>> {
    return unavailable("mass_lists_not_published");
  };
  EXPECT_EQ(mass::carry_out(this->parts(), order.id, going).error().code, "mass_lists_not_published");
  EXPECT_EQ(mass::cancel(this->parts(), this->officer(), order.id).error().code, "mass_all_done");
  ASSERT_TRUE(mass::carry_out(this->parts(), order.id, {}));
}

TYPED_TEST(MassCarryOut, BrokenGlassNeedsNobodysWord) {
  this->issue_many(2);
  const officers::Admission admission({.required = true}, *this->journal_);
  auto parts = this->parts();
  parts.counter.admission = &admission;
  auto wish = this->wish();
  wish.officer.break_glass = "the others cannot be had";
  const auto order = *mass::fix(parts, wish);
  auto by = this->officer();
  by.break_glass = wish.officer.break_glass;
  ASSERT_TRUE(mass::carry_out(parts, order.id, {.officer = by}));
  EXPECT_EQ(officers::unacknowledged(*this->rows())->size(), 2U);
}

TYPED_TEST(MassCarryOut, AListThatIsAnotherByOneByteIsRefused) {
  this->issue_many(3);
  const auto order = this->fixed();
  const auto path = this->parts().folder.list(order.id);
  const auto whole = *files::read_file(path, 10'000);
  const auto refusal = [&](Bytes bytes) {
    EXPECT_TRUE(files::replace_file(path, bytes));
    return std::string(mass::carry_out(this->parts(), order.id, {}).error().code);
  };
  for (std::size_t at = 0; at < whole.size(); at += 7) {
    auto bent = whole;
    bent[at] ^= 1;
    EXPECT_EQ(refusal(bent), "mass_list_altered");
    EXPECT_EQ(refusal(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(at))),
              "mass_list_altered");
  }
  std::filesystem::remove(path);
  EXPECT_EQ(mass::carry_out(this->parts(), order.id, {}).error().code, "mass_list_missing");
  EXPECT_EQ(this->states(), (std::map<std::string, int>{{"valid", 3}}));
  ASSERT_TRUE(files::replace_file(path, whole));
  EXPECT_TRUE(mass::carry_out(this->parts(), order.id, {}));
}

TYPED_TEST(MassCarryOut, AnOrderIsCancelledBeforeAndInBetween) {
  this->issue_many(2);
  const auto never = this->fixed();
  ASSERT_TRUE(mass::cancel(this->parts(), this->officer(), never.id));
  EXPECT_EQ(this->phases(never.id), (std::vector{Phase::intent, Phase::written_off}));
  EXPECT_EQ(mass::carry_out(this->parts(), never.id, {}).error().code, "mass_ended");
  EXPECT_EQ(mass::pause(this->parts(), this->officer(), never.id).error().code, "mass_ended");
  EXPECT_EQ(mass::cancel(this->parts(), this->officer(), never.id).error().code, "mass_ended");
  EXPECT_EQ(this->states(), (std::map<std::string, int>{{"valid", 2}}));
  EXPECT_EQ(mass::read_standing(*this->rows(), never.id)->stage, mass::Stage::ended_early);
  EXPECT_EQ(mass::read_standing(*this->rows(), crypto::ordered_identifier<ActId>()).error().code,
            "mass_order_unknown");
}

}  // namespace
}  // namespace shomei::test
