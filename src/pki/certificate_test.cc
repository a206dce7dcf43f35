#include "pki/certificate.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "crypto/private_key.h"
#include "pki/request.h"
#include "pki/signed_object.h"

namespace shomei::pki {
namespace {

const crypto::PrivateKey& test_key() {
  static const auto key = crypto::PrivateKey::generate(crypto::KeyType::ec_p256);
  return key;
}

Name test_name() {
  return Name().add(NameAttribute::country, "JP").add(NameAttribute::common_name, "見本");
}

Certificate sign(const TbsCertificate& tbs) {
  const Bytes tbs_der = encode_tbs(tbs);
  return *parse_certificate(assemble_signed(tbs_der, tbs.algorithm, *test_key().sign(tbs_der)));
}

TbsCertificate test_tbs() {
  return {*SerialNumber::parse_hex("F00D"),
          crypto::SignatureAlgorithm::ecdsa_sha256,
          test_name(),
          *parse_instant("2026-11-22T00:00:00Z"),
          *parse_instant("2050-11-22T00:00:00Z"),
          test_name(),
          test_key().public_key(),
          {key_usage({KeyUsage::digital_signature}), subject_key_identifier(test_key().public_key())}};
}

TEST(Certificate, IsReadAsItWasWritten) {
  const auto certificate = sign(test_tbs());
  EXPECT_EQ(certificate.tbs.serial.hex(), "F00D");
  EXPECT_EQ(certificate.tbs.subject.text(), "C=JP, CN=見本");
  EXPECT_EQ(format_utc(certificate.tbs.not_after), "2050-11-22T00:00:00Z");
  EXPECT_EQ(encode_tbs(certificate.tbs), certificate.tbs_der);
  EXPECT_TRUE(verify_signature(certificate, test_key().public_key()));
  EXPECT_TRUE(certificate.tbs.find(extension_id::key_usage())->critical);
  EXPECT_EQ(certificate.tbs.find(extension_id::basic_constraints()), nullptr);
}

TEST(Certificate, EveryCutAndEveryBentByteIsRefusedOrFailsItsSignature) {
  const auto certificate = sign(test_tbs());
  for (std::size_t i = 0; i < certificate.der.size(); ++i) {
    EXPECT_FALSE(parse_certificate(ByteView(certificate.der).first(i)));
    Bytes bent = certificate.der;
    bent[i] ^= 0x10;
    const auto parsed = parse_certificate(bent);
    if (parsed) EXPECT_FALSE(verify_signature(*parsed, test_key().public_key())) << "byte " << i;
  }
}

TEST(Certificate, AnExtensionTwiceIsRefused) {
  auto tbs = test_tbs();
  tbs.extensions.push_back(tbs.extensions.front());
  EXPECT_FALSE(parse_tbs(encode_tbs(tbs)));
}

TEST(CertificateProperty, AnyValidityAndSerialGoRound) {
  EXPECT_TRUE(rc::check([](std::uint32_t from, std::uint32_t length,
                           const std::vector<std::uint8_t>& magnitude) {
    const auto serial =
        SerialNumber::of_magnitude(ByteView(magnitude).first(std::min<std::size_t>(magnitude.size(), 19)));
    RC_PRE(serial.has_value());
    auto tbs = test_tbs();
    tbs.serial = *serial;
    tbs.not_before = Instant{std::chrono::seconds{from}};
    tbs.not_after = tbs.not_before + std::chrono::seconds{length};
    const auto again = parse_tbs(encode_tbs(tbs));
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->serial == tbs.serial);
    RC_ASSERT(again->not_before == tbs.not_before);
    RC_ASSERT(again->not_after == tbs.not_after);
  }));
}

TEST(Pem, GoesRoundAndNeedsItsLabel) {
  const Bytes der(100, 7);
  EXPECT_EQ(*from_pem("CERTIFICATE", "text before\n" + to_pem("CERTIFICATE", der)), der);
  EXPECT_FALSE(from_pem("X509 CRL", to_pem("CERTIFICATE", der)));
}

TEST(Request, ProvesPossessionForItsChallengeAlone) {
  const Bytes info = encode_request_info(test_key().public_key(), "act-one1");
  const Bytes request =
      assemble_signed(info, crypto::SignatureAlgorithm::ecdsa_sha256, *test_key().sign(info));
  EXPECT_EQ(verify_request(request, "act-one1")->key, test_key().public_key());
  EXPECT_EQ(verify_request(request, "act-two2").error().code, "possession_unproven");
  const auto other = crypto::PrivateKey::generate(crypto::KeyType::ec_p256);
  const Bytes forged = assemble_signed(info, crypto::SignatureAlgorithm::ecdsa_sha256, *other.sign(info));
  EXPECT_EQ(verify_request(forged, "act-one1").error().code, "possession_unproven");
  for (std::size_t i = 0; i < request.size(); ++i)
    EXPECT_FALSE(verify_request(ByteView(request).first(i), "act-one1"));
}

}  // namespace
}  // namespace shomei::pki
