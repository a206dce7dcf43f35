// Of signatures that a card made openssl and GnuTLS are asked in tests/conformance/card/client_cms.sh.
#include "signing/cms/detached_signature.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "crypto/digest.h"
#include "crypto/private_key.h"
#include "der/writer.h"
#include "signing/cms/ecdsa_value.h"

namespace shomei::signing::cms {
namespace {

struct Signer {
  crypto::PrivateKey key;
  pki::Certificate certificate;
};

Signer signer_with(crypto::KeyType type) {
  auto key = crypto::PrivateKey::generate(type);
  pki::TbsCertificate tbs{.serial = pki::SerialNumber::parse_hex("0ABC").value(),
                          .algorithm = crypto::algorithm_of(type),
                          .issuer = pki::Name().add(pki::NameAttribute::common_name, "SAMPLE"),
                          .not_before = *parse_instant("2026-01-01T00:00:00Z"),
                          .not_after = *parse_instant("2046-01-01T00:00:00Z"),
                          .subject = pki::Name().add(pki::NameAttribute::common_name, "SAMPLE"),
                          .key = key.public_key(),
                          .extensions = {pki::key_usage({pki::KeyUsage::digital_signature})}};
  const auto tbs_der = pki::encode_tbs(tbs);
  const auto der = der::sequence(
      {tbs_der, crypto::encode_algorithm(tbs.algorithm), der::bit_string(key.sign(tbs_der).value())});
  return {std::move(key), pki::parse_certificate(der).value()};
}

const Signer& rsa() {
  static const Signer kSigner = signer_with(crypto::KeyType::rsa_2048);
  return kSigner;
}
const Signer& ec() {
  static const Signer kSigner = signer_with(crypto::KeyType::ec_p384);
  return kSigner;
}

// r and s of a P-384 signature, as a card answers.
Bytes r_and_s(ByteView ecdsa_value) {
  auto reader = der::enter_single(ecdsa_value).value();
  Bytes both;
  for (int i = 0; i < 2; ++i) {
    const auto number = reader.take_magnitude().value();
    both.insert(both.end(), 48 - number.size(), 0);
    append(both, number);
  }
  return both;
}

// The members of the one SignerInfo of a ContentInfo.
der::Reader signer_info(ByteView whole) {
  auto info = der::enter_single(whole).value();
  EXPECT_EQ(info.take_oid()->dotted(), "1.2.840.113549.1.7.2");
  auto data = info.enter(der::context_constructed(0)).value().enter(der::kSequence).value();
  EXPECT_EQ(data.take_integer().value(), 1);
  EXPECT_TRUE(data.take(der::kSet));
  auto content = data.enter(der::kSequence).value();
  EXPECT_TRUE(content.take_oid());
  EXPECT_TRUE(content.done()) << "the content is not within";
  EXPECT_TRUE(data.take(der::context_constructed(0)));
  return data.enter(der::kSet).value().enter(der::kSequence).value();
}

std::vector<std::string> attribute_types(ByteView set) {
  std::vector<std::string> types;
  for (auto reader = der::enter_single(set, der::kSet).value(); !reader.done();)
    types.push_back(reader.enter(der::kSequence)->take_oid()->dotted());
  std::ranges::sort(types);
  return types;
}

TEST(DetachedSignature, SignsFourAttributesOrThree) {
  const auto at = *parse_instant("2026-11-22T00:00:00Z");
  const auto with_time =
      DetachedSignature::prepare(rsa().certificate, Scheme::rsa_pkcs1_sha256, view("m"), at);
  EXPECT_EQ(attribute_types(with_time.to_be_signed()),
            (std::vector<std::string>{"1.2.840.113549.1.9.16.2.47", "1.2.840.113549.1.9.3",
                                      "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.5"}));
  const auto without =
      DetachedSignature::prepare(rsa().certificate, Scheme::rsa_pkcs1_sha256, view("m"), std::nullopt);
  EXPECT_EQ(attribute_types(without.to_be_signed()).size(), 3U);
}

TEST(DetachedSignature, HoldsWhatTheCardSigned) {
  for (const auto* signer : {&rsa(), &ec()}) {
    const auto scheme = scheme_of(signer->key.type()).value();
    const auto prepared = DetachedSignature::prepare(signer->certificate, scheme, view("m"), std::nullopt);
    const auto signature = signer->key.sign(prepared.to_be_signed()).value();
    const auto whole = prepared.finish(scheme == Scheme::ecdsa_sha384 ? r_and_s(signature) : signature);
    ASSERT_TRUE(whole) << whole.error().code;
    auto info = signer_info(*whole);
    EXPECT_EQ(info.take_integer().value(), 1);
    ASSERT_TRUE(info.take(der::kSequence));
    ASSERT_TRUE(info.take(der::kSequence));
    const auto attributes = info.take(der::context_constructed(0)).value();
    EXPECT_TRUE(std::ranges::equal(attributes.content,
                                   ByteView(prepared.to_be_signed()).last(attributes.content.size())));
    ASSERT_TRUE(info.take(der::kSequence));
    EXPECT_EQ(to_bytes(info.take_octet_string().value()), signature);
    EXPECT_TRUE(info.done());
  }
}

void write(const std::filesystem::path& path, ByteView content) {
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
}

// The exit code of `openssl cms -verify` over the content.
int openssl_verifies(const std::filesystem::path& folder, const Signer& signer, ByteView whole,
                     std::string_view content) {
  write(folder / "whole", whole);
  write(folder / "content", view(content));
  write(folder / "signer.pem", view(pki::to_pem("CERTIFICATE", signer.certificate.der)));
  const std::string command =
      "cd '" + folder.string() +
      "' && openssl cms -verify -cades -inform DER -in whole -content content -binary "
      "-CAfile signer.pem -purpose any -out opened > said 2>&1";
  return std::system(command.c_str());
}

TEST(DetachedSignature, IsVerifiedByOpensslWithBothKeys) {
  std::string name = (std::filesystem::temp_directory_path() / "shomei-cms.XXXXXX").string();
  const std::filesystem::path folder = ::mkdtemp(name.data());
  for (const auto* signer : {&rsa(), &ec()}) {
    const auto scheme = scheme_of(signer->key.type()).value();
    const auto prepared = DetachedSignature::prepare(signer->certificate, scheme, view("m"),
                                                     signer->certificate.tbs.not_before);
    const auto signature = signer->key.sign(prepared.to_be_signed()).value();
    const auto whole =
        prepared.finish(scheme == Scheme::ecdsa_sha384 ? r_and_s(signature) : signature).value();
    EXPECT_EQ(openssl_verifies(folder, *signer, whole, "m"), 0) << crypto::name(signer->key.type());
    EXPECT_NE(openssl_verifies(folder, *signer, whole, "n"), 0) << crypto::name(signer->key.type());
  }
  std::filesystem::remove_all(folder);
}

TEST(DetachedSignature, OfAnotherKeyOrContentIsNotHandedOut) {
  const auto prepared =
      DetachedSignature::prepare(rsa().certificate, Scheme::rsa_pkcs1_sha256, view("m"), std::nullopt);
  const auto other =
      DetachedSignature::prepare(rsa().certificate, Scheme::rsa_pkcs1_sha256, view("n"), std::nullopt);
  EXPECT_EQ(prepared.finish(rsa().key.sign(other.to_be_signed()).value()).error().code, "signature_wrong");
  const auto stranger = crypto::PrivateKey::generate(crypto::KeyType::rsa_2048);
  EXPECT_EQ(prepared.finish(stranger.sign(prepared.to_be_signed()).value()).error().code, "signature_wrong");
  EXPECT_EQ(prepared.finish({}).error().code, "signature_wrong");
  const auto pss = DetachedSignature::prepare(rsa().certificate, Scheme::rsa_pss_sha256, view("m"), {});
  const auto pss_by = [](const crypto::PrivateKey& key, const DetachedSignature& of) {
    return key.sign_pss(crypto::sha256(of.to_be_signed())).value();
  };
  EXPECT_TRUE(pss.finish(pss_by(rsa().key, pss)));
  EXPECT_EQ(pss.finish(pss_by(rsa().key, other)).error().code, "signature_wrong");
  EXPECT_EQ(pss.finish(pss_by(stranger, pss)).error().code, "signature_wrong");
  EXPECT_EQ(pss.finish(rsa().key.sign(pss.to_be_signed()).value()).error().code, "signature_wrong");
  const auto of_ec = DetachedSignature::prepare(ec().certificate, Scheme::ecdsa_sha384, view("m"), {});
  EXPECT_EQ(of_ec.finish(Bytes(96, 1)).error().code, "signature_wrong");
  EXPECT_EQ(of_ec.finish(Bytes(95, 1)).error().code, "ecdsa_signature_form");
}

TEST(DetachedSignature, IsOfTheKeysOfCardsAlone) {
  EXPECT_EQ(scheme_of(crypto::KeyType::rsa_2048).value(), Scheme::rsa_pkcs1_sha256);
  EXPECT_EQ(scheme_of(crypto::KeyType::ec_p384).value(), Scheme::ecdsa_sha384);
  EXPECT_EQ(scheme_of(crypto::KeyType::ed25519).error().code, "cms_key_unsupported");
}

TEST(EcdsaValue, RefusesWhatIsNoSignature) {
  for (const std::size_t bytes : {0, 1, 95, 134})
    EXPECT_EQ(encode_ecdsa_value(Bytes(bytes, 1)).error().code, "ecdsa_signature_form") << bytes;
  Bytes no_s(96, 1);
  std::fill(no_s.begin() + 48, no_s.end(), 0);
  EXPECT_EQ(encode_ecdsa_value(no_s).error().code, "ecdsa_signature_form");
}

TEST(EcdsaValue, HoldsTheTwoNumbers) {
  EXPECT_EQ(to_hex(encode_ecdsa_value(from_hex("00800001").value()).value()), "300702020080020101");
  EXPECT_TRUE(rc::check([](std::array<std::uint8_t, 96> numbers) {
    numbers[0] |= 1;
    numbers[48] |= 1;
    RC_ASSERT(r_and_s(encode_ecdsa_value(numbers).value()) == to_bytes(ByteView(numbers)));
  }));
}

}  // namespace
}  // namespace shomei::signing::cms
