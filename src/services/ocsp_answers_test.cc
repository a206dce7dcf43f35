// The answers of a loop, asked as the loop asks: by requests that were parsed from bytes.
#include "services/ocsp_answers.h"

#include <gtest/gtest.h>

#include "pki/ocsp_response.h"
#include "status/test_hierarchy.h"

namespace shomei::services {
namespace {

using namespace std::chrono_literals;
using status::serial;

const status::TestAuthority& authority() {
  static const status::TestAuthority one("signatures");
  return one;
}

class OcspAnswersTest : public testing::Test {
 protected:
  OcspAnswersTest() : delegate(authority().delegate()) {
    EXPECT_TRUE(list.add_authority("signature-1", authority().certificate_der()));
    for (const auto* hex : {"0A", "0B", "0C", "0D"})
      EXPECT_TRUE(list.issued("signature-1", serial(hex), status::instant("2031-11-22T14:59:59Z")));
    EXPECT_TRUE(responder.set_delegate("signature-1", *delegate.signer, delegate.certificate_der));
    list.caught_up(clock.at);
  }

  static Bytes question(std::string_view hex, const std::optional<Bytes>& nonce = {}) {
    return pki::encode_ocsp_request(std::vector{authority().id(hex)}, nonce);
  }
  static std::string get(ByteView der) {
    std::string path;
    for (const char c : to_base64(der))
      path += c == '+' ? "%2B" : c == '/' ? "%2F" : c == '=' ? "%3D" : std::string(1, c);
    return "GET /ocsp/" + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }
  static std::string post(ByteView der, std::string_view type = "application/ocsp-request") {
    return "POST /ocsp HTTP/1.1\r\nHost: x\r\nContent-Type: " + std::string(type) +
           "\r\nContent-Length: " + std::to_string(der.size()) + "\r\n\r\n" + to_text(der);
  }
  // The whole answer; empty: it was left to the handler.
  std::string ask(const std::string& request) {
    answers.woke();
    wire::RequestView view;
    const auto parsed = wire::parse_request(request, {}, view);
    EXPECT_EQ(parsed.outcome, wire::Parsed::Outcome::whole) << request;
    wire::Output out;
    if (!answers.answer(view, out)) {
      EXPECT_TRUE(out.empty());
      return "";
    }
    return std::string(out.bytes());
  }
  static Bytes body(const std::string& answer) {
    const auto end = answer.find("\r\n\r\n");
    EXPECT_NE(end, std::string::npos);
    const Bytes bytes = to_bytes(std::string_view(answer).substr(end + 4));
    EXPECT_NE(answer.find("\r\nContent-Length: " + std::to_string(bytes.size()) + "\r\n"), std::string::npos);
    return bytes;
  }
  static pki::CertificateStatus status_in(const std::string& answer) {
    const auto response = pki::parse_ocsp_response(body(answer));
    return std::get<pki::BasicResponse>(*response).data.singles.at(0).status;
  }
  static std::string field(const std::string& answer, const std::string& name) {
    const auto at = answer.find("\r\n" + name + ": ");
    if (at == std::string::npos || at > answer.find("\r\n\r\n")) return "";
    const auto from = at + name.size() + 4;
    return answer.substr(from, answer.find("\r\n", from) - from);
  }
  std::uint64_t repeated() const { return counters.ocsp_repeated.load(); }

  status::StandingClock clock;
  status::StatusList list;
  status::TestDelegate delegate;
  status::Responder responder{list, clock, {.silence_max = 1h}};
  StatusCounters counters;
  Access access{{}};
  OcspAnswers answers{{responder, clock, counters}, access, 4};
};

TEST_F(OcspAnswersTest, TheSameQuestionIsAnsweredFromMemory) {
  const auto first = ask(get(question("0A")));
  EXPECT_EQ(repeated(), 0U);
  EXPECT_EQ(ask(get(question("0A"))), first);
  EXPECT_EQ(repeated(), 1U);
  EXPECT_EQ(status_in(first), pki::CertificateStatus(pki::Good{}));
}

TEST_F(OcspAnswersTest, AnAnswerOfGetMayBeCachedExactlyAsLongAsItStands) {
  const auto first = ask(get(question("0A")));
  EXPECT_EQ(field(first, "Cache-Control"), "max-age=900, public, no-transform, must-revalidate");
  EXPECT_EQ(field(first, "Last-Modified"), "Sun, 22 Nov 2026 09:00:00 GMT");
  EXPECT_EQ(field(first, "Expires"), "Sun, 22 Nov 2026 09:15:00 GMT");
  clock.at += 100s;
  const auto later = ask(get(question("0A")));
  EXPECT_EQ(repeated(), 1U);
  EXPECT_EQ(field(later, "Cache-Control"), "max-age=800, public, no-transform, must-revalidate");
  EXPECT_EQ(field(later, "Date"), "Sun, 22 Nov 2026 09:01:40 GMT");
  EXPECT_EQ(field(later, "ETag"), field(first, "ETag"));
  EXPECT_EQ(body(later), body(first));
  EXPECT_EQ(field(ask(post(question("0A"))), "Cache-Control"), "no-store");
  EXPECT_EQ(field(ask(get(question("0E"))), "Cache-Control"), "no-store")
      << "unknown may be issued in a minute";
}

TEST_F(OcspAnswersTest, ARevocationShowsInTheNextAnswer) {
  ask(get(question("0A")));
  ask(get(question("0B")));
  ASSERT_TRUE(list.revoked("signature-1", serial("0A"), clock.at, pki::RevocationReason::superseded));
  EXPECT_EQ(status_in(ask(get(question("0A")))),
            pki::CertificateStatus(pki::Revoked{clock.at, pki::RevocationReason::superseded}));
  EXPECT_EQ(status_in(ask(get(question("0B")))), pki::CertificateStatus(pki::Good{}));
}

TEST_F(OcspAnswersTest, ANewResponderSignsTheNextAnswer) {
  ask(get(question("0A")));
  const auto next = authority().delegate();
  ASSERT_TRUE(responder.set_delegate("signature-1", *next.signer, next.certificate_der));
  const auto response = pki::parse_ocsp_response(body(ask(get(question("0A")))));
  EXPECT_EQ(std::get<pki::BasicResponse>(*response).certificates.at(0), next.certificate_der);
}

TEST_F(OcspAnswersTest, ANonceIsSignedAndNeverGivenAgain) {
  const auto first = ask(post(question("0A", Bytes(16, 1))));
  const auto again = ask(post(question("0A", Bytes(16, 1))));
  EXPECT_NE(body(first), body(again)) << "ECDSA signs anew with other bytes";
  EXPECT_EQ(repeated(), 0U);
  EXPECT_EQ(std::get<pki::BasicResponse>(*pki::parse_ocsp_response(body(again))).data.nonce, Bytes(16, 1));
}

TEST_F(OcspAnswersTest, WhatWasKeptIsNotGivenWhenTheJournalIsSilentOrNotTrusted) {
  ask(get(question("0A")));
  clock.at += 1h + 1s;
  const auto later = pki::encode_ocsp_trouble(pki::OcspTrouble::try_later);
  EXPECT_EQ(body(ask(get(question("0A")))), later);
  list.caught_up(clock.at);
  EXPECT_EQ(status_in(ask(get(question("0A")))), pki::CertificateStatus(pki::Good{}));
  list.distrust(refused("status_root_differs", {{"size", "1"}}));
  EXPECT_EQ(body(ask(get(question("0A")))), later);
  EXPECT_EQ(counters.ocsp_unsigned.load(), 2U);
}

TEST_F(OcspAnswersTest, InItsSecondHalfANewAnswerIsMade) {
  const auto first = ask(get(question("0A")));
  clock.at += 450s;
  list.caught_up(clock.at);
  EXPECT_NE(body(ask(get(question("0A")))), body(first));
}

TEST_F(OcspAnswersTest, GarbageIsAnsweredInOcspsOwnWords) {
  const auto malformed = pki::encode_ocsp_trouble(pki::OcspTrouble::malformed_request);
  EXPECT_EQ(body(ask("GET /ocsp/%zz HTTP/1.1\r\nHost: x\r\n\r\n")), malformed);
  EXPECT_EQ(body(ask("GET /ocsp/ HTTP/1.1\r\nHost: x\r\n\r\n")), malformed);
  EXPECT_EQ(body(ask(post(Bytes{0x30, 0x80}))), malformed);
  EXPECT_EQ(body(ask(post({}))), malformed);
}

TEST_F(OcspAnswersTest, UnusualFormsAreLeftToTheHandler) {
  const std::string usual = get(question("0A"));
  const auto with = [&](const std::string& line) {
    return usual.substr(0, usual.size() - 2) + line + "\r\n\r\n";
  };
  for (const auto& request :
       {with("If-None-Match: \"x\""), with("If-Modified-Since: Sun, 22 Nov 2026 09:00:00 GMT"),
        std::string("GET /crl/signature-1.crl HTTP/1.1\r\nHost: x\r\n\r\n"), "HEAD" + usual.substr(3),
        std::string("GET /ocsp/AAAA?a=b HTTP/1.1\r\nHost: x\r\n\r\n"), post(question("0A"), "text/plain"),
        std::string("GET http://x/ocsp/AAAA HTTP/1.1\r\nHost: x\r\n\r\n"),
        std::string("POST /elsewhere HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")})
    EXPECT_EQ(ask(request), "") << request;
}

TEST_F(OcspAnswersTest, SaysWhetherTheConnectionGoesOn) {
  const std::string usual = get(question("0A"));
  EXPECT_EQ(field(ask(usual), "Connection"), "");
  EXPECT_EQ(field(ask(usual.substr(0, usual.size() - 2) + "Connection: close\r\n\r\n"), "Connection"),
            "close");
}

TEST_F(OcspAnswersTest, KeepsNoMoreThanItMay) {
  for (int round = 0; round < 3; ++round)
    for (const auto* hex : {"0A", "0B", "0C", "0D"}) ask(get(question(hex)));
  const auto before = repeated();
  ask(get(question("0D")));
  EXPECT_EQ(repeated(), before + 1) << "the last is kept";
}

TEST_F(OcspAnswersTest, WhoIsNotRegisteredIsLeftToTheHandler) {
  Access closed({true, 0, {{"bank.example", crypto::sha256(view("secret")), {}, 0}}});
  OcspAnswers guarded({responder, clock, counters}, closed, 4);
  const auto admitted = [&](const std::string& line) {
    const std::string usual = get(question("0A"));
    wire::RequestView view;
    const std::string request = usual.substr(0, usual.size() - 2) + line + "\r\n";
    EXPECT_EQ(wire::parse_request(request, {}, view).outcome, wire::Parsed::Outcome::whole);
    wire::Output out;
    return guarded.answer(view, out);
  };
  EXPECT_FALSE(admitted(""));
  EXPECT_FALSE(admitted("Authorization: Bearer other\r\n"));
  EXPECT_TRUE(admitted("Authorization: Bearer secret\r\n"));
}

}  // namespace
}  // namespace shomei::services
