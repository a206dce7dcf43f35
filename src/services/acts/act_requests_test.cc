// Requests of counters: what one end encodes the other reads the same, and nothing else is read.
#include "services/acts/act_requests.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <nlohmann/json.hpp>

#include "crypto/private_key.h"

namespace shomei::services {
namespace {

using nlohmann::json;

counter::Application application() {
  counter::Application a;
  a.applicant = rules::Applicant::legal_representative;
  a.proofs = rules::Proofs{};
  a.proofs->add(rules::Proof::document_b);
  a.proofs->add(rules::Proof::document_b);
  a.ground = rules::Ground::lost;
  a.exception = rules::Exception{"a flood", true};
  return a;
}

counter::Officer officer() {
  return {"sato", *OfficeId::parse("inagi-city-hall"), *RequestId::parse("visit-0001-u")};
}

bool same(const counter::Application& a, const counter::Application& b) {
  return a.applicant == b.applicant && a.proofs == b.proofs && a.ground == b.ground &&
         a.exception == b.exception;
}

const counter::CertificateRequest kIssue{officer(),
                                         *ResidentId::parse("q7k2m9xa"),
                                         pki::CertificateKind::signature,
                                         application(),
                                         {0x30, 0x00},
                                         issuer::Attestation{{0x30, 0x01, 0x02}, {0x30, 0x03}}};

TEST(ActRequests, ReadWhatTheOtherEndEncodes) {
  const auto issue = parse_certificate_request(encode(kIssue));
  ASSERT_TRUE(issue) << issue.error().code << " " << issue.error().parameter("member");
  EXPECT_EQ(issue->officer.name, "sato");
  EXPECT_EQ(issue->officer.office, officer().office);
  EXPECT_EQ(issue->officer.request, officer().request);
  EXPECT_EQ(issue->resident, kIssue.resident);
  EXPECT_EQ(issue->kind, kIssue.kind);
  EXPECT_TRUE(same(issue->application, application()));
  EXPECT_EQ(issue->pkcs10, kIssue.pkcs10);
  EXPECT_EQ(issue->attestation, kIssue.attestation);

  counter::StatusRequest revoke{officer(), *pki::SerialNumber::parse_hex("0A1B"), application(),
                                pki::RevocationReason::key_compromise};
  for (const auto& kind :
       {std::optional<pki::CertificateKind>{}, std::optional(pki::CertificateKind::signature),
        std::optional(pki::CertificateKind::user_authentication)}) {
    revoke.kind = kind;
    const auto revoked = parse_status_request(encode(revoke));
    ASSERT_TRUE(revoked);
    EXPECT_EQ(revoked->serial, revoke.serial);
    EXPECT_EQ(revoked->reason, revoke.reason);
    EXPECT_EQ(revoked->kind, kind);
    const auto confirmed = parse_confirmation(encode(Confirmation{officer(), revoke.serial, kind}));
    ASSERT_TRUE(confirmed);
    EXPECT_EQ(confirmed->serial, revoke.serial);
    EXPECT_EQ(confirmed->kind, kind);
  }

  const Question question{{.name = "sato", .office = officer().office, .request = {}},
                          "見本　花子",
                          {pki::CertificateKind::signature, pki::CertificateKind::user_authentication},
                          {}};
  const auto asked = parse_question(encode(question));
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->resident, question.resident);
  EXPECT_EQ(asked->kinds, question.kinds);
  EXPECT_FALSE(asked->application.proofs) << "what is left out is attested, what is empty was not shown";
}

TEST(ActRequests, BlockAKeyByItselfOrByItsFingerprint) {
  const auto key = crypto::PrivateKey::generate(crypto::KeyType::ec_p256).public_key();
  counter::BlockRequest block{.officer = officer(), .key = crypto::sha256(key.spki()), .cause = "report 17"};
  auto again = parse_block_request(encode(block));
  ASSERT_TRUE(again) << again.error().code;
  EXPECT_EQ(again->key, block.key);
  EXPECT_FALSE(again->public_key);
  EXPECT_FALSE(again->revoke);
  EXPECT_EQ(again->cause, "report 17");
  block.public_key = key;
  block.proof = {1, 2, 3};
  block.revoke = true;
  again = parse_block_request(encode(block));
  ASSERT_TRUE(again) << again.error().code;
  EXPECT_EQ(again->key, block.key);
  EXPECT_EQ(*again->public_key, key);
  EXPECT_EQ(again->proof, block.proof);
  EXPECT_TRUE(again->revoke);
  const auto code_with = [&](const char* member, const json& value) {
    auto object = json::parse(encode(block));
    object[member] = value;
    const auto parsed = parse_block_request(object.dump());
    return parsed ? std::string("none")
                  : std::string(parsed.error().code) + " " + std::string(parsed.error().parameter("member"));
  };
  EXPECT_EQ(code_with("proof", "!"), "base64_form proof");
  EXPECT_EQ(code_with("public_key", "MAA="), "der_form public_key");
  EXPECT_EQ(code_with("spki_sha256", std::string(64, '0')), "member_unknown spki_sha256") << "one of the two";
}

TEST(ActRequests, TakeARequestInPemToo) {
  auto object = json::parse(encode(kIssue));
  object["csr"] = "-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----\n";
  EXPECT_EQ(parse_certificate_request(object.dump())->pkcs10, (Bytes{0x30, 0x00}));
  for (const char* wrong : {"", "MAA", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"}) {
    object["csr"] = wrong;
    EXPECT_EQ(parse_certificate_request(object.dump()).error().code, "csr_form") << wrong;
  }
}

TEST(ActRequests, OfACertificateSayWhichKindIsNone) {
  auto object = json::parse(encode(Confirmation{officer(), *pki::SerialNumber::parse_hex("0A1B")}));
  object["kind"] = "both";
  for (const auto& error :
       {parse_confirmation(object.dump()).error(), parse_status_request(object.dump()).error()}) {
    EXPECT_EQ(error.code, "certificate_kind_unknown");
    EXPECT_EQ(error.parameter("member"), "kind");
  }
}

TEST(ActRequests, SayWhichMemberIsWrong) {
  for (const char* member : {"request", "officer", "office", "resident", "kind", "csr"}) {
    auto missing = json::parse(encode(kIssue));
    missing.erase(member);
    EXPECT_EQ(parse_certificate_request(missing.dump()).error().parameter("member"), member);
    auto other = json::parse(encode(kIssue));
    other[member] = 7;
    EXPECT_EQ(parse_certificate_request(other.dump()).error().code, "member_type") << member;
  }
  auto more = json::parse(encode(kIssue));
  more["serial"] = "01";
  EXPECT_EQ(parse_certificate_request(more.dump()).error().code, "member_unknown");
  auto name = json::parse(encode(kIssue));
  for (const std::string& wrong : {std::string(), std::string(101, 'x'), std::string("a\nb"),
                                   std::string("x via CN=counter-1,O=Inagi"), std::string("a\u202e")}) {
    name["officer"] = wrong;
    EXPECT_EQ(parse_certificate_request(name.dump()).error().code, "officer_name_form");
  }
  auto long_ground = json::parse(encode(kIssue));
  long_ground["application"]["exception"]["ground"] = std::string(1001, 'x');
  EXPECT_EQ(parse_certificate_request(long_ground.dump()).error().code, "member_too_long");
  EXPECT_EQ(parse_question(R"({"office":"inagi-city-hall","resident":"q7k2m9xa","kinds":[]})").error().code,
            "member_missing");
}

TEST(ActRequests, AreCutOrBentWithoutHarm) {
  const std::string whole = encode(kIssue);
  for (std::size_t cut = 0; cut < whole.size(); ++cut)
    EXPECT_FALSE(parse_certificate_request(whole.substr(0, cut))) << cut;
  EXPECT_TRUE(rc::check([&] {
    std::string bent = whole;
    bent[*rc::gen::inRange<std::size_t>(0, bent.size())] = static_cast<char>(*rc::gen::inRange(0, 256));
    (void)parse_certificate_request(bent);
    (void)parse_status_request(bent);
    (void)parse_confirmation(bent);
    (void)parse_question(bent);
    (void)parse_block_request(bent);
  }));
}

}  // namespace
}  // namespace shomei::services
