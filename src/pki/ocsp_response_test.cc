#include "pki/ocsp_response.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "crypto/private_key.h"
#include "der/writer.h"

namespace shomei::pki {
namespace {

const crypto::PrivateKey& key() {
  static const auto one = crypto::PrivateKey::generate(crypto::KeyType::ec_p256);
  return one;
}

const Bytes& certificate() {  // any SEQUENCE does here
  static const Bytes one = der::sequence({der::integer(1)});
  return one;
}

Bytes respond(const ResponseData& data) {
  const auto tbs = encode_response_data(data);
  return encode_ocsp_response(tbs, crypto::SignatureAlgorithm::ecdsa_sha256, *key().sign(tbs), certificate());
}

Instant second(std::int64_t n) {
  return Instant(std::chrono::seconds(n));
}

CertId some_id() {
  return make_cert_id(CertId::Hash::sha1, view("name"), view("key"), *SerialNumber::parse_hex("F00D"));
}

ResponseData some_data() {
  return {.responder = ResponderByKey{Bytes(20, 3)},
          .produced_at = second(1'800'000'000),
          .singles = {{some_id(), Revoked{second(1'700'000'000), RevocationReason::superseded},
                       second(1'800'000'000), second(1'800'000'900), second(1'600'000'000)}},
          .nonce = Bytes(32, 5)};
}

TEST(OcspResponse, CarriesTheSignedDataAndTheCertificate) {
  const auto response = *parse_ocsp_response(respond(some_data()));
  const auto& basic = std::get<BasicResponse>(response);
  EXPECT_EQ(basic.data, some_data());
  EXPECT_EQ(basic.certificates, std::vector<Bytes>(1, certificate()));
  EXPECT_TRUE(key().public_key().verify(basic.algorithm, basic.data_der, basic.signature));
}

TEST(OcspResponse, TroubleIsFiveConstantBytes) {
  EXPECT_EQ(to_hex(encode_ocsp_trouble(OcspTrouble::malformed_request)), "30030a0101");
  EXPECT_EQ(to_hex(encode_ocsp_trouble(OcspTrouble::unauthorized)), "30030a0106");
  for (int n = 1; n < 128; ++n) {
    const Bytes der{0x30, 3, 0x0A, 1, static_cast<std::uint8_t>(n)};
    const auto response = parse_ocsp_response(der);
    EXPECT_EQ(response.has_value(), n <= 6 && n != 4) << n;
    if (response) {
      EXPECT_EQ(encode_ocsp_trouble(std::get<OcspTrouble>(*response)), der);
    }
  }
}

ResponseData arbitrary_data() {
  ResponseData data;
  data.responder = ResponderByKey{Bytes(20, *rc::gen::arbitrary<std::uint8_t>())};
  if (*rc::gen::arbitrary<bool>()) data.responder = ResponderByName{*from_hex("3000")};
  data.produced_at = second(*rc::gen::inRange<std::int64_t>(0, 4'102'444'800));
  const int count = *rc::gen::inRange(1, 5);
  for (int i = 0; i < count; ++i) {
    SingleResponse single{some_id(), Good{}, data.produced_at, {}, {}};
    const int kind = *rc::gen::inRange(0, 4);
    if (kind == 1) single.status = Unknown{};
    if (kind == 2) single.status = Revoked{second(1000 * i), RevocationReason::certificate_hold};
    if (kind == 3) single.status = Revoked{second(1000 * i), std::nullopt};
    if (*rc::gen::arbitrary<bool>()) single.next_update = data.produced_at + std::chrono::seconds(900);
    if (*rc::gen::arbitrary<bool>()) single.archive_cutoff = second(5);
    data.singles.push_back(single);
  }
  if (*rc::gen::arbitrary<bool>()) data.nonce = *rc::gen::arbitrary<Bytes>();
  return data;
}

TEST(OcspResponse, WhatIsWrittenIsReadAgain) {
  EXPECT_TRUE(rc::check([] {
    const auto data = arbitrary_data();
    const auto response = parse_ocsp_response(respond(data));
    RC_ASSERT(response.has_value());
    RC_ASSERT(std::get<BasicResponse>(*response).data == data);
  }));
}

TEST(OcspResponse, EveryCutIsMalformedAndNoBentByteIsBelieved) {
  const auto der = respond(some_data());
  for (std::size_t n = 0; n < der.size(); ++n)
    EXPECT_EQ(parse_ocsp_response(ByteView(der).first(n)).error().fault, Fault::malformed) << n;
  for (std::size_t n = 0; n < der.size(); ++n)
    for (const int flip : {0x01, 0x20, 0x80, 0xFF}) {
      Bytes bent = der;
      bent[n] = static_cast<std::uint8_t>(bent[n] ^ flip);
      const auto response = parse_ocsp_response(bent);
      if (!response) {
        EXPECT_EQ(response.error().fault, Fault::malformed);
      } else if (const auto* basic = std::get_if<BasicResponse>(&*response)) {
        EXPECT_TRUE(!key().public_key().verify(basic->algorithm, basic->data_der, basic->signature) ||
                    basic->data == some_data())
            << n << ": only the unsigned certificate may differ";
      }
    }
}

}  // namespace
}  // namespace shomei::pki
