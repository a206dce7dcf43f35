#include "pki/ocsp_request.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "der/writer.h"
#include "pki/extension.h"

namespace shomei::pki {
namespace {

// Made by `openssl ocsp -issuer ca.pem -cert c.pem -reqout` (3.0): SHA-1, one certificate, a 16-byte nonce.
constexpr std::string_view kWithNonce =
    "306930673040303e303c300906052b0e03021a050004141660852c6e7eb99b699acdb7819f070e45705e8f0414ac8f961d9649a6"
    "22b0fb3aad9624cb393082e166020300f00da2233021301f06092b06010505073001020412041097dec3347a345e649f10d505f2"
    "90b48c";
// The same with -sha256 -no_nonce and two certificates.
constexpr std::string_view kTwoBySha256 =
    "3081bc3081b93081b6305a3058300d0609608648016503040201050004204e17705e16c218d1750275f582a6dce5b0cabb8911ac"
    "78adb74a77339f6fe4c0042038a677c10796420b3f96a30ee99f55c769ae9592fb5e7f2b3c3d1bd852e03050020300f00d305830"
    "56300d0609608648016503040201050004204e17705e16c218d1750275f582a6dce5b0cabb8911ac78adb74a77339f6fe4c00420"
    "38a677c10796420b3f96a30ee99f55c769ae9592fb5e7f2b3c3d1bd852e03050020101";

TEST(OcspRequest, ReadsWhatOpensslAsks) {
  const auto request = *parse_ocsp_request(*from_hex(kWithNonce));
  ASSERT_EQ(request.wanted.size(), 1U);
  EXPECT_EQ(request.wanted[0].hash, CertId::Hash::sha1);
  EXPECT_EQ(request.wanted[0].serial.hex(), "F00D");
  EXPECT_EQ(to_hex(request.wanted[0].issuer_name_hash), "1660852c6e7eb99b699acdb7819f070e45705e8f");
  EXPECT_EQ(to_hex(request.wanted[0].issuer_key_hash), "ac8f961d9649a622b0fb3aad9624cb393082e166");
  EXPECT_EQ(to_hex(*request.nonce), "97dec3347a345e649f10d505f290b48c");
  const auto two = *parse_ocsp_request(*from_hex(kTwoBySha256));
  ASSERT_EQ(two.wanted.size(), 2U);
  EXPECT_EQ(two.wanted[1].hash, CertId::Hash::sha256);
  EXPECT_EQ(two.wanted[1].serial.hex(), "01");
  EXPECT_FALSE(two.nonce);
}

TEST(OcspRequest, WritesWhatOpensslWrites) {
  for (const auto golden : {kWithNonce, kTwoBySha256}) {
    const auto request = *parse_ocsp_request(*from_hex(golden));
    const auto again = encode_ocsp_request(request.wanted, request.nonce);
    EXPECT_EQ(to_hex(again), golden);
  }
}

CertId some_id(std::string_view serial = "F00D") {
  return make_cert_id(CertId::Hash::sha256, view("name"), view("key"), *SerialNumber::parse_hex(serial));
}

TEST(OcspRequest, WhatIsWrittenIsReadAgain) {
  EXPECT_TRUE(rc::check([] {
    std::vector<CertId> wanted;
    const auto count = *rc::gen::inRange<std::size_t>(1, kOcspSinglesMax + 1);
    for (std::size_t i = 0; i < count; ++i)
      wanted.push_back(
          make_cert_id(*rc::gen::element(CertId::Hash::sha1, CertId::Hash::sha256),
                       *rc::gen::arbitrary<Bytes>(), *rc::gen::arbitrary<Bytes>(),
                       *SerialNumber::of_magnitude(Bytes{1, *rc::gen::arbitrary<std::uint8_t>()})));
    std::optional<Bytes> nonce;
    if (*rc::gen::arbitrary<bool>())
      nonce = Bytes(*rc::gen::inRange<std::size_t>(1, kOcspNonceBytesMax + 1), 9);
    const auto request = parse_ocsp_request(encode_ocsp_request(wanted, nonce));
    RC_ASSERT(request.has_value());
    RC_ASSERT(request->wanted == wanted);
    RC_ASSERT(request->nonce == nonce);
  }));
}

std::string code(ByteView der) {
  const auto request = parse_ocsp_request(der);
  return request ? "read" : std::string(request.error().code);
}

TEST(OcspRequest, BoundsItsParts) {
  EXPECT_EQ(code(encode_ocsp_request({}, {})), "ocsp_request_form");
  EXPECT_EQ(code(encode_ocsp_request(std::vector(64, some_id()), {})), "read");
  EXPECT_EQ(code(encode_ocsp_request(std::vector(65, some_id()), {})), "ocsp_request_form");
  EXPECT_EQ(code(encode_ocsp_request(std::vector{some_id()}, Bytes{})), "ocsp_request_form");
  EXPECT_EQ(code(encode_ocsp_request(std::vector{some_id()}, Bytes(1, 0))), "read");
  EXPECT_EQ(code(encode_ocsp_request(std::vector{some_id()}, Bytes(128, 0))), "read");
  EXPECT_EQ(code(encode_ocsp_request(std::vector{some_id()}, Bytes(129, 0))), "ocsp_request_form");
  EXPECT_EQ(code(Bytes(kOcspRequestBytesMax + 1, 0x30)), "ocsp_request_form");
}

Bytes request_of(std::initializer_list<ByteView> tbs_members, ByteView behind = {}) {
  return der::sequence({der::sequence(tbs_members), behind});
}

Bytes extensions_of(const Extension& extension) {
  return der::constructed(der::context_constructed(2), {der::sequence({encode_extension(extension)})});
}

TEST(OcspRequest, ToleratesNamesAndSignaturesButNoUnknownDemand) {
  const Bytes list = der::sequence({der::sequence({some_id().der})});
  const Bytes name = der::constructed(der::context_constructed(1), {*from_hex("a4023000")});
  const Bytes signature = der::constructed(der::context_constructed(0), {der::sequence({der::null()})});
  EXPECT_EQ(code(request_of({name, list}, signature)), "read");
  EXPECT_EQ(code(request_of({*from_hex("a003020100"), list})), "read") << "version 1, said aloud";
  EXPECT_EQ(code(request_of({*from_hex("a003020101"), list})), "ocsp_request_form") << "version 2";
  const Extension odd{der::Oid("1.2.3.4"), false, der::null()};
  EXPECT_EQ(code(request_of({list, extensions_of(odd)})), "read");
  EXPECT_EQ(code(request_of({list, extensions_of({odd.id, true, odd.value})})), "ocsp_request_form");
  const Extension bare_nonce{der::Oid("1.3.6.1.5.5.7.48.1.2"), false, *from_hex("020101")};
  EXPECT_EQ(code(request_of({list, extensions_of(bare_nonce)})), "ocsp_request_form");
  EXPECT_EQ(code(request_of({list}, der::null())), "der_form") << "something behind the request";
}

TEST(OcspRequest, CriticalSingleExtensionsMustBeKnown) {
  const auto with = [](const char* oid, bool critical) {
    const Bytes extension = encode_extension({der::Oid(oid), critical, der::null()});
    return request_of({der::sequence({der::sequence(
        {some_id().der, der::constructed(der::context_constructed(0), {der::sequence({extension})})})})});
  };
  EXPECT_EQ(code(with("1.3.6.1.5.5.7.48.1.7", true)), "read");
  EXPECT_EQ(code(with("1.2.3.4", false)), "read");
  EXPECT_EQ(code(with("1.2.3.4", true)), "ocsp_request_form");
}

TEST(OcspRequest, KeepsIdentifiersByteForByte) {
  // SHA-1 without NULL parameters, and a digest that is not known here.
  for (const auto* algorithm : {"300706052b0e03021a", "300b0609608648016503040202"}) {
    const Bytes id = der::sequence({*from_hex(algorithm), der::octet_string(Bytes(20, 1)),
                                    der::octet_string(Bytes(20, 2)), der::integer(7)});
    const auto request = *parse_ocsp_request(request_of({der::sequence({der::sequence({id})})}));
    EXPECT_EQ(request.wanted[0].der, id);
    EXPECT_EQ(request.wanted[0].hash, algorithm[3] == '7' ? CertId::Hash::sha1 : CertId::Hash::other);
  }
}

TEST(OcspRequest, EveryCutIsMalformedAndNoBentByteCrashes) {
  for (const auto golden : {kWithNonce, kTwoBySha256}) {
    const auto der = *from_hex(golden);
    for (std::size_t n = 0; n < der.size(); ++n)
      EXPECT_EQ(parse_ocsp_request(ByteView(der).first(n)).error().fault, Fault::malformed) << n;
    for (std::size_t n = 0; n < der.size(); ++n)
      for (int value = 0; value < 256; ++value) {
        Bytes bent = der;
        bent[n] = static_cast<std::uint8_t>(value);
        const auto request = parse_ocsp_request(bent);
        if (!request) {
          EXPECT_EQ(request.error().fault, Fault::malformed);
        }
        if (request) {
          EXPECT_LE(request->wanted.size(), 2U);
        }
      }
  }
}

}  // namespace
}  // namespace shomei::pki
