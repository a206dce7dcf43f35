// The gate: no procedure is done by somebody who is no officer, whatever it is, and an exception is not what
// one officer claims.
#include "counter/admit.h"

#include "counter/appoint_officer.h"
#include "counter/blank_card.h"
#include "counter/block_key.h"
#include "counter/issue_online.h"
#include "pki/request.h"
#include "pki/signed_object.h"
#include "tests/counter/small_office.h"

namespace shomei::test {
namespace {

using officers::Role;
using officers::Roles;

class Admit : public SmallOffice {
 protected:
  static crypto::Sha256 certificate_of(std::string_view name) {
    return crypto::sha256(to_bytes("certificate of " + std::string(name)));
  }
  static crypto::Sha256 key_of(std::string_view name) {
    return crypto::sha256(to_bytes("key of " + std::string(name)));
  }
  void appoint(const std::string& name, Roles roles, std::vector<OfficeId> offices) {
    const auto until = clock_.at + std::chrono::hours{24 * 365};
    auto transaction = *journal_.begin();
    ASSERT_TRUE(officers::appoint(
        transaction, {name, roles, std::move(offices), {{certificate_of(name), key_of(name), until}}},
        officers::fields_of("", proven("key-1"))));
    ASSERT_TRUE(transaction.commit());
  }
  static officers::Officer proven(const std::string& name, std::string_view office = "inagi-city-hall") {
    auto one = officer(office);
    one.name = name;
    one.credential = certificate_of(name);
    return one;
  }
  counter::Parts guarded() {
    auto all = parts();
    all.admission = &admission_;
    return all;
  }
  const OfficeId inagi_ = *OfficeId::parse("inagi-city-hall");
  officers::Admission admission_{{.required = true}, journal_};
};

TEST_F(Admit, NothingIsDoneByWhoIsNoOfficer) {
  const auto hanako = take_in("hanako-1");
  const auto record = certify(hanako, CertificateKind::user_authentication);
  appoint("key-1", Roles{Role::key_officer}, {});
  const auto by = proven("stranger");
  const auto all = guarded();
  const counter::StatusRequest change{by, record.serial, {}, {}};
  counter::CertificateRequest online{by, hanako, CertificateKind::signature, {}, {}};
  residents::RegisterEvent event;
  event.kind = residents::EventKind::died;
  BlankCard card(cards_.issuer, card_of(hanako).id);
  counter::CardVisit visit(all, by, hanako);

  const auto before = entries();
  std::vector<std::string> codes;
  const auto asked = [&](const auto& result) {
    codes.push_back(result ? "done" : std::string(result.error().code));
  };
  asked(counter::decide_issue(all, {by, hanako, kSignature, {}}));
  asked(counter::issue_certificate(all, online));
  asked(counter::confirm_certificate(all, by, record.serial));
  asked(counter::revoke_certificate(all, change));
  asked(counter::suspend_certificate(all, change));
  asked(counter::restore_certificate(all, change));
  asked(counter::record_event(all, by, hanako, event));
  asked(counter::import_register(all, by, {}, [](std::size_t) {}));
  asked(counter::block_key(all, {.officer = by, .key = record.key, .cause = "report 17"}));
  asked(counter::carry_out(visit, card.transport, {.what = counter::Errand::What::open}));
  asked(counter::appoint_officer(all, by, {"friend", Roles{Role::counter_clerk}, {inagi_}, {}}));
  asked(counter::dismiss_officer(all, by, "key-1"));
  asked(counter::certify_officer(
      all, by, {"friend", {}, []() -> Result<pki::Certificate> { return internal("made"); }}));
  for (std::size_t i = 0; i < codes.size(); ++i) EXPECT_EQ(codes[i], "officer_not_appointed") << i;
  EXPECT_EQ(entries(), before + codes.size()) << "each left its trace, once";
  EXPECT_EQ(certificate(record.serial).state, journal::CertificateState::valid);
}

TEST_F(Admit, TheActSaysByWhatCertificateAndWhoIsAppointedDoesIt) {
  const auto hanako = take_in("hanako-1");
  const auto record = certify(hanako, CertificateKind::user_authentication);
  appoint("sato", Roles{Role::counter_clerk}, {inagi_});
  const auto done = counter::suspend_certificate(guarded(), {proven("sato"), record.serial, {}, {}});
  ASSERT_TRUE(done) << done.error().code;
  EXPECT_EQ(last_entry().of(field::kActor), "sato");
  EXPECT_EQ(last_entry().of(field::kCredential), to_hex_upper(certificate_of("sato")));
}

TEST_F(Admit, AnExceptionNeedsTheWordOfASecondOfficerWhateverTheFirstClaims) {
  const auto child =
      take_in("child-01", [](auto& resident, auto&) { resident.born = *parse_date("2013-01-02"); });
  appoint("sato", Roles{Role::counter_clerk}, {inagi_});
  appoint("suzuki", Roles{Role::supervisor}, {inagi_});
  counter::IssueRequest request{proven("sato"), child, kSignature, {}};
  request.application.exception = rules::Exception{"the court allows it", true};
  const auto code = [&] {
    const auto decided = counter::decide_issue(guarded(), request);
    return decided ? "granted" : std::string(decided.error().code);
  };
  EXPECT_EQ(code(), "approval_needed");
  EXPECT_EQ(code(), "approval_missing");
  ASSERT_TRUE(admission_.approve(proven("suzuki"), request.officer.request));
  EXPECT_EQ(code(), "granted");
  request.application.exception->second_officer = false;
  EXPECT_EQ(code(), "request_differs") << "another application than the one that was agreed to";
  request.officer = proven("sato");
  EXPECT_EQ(code(), "approval_needed");
}

TEST_F(Admit, AppointmentsFollowTheTable) {
  appoint("key-1", Roles{Role::key_officer}, {});
  appoint("key-2", Roles{Role::key_officer}, {});
  appoint("suzuki", Roles{Role::supervisor}, {inagi_});
  const auto until = clock_.at + std::chrono::hours{24};
  const auto appoints = [&](const officers::Officer& by, const officers::Appointment& wanted) {
    const auto done = counter::appoint_officer(guarded(), by, wanted);
    return done ? "done" : std::string(done.error().code);
  };
  const officers::Appointment clerk{
      "sato", Roles{Role::counter_clerk}, {inagi_}, {{certificate_of("sato"), key_of("sato"), until}}};
  EXPECT_EQ(appoints(proven("suzuki"), clerk), "done");
  auto elsewhere = clerk;
  elsewhere.offices.push_back(*OfficeId::parse("naka-ward-office"));
  EXPECT_EQ(appoints(proven("suzuki"), elsewhere), "office_out_of_reach");
  auto nowhere = clerk;
  nowhere.offices = {*OfficeId::parse("no-such-office")};
  EXPECT_EQ(appoints(proven("suzuki"), nowhere), "office_unknown");
  EXPECT_EQ(appoints(proven("suzuki"), {"key-1", Roles{Role::counter_clerk}, {inagi_}, {}}), "role_lacks_act")
      << "a key officer is not made a clerk by a supervisor";
  EXPECT_EQ(appoints(proven("suzuki"), {"other", Roles{Role::counter_clerk}, {inagi_}, clerk.credentials}),
            "credential_of_another");
  EXPECT_EQ(last_entry().of(field::kRefusal), "credential_of_another");
  const officers::Appointment twin{
      "twin", Roles{Role::counter_clerk}, {inagi_}, {{certificate_of("twin"), key_of("suzuki"), until}}};
  EXPECT_EQ(appoints(proven("suzuki"), twin), "credential_of_another") << "one key, certified twice";
  auto late = clerk;
  late.credentials = {{certificate_of("late"), key_of("late"), clock_.at - std::chrono::hours{1}}};
  EXPECT_EQ(appoints(proven("suzuki"), late), "credential_expired");
  EXPECT_EQ(last_entry().of(field::kRefusal), "credential_expired");
  EXPECT_EQ(last_entry().of(field::kActor), "suzuki");
  EXPECT_EQ(appoints(proven("key-1"),
                     {"suzuki", Roles{Role::counter_clerk}, {*OfficeId::parse("naka-ward-office")}, {}}),
            "approval_needed")
      << "a supervisor who is made a clerk is no clerk's appointment";
  appoint("ito", Roles{Role::counter_clerk}, {*OfficeId::parse("naka-ward-office")});
  EXPECT_EQ(appoints(proven("suzuki"), {"ito", Roles{Role::counter_clerk}, {inagi_}, {}}),
            "office_out_of_reach")
      << "the clerk of another office";
  const auto by = proven("key-1");
  const officers::Appointment registrar{
      "reg", Roles{Role::registrar}, {}, {{certificate_of("reg"), key_of("reg"), until}}};
  EXPECT_EQ(appoints(by, registrar), "approval_needed");
  ASSERT_TRUE(admission_.approve(proven("key-2"), by.request));
  auto more = registrar;
  more.roles.add(Role::key_officer);
  EXPECT_EQ(appoints(by, more), "request_differs");
  EXPECT_EQ(appoints(by, registrar), "done");
  const auto before = entries();
  EXPECT_EQ(appoints(by, registrar), "done");
  EXPECT_EQ(entries(), before) << "once";
}

TEST_F(Admit, TheLastKeyOfficerIsNotDismissedAndThatIsRecorded) {
  appoint("key-1", Roles{Role::key_officer}, {});
  EXPECT_EQ(counter::dismiss_officer(guarded(), proven("key-1"), "key-1").error().code, "last_key_officer");
  EXPECT_EQ(last_entry().of(field::kRefusal), "last_key_officer");
  EXPECT_EQ(last_entry().of(field::kAct), "appoint_officer");
  EXPECT_EQ(last_entry().of(field::kActor), "key-1");
}

TEST_F(Admit, AKeyOfAnotherOfficerIsNotCertifiedAndWhatIsNotIsRecorded) {
  const auto key = crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ec_p256));
  const auto info = pki::encode_request_info(key->public_key(), "");
  const auto pkcs10 = pki::assemble_signed(info, key->algorithm(), *key->sign(info));
  appoint("suzuki", Roles{Role::supervisor}, {inagi_});
  int asked = 0;
  const auto certify = [&](const std::string& name) {
    const auto made = counter::certify_officer(guarded(), proven("suzuki"),
                                               {name, pkcs10, [&]() -> Result<pki::Certificate> {
                                                  ++asked;
                                                  return refused("officer_key_unfit", {{"type", "ec-p256"}});
                                                }});
    return std::string(made.error().code);
  };
  EXPECT_EQ(certify("sato"), "officer_key_unfit");
  EXPECT_EQ(last_entry().of(field::kRefusal), "officer_key_unfit");
  EXPECT_EQ(last_entry().of(field::kAct), "certify_officer");
  const auto until = clock_.at + std::chrono::hours{24};
  auto transaction = *journal_.begin();
  ASSERT_TRUE(officers::appoint(transaction,
                                {"sato",
                                 Roles{Role::counter_clerk},
                                 {inagi_},
                                 {{certificate_of("sato"), crypto::sha256(key->public_key().spki()), until}}},
                                officers::fields_of("", proven("suzuki"))));
  ASSERT_TRUE(transaction.commit());
  EXPECT_EQ(certify("twin"), "credential_of_another");
  EXPECT_EQ(last_entry().of(field::kRefusal), "credential_of_another");
  EXPECT_EQ(asked, 1) << "nothing was signed";
  EXPECT_EQ(certify("sato"), "officer_key_unfit") << "their own, for the next year";
}

// Something happens once, when somebody first asks what time it is.
class EventfulClock final : public Clock {
 public:
  explicit EventfulClock(Instant at) : at_(at) {}
  InstantMs now_ms() const override {
    if (event) std::exchange(event, nullptr)();
    return at_;
  }
  mutable std::function<void()> event;

 private:
  Instant at_;
};

// A supervisor makes a clerk of a clerk, who is a key officer by the time that it is written.
TEST_F(Admit, AnAppointmentThatChangesMeanwhileIsNotTakenAway) {
  appoint("key-1", Roles{Role::key_officer}, {});
  appoint("suzuki", Roles{Role::supervisor}, {inagi_});
  EventfulClock clock(clock_.at);
  journal::Journal journal(*engine_, *checkpoint_signer_, clock, "office.example");
  const officers::Admission admission({.required = true}, journal);
  const counter::Parts all{journal, profile_, directory_, rules_, {}, {}, {}, &admission};
  const auto race = [&](const auto& act) {
    appoint("sato", Roles{Role::counter_clerk}, {inagi_});
    clock.event = [&] { appoint("sato", Roles{Role::key_officer}, {}); };
    const auto done = act();
    EXPECT_FALSE(clock.event);
    const auto now = **officers::find_appointment(*rows(), "sato");
    EXPECT_TRUE(now.roles.has(Role::key_officer)) << "what others agreed to stands";
    return done ? "done" : std::string(done.error().code);
  };
  EXPECT_EQ(race([&] {
              return counter::appoint_officer(all, proven("suzuki"),
                                              {"sato", Roles{Role::counter_clerk}, {inagi_}, {}});
            }),
            "appointment_changed");
  EXPECT_EQ(race([&] { return counter::dismiss_officer(all, proven("suzuki"), "sato"); }),
            "appointment_changed");
}

}  // namespace
}  // namespace shomei::test
