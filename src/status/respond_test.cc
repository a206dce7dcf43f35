#include "status/respond.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "status/test_hierarchy.h"

namespace shomei::status {
namespace {

using namespace std::chrono_literals;
using pki::CertId;
using pki::OcspTrouble;
using pki::RevocationReason;

const TestAuthority& first() {
  static const TestAuthority one("signatures");
  return one;
}
const TestAuthority& second() {  // another generation under the same name
  static const TestAuthority one("signatures");
  return one;
}
const TestAuthority& stranger() {
  static const TestAuthority one("elsewhere");
  return one;
}

const Instant kLast = instant("2031-11-22T14:59:59Z");
const Instant kDay = instant("2026-12-01T00:00:00Z");

// Two generations, each with its delegate. 0A is valid, 0B suspended, 0C revoked, 0D expired; 1A is of the
// second.
class Respond : public testing::Test {
 protected:
  Respond() {
    EXPECT_TRUE(list.add_authority("signature-1", first().certificate_der()));
    EXPECT_TRUE(list.add_authority("signature-2", second().certificate_der()));
    for (const auto* hex : {"0A", "0B", "0C"}) EXPECT_TRUE(list.issued("signature-1", serial(hex), kLast));
    EXPECT_TRUE(list.issued("signature-1", serial("0D"), clock.at - 1s));
    EXPECT_TRUE(list.issued("signature-2", serial("1A"), kLast));
    EXPECT_TRUE(list.suspended("signature-1", serial("0B"), kDay));
    EXPECT_TRUE(list.revoked("signature-1", serial("0C"), kDay, RevocationReason::key_compromise));
    list.caught_up(clock.at);
    EXPECT_TRUE(responder.set_delegate("signature-1", *one.signer, one.certificate_der));
    EXPECT_TRUE(responder.set_delegate("signature-2", *two.signer, two.certificate_der));
  }

  Response ask(std::vector<CertId> ids, std::optional<Bytes> nonce = {}) {
    return responder.respond(pki::encode_ocsp_request(ids, nonce));
  }
  static pki::BasicResponse basic(const Response& response) {
    auto parsed = pki::parse_ocsp_response(response.der());
    EXPECT_TRUE(parsed);
    EXPECT_TRUE(std::holds_alternative<pki::BasicResponse>(*parsed)) << to_hex(response.der());
    return std::get<pki::BasicResponse>(*parsed);
  }
  static OcspTrouble trouble(const Response& response) {
    EXPECT_FALSE(response.cacheable || response.answer || response.repeat_before);
    EXPECT_TRUE(response.trouble);
    return std::get<OcspTrouble>(*pki::parse_ocsp_response(response.der()));
  }
  pki::CertificateStatus status(const CertId& id) { return basic(ask({id})).data.singles.at(0).status; }

  StandingClock clock;
  StatusList list;
  TestDelegate one = first().delegate(), two = second().delegate();
  Responder responder{list, clock, {.silence_max = 1h}};
};

TEST_F(Respond, SaysWhatTheListSays) {
  EXPECT_EQ(status(first().id("0A")), pki::CertificateStatus(pki::Good{}));
  EXPECT_EQ(status(first().id("0B")),
            pki::CertificateStatus(pki::Revoked{kDay, RevocationReason::certificate_hold}));
  EXPECT_EQ(status(first().id("0C")),
            pki::CertificateStatus(pki::Revoked{kDay, RevocationReason::key_compromise}));
  EXPECT_EQ(status(first().id("0E")), pki::CertificateStatus(pki::Unknown{})) << "never issued";
  EXPECT_EQ(status(second().id("1A", CertId::Hash::sha256)), pki::CertificateStatus(pki::Good{}));
}

TEST_F(Respond, IsGoodOnlyForWhatThatVeryGenerationIssued) {
  EXPECT_EQ(status(first().id("1A")), pki::CertificateStatus(pki::Unknown{}));
  EXPECT_EQ(status(second().id("0A")), pki::CertificateStatus(pki::Unknown{}));
  EXPECT_EQ(status(second().id("0C")), pki::CertificateStatus(pki::Unknown{}));
}

TEST_F(Respond, SignsWithTheDelegateOfTheAskedGeneration) {
  const auto answer = basic(ask({second().id("1A")}));
  EXPECT_TRUE(two.signer->public_key().verify(answer.algorithm, answer.data_der, answer.signature));
  EXPECT_FALSE(one.signer->public_key().verify(answer.algorithm, answer.data_der, answer.signature));
  EXPECT_EQ(answer.certificates.at(0), two.certificate_der);
  EXPECT_EQ(std::get<pki::ResponderByKey>(answer.data.responder).key_hash,
            to_bytes(two.signer->public_key().key_identifier()));
}

TEST_F(Respond, RefusesADelegateOfAnotherGeneration) {
  const auto set = [&](const TestDelegate& d) {
    return responder.set_delegate("signature-1", *d.signer, d.certificate_der);
  };
  EXPECT_EQ(set(two).error().code, "status_delegate_unfit") << "the same name, the other key";
  EXPECT_EQ(set(stranger().delegate()).error().code, "status_delegate_unfit");
  EXPECT_EQ(responder.set_delegate("signature-9", *one.signer, one.certificate_der).error().code,
            "status_authority_unknown");
  EXPECT_EQ(responder.set_delegate("signature-1", *two.signer, one.certificate_der).error().code,
            "status_delegate_unfit")
      << "a certificate for another key";
  const auto plain = first().sign(first().name(), one.signer->public_key(),
                                  {pki::extended_key_usage(pki::client_auth_purpose())});
  EXPECT_EQ(responder.set_delegate("signature-1", *one.signer, plain).error().code, "status_delegate_unfit");
  const auto crl_only = first().sign(
      first().name(), one.signer->public_key(),
      {pki::key_usage({pki::KeyUsage::crl_sign}), pki::extended_key_usage(pki::ocsp_signing_purpose())});
  EXPECT_EQ(responder.set_delegate("signature-1", *one.signer, crl_only).error().code,
            "status_delegate_unfit");
}

TEST_F(Respond, EchoesIdentifiersAndOrder) {
  const std::vector ids{first().id("0C", CertId::Hash::sha256), first().id("0A"), second().id("1A"),
                        stranger().id("0A"), first().id("0A")};
  const auto singles = basic(ask(ids)).data.singles;
  ASSERT_EQ(singles.size(), ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(singles[i].id, ids[i]);
  EXPECT_TRUE(std::holds_alternative<pki::Revoked>(singles[0].status));
  EXPECT_TRUE(std::holds_alternative<pki::Good>(singles[1].status));
  EXPECT_TRUE(std::holds_alternative<pki::Unknown>(singles[2].status)) << "not this signer's to say";
  EXPECT_TRUE(std::holds_alternative<pki::Unknown>(singles[3].status));
  EXPECT_TRUE(std::holds_alternative<pki::Good>(singles[4].status));
}

TEST_F(Respond, ForeignIssuersAloneAreUnauthorized) {
  EXPECT_EQ(trouble(ask({stranger().id("0A")})), OcspTrouble::unauthorized);
  EXPECT_EQ(ask({stranger().id("0A")}).trouble->code, "status_issuer_foreign");
  EXPECT_TRUE(std::holds_alternative<pki::Good>(
      basic(ask({stranger().id("0A"), first().id("0A")})).data.singles.at(1).status));
}

TEST_F(Respond, AnAuthorityWithoutDelegateIsToBeAskedLater) {
  ASSERT_TRUE(list.add_authority("elsewhere-1", stranger().certificate_der()));
  const auto response = ask({stranger().id("0A")});
  EXPECT_EQ(trouble(response), OcspTrouble::try_later) << "a key that is away comes back";
  EXPECT_EQ(response.trouble->code, "status_delegate_missing");
}

TEST_F(Respond, RepeatsTheNonceAndIsThenNotCacheable) {
  const auto with = ask({first().id("0A")}, Bytes(32, 7));
  EXPECT_EQ(basic(with).data.nonce, Bytes(32, 7));
  EXPECT_FALSE(with.cacheable);
  const auto without = ask({first().id("0A")});
  EXPECT_FALSE(basic(without).data.nonce);
  EXPECT_TRUE(without.cacheable);
  EXPECT_FALSE(ask({first().id("0E")}).cacheable) << "unknown today may be issued in a minute";
}

TEST_F(Respond, TakesNoncesUpToItsSetting) {
  Responder small(list, clock, {.nonce_bytes_max = 32});
  ASSERT_TRUE(small.set_delegate("signature-1", *one.signer, one.certificate_der));
  const auto request = [&](std::size_t size) {
    return pki::encode_ocsp_request(std::vector{first().id("0A")}, Bytes(size, 1));
  };
  EXPECT_EQ(basic(small.respond(request(32))).data.nonce->size(), 32U);
  EXPECT_EQ(trouble(small.respond(request(33))), OcspTrouble::malformed_request);
  EXPECT_EQ(basic(responder.respond(request(128))).data.nonce->size(), 128U);
  EXPECT_EQ(trouble(responder.respond(request(129))), OcspTrouble::malformed_request);
}

TEST_F(Respond, GivesAnAnswerAgainUntilTheStateOrHalfTheTimeIsOver) {
  const auto once = ask({first().id("0A")});
  clock.at += 449s;
  list.caught_up(clock.at);
  EXPECT_EQ(to_bytes(ask({first().id("0A")}).der()), to_bytes(once.der()))
      << "ECDSA would sign anew with other bytes";
  ASSERT_TRUE(list.revoked("signature-1", serial("0A"), clock.at, RevocationReason::superseded));
  EXPECT_EQ(status(first().id("0A")),
            pki::CertificateStatus(pki::Revoked{clock.at, RevocationReason::superseded}));
  const auto revoked = ask({first().id("0A")});
  clock.at += 450s;
  EXPECT_EQ(to_bytes(ask({first().id("0A")}).der()), to_bytes(revoked.der())) << "nothing newer is known";
  list.caught_up(clock.at);
  EXPECT_NE(to_bytes(ask({first().id("0A")}).der()), to_bytes(revoked.der()));
}

TEST_F(Respond, AChangeOfAnotherCertificateLeavesTheAnswerAsItIs) {
  const auto once = ask({first().id("0A")});
  ASSERT_TRUE(list.issued("signature-1", serial("0F"), kLast));
  ASSERT_TRUE(list.restored("signature-1", serial("0B")));
  EXPECT_EQ(to_bytes(ask({first().id("0A")}).der()), to_bytes(once.der()));
  EXPECT_EQ(status(first().id("0B")), pki::CertificateStatus(pki::Good{}));
}

TEST_F(Respond, ANewDelegateSignsAtOnce) {
  ask({first().id("0A")});
  const auto fresh = first().delegate();
  ASSERT_TRUE(responder.set_delegate("signature-1", *fresh.signer, fresh.certificate_der));
  EXPECT_EQ(basic(ask({first().id("0A")})).certificates.at(0), fresh.certificate_der);
}

TEST_F(Respond, SaysHowOldItsKnowledgeIsAndEndsWithIt) {
  const Instant known = clock.at;
  clock.at += 14min;
  const auto response = ask({first().id("0A")});
  EXPECT_EQ(response.answer->this_update, known);
  EXPECT_EQ(response.answer->next_update, known + 15min);
  const auto data = basic(response).data;
  EXPECT_EQ(data.produced_at, clock.at);
  EXPECT_EQ(data.singles.at(0).this_update, known);
  EXPECT_EQ(data.singles.at(0).next_update, known + 15min);
  clock.at += 1min;
  EXPECT_EQ(trouble(ask({first().id("0A")})), OcspTrouble::try_later) << "cut off from the journal";
  list.caught_up(clock.at);
  EXPECT_EQ(status(first().id("0A")), pki::CertificateStatus(pki::Good{}));
}

TEST_F(Respond, WithoutWordFromTheJournalItFallsSilent) {
  Responder strict(list, clock, {.silence_max = 10s});
  ASSERT_TRUE(strict.set_delegate("signature-1", *one.signer, one.certificate_der));
  const auto request = pki::encode_ocsp_request(std::vector{first().id("0A")}, {});
  clock.at += 10s;
  EXPECT_TRUE(strict.respond(request).answer);
  clock.at += 1s;
  EXPECT_EQ(trouble(strict.respond(request)), OcspTrouble::try_later)
      << "not even the answer that it has kept";
  EXPECT_EQ(strict.respond(request).trouble->code, "status_list_old");
  list.caught_up(clock.at);
  EXPECT_TRUE(strict.respond(request).answer);
}

// The clock jumps while the journal is followed: the list is a moment old, and the clock says an hour.
TEST_F(Respond, LooksAgainBeforeItCallsTheListOld) {
  int looks = 0;
  bool hears = true;
  Responder patient(list, clock, {.silence_max = 10s, .look_again = [&] {
                                    ++looks;
                                    if (hears) list.caught_up(clock.at);
                                    return hears;
                                  }});
  ASSERT_TRUE(patient.set_delegate("signature-1", *one.signer, one.certificate_der));
  const auto request = pki::encode_ocsp_request(std::vector{first().id("0A")}, {});
  EXPECT_TRUE(patient.respond(request).answer);
  EXPECT_EQ(looks, 0) << "a list that is new is not looked at again";
  clock.at += 1h;
  const auto response = patient.respond(request);
  ASSERT_TRUE(response.answer);
  EXPECT_EQ(response.answer->this_update, std::chrono::floor<std::chrono::seconds>(clock.at));
  EXPECT_EQ(looks, 1);
  hears = false;
  clock.at += 1h;
  EXPECT_EQ(trouble(patient.respond(request)), OcspTrouble::try_later);
  EXPECT_EQ(looks, 2) << "and no more often than once an answer";
}

TEST_F(Respond, AListThatIsNotTrustedAnswersNothing) {
  ASSERT_TRUE(ask({first().id("0A")}).answer);
  const auto before = list.changes();
  list.distrust(refused("status_root_differs", {{"size", "7"}}));
  EXPECT_NE(list.changes(), before) << "whoever keeps answers asks again";
  EXPECT_EQ(trouble(ask({first().id("0A")})), OcspTrouble::try_later);
  list.caught_up(clock.at);
  EXPECT_EQ(trouble(ask({first().id("0A")})), OcspTrouble::try_later) << "for good";
}

TEST_F(Respond, ANodeThatHasReadNothingSaysTryLater) {
  StatusList fresh;
  ASSERT_TRUE(fresh.add_authority("signature-1", first().certificate_der()));
  Responder early(fresh, clock);
  ASSERT_TRUE(early.set_delegate("signature-1", *one.signer, one.certificate_der));
  const auto request = pki::encode_ocsp_request(std::vector{first().id("0A")}, {});
  EXPECT_EQ(trouble(early.respond(request)), OcspTrouble::try_later);
}

TEST_F(Respond, NeverOutlivesTheDelegatesCertificate) {
  const auto brief = first().delegate("2026-11-22T09:05:00Z");
  ASSERT_TRUE(responder.set_delegate("signature-1", *brief.signer, brief.certificate_der));
  EXPECT_EQ(ask({first().id("0A")}).answer->next_update, instant("2026-11-22T09:05:00Z"));
  clock.at = instant("2026-11-22T09:05:01Z");
  list.caught_up(clock.at);
  const auto response = ask({first().id("0A")});
  EXPECT_EQ(trouble(response), OcspTrouble::try_later);
  EXPECT_EQ(response.trouble->code, "status_delegate_out_of_days");
}

TEST_F(Respond, ExpiredCertificatesKeepTheirStateWithAnArchiveCutoff) {
  const auto single = basic(ask({first().id("0D")})).data.singles.at(0);
  EXPECT_EQ(single.status, pki::CertificateStatus(pki::Good{}));
  EXPECT_EQ(single.archive_cutoff, instant("2026-01-01T00:00:00Z")) << "the authority's first day";
  EXPECT_FALSE(basic(ask({first().id("0A")})).data.singles.at(0).archive_cutoff);
}

// A token that is away, or that says no.
class FailingSigner : public crypto::Signer {
 public:
  FailingSigner(crypto::Signer& real, Error error) : real_(real), error_(std::move(error)) {}
  const crypto::PublicKey& public_key() const override { return real_.public_key(); }
  Result<Bytes> sign(ByteView) override { return error_; }

 private:
  crypto::Signer& real_;
  Error error_;
};

TEST_F(Respond, AKeyThatDoesNotSignIsOurTrouble) {
  FailingSigner away(*one.signer, unavailable("signing_failed"));
  ASSERT_TRUE(responder.set_delegate("signature-1", away, one.certificate_der));
  EXPECT_EQ(trouble(ask({first().id("0A")})), OcspTrouble::try_later);
  FailingSigner stubborn(*one.signer, refused("signing_failed"));
  ASSERT_TRUE(responder.set_delegate("signature-1", stubborn, one.certificate_der));
  EXPECT_EQ(trouble(ask({first().id("0A")})), OcspTrouble::internal_error);
}

TEST_F(Respond, EveryCutAndEveryBentByteGetsAWellFormedAnswer) {
  const std::vector ids{first().id("0A"), first().id("0C", CertId::Hash::sha256)};
  const auto request = pki::encode_ocsp_request(ids, Bytes(16, 9));
  for (std::size_t n = 0; n < request.size(); ++n)
    EXPECT_EQ(trouble(responder.respond(ByteView(request).first(n))), OcspTrouble::malformed_request);
  for (std::size_t n = 0; n < request.size(); ++n)
    for (const int flip : {0x01, 0x20, 0x80, 0xFF}) {
      Bytes bent = request;
      bent[n] = static_cast<std::uint8_t>(bent[n] ^ flip);
      const auto response = responder.respond(bent);
      EXPECT_TRUE(pki::parse_ocsp_response(response.der())) << n;
    }
}

TEST_F(Respond, AnswersManyAtOnceWhileStatesAndDelegatesChange) {
  std::atomic<int> broken = 0;
  {
    std::vector<std::jthread> askers;
    for (int t = 0; t < 4; ++t)
      askers.emplace_back([&] {
        for (int i = 0; i < 100; ++i)
          if (!pki::parse_ocsp_response(ask({first().id("0A"), first().id("0B")}).der())) ++broken;
      });
    for (int i = 0; i < 20; ++i) {
      ASSERT_TRUE(list.suspended("signature-1", serial("0A"), kDay));
      ASSERT_TRUE(list.restored("signature-1", serial("0A")));
      ASSERT_TRUE(responder.set_delegate("signature-1", *one.signer, one.certificate_der));
    }
  }
  EXPECT_EQ(broken, 0);
  EXPECT_EQ(status(first().id("0A")), pki::CertificateStatus(pki::Good{}));
}

TEST(ResponseCache, IsBoundedAndKeepsWhatIsUsed) {
  ResponseCache cache(8);
  const auto answer = std::make_shared<const SignedAnswer>();
  cache.insert("used", answer);
  for (int i = 0; i < 100; ++i) {
    cache.insert(std::to_string(i), answer);
    EXPECT_LE(cache.size(), 8U);
    EXPECT_EQ(cache.find("used"), answer) << i;
  }
  EXPECT_EQ(cache.find("0"), nullptr);
  EXPECT_EQ(cache.find("99"), answer);
  ResponseCache none(0);
  none.insert("a", answer);
  EXPECT_EQ(none.size(), 0U);
}

}  // namespace
}  // namespace shomei::status
