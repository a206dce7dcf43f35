// The same request again, after everything that may have become of it; and a generation that changes in
// between.
#include "authority/recover.h"
#include "tests/counter/small_office.h"

namespace shomei::test {
namespace {

using journal::CertificateState;

class IssueAgain : public SmallOffice {
 protected:
  // What recovery does when nothing is under way, with a card that has both certificates or neither.
  void recover(bool card_holds) {
    ASSERT_TRUE(authority::recover(journal_, [&](const auto&) {
      return card_holds ? authority::CardEnd::held : authority::CardEnd::rolled_back;
    }));
  }
  std::string code_again(const counter::IssueRequest& request) {
    const auto count = entries();
    const auto again = counter::issued_before(parts(), request);
    EXPECT_EQ(entries(), count) << "asking again records nothing";
    if (!again) return std::string(again.error().code);
    return *again ? "the same answer" : "new";
  }
  const ResidentId id_ = take_in("hanako-1");
  const counter::IssueRequest request_ = request(id_, kBoth);
};

TEST_F(IssueAgain, IsAnsweredWithTheSameCertificatesAsTheyAreNow) {
  EXPECT_EQ(code_again(request_), "new");
  const auto issued = *issue(*counter::decide_issue(parts(), request_));
  auto again = *counter::issued_before(parts(), request_);
  ASSERT_TRUE(again);
  ASSERT_EQ(again->size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ((*again)[i].serial, issued[i].record.serial);
    EXPECT_EQ((*again)[i].der, issued[i].record.der);
    EXPECT_TRUE((*again)[i].delivered);
  }
  ASSERT_TRUE(revoke(issued[1].record.serial, rules::Ground::lost));
  again = *counter::issued_before(parts(), request_);
  EXPECT_EQ((*again)[1].state, CertificateState::revoked)
      << "the answer is the same, its state the present one";
  EXPECT_EQ(counter::decide_issue(parts(), request_).error().code, "request_exists");
  auto other = request_;
  other.kinds = kSignature;
  EXPECT_EQ(code_again(other), "request_differs");
  other = request_;
  other.application.ground = rules::Ground::wish;
  EXPECT_EQ(code_again(other), "request_differs");
  other = request(id_, kBoth);
  EXPECT_EQ(code_again(other), "new");
}

TEST_F(IssueAgain, WhatNeverReachedTheCardWasInterrupted) {
  const auto grants = *counter::decide_issue(parts(), request_);
  before_authority_ = [&, done = false](CertificateKind kind) mutable {
    if (kind != CertificateKind::signature || done) return;
    done = true;
    set_card_state(id_, residents::CardState::lost);
  };
  ASSERT_EQ(issue(grants).error().code, "facts_changed") << "between the two certificates";
  EXPECT_EQ(code_again(request_), "request_exists") << "nobody knows yet";
  recover(false);
  EXPECT_EQ(code_again(request_), "request_interrupted");
}

TEST_F(IssueAgain, AnIntentAloneWasInterrupted) {
  const auto only = request(id_, kSignature);
  const auto grants = *counter::decide_issue(parts(), only);
  auto& generation = this->generation(CertificateKind::signature);
  DeadSigner dead(*generation.signer);
  auto order = this->order(grants);
  order.request =
      journal::RequestRecord{only.officer.request,
                             order.act,
                             crypto::sha256(view(id_.text() + '\0' + only.officer.office.text() + '\0' +
                                                 "signature" + '\0' + counter::words_of(only.application))),
                             {}};
  const auto dying = *authority::Authority::open(generation.record, dead);
  ASSERT_THROW((void)authority::issue(prepared(grants), dying, order, journal_), PowerCut);
  EXPECT_EQ(code_again(only), "request_exists");
  recover(false);
  EXPECT_EQ(code_again(only), "request_interrupted");
}

// The program ends when the card is written and before the journal knows: recovery completes it.
TEST_F(IssueAgain, WhatReachedTheCardIsCompletedAndAnswered) {
  const auto only = request(id_, kAuthentication);
  const auto grants = *counter::decide_issue(parts(), only);
  auto order = this->order(grants);
  order.request = journal::RequestRecord{
      only.officer.request,
      order.act,
      crypto::sha256(view(id_.text() + '\0' + only.officer.office.text() + '\0' + "user_authentication" +
                          '\0' + counter::words_of(only.application))),
      {}};
  ASSERT_TRUE(authority::issue(prepared(grants), generation(CertificateKind::user_authentication).authority,
                               order, journal_));
  EXPECT_EQ(code_again(only), "request_exists");
  recover(true);
  EXPECT_EQ(code_again(only), "the same answer");
}

// A ceremony makes a new generation between the signature and the writing of the card.
TEST_F(IssueAgain, TheCardGetsTheAuthorityThatIssuedAndNotTheLatest) {
  const auto first = generation(CertificateKind::signature).record;
  auto signer = crypto::software_signer(new_key());
  const auto second =
      *authority::found_authority(authority::Profile{}, CertificateKind::signature, 2, *signer, journal_);
  const auto opened = *authority::Authority::open(second, *signer);
  auto parts = this->parts();
  parts.issuing_authority = [&, asked = 0](CertificateKind) mutable -> Result<const authority::Authority*> {
    return asked++ < 2 ? &generation(CertificateKind::signature).authority : &opened;
  };
  BlankCard card(cards_.issuer, card_of(id_).id);
  const auto grants = *counter::decide_issue(parts, request(id_, kSignature));
  const auto issued = issue(parts, grants, card.transport);
  ASSERT_TRUE(issued) << issued.error().code;
  ASSERT_EQ(issued->front().record.authority, first.name);
  EXPECT_EQ(card.chip.state().of(card::Kind::signature).authority_certificate, first.certificate);
}

}  // namespace
}  // namespace shomei::test
