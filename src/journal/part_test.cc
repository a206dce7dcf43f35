#include "journal/part.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "der/writer.h"
#include "journal/status_part.h"

namespace shomei::journal {
namespace {

Instant at(std::int64_t seconds) {
  return Instant{std::chrono::seconds{seconds}};
}

std::vector<StatusChange> one_of_each() {
  const auto serial = *pki::SerialNumber::parse_hex("00D1CE0000000000000001");
  crypto::Sha256 digest;
  digest.fill(0x5A);
  return {
      AuthorityAdded{"signature-1", to_bytes("certificate")},
      SerialReserved{"signature-1", serial},
      CertificateIssued{"signature-1", serial, at(1795305600), at(1953071999), "13101", digest},
      CertificateRevoked{"signature-1", serial, at(1795305600), pki::RevocationReason::key_compromise, {}},
      CertificateRevoked{"signature-1", serial, at(1795305600), pki::RevocationReason::affiliation_changed,
                         at(1795000000)},
      CertificateSuspended{"signature-1", serial, at(1795305601)},
      CertificateRestored{"signature-1", serial, at(1795305602)},
      CrlPublished{"signature-1", 12, at(1795305600), at(1795392000), digest},
      CrlPublished{"signature-1", 3, at(1795305600), at(1795392000), digest, "13225", {}},
      CrlPublished{"signature-1", 12, at(1795305600), at(1795392000), digest, {}, 7},
      CrlPublished{"signature-1", 3, at(1795305600), at(1795392000), digest, "13225", 0x80}};
}

// Every cut fails, and what parses after a bit was bent is its own one encoding.
template <class Parse, class Encode>
void expect_strict(const Bytes& der, Parse parse, Encode encode) {
  for (std::size_t length = 0; length < der.size(); ++length) {
    const auto read = parse(ByteView(der).first(length));
    ASSERT_FALSE(read.has_value()) << length;
    EXPECT_EQ(read.error().code, "part_form");
    EXPECT_FALSE(read.error().parameter("what").empty()) << length;
  }
  for (std::size_t i = 0; i < der.size() * 8; ++i) {
    Bytes bent = der;
    bent[i / 8] ^= static_cast<std::uint8_t>(1 << i % 8);
    const auto read = parse(bent);
    if (read) {
      EXPECT_EQ(encode(*read), bent) << i / 8;
    } else {
      EXPECT_EQ(read.error().code, "part_form");
    }
  }
}

// A journal that was written before lists had partitions and bases says the same as ever, byte for byte.
TEST(StatusPart, AWholeListIsRecordedAsBeforeThereWereOthers) {
  crypto::Sha256 digest;
  digest.fill(0x5A);
  const auto der =
      encode_status_part({CrlPublished{"signature-1", 12, at(1795305600), at(1795392000), digest}});
  EXPECT_EQ(
      to_hex(der),
      "305b0201013056a6540c0b7369676e61747572652d3102010c180f32303236313132323030303030305a180f323032363131"
      "32333030303030305a0420" +
          to_hex(digest));
  const auto read = std::get<CrlPublished>(parse_status_part(der)->front());
  EXPECT_EQ(read.name().text(), "signature-1");
  EXPECT_FALSE(read.base);
}

TEST(StatusPart, AListSaysItsPartitionAndItsBase) {
  const auto read = parse_status_part(encode_status_part(one_of_each())).value();
  const auto& last = std::get<CrlPublished>(read.back());
  EXPECT_EQ(last.partition, "13225");
  EXPECT_EQ(last.base, 0x80U);
  EXPECT_EQ(last.name().text(), "signature-1/13225/delta");
  auto odd = last;
  odd.partition = "no digits";
  EXPECT_EQ(parse_status_part(encode_status_part({odd})).error().code, "part_form");
}

TEST(Fields, AreReadAsTheyWereWritten) {
  EXPECT_TRUE(rc::check([](const std::map<std::string, std::string>& texts) {
    Fields fields;
    for (const auto& [name, value] : texts)
      if (der::is_utf8(view(name))) fields[name] = to_bytes(value);
    const auto read = parse_fields(encode_fields(fields));
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == fields);
  }));
}

TEST(Fields, HaveOneEncodingOnly) {
  const Fields fields{{"act", to_bytes("issue")}, {"actor", to_bytes("system")}, {"office", Bytes{}}};
  expect_strict(encode_fields(fields), parse_fields, encode_fields);
}

TEST(Fields, OutOfOrderOrTwiceAreRefused) {
  const Bytes a = der::sequence({der::utf8_string("a"), der::octet_string(Bytes{1})});
  const Bytes b = der::sequence({der::utf8_string("b"), der::octet_string(Bytes{2})});
  const auto part = [](const Bytes& x, const Bytes& y) {
    return der::sequence({der::integer(1), der::sequence({x, y})});
  };
  EXPECT_TRUE(parse_fields(part(a, b)).has_value());
  EXPECT_FALSE(parse_fields(part(b, a)).has_value());
  EXPECT_FALSE(parse_fields(part(a, a)).has_value());
}

TEST(Fields, TextOfAnAbsentFieldIsEmpty) {
  const Fields fields{{"act", to_bytes("issue")}};
  EXPECT_EQ(text(fields, field::kAct), "issue");
  EXPECT_EQ(text(fields, field::kOffice), "");
}

TEST(StatusPart, EveryKindOfChangeIsReadAsItWasWritten) {
  const auto changes = one_of_each();
  const Bytes der = encode_status_part(changes);
  const auto read = parse_status_part(der);
  ASSERT_TRUE(read.has_value());
  ASSERT_EQ(read->size(), changes.size());
  for (std::size_t i = 0; i < changes.size(); ++i) EXPECT_EQ((*read)[i].index(), changes[i].index());
  EXPECT_EQ(encode_status_part(*read), der);
  const auto& issued = std::get<CertificateIssued>((*read)[2]);
  EXPECT_EQ(issued.serial.hex(), "D1CE0000000000000001");
  EXPECT_EQ(issued.not_after, at(1953071999));
  EXPECT_EQ(issued.partition, "13101");
  const auto& revoked = std::get<CertificateRevoked>((*read)[4]);
  EXPECT_EQ(revoked.invalidity_at, at(1795000000));
  EXPECT_EQ(revoked.reason, pki::RevocationReason::affiliation_changed);
  EXPECT_FALSE(std::get<CertificateRevoked>((*read)[3]).invalidity_at.has_value());
}

TEST(StatusPart, HasOneEncodingOnly) {
  expect_strict(encode_status_part(one_of_each()), parse_status_part, encode_status_part);
  EXPECT_TRUE(parse_status_part(encode_status_part({}))->empty());
}

TEST(StatusPart, UnknownChangesAreRefused) {
  const Bytes unknown = der::constructed(der::context_constructed(7), {der::utf8_string("signature-1")});
  const auto read = parse_status_part(der::sequence({der::integer(1), der::sequence({unknown})}));
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().parameter("what"), "there is no such change");
}

}  // namespace
}  // namespace shomei::journal
