// A terminal far away brings a request: decided, linted, recorded and signed here, once.
#include "counter/issue_online.h"

#include <atomic>
#include <set>
#include <thread>

#include "authority/recover.h"
#include "counter/change_status.h"
#include "counter/online_issue.h"
#include "counter/shared_issuing.h"
#include "pki/request.h"
#include "pki/signed_object.h"
#include "tests/counter/small_office.h"

namespace shomei::test {
namespace {

using journal::CertificateState;

class IssueOnline : public SmallOffice {
 protected:
  // What a carrier signs for that challenge.
  Bytes pkcs10(const crypto::PrivateKey& key, std::string_view challenge) {
    const Bytes info = pki::encode_request_info(key.public_key(), challenge);
    return pki::assemble_signed(info, crypto::algorithm_of(key.type()), *key.sign(info));
  }
  counter::CertificateRequest request(const ResidentId& resident) { return request(resident, new_key()); }
  counter::CertificateRequest request(const ResidentId& resident, const crypto::PrivateKey& key) {
    counter::CertificateRequest request{officer(), resident, CertificateKind::user_authentication, {}, {}};
    request.pkcs10 = pkcs10(key, request.officer.request.text());
    if (rows()->cards_of(resident)->empty())
      return request;  // of nobody: it is refused before a card matters
    request.attestation =
        attestation(resident, request.kind, key.public_key(), request.officer.request.text());
    return request;
  }
  using Answers = std::vector<Result<journal::CertificateRecord>>;
  Answers issue_together(const std::vector<counter::CertificateRequest>& asked) {
    return issue_together(asked, parts());
  }
  // Each by a caller of its own, all at the same time.
  static Answers issue_together(const std::vector<counter::CertificateRequest>& asked,
                                const counter::Parts& parts) {
    counter::SharedIssuing issuing(parts, 2);
    Answers answers(asked.size(), internal("not_answered"));
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < asked.size(); ++i)
      threads.emplace_back([&, i] { answers[i] = issuing.issue(asked[i]); });
    for (auto& thread : threads) thread.join();
    return answers;
  }
};

// A token that is pulled out behind so many signatures.
class SignsForSomeTime final : public crypto::Signer {
 public:
  SignsForSomeTime(crypto::Signer& signer, int signatures) : signer_(signer), left_(signatures) {}
  const crypto::PublicKey& public_key() const override { return signer_.public_key(); }
  Result<Bytes> sign(ByteView message) override {
    return left_-- > 0 ? signer_.sign(message) : Result<Bytes>(unavailable("token_lost"));
  }

 private:
  crypto::Signer& signer_;
  std::atomic<int> left_;
};

class CountingSigner final : public crypto::Signer {
 public:
  explicit CountingSigner(crypto::Signer& signer) : signer_(signer) {}
  const crypto::PublicKey& public_key() const override { return signer_.public_key(); }
  Result<Bytes> sign(ByteView message) override {
    if (before) before(message);
    ++signatures;
    return signer_.sign(message);
  }
  std::function<void(ByteView)> before;  // from several threads
  std::atomic<int> signatures{0};

 private:
  crypto::Signer& signer_;
};

TEST_F(IssueOnline, SignsWhatTheRulesGrantAndRecordsTheWay) {
  const auto hanako = take_in("hanako-1");
  const auto count = entries();
  const auto issued = counter::issue_certificate(parts(), request(hanako));
  ASSERT_TRUE(issued) << issued.error().code;
  EXPECT_EQ(issued->state, CertificateState::valid);
  EXPECT_FALSE(issued->delivered);
  ASSERT_EQ(entries(), count + 2);
  EXPECT_EQ(entry(count).phase, journal::Phase::intent);
  EXPECT_TRUE(entry(count).has(field::kDecision));
  EXPECT_EQ(entry(count + 1).phase, journal::Phase::result);
  EXPECT_EQ(rows()->entries_of_resident(hanako)->size(), 3U) << "the registration too";
  const auto confirmed = counter::confirm_certificate(parts(), officer(), issued->serial);
  ASSERT_TRUE(confirmed);
  EXPECT_TRUE(certificate(issued->serial).delivered);
  EXPECT_EQ(last_entry().phase, journal::Phase::confirmation);
}

TEST_F(IssueOnline, WhatIsKnownOfKeysIsAskedForEachCertificate) {
  const auto& key = new_key();
  const Bytes list = crypto::encode_key_list(crypto::KeyDigest::spki_sha256,
                                             {to_bytes(crypto::sha256(key.public_key().spki()))});
  const std::vector lists{*crypto::KeyList::parse(list)};
  auto parts = this->parts();
  parts.known_keys = [&]() -> Result<std::shared_ptr<const authority::KnownKeys>> {
    return std::make_shared<const authority::KnownKeys>(authority::KnownKeys{.lists = lists});
  };
  const auto hanako = take_in("hanako-1");
  const auto refused = counter::issue_certificate(parts, request(hanako, key));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().parameter("lints"), "key_known_bad");
  EXPECT_EQ(last_entry().of(field::kRefusal), "lint_failed");
  EXPECT_TRUE(counter::issue_certificate(parts, request(hanako)));
  parts.known_keys = []() -> Result<std::shared_ptr<const authority::KnownKeys>> {
    return not_found("key_list_missing", {{"path", "bad.keys"}});
  };
  EXPECT_EQ(counter::issue_certificate(parts, request(take_in("hanako-2"))).error().code, "key_list_missing");
}

TEST_F(IssueOnline, TheSameRequestGetsTheSameCertificate) {
  const auto asked = request(take_in("hanako-1"));
  const auto first = counter::issue_certificate(parts(), asked);
  ASSERT_TRUE(first);
  const auto count = entries();
  const auto again = counter::issue_certificate(parts(), asked);
  ASSERT_TRUE(again) << again.error().code;
  EXPECT_EQ(again->der, first->der);
  EXPECT_EQ(entries(), count);
  auto other = asked;
  other.kind = CertificateKind::signature;
  EXPECT_EQ(counter::issue_certificate(parts(), other).error().code, "request_differs");
  other = asked;
  other.application.applicant = rules::Applicant::self;  // attested before, said now
  EXPECT_EQ(counter::issue_certificate(parts(), other).error().code, "request_differs");
}

TEST_F(IssueOnline, ManyWhoRepeatOneRequestGetOneCertificate) {
  const auto asked = request(take_in("hanako-1"));
  std::mutex mutex;
  std::set<Bytes> answers;
  std::vector<std::thread> threads;
  for (int i = 0; i < 12; ++i)
    threads.emplace_back([&] {
      const auto record = counter::issue_certificate(parts(), asked);
      const std::lock_guard lock(mutex);
      answers.insert(record ? record->der : to_bytes(record.error().code));
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(answers.size(), 1U);
  EXPECT_EQ(in_force(*ResidentId::parse("hanako-1")).size(), 1U);
}

TEST_F(IssueOnline, APossessionThatIsNotProvenIsRefusedWithATrace) {
  const auto hanako = take_in("hanako-1");
  const auto& key = new_key();
  auto stale = request(hanako, key);
  stale.officer.request = officer().request;  // signed for another
  auto foreign = request(hanako, key);
  foreign.pkcs10.back() ^= 1;
  for (const auto& asked : {stale, foreign}) {
    const auto count = entries();
    const auto result = counter::issue_certificate(parts(), asked);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "possession_unproven");
    EXPECT_EQ(entries(), count + 1);
    EXPECT_EQ(last_entry().of(field::kRefusal), "possession_unproven");
  }
}

TEST_F(IssueOnline, AKeyIsCertifiedOnceWhateverBecameOfTheCertificate) {
  const auto& key = new_key();
  const auto first = counter::issue_certificate(parts(), request(take_in("hanako-1"), key));
  ASSERT_TRUE(first);
  const auto again = counter::issue_certificate(parts(), request(take_in("taro-number-1"), key));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, "key_used");
  ASSERT_TRUE(revoke(first->serial));
  EXPECT_EQ(counter::issue_certificate(parts(), request(take_in("jiro-number-1"), key)).error().code,
            "key_used");
}

TEST_F(IssueOnline, NothingIsIssuedForABlockedKey) {
  const auto& key = new_key();
  auto transaction = *journal_.begin();
  ASSERT_TRUE(transaction.rows().insert(journal::BlockedKey{
      crypto::sha256(key.public_key().spki()), crypto::ordered_identifier<ActId>(), "it was published"}));
  ASSERT_TRUE(transaction.append({.act = crypto::ordered_identifier<ActId>()}));
  ASSERT_TRUE(transaction.commit());
  const auto result = counter::issue_certificate(parts(), request(take_in("hanako-1"), key));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "key_blocked");
  EXPECT_EQ(result.error().parameter("cause"), "it was published");
  EXPECT_EQ(last_entry().of(field::kRefusal), "key_blocked");
}

// The rules are asked about what stands when the intent is written.
TEST_F(IssueOnline, OfManyRequestsForOnePersonOneIsGranted) {
  const auto hanako = take_in("hanako-1");
  std::vector<counter::CertificateRequest> asked;
  for (int i = 0; i < 6; ++i) asked.push_back(request(hanako));
  std::atomic<int> granted{0};
  std::vector<std::thread> threads;
  for (const auto& one : asked)
    threads.emplace_back([&] {
      if (counter::issue_certificate(parts(), one)) ++granted;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(granted, 1);
  EXPECT_EQ(in_force(hanako).size(), 1U);
}

// The power goes between intent and signature: after the repair the request is not carried out by itself.
TEST_F(IssueOnline, AnInterruptedRequestIsSaidToBe) {
  const auto hanako = take_in("hanako-1");
  const auto asked = request(hanako);
  DeadSigner dead(*generation(CertificateKind::user_authentication).signer);
  auto broken = *authority::Authority::open(generation(CertificateKind::user_authentication).record, dead);
  auto with_dead = parts();
  with_dead.issuing_authority = [&](CertificateKind) -> Result<const authority::Authority*> {
    return &broken;
  };
  ASSERT_THROW((void)counter::issue_certificate(with_dead, asked), PowerCut);
  ASSERT_TRUE(authority::recover(
      journal_, [](const auto&) -> Result<authority::CardEnd> { return authority::CardEnd::rolled_back; }));
  const auto again = counter::issue_certificate(parts(), asked);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, "request_interrupted");
  EXPECT_TRUE(counter::issue_certificate(parts(), request(hanako))) << "a new request, for a new key";
}

// Requests that take their steps together: each has its own answer, and a trace of its own.
TEST_F(IssueOnline, OfThoseThatShareCommitsEachSucceedsOrFailsApart) {
  const auto good = request(take_in("hanako-1"));
  const auto also_good = request(take_in("taro-number-1"));
  auto unproven = request(take_in("jiro-number-1"));
  unproven.pkcs10.back() ^= 1;
  const auto unknown = request(*ResidentId::parse("nobody-1"));
  const auto dead =
      request(take_in("late-number-1", [](auto& r, auto&) { r.died = parse_date("2026-01-01").value(); }));
  const auto answers = issue_together({unproven, good, unknown, dead, also_good, good});
  EXPECT_EQ(answers[0].error().code, "possession_unproven");
  EXPECT_EQ(answers[2].error().code, "resident_unknown");
  EXPECT_EQ(answers[3].error().fault, Fault::refused);
  ASSERT_TRUE(answers[1] && answers[4] && answers[5]);
  EXPECT_EQ(answers[5]->der, answers[1]->der) << "the same request, twice at a time";
  EXPECT_EQ(in_force(*ResidentId::parse("hanako-1")).size(), 1U);
  EXPECT_EQ(certificate(answers[4]->serial).der, answers[4]->der);
}

// Nothing is signed before its intent is durable, whoever it shares the commit with.
TEST_F(IssueOnline, NothingIsSignedForIntentsThatWereNotCommitted) {
  CountingSigner counting(*generation(CertificateKind::user_authentication).signer);
  auto with_counting =
      *authority::Authority::open(generation(CertificateKind::user_authentication).record, counting);
  auto counted = parts();
  counted.issuing_authority = [&](CertificateKind) -> Result<const authority::Authority*> {
    return &with_counting;
  };
  std::vector<counter::CertificateRequest> asked;
  for (int i = 0; i < 8; ++i) asked.push_back(request(take_in("caller-number-" + std::to_string(i))));
  counting.before = [&](ByteView tbs) {
    const auto serial = pki::parse_tbs(tbs)->serial;
    const auto seen = rows()->find_certificates(serial).value();
    ASSERT_EQ(seen.size(), 1U) << "for every reader";
    EXPECT_EQ(seen.front().state, CertificateState::reserved);
  };
  for (const auto& answer : issue_together(asked, counted)) EXPECT_TRUE(answer);
  EXPECT_EQ(counting.signatures, 8);
}

// When the commit fails, nobody is told anything else, and nothing is signed.
TEST_F(IssueOnline, ACommitThatFailsFailsAllThatShareIt) {
  CountingSigner counting(*generation(CertificateKind::user_authentication).signer);
  auto with_counting =
      *authority::Authority::open(generation(CertificateKind::user_authentication).record, counting);
  LostSigner no_checkpoints(*checkpoint_signer_);
  journal::Journal failing(*engine_, no_checkpoints, clock_, journal_.origin());
  const auto good = parts();
  const counter::Parts broken{
      failing, good.profile, good.directory, good.rules,
      [&](CertificateKind) -> Result<const authority::Authority*> { return &with_counting; }};
  std::vector<counter::CertificateRequest> asked;
  for (int i = 0; i < 4; ++i) asked.push_back(request(take_in("caller-number-" + std::to_string(i))));
  const auto count = entries();
  for (const auto& answer : issue_together(asked, broken)) {
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "token_lost");
  }
  EXPECT_EQ(counting.signatures, 0);
  EXPECT_EQ(entries(), count);
}

// A decision is about its moment: one that waited for its turn over midnight is made anew.
TEST_F(IssueOnline, WhatWasDecidedAheadIsDecidedAgainOnTheNextDay) {
  go_to("2026-11-24T23:59:58+09:00");
  const auto hanako =
      take_in("hanako-1", [](auto&, auto& card) { card.valid_until = *parse_date("2026-11-24"); });
  const auto asked = request(hanako);
  const auto office = parts();
  counter::OnlineIssue issue(office, asked);
  ASSERT_TRUE(issue.prove());
  issue.propose(*rows());
  go_to("2026-11-25T00:00:01+09:00");
  authority::SharedCommit commit(journal_);
  EXPECT_FALSE(issue.take_in(commit));
  EXPECT_TRUE(std::move(commit).commit().intents);
  EXPECT_EQ(issue.answer().error().fault, Fault::refused);
}

// The first commit holds and the second does not: what was signed is nobody's, and stands in nobody's way.
TEST_F(IssueOnline, AResultThatCannotBeRecordedIsWrittenOff) {
  SignsForSomeTime signer(*checkpoint_signer_, 1);
  journal::Journal failing(*engine_, signer, clock_, journal_.origin());
  const auto good = parts();
  const counter::Parts broken{failing, good.profile, good.directory, good.rules, good.issuing_authority};
  const auto hanako = take_in("hanako-1");
  const auto answers = issue_together({request(hanako)}, broken);
  ASSERT_FALSE(answers[0]);
  EXPECT_EQ(answers[0].error().code, "token_lost");
  EXPECT_TRUE(in_force(hanako).empty());
  // Nor can that be written: the repair does, or whoever looks for abandoned intents.
  EXPECT_EQ(rows()->certificates_in_state(CertificateState::reserved)->size(), 1U);
  ASSERT_TRUE(authority::recover(
      journal_, [](const auto&) -> Result<authority::CardEnd> { return authority::CardEnd::rolled_back; }));
  EXPECT_TRUE(rows()->certificates_in_state(CertificateState::reserved)->empty());
}

// A library that has no memory, say, ends the request that it was at, and nobody else's.
TEST_F(IssueOnline, WhatALibraryThrowsEndsOneRequestAndNotTheProcess) {
  CountingSigner throwing(*generation(CertificateKind::user_authentication).signer);
  auto with_throwing =
      *authority::Authority::open(generation(CertificateKind::user_authentication).record, throwing);
  std::atomic<bool> thrown{false};
  throwing.before = [&](ByteView) {
    if (!thrown.exchange(true)) throw std::bad_alloc();
  };
  auto parts = this->parts();
  parts.issuing_authority = [&](CertificateKind) -> Result<const authority::Authority*> {
    return &with_throwing;
  };
  std::vector<counter::CertificateRequest> asked;
  for (int i = 0; i < 4; ++i) asked.push_back(request(take_in("caller-number-" + std::to_string(i))));
  int threw = 0;
  for (const auto& answer : issue_together(asked, parts)) {
    if (answer) continue;
    ++threw;
    EXPECT_EQ(answer.error().code, "library_threw");
  }
  EXPECT_EQ(threw, 1);
  EXPECT_EQ(throwing.signatures, 3);
}

TEST_F(IssueOnline, ManyCallersShareCommits) {
  constexpr int kCallers = 24;
  std::vector<counter::CertificateRequest> asked;
  for (int i = 0; i < kCallers; ++i) asked.push_back(request(take_in("caller-number-" + std::to_string(i))));
  const auto commits = journal_.commits();
  for (const auto& answer : issue_together(asked)) EXPECT_TRUE(answer);
  EXPECT_LT(journal_.commits() - commits, 2U * kCallers);
}

// The token is away for a moment: what it did not sign is written off at once, and stands in nobody's way.
TEST_F(IssueOnline, AKeyThatDoesNotSignLeavesNothingUnderWay) {
  const auto hanako = take_in("hanako-1");
  const auto asked = request(hanako);
  LostSigner lost(*generation(CertificateKind::user_authentication).signer);
  auto without = *authority::Authority::open(generation(CertificateKind::user_authentication).record, lost);
  auto with_lost = parts();
  with_lost.issuing_authority = [&](CertificateKind) -> Result<const authority::Authority*> {
    return &without;
  };
  EXPECT_EQ(counter::issue_certificate(with_lost, asked).error().code, "token_lost");
  EXPECT_EQ(last_entry().phase, journal::Phase::written_off);
  EXPECT_EQ(last_entry().of(field::kRequest), asked.officer.request.text());
  EXPECT_TRUE(rows()->certificates_in_state(CertificateState::reserved)->empty());
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(counter::issue_certificate(parts(), asked).error().code, "request_interrupted");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5)) << "nobody is waited for";
  EXPECT_TRUE(counter::issue_certificate(parts(), request(hanako)));
}

}  // namespace
}  // namespace shomei::test
