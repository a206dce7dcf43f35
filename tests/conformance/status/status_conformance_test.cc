// Revocation lists and OCSP answers before other people's judges: OpenSSL and GnuTLS make the keys,
// certificates and requests, and verify what this code signs; and this code reads what they sign.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "crypto/private_key.h"
#include "pki/crl.h"
#include "pki/ocsp_response.h"
#include "status/respond.h"

namespace shomei {
namespace {

using namespace std::chrono_literals;

class SystemClock : public Clock {
 public:
  InstantMs now_ms() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

struct Outcome {
  int status = -1;
  std::string said;  // both streams
};

// A directory of their own for the commands of one test run, removed at its end.
class Workshop {
 public:
  Workshop() {
    std::string form = (std::filesystem::temp_directory_path() / "shomei-status-XXXXXX").string();
    EXPECT_NE(mkdtemp(form.data()), nullptr);
    path_ = form;
  }
  ~Workshop() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Outcome run(const std::string& command) const {
    Outcome outcome;
    FILE* pipe = popen(("cd " + path_.string() + " && " + command + " 2>&1").c_str(), "r");
    std::array<char, 4096> chunk{};
    while (const auto n = fread(chunk.data(), 1, chunk.size(), pipe)) outcome.said.append(chunk.data(), n);
    outcome.status = pclose(pipe);
    return outcome;
  }
  void must(const std::string& command) const {
    const auto outcome = run(command);
    ASSERT_EQ(outcome.status, 0) << command << "\n" << outcome.said;
  }
  Bytes read(const std::string& name) const {
    std::ifstream file(path_ / name, std::ios::binary);
    return Bytes(std::istreambuf_iterator<char>(file), {});
  }
  void write(const std::string& name, ByteView bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << to_text(bytes);
  }

 private:
  std::filesystem::path path_;
};

// An authority, three certificates (A1 valid, A2 revoked, A3 never told to us) and a responder, made by
// OpenSSL.
class StatusConformance : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    shop = new Workshop;
    shop->write("x.cnf", view("[ocsp]\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=OCSPSigning\n"
                              "noCheck=ignored\nauthorityKeyIdentifier=keyid\n"
                              "[user]\nkeyUsage=critical,digitalSignature\nauthorityKeyIdentifier=keyid\n"));
    shop->must(
        "openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30 "
        "-subj '/C=JP/O=SHOMEI-DEMO/OU=conformance' -addext keyUsage=critical,keyCertSign,cRLSign");
    certificate("A1", "user");
    certificate("A2", "user");
    certificate("A3", "user");
    certificate("0C59", "ocsp");
    shop->must("openssl x509 -in ca.pem -outform DER -out ca.der");
    shop->must("openssl x509 -in 0C59.pem -outform DER -out responder.der");
  }
  static void TearDownTestSuite() {
    delete shop;
    shop = nullptr;
  }
  static void certificate(const std::string& serial, const std::string& section) {
    shop->must("openssl req -newkey rsa:2048 -nodes -keyout " + serial +
               ".key -out req.csr -subj /C=JP/CN=" + serial);
    shop->must("openssl x509 -req -in req.csr -CA ca.pem -CAkey ca.key -days 20 -out " + serial +
               ".pem -set_serial 0x" + serial + " -extfile x.cnf -extensions " + section);
  }
  static crypto::PrivateKey key(const std::string& name) {
    shop->must("openssl pkcs8 -topk8 -nocrypt -in " + name + ".key -outform DER -out key.der");
    return *crypto::PrivateKey::parse_pkcs8(SecretBytes(shop->read("key.der")));
  }
  static pki::SerialNumber serial(std::string_view hex) { return *pki::SerialNumber::parse_hex(hex); }

  static Workshop* shop;
  SystemClock clock;
};
Workshop* StatusConformance::shop = nullptr;

class OcspConformance : public StatusConformance {
 protected:
  OcspConformance() {
    EXPECT_TRUE(list.add_authority("signature-1", shop->read("ca.der")));
    EXPECT_TRUE(list.issued("signature-1", serial("A1"), clock.now() + 240h));
    EXPECT_TRUE(list.issued("signature-1", serial("A2"), clock.now() + 240h));
    EXPECT_TRUE(
        list.revoked("signature-1", serial("A2"), clock.now() - 60s, pki::RevocationReason::superseded));
    list.caught_up(clock.now());
    const auto set = responder.set_delegate("signature-1", *signer, shop->read("responder.der"));
    EXPECT_TRUE(set) << set.error().parameter("what");
  }
  // Asks with OpenSSL's request and leaves the answer in resp.der.
  status::Response answer(const std::string& options) {
    shop->must("openssl ocsp " + options + " -reqout req.der");
    auto response = responder.respond(shop->read("req.der"));
    EXPECT_FALSE(response.trouble) << response.trouble->code;
    shop->write("resp.der", to_bytes(response.der()));
    return response;
  }

  std::unique_ptr<crypto::Signer> signer = crypto::software_signer(key("0C59"));
  status::StatusList list;
  status::Responder responder{list, clock};
};

TEST_F(OcspConformance, OpensslAndGnutlsVerifyTheAnswersToOpensslsRequests) {
  for (const std::string hash : {"-sha1", "-sha256"})
    for (const std::string nonce : {"-nonce", "-no_nonce"}) {
      const std::string about =
          hash + " -issuer ca.pem -cert A1.pem " + hash + " -cert A2.pem " + hash + " -cert A3.pem";
      const auto response = answer(nonce + " " + about);
      EXPECT_EQ(response.cacheable, false) << "A3 is unknown";
      const auto verified = shop->run("openssl ocsp -reqin req.der -respin resp.der -CAfile ca.pem");
      EXPECT_EQ(verified.status, 0) << verified.said;
      EXPECT_NE(verified.said.find("Response verify OK"), std::string::npos) << verified.said;
      // Without -nonce OpenSSL says so; with it the nonces were compared.
      EXPECT_EQ(verified.said.find("WARNING: no nonce"), std::string::npos) << verified.said;
      const auto states = shop->run("openssl ocsp -no_nonce " + about + " -respin resp.der -CAfile ca.pem");
      EXPECT_NE(states.said.find("A1.pem: good"), std::string::npos) << states.said;
      EXPECT_NE(states.said.find("A2.pem: revoked"), std::string::npos) << states.said;
      EXPECT_NE(states.said.find("Reason: superseded"), std::string::npos) << states.said;
      EXPECT_NE(states.said.find("A3.pem: unknown"), std::string::npos) << states.said;
      const auto gnutls =
          shop->run("ocsptool --verify-response --load-trust ca.pem --load-response resp.der");
      EXPECT_NE(gnutls.said.find("Success"), std::string::npos) << gnutls.said;
    }
}

TEST_F(OcspConformance, OpensslNoticesABentAnswer) {
  Bytes response = to_bytes(answer("-issuer ca.pem -cert A1.pem").der());
  response[response.size() / 8] ^= 1;
  shop->write("resp.der", response);
  EXPECT_NE(shop->run("openssl ocsp -reqin req.der -respin resp.der -CAfile ca.pem").status, 0);
}

TEST_F(OcspConformance, ReadsWhatOpensslsResponderSigns) {
  shop->write("index.txt", view("V\t350101000000Z\t\tA1\tunknown\t/C=JP/CN=A1\n"
                                "R\t350101000000Z\t260101000000Z,keyCompromise\tA2\tunknown\t/C=JP/CN=A2\n"));
  for (const std::string by : {"", " -resp_key_id"}) {
    shop->must("openssl ocsp -issuer ca.pem -cert A1.pem -cert A2.pem -cert A3.pem -reqout req.der");
    shop->must(
        "openssl ocsp -index index.txt -CA ca.pem -rsigner 0C59.pem -rkey 0C59.key -reqin req.der "
        "-nmin 5 -respout theirs.der" +
        by);
    const auto parsed = pki::parse_ocsp_response(shop->read("theirs.der"));
    ASSERT_TRUE(parsed) << parsed.error().parameter("what");
    const auto& basic = std::get<pki::BasicResponse>(*parsed);
    EXPECT_TRUE(signer->public_key().verify(basic.algorithm, basic.data_der, basic.signature));
    ASSERT_EQ(basic.data.singles.size(), 3U);
    EXPECT_TRUE(std::holds_alternative<pki::Good>(basic.data.singles[0].status));
    EXPECT_EQ(basic.data.singles[1].status,
              pki::CertificateStatus(pki::Revoked{*parse_instant("2026-01-01T00:00:00Z"),
                                                  pki::RevocationReason::key_compromise}));
    EXPECT_TRUE(std::holds_alternative<pki::Unknown>(basic.data.singles[2].status));
    EXPECT_EQ(basic.data.nonce, pki::parse_ocsp_request(shop->read("req.der"))->nonce);
    EXPECT_EQ(std::holds_alternative<pki::ResponderByName>(basic.data.responder), by.empty());
  }
}

class CrlConformance : public StatusConformance {
 protected:
  pki::CrlHead head() {
    const auto ca = *pki::parse_certificate(shop->read("ca.der"));
    return {.algorithm = crypto::SignatureAlgorithm::rsa_pkcs1_sha256,
            .issuer_name_der = ca.tbs.subject.der(),
            .this_update = clock.now() - 60s,
            .next_update = clock.now() + 24h,
            .authority_key = pki::AuthorityKey{to_bytes(ca.tbs.key.key_identifier()), {}},
            .number = pki::crl_number(258),
            .scope = {}};
  }
  std::vector<pki::RevokedEntry> entries() {
    return {{serial("A2"), clock.now() - 1h, pki::RevocationReason::affiliation_changed, clock.now() - 2h}};
  }
  void write_list(const pki::CrlHead& h, const std::vector<pki::RevokedEntry>& list) {
    const auto tbs = pki::encode_tbs_crl(h, list);
    shop->write("crl.der", pki::assemble_signed(tbs, h.algorithm, *key("ca").sign(tbs)));
    shop->must("openssl crl -inform DER -in crl.der -out crl.pem");
  }
  void expect_verified() {
    const auto openssl = shop->run("openssl crl -in crl.pem -CAfile ca.pem -noout -verify");
    EXPECT_NE(openssl.said.find("verify OK"), std::string::npos) << openssl.said;
    const auto gnutls = shop->run("certtool --verify-crl --load-ca-certificate ca.pem --infile crl.pem");
    EXPECT_EQ(gnutls.status, 0) << gnutls.said;
    EXPECT_NE(gnutls.said.find("Verified"), std::string::npos) << gnutls.said;
  }
};

TEST_F(CrlConformance, OpensslAndGnutlsVerifyAListAndObeyIt) {
  auto h = head();
  h.scope = pki::CrlScope{pki::CrlScope::Of::users, {}};
  write_list(h, entries());
  expect_verified();
  const std::string check = "openssl verify -crl_check -x509_strict -CAfile ca.pem -CRLfile crl.pem ";
  EXPECT_EQ(shop->run(check + "A1.pem").status, 0) << shop->run(check + "A1.pem").said;
  const auto revoked = shop->run(check + "A2.pem");
  EXPECT_NE(revoked.status, 0);
  EXPECT_NE(revoked.said.find("certificate revoked"), std::string::npos) << revoked.said;
}

TEST_F(CrlConformance, AnEmptyListIsAList) {
  write_list(head(), {});
  expect_verified();
  EXPECT_NE(shop->run("openssl crl -in crl.pem -noout -text").said.find("No Revoked Certificates"),
            std::string::npos);
}

TEST_F(CrlConformance, OpensslReadsEveryFieldAsItWasMeant) {
  auto h = head();
  h.authority_key->certificate = {h.issuer_name_der, serial("0132C4AB")};
  h.scope = pki::CrlScope{pki::CrlScope::Of::authorities, h.issuer_name_der};
  write_list(h, entries());
  expect_verified();
  const auto text = shop->run("openssl crl -in crl.pem -noout -text").said;
  for (const auto* wanted : {"Version 2", "Affiliation Changed", "Invalidity Date", "Serial Number: A2",
                             "258", "Issuing Distribution Point: critical", "Only CA Certificates",
                             "serial:01:32:C4:AB", "DirName:C = JP, O = SHOMEI-DEMO, OU = conformance"})
    EXPECT_NE(text.find(wanted), std::string::npos) << wanted << "\n" << text;
}

TEST_F(CrlConformance, ReadsWhatOpensslSigns) {
  shop->write(
      "index.txt",
      view("R\t350101000000Z\t260101000000Z,keyCompromise\tA2\tunknown\t/C=JP/CN=A2\n"
           "R\t350101000000Z\t260102000000Z,holdInstruction,holdInstructionNone\tA4\tunknown\t/CN=x\n"));
  shop->write("number", view("0A0B\n"));
  shop->write("ca.cnf",
              view("[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\n"
                   "default_crl_days=1\ncertificate=ca.pem\nprivate_key=ca.key\ncrl_extensions=e\n"
                   "[e]\nauthorityKeyIdentifier=keyid,issuer:always\n"));
  shop->must(
      "openssl ca -config ca.cnf -gencrl -out theirs.pem && openssl crl -in theirs.pem -outform DER -out "
      "theirs.der");
  const auto der = shop->read("theirs.der");
  const auto crl = pki::parse_crl(der);
  ASSERT_TRUE(crl) << crl.error().code << " " << crl.error().parameter("what");
  EXPECT_EQ(to_hex(crl->head.number), "0a0b");
  EXPECT_EQ(crl->head.issuer_name_der, head().issuer_name_der);
  EXPECT_EQ(crl->head.authority_key->key_identifier, head().authority_key->key_identifier);
  EXPECT_TRUE(crl->head.authority_key->certificate);
  ASSERT_EQ(crl->entries.size(), 2U);
  EXPECT_EQ(pki::find_entry(*crl, serial("A2"))->reason, pki::RevocationReason::key_compromise);
  EXPECT_EQ(pki::find_entry(*crl, serial("A4"))->reason, pki::RevocationReason::certificate_hold);
  EXPECT_TRUE(pki::verify_signed(*pki::parse_signed(der), key("ca").public_key()));
}

}  // namespace
}  // namespace shomei
