// Acts over HTTP: what the service does with requests that are good, wrong, repeated, or at odds with each
// other, and the counter without keys from the question to the card.
#include "services/acts/acts_service.h"

#include <gtest/gtest.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "authority/recover.h"
#include "http/server.h"
#include "pki/request.h"
#include "pki/signed_object.h"
#include "remote/card_issuer.h"
#include "remote/issue.h"
#include "services/acts/card_sessions.h"
#include "services/acts/certificate_json.h"
#include "services/authority_service.h"
#include "services/problem.h"
#include "tests/counter/small_office.h"

namespace shomei::test {
namespace {

using journal::CertificateState;
using nlohmann::json;
using remote::AuthorityClient;

class Acts : public SmallOffice {
 protected:
  Acts() {
    auto router = services::authority_routes(*engine_);
    services::add_acts_routes(router, parts(), 2, nullptr);
    server_ = *http::Server::listen({.worker_threads = 16}, std::move(router));
  }
  void TearDown() override {
    server_->stop();
    SmallOffice::TearDown();
  }

  http::Client client() const { return *http::Client::make(*http::parse_place(server_->url())); }
  AuthorityClient authority() const { return AuthorityClient(client(), texts::Language::en); }
  http::Response post(const std::string& path, const std::string& body,
                      const std::string& type = "application/json") const {
    return *client().ask({.method = "POST",
                          .target = "/acts/" + path,
                          .headers = {{"Content-Type", type}},
                          .body = to_bytes(std::string_view(body))});
  }

  counter::CertificateRequest certificate_request(
      const ResidentId& resident, CertificateKind kind = CertificateKind::user_authentication) {
    counter::CertificateRequest request{officer(), resident, kind, {}, {}};
    const auto& key = new_key();
    const Bytes info = pki::encode_request_info(key.public_key(), request.officer.request.text());
    request.pkcs10 = pki::assemble_signed(info, crypto::algorithm_of(key.type()), *key.sign(info));
    if (rows()->cards_of(resident)->empty())
      return request;  // of nobody: it is refused before a card matters
    request.attestation = attestation(resident, kind, key.public_key(), request.officer.request.text());
    return request;
  }
  counter::StatusRequest status_request(const pki::SerialNumber& serial) {
    return {officer(), serial, counter::Application{.ground = rules::Ground::lost}, {}};
  }
  remote::IssueRequest issue_request(const ResidentId& resident) const {
    remote::IssueRequest request;
    request.officer = officer();
    request.question = {request.officer, resident.text(), kBoth, {}};
    return request;
  }

  Result<std::vector<journal::CertificateRecord>> issue_there(AuthorityClient& at,
                                                              const remote::IssueRequest& request,
                                                              card::Transport& card) {
    SHOMEI_TRY(const auto outlook, remote::decide_issue(at, request));
    remote::CardIssuer issuer(at, request.officer, outlook.resident);
    SHOMEI_TRY(auto open, counter::carry_out(issuer, card, {.what = counter::Errand::What::open}));
    return remote::issue(at, request, outlook, pins(), rules_.settings, {issuer, card, std::move(open.card)});
  }

  std::unique_ptr<http::Server> server_;
};

// A terminal that loses its card after so many commands.
class ShortLived final : public card::Transport {
 public:
  ShortLived(card::Transport& card, int commands) : card_(card), left_(commands) {}
  Result<Bytes> transmit(ByteView command) override {
    if (left_-- <= 0) return unavailable("card_gone");
    return card_.transmit(command);
  }

 private:
  card::Transport& card_;
  int left_;
};

json document(const http::Response& response) {
  return json::parse(to_text(response.body));
}

TEST_F(Acts, ACounterWithoutKeysIssuesOntoACard) {
  const auto request = issue_request(take_in("hanako-1"));
  auto at = authority();
  const auto outlook = remote::decide_issue(at, request);
  ASSERT_TRUE(outlook) << outlook.error().code;
  EXPECT_EQ(outlook->card.text(), "card-hanako-1");
  EXPECT_EQ(outlook->born, *parse_date("1990-01-02"));
  BlankCard card(cards_.issuer, outlook->card);
  const auto issued = issue_there(at, request, card.transport);
  ASSERT_TRUE(issued) << issued.error().code << issued.error().parameter("what");
  ASSERT_EQ(issued->size(), 2U);
  EXPECT_EQ(issued->front().kind, CertificateKind::user_authentication);
  for (const auto& record : *issued) {
    EXPECT_TRUE(record.delivered);
    EXPECT_TRUE(certificate(record.serial).delivered);
    EXPECT_EQ(card.chip.state()
                  .of(record.kind == CertificateKind::signature ? card::Kind::signature
                                                                : card::Kind::user_authentication)
                  .certificate,
              record.der);
  }
  EXPECT_EQ(last_entry().of(field::kActor), "officer-7") << "over TCP nobody vouches for a name";
}

TEST_F(Acts, ARefusalIsTheSameErrorAsAtHomeAndLeavesNothing) {
  const auto child = take_in("taro-001", [](auto& r, auto&) { r.born = *parse_date("2016-01-02"); });
  const auto before = entries();
  auto at = authority();
  const auto outlook = remote::decide_issue(at, issue_request(child));
  ASSERT_FALSE(outlook);
  EXPECT_EQ(entries(), before) << "a question is no act";
  const auto here = counter::decide_issue(parts(), request(child, kBoth));
  ASSERT_FALSE(here);
  EXPECT_EQ(outlook.error().fault, here.error().fault);
  EXPECT_EQ(outlook.error().code, here.error().code);
  EXPECT_EQ(outlook.error().rule, here.error().rule);
  for (const auto& [name, value] : here.error().parameters) EXPECT_EQ(outlook.error().parameter(name), value);
}

TEST_F(Acts, AnsweredRequestsAreToldApartFromNewOnes) {
  const auto body = services::encode(certificate_request(take_in("hanako-1")));
  const auto first = post("issue", body);
  ASSERT_EQ(first.status, 200) << to_text(first.body);
  EXPECT_EQ(http::find_field(first.headers, "Idempotent-Replay"), nullptr);
  const auto again = post("issue", body);
  EXPECT_EQ(*http::find_field(again.headers, "Idempotent-Replay"), "true");
  EXPECT_EQ(again.body, first.body);
  auto other = json::parse(body);
  other["kind"] = "signature";
  const auto differs = post("issue", other.dump());
  EXPECT_EQ(differs.status, 409);
  EXPECT_EQ(document(differs)["code"], "request_differs");
  EXPECT_EQ(document(differs)["fault"], "conflict");
}

TEST_F(Acts, StatusChangesGoThereAndBack) {
  rules_.settings.hold_is_final = false;
  const auto held = certify(take_in("hanako-1"), CertificateKind::user_authentication);
  auto at = authority();
  const auto suspended = at.suspend(status_request(held.serial));
  ASSERT_TRUE(suspended) << suspended.error().code;
  EXPECT_EQ(suspended->state, CertificateState::suspended);
  const auto restore = counter::StatusRequest{officer(), held.serial, {}, {}};
  const auto restored = at.restore(restore);
  ASSERT_TRUE(restored) << restored.error().code;
  EXPECT_EQ(at.restore(restore)->state, CertificateState::valid) << "the same request, the same answer";
  auto revoke = status_request(held.serial);
  const auto revoked = at.revoke(revoke);
  ASSERT_TRUE(revoked) << revoked.error().code;
  EXPECT_EQ(at.revoke(revoke)->state, CertificateState::revoked);
  EXPECT_EQ(at.revoke(status_request(held.serial)).error().fault, Fault::refused);
}

// Each authority counts its own numbers, and they begin with the same one.
TEST_F(Acts, WhereNumbersAreCountedTheKindTellsWhichCertificateIsMeant) {
  profile_.serial_form = authority::SerialForm::sequential_32;
  const auto request = issue_request(take_in("hanako-1"));
  auto at = authority();
  BlankCard card(cards_.issuer, *CardId::parse("card-hanako-1"));
  const auto issued = issue_there(at, request, card.transport);
  ASSERT_TRUE(issued) << issued.error().code;
  ASSERT_EQ(issued->size(), 2U);
  const auto serial = issued->front().serial;
  EXPECT_EQ(issued->back().serial, serial);
  for (const auto kind : kBoth) EXPECT_TRUE(certificate(serial, kind).delivered);
  EXPECT_EQ(at.confirm({officer(), serial}).error().code, "serial_ambiguous");
  auto revoke = status_request(serial);
  EXPECT_EQ(at.revoke(revoke).error().code, "serial_ambiguous");
  revoke.kind = CertificateKind::signature;
  const auto revoked = at.revoke(revoke);
  ASSERT_TRUE(revoked) << revoked.error().code;
  EXPECT_EQ(revoked->kind, CertificateKind::signature);
  EXPECT_EQ(certificate(serial, CertificateKind::user_authentication).state, CertificateState::valid);
}

TEST_F(Acts, AKeyIsBlockedFromElsewhereOnce) {
  const auto held = certify(take_in("hanako-1"), CertificateKind::signature);
  const auto key = pki::parse_certificate(held.der)->tbs.key;
  counter::BlockRequest block{.officer = officer(),
                              .key = crypto::sha256(key.spki()),
                              .cause = "report 17",
                              .public_key = key,
                              .proof = {1, 2, 3},
                              .revoke = true};
  EXPECT_EQ(authority().block_key(block).error().code, "compromise_unproven");
  block.proof.clear();
  const auto blocked = authority().block_key(block);
  ASSERT_TRUE(blocked) << blocked.error().code;
  const auto said = json::parse(*blocked);
  EXPECT_EQ(said["spki_sha256"], to_hex_upper(block.key));
  EXPECT_EQ(said["certificates"][0]["reason"], "keyCompromise");
  EXPECT_EQ(certificate(held.serial).state, CertificateState::revoked);
  const auto again = post("block-key", services::encode(block));
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(to_text(again.body), *blocked);
  EXPECT_EQ(*http::find_field(again.headers, "Idempotent-Replay"), "true");
  block.officer = officer();
  EXPECT_EQ(authority().block_key(block).error().code, "key_blocked_already");
  EXPECT_EQ(post("block-key", "{}").status, 400);
}

TEST_F(Acts, WhatIsWrongIsSaidWithItsStatus) {
  take_in("hanako-1");
  const auto status = [&](const std::string& path, const std::string& body) {
    return post(path, body).status;
  };
  EXPECT_EQ(post("issue", "{}", "text/plain").status, 415);
  EXPECT_EQ(status("issue", ""), 400);
  EXPECT_EQ(status("issue", "{}"), 400);
  EXPECT_EQ(status("nothing", "{}"), 404);
  EXPECT_EQ(client().ask({.method = "GET", .target = "/acts/issue"})->status, 405);
  EXPECT_EQ(status("revoke", services::encode(status_request(*pki::SerialNumber::parse_hex("0102")))), 404);
  auto stranger = certificate_request(*ResidentId::parse("nobody-1"));
  EXPECT_EQ(status("issue", services::encode(stranger)), 404);
  auto elsewhere = certificate_request(*ResidentId::parse("hanako-1"));
  elsewhere.officer.office = *OfficeId::parse("no-such-office");
  EXPECT_EQ(status("issue", services::encode(elsewhere)), 404);
  auto stolen = certificate_request(*ResidentId::parse("hanako-1"));
  stolen.officer.request = *RequestId::parse("another-request");  // the key was shown for another
  EXPECT_EQ(status("issue", services::encode(stolen)), 403);
  EXPECT_EQ(in_force(*ResidentId::parse("hanako-1")).size(), 0U);
}

// Of acts at odds on one certificate exactly one is done; the others are told that it is over.
TEST_F(Acts, OneOfManyConflictingActsWins) {
  const auto held = certify(take_in("hanako-1"), CertificateKind::user_authentication);
  std::vector<counter::StatusRequest> requests;
  for (int i = 0; i < 24; ++i) requests.push_back(status_request(held.serial));
  std::atomic<int> done{0}, told{0}, other{0};
  std::vector<std::thread> threads;
  for (auto& request : requests)
    threads.emplace_back([&] {
      auto at = authority();
      const auto record = at.revoke(request);
      if (record)
        ++done;
      else if (record.error().fault == Fault::conflict || record.error().fault == Fault::refused)
        ++told;
      else
        ++other;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(done, 1);
  EXPECT_EQ(told, 23);
  EXPECT_EQ(other, 0);
}

TEST_F(Acts, FiftyWhoRepeatOneRequestGetOneCertificate) {
  const auto resident = take_in("hanako-1");
  const auto body = services::encode(certificate_request(resident));
  std::mutex mutex;
  std::set<Bytes> answers;
  std::vector<std::thread> threads;
  for (int i = 0; i < 50; ++i)
    threads.emplace_back([&] {
      const auto answer = post("issue", body);
      const std::lock_guard lock(mutex);
      answers.insert(answer.status == 200 ? services::parse_certificate(to_text(answer.body))->der
                                          : answer.body);
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(answers.size(), 1U) << to_text(*answers.begin());
  EXPECT_EQ(rows()->certificates_of(resident)->size(), 1U);
}

// The authority dies after the intent and before the answer, and is there again under the same address.
TEST_F(Acts, AnInterruptedRequestGetsAClearAnswer) {
  const auto resident = take_in("hanako-1");
  auto request = certificate_request(resident);
  auto& generation = this->generation(CertificateKind::user_authentication);
  DeadSigner dead(*generation.signer);
  {
    auto dying = parts();
    const auto broken = *authority::Authority::open(generation.record, dead);
    dying.issuing_authority = [&](CertificateKind) -> Result<const authority::Authority*> { return &broken; };
    EXPECT_THROW((void)counter::issue_certificate(dying, request), PowerCut);
  }
  ASSERT_TRUE(authority::recover(
      journal_, [](const auto&) -> Result<authority::CardEnd> { return not_found("card_not_made"); }));
  auto at = authority();
  const auto answer = at.issue(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "request_interrupted");
  EXPECT_TRUE(at.issue(certificate_request(resident)));
}

// The counter is gone when both are signed; another finds the card, and nothing is lost.
TEST_F(Acts, ACardThatWasTakenAwayIsCompletedAtTheNextCounter) {
  profile_.subject_key = crypto::KeyType::ec_p384;
  const auto resident = take_in("hanako-1");
  auto at = authority();
  KeptInMemory storage;
  card::applet::Chip chip(born_card(cards_.issuer, card_of(resident).id, card::CardKind::next_generation),
                          storage);
  card::applet::ChipTransport card(chip);
  // Two channels of five commands, two PINs opened and set, two keys of two commands: then come the files.
  ShortLived dying(card, 20);
  ASSERT_FALSE(issue_there(at, issue_request(resident), dying));
  ASSERT_EQ(rows()->undelivered()->size(), 2U);
  remote::CardIssuer another(at, officer("naka-ward-office"), resident);
  const auto seen = counter::carry_out(another, card, {.what = counter::Errand::What::open});
  ASSERT_TRUE(seen) << seen.error().code;
  ASSERT_EQ(seen->card.settled.size(), 2U);
  for (const auto& thing : seen->card.settled) EXPECT_EQ(thing.end, authority::CardEnd::completed);
  EXPECT_TRUE(seen->card.operational);
  EXPECT_TRUE(rows()->undelivered()->empty());
  EXPECT_EQ(in_force(resident), kBoth);
}

TEST_F(Acts, AKeyWithoutTheWordOfACardIsRefusedWithATrace) {
  auto request = certificate_request(take_in("hanako-1"));
  const auto by_another_card = certificate_request(take_in("taro-number-1")).attestation;
  auto at = authority();
  auto without = request;
  without.attestation.reset();
  EXPECT_EQ(at.issue(without).error().code, "attestation_missing");
  EXPECT_EQ(last_entry().of(field::kRefusal), "attestation_missing");
  auto wrong = request;
  wrong.attestation = by_another_card;
  EXPECT_EQ(at.issue(wrong).error().code, "attestation_wrong");
  cards_.policy.attestation_required = false;
  EXPECT_EQ(at.issue(wrong).error().code, "attestation_wrong") << "what is said must hold";
  EXPECT_TRUE(at.issue(without));
}

TEST_F(Acts, AKeyOfAnotherPersonsCardIsRefused) {
  const auto hanako = take_in("hanako-1"), taro = take_in("taro-number-1");
  auto request = certificate_request(hanako);
  const auto proven = *pki::verify_request(request.pkcs10, request.officer.request.text());
  request.attestation = attestation(taro, request.kind, proven.key, request.officer.request.text());
  auto at = authority();
  EXPECT_EQ(at.issue(request).error().code, "attestation_of_another_card");
  EXPECT_TRUE(rows()->certificates_of(hanako)->empty());
}

TEST_F(Acts, AVisitIsOfOneCounterAndBounded) {
  const services::CardOpening opening{officer(), take_in("hanako-1")};
  services::CardSessions sessions(parts(), {.sessions_max = 3, .of_a_counter_max = 2});
  using Clock = services::CardSessions::Clock;
  const auto start = Clock::now();
  const auto left = *sessions.open(opening, "CN=one", start);
  EXPECT_EQ(left.turn.commands.size(), 3U);
  const auto first = *sessions.open(opening, "CN=one", start + std::chrono::seconds(1));
  ASSERT_TRUE(sessions.open(opening, "CN=one", start + std::chrono::seconds(2)));
  const services::CardErrand of_left{left.session, 1, {.what = counter::Errand::What::open}};
  EXPECT_EQ(sessions.begin(of_left, "CN=one", start).error().code, "card_session_gone")
      << "the one used longest ago makes room";
  ASSERT_TRUE(sessions.open(opening, "CN=two", start));
  EXPECT_EQ(sessions.open(opening, "CN=two", start).error().code, "card_sessions_full") << "all together";
  const services::CardErrand again{first.session, 1, {.what = counter::Errand::What::open}};
  EXPECT_EQ(sessions.begin(again, "CN=two", start).error().code, "card_session_gone") << "of another";
  const auto turn = sessions.begin(again, "CN=one", start);
  ASSERT_TRUE(turn) << turn.error().code;
  EXPECT_EQ(sessions.begin(again, "CN=one", start)->turn.commands, turn->turn.commands) << "asked twice";
  const services::CardAnswers wrong{first.session, 7, {}};
  EXPECT_EQ(sessions.go_on(wrong, "CN=one", start).error().code, "card_turn_wrong");
  const services::CardAnswers nothing{first.session, 2, {}};
  EXPECT_EQ(sessions.go_on(nothing, "CN=one", start).error().code, "answers_count");
  const auto later = start + std::chrono::seconds(303);
  EXPECT_EQ(sessions.go_on({first.session, 3, {}}, "CN=one", later).error().code, "card_session_gone");
  EXPECT_TRUE(sessions.open(opening, "CN=one", later)) << "those that were left are gone";
  EXPECT_EQ(sessions.count(), 1U);
}

// What a terminal between a card and its issuer could try with the answers.
TEST_F(Acts, AnAnswerThatWasChangedEndsTheVisit) {
  const auto resident = take_in("hanako-1");
  BlankCard card(cards_.issuer, card_of(resident).id);
  struct Bending final : card::Transport {
    Bending(card::Transport& of, int which) : of_(of), left_(which) {}
    Result<Bytes> transmit(ByteView command) override {
      SHOMEI_TRY(auto answer, of_.transmit(command));
      if (left_-- == 0) answer.front() ^= 1;
      return answer;
    }
    card::Transport& of_;
    int left_;
  };
  for (int which = 2; which <= 4; ++which) {
    Bending bending(card.transport, which);
    counter::CardVisit visit(parts(), officer(), resident);
    const auto seen = counter::carry_out(visit, bending, {.what = counter::Errand::What::open});
    EXPECT_FALSE(seen) << which;
    EXPECT_FALSE(visit.begin({.what = counter::Errand::What::make_key,
                              .kinds = {card::Kind::signature},
                              .challenge = "request-1"}))
        << "no channel is open";
  }
}

// A terminal that carries everything faithfully but the last answer: the channel is open on both sides, and
// the issuer has not heard how the card stands.
TEST_F(Acts, NothingIsSaidToACardOfWhichTheIssuerHasNotHeard) {
  const auto resident = take_in("hanako-1");
  BlankCard card(cards_.issuer, card_of(resident).id);
  counter::CardVisit visit(parts(), officer(), resident);
  auto turn = visit.begin({.what = counter::Errand::What::open});
  for (int rounds = 0; rounds < 2 && turn; ++rounds) {  // up to EXTERNAL AUTHENTICATE
    std::vector<Bytes> answers;
    for (const auto& command : turn->commands) answers.push_back(*card.transport.transmit(command));
    turn = visit.go_on(answers);
  }
  ASSERT_TRUE(turn) << turn.error().code;
  ASSERT_EQ(turn->commands.size(), 1U) << "GET STATUS";
  EXPECT_FALSE(visit.go_on({Bytes{0x67, 0x00}}));
  const counter::Errand open_pins{.what = counter::Errand::What::open_pins,
                                  .kinds = {card::Kind::signature, card::Kind::user_authentication}};
  EXPECT_EQ(visit.begin(open_pins).error().code, "channel_closed");
}

TEST_F(Acts, ABlankCardIsHandedOutWhileNothingWasIssuedOntoIt) {
  const auto resident = take_in("hanako-1");
  cards_.policy.blank_card = [&](const CardId& id) -> Result<SecretBytes> {
    return card::applet::encode_state(born_card(cards_.issuer, id));
  };
  auto at = authority();
  const auto memory = at.blank_card({officer(), resident});
  ASSERT_TRUE(memory) << memory.error().code;
  const auto state = card::applet::parse_state(memory->reveal());
  ASSERT_TRUE(state);
  EXPECT_EQ(state->token_serial, issuer::token_serial_of(card_of(resident).id));
  EXPECT_EQ(last_entry().of(field::kAct), "make_card");
  certify(resident, CertificateKind::signature);
  EXPECT_EQ(at.blank_card({officer(), resident}).error().code, "card_issued_already");
}

TEST_F(Acts, NoCardHasASecondHolderOfItsKeys) {
  const auto resident = take_in("hanako-1");
  cards_.policy.blank_card = [&](const CardId& id) -> Result<SecretBytes> {
    return card::applet::encode_state(born_card(cards_.issuer, id));
  };
  auto at = authority();
  const auto first = officer();
  ASSERT_TRUE(at.blank_card({first, resident}));
  EXPECT_TRUE(at.blank_card({first, resident})) << "the same request, whose answer was lost";
  auto other = first;
  other.request = crypto::ordered_identifier<RequestId>();
  EXPECT_EQ(at.blank_card({other, resident}).error().code, "card_handed_out");
}

TEST_F(Acts, ProblemsAreReadAsTheErrorsTheyWere) {
  const Error error =
      refused("signature_age_not_reached", {{"fifteenth_birthday", "2030-01-02"}}, "seed: age");
  const auto again =
      services::parse_problem(to_text(services::problem_of_act(error, texts::Language::ja).body));
  EXPECT_EQ(again.fault, error.fault);
  EXPECT_EQ(again.code, error.code);
  EXPECT_EQ(again.rule, error.rule);
  EXPECT_EQ(again.parameter("fifteenth_birthday"), "2030-01-02");
  EXPECT_EQ(services::parse_problem("<html>").code, "peer_failed");
  EXPECT_EQ(services::parse_problem(R"({"code":"never_heard_of","fault":"refused"})").code, "peer_failed");
  EXPECT_EQ(
      services::parse_problem(
          to_text(services::problem_of_act(internal("store_row_broken", {{"what", "x"}}), texts::Language::en)
                      .body))
          .code,
      "internal_fault");
}

}  // namespace
}  // namespace shomei::test
