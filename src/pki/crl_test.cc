#include "pki/crl.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "crypto/private_key.h"
#include "der/writer.h"
#include "pki/crl_writer.h"
#include "pki/extension.h"

namespace shomei::pki {
namespace {

Bytes issuer_name() {
  return der::sequence(
      {der::set_of({der::sequence({der::oid(der::Oid("2.5.4.10")), der::utf8_string("X")})})});
}

Instant at(std::string_view text) {
  return *parse_instant(text);
}

CrlHead head() {
  return {.algorithm = crypto::SignatureAlgorithm::ecdsa_sha256,
          .issuer_name_der = issuer_name(),
          .this_update = at("2026-11-22T00:00:00Z"),
          .next_update = at("2026-11-24T00:00:00Z"),
          .authority_key = AuthorityKey{.key_identifier = Bytes(20, 7), .certificate = {}},
          .number = crl_number(300),
          .scope = {}};
}

RevokedEntry entry(std::string_view serial, std::optional<RevocationReason> reason) {
  return {*SerialNumber::parse_hex(serial), at("2026-11-21T10:00:00Z"), reason, {}};
}

const crypto::PrivateKey& key() {
  static const auto one = crypto::PrivateKey::generate(crypto::KeyType::ec_p256);
  return one;
}

Bytes sign(ByteView tbs) {
  return assemble_signed(tbs, crypto::SignatureAlgorithm::ecdsa_sha256, *key().sign(tbs));
}

Bytes signed_list(const CrlHead& h, std::span<const RevokedEntry> entries) {
  return sign(encode_tbs_crl(h, entries));
}

TEST(RevocationReason, HasTheNamesAndNumbersOfTheRfc) {
  EXPECT_EQ(name(RevocationReason::ca_compromise), "cACompromise");
  EXPECT_EQ(*parse_revocation_reason("affiliationChanged"), RevocationReason::affiliation_changed);
  EXPECT_EQ(parse_revocation_reason("KeyCompromise").error().code, "revocation_reason_unknown");
  for (int n = 0; n < 128; ++n) {
    const auto reason = revocation_reason_of(static_cast<std::uint8_t>(n));
    EXPECT_EQ(reason.has_value(), n <= 10 && n != 7) << n;
    if (reason) {
      EXPECT_EQ(*parse_revocation_reason(name(*reason)), *reason);
    }
  }
}

TEST(Crl, AnEmptyListLeavesRevokedCertificatesOut) {
  const auto tbs = encode_tbs_crl(head(), std::span<const RevokedEntry>{});
  auto reader = *der::enter_single(tbs);
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(reader.take());  // version to nextUpdate
  EXPECT_EQ(reader.peek(), der::context_constructed(0)) << "the extensions follow at once";
  const auto crl = *parse_crl(sign(tbs));
  EXPECT_EQ(crl.head, head());
  EXPECT_TRUE(crl.entries.empty());
}

TEST(Crl, AnEntryIsExactlyAsTheRfcSays) {
  Bytes bytes;
  append_entry(bytes, entry("F00D", RevocationReason::key_compromise));
  EXPECT_EQ(to_hex(bytes), "3022020300f00d170d3236313132313130303030305a300c300a0603551d1504030a0101");
}

TEST(Crl, TheDistributionPointIsCritical) {  // RFC 5280 5.2.5
  auto h = head();
  h.scope = CrlScope{CrlScope::Of::users, {}};
  const auto tbs = encode_tbs_crl(h, std::span<const RevokedEntry>{});
  EXPECT_NE(to_hex(tbs).find("300f0603551d1c0101ff040530038101ff"), std::string::npos) << to_hex(tbs);
}

TEST(Crl, UnspecifiedIsNeverWritten) {
  Bytes with, without;
  append_entry(with, entry("01", RevocationReason::unspecified));
  append_entry(without, entry("01", std::nullopt));
  EXPECT_EQ(with, without);
}

TEST(Crl, VerifiesUnderItsKeyAlone) {
  const std::vector entries{entry("F00D", RevocationReason::superseded)};
  const auto der = signed_list(head(), entries);
  const auto object = *parse_signed(der);
  EXPECT_TRUE(verify_signed(object, key().public_key()));
  const auto other = crypto::PrivateKey::generate(crypto::KeyType::ec_p256);
  EXPECT_EQ(verify_signed(object, other.public_key()).error().code, "signature_wrong");
}

CrlHead arbitrary_head() {
  auto h = head();
  h.this_update = Instant(std::chrono::seconds(*rc::gen::inRange<std::int64_t>(0, 4102444800)));
  h.next_update = h.this_update + std::chrono::seconds(*rc::gen::inRange(1, 100'000'000));
  h.number = crl_number(*rc::gen::arbitrary<std::uint64_t>());
  h.authority_key->key_identifier = *rc::gen::arbitrary<Bytes>();
  if (*rc::gen::arbitrary<bool>())
    h.authority_key->certificate =
        AuthorityKey::ByCertificate{issuer_name(), *SerialNumber::parse_hex("0132C4AB")};
  CrlScope scope{*rc::gen::element(CrlScope::Of::all, CrlScope::Of::users, CrlScope::Of::authorities), {}};
  if (*rc::gen::arbitrary<bool>()) scope.point_name_der = issuer_name();
  if (scope != CrlScope{}) h.scope = scope;
  return h;
}

RevokedEntry arbitrary_entry() {
  auto magnitude =
      *rc::gen::container<Bytes>(*rc::gen::inRange<std::size_t>(1, 20), rc::gen::arbitrary<std::uint8_t>());
  magnitude[0] |= 1;
  RevokedEntry e{*SerialNumber::of_magnitude(magnitude), {}, {}, {}};
  e.revoked_at = Instant(std::chrono::seconds(*rc::gen::inRange<std::int64_t>(0, 4102444800)));
  if (*rc::gen::arbitrary<bool>())
    e.reason = *rc::gen::element(RevocationReason::key_compromise, RevocationReason::affiliation_changed,
                                 RevocationReason::superseded, RevocationReason::certificate_hold);
  if (*rc::gen::arbitrary<bool>()) e.invalidity_at = e.revoked_at - std::chrono::hours(5);
  return e;
}

TEST(Crl, WhatIsWrittenIsReadAgain) {
  EXPECT_TRUE(rc::check([] {
    const auto h = arbitrary_head();
    std::vector<RevokedEntry> entries;
    const int count = *rc::gen::inRange(0, 8);
    for (int i = 0; i < count; ++i) entries.push_back(arbitrary_entry());
    const auto crl = parse_crl(signed_list(h, entries));
    RC_ASSERT(crl.has_value());
    RC_ASSERT(crl->head == h);
    RC_ASSERT(crl->entries == entries);
  }));
}

TEST(Crl, FindsTheEntryOfANumber) {
  const std::vector entries{entry("01", {}), entry("F00D", RevocationReason::superseded)};
  const auto crl = *parse_crl(signed_list(head(), entries));
  ASSERT_NE(find_entry(crl, *SerialNumber::parse_hex("F00D")), nullptr);
  EXPECT_EQ(find_entry(crl, *SerialNumber::parse_hex("F00D"))->reason, RevocationReason::superseded);
  EXPECT_EQ(find_entry(crl, *SerialNumber::parse_hex("02")), nullptr);
}

// A list whose one extension list is as given, signed.
Bytes list_with_extensions(std::initializer_list<Extension> extensions) {
  Bytes encoded;
  for (const auto& extension : extensions) append(encoded, encode_extension(extension));
  const auto h = head();
  return sign(
      der::sequence({der::integer(1), crypto::encode_algorithm(h.algorithm), h.issuer_name_der,
                     *from_hex("170d3236313132323030303030305a"), *from_hex("170d3236313132343030303030305a"),
                     der::constructed(der::context_constructed(0), {der::sequence({encoded})})}));
}

TEST(Crl, RefusesWhatItCouldNotHonour) {
  const Extension number{der::Oid("2.5.29.20"), false, der::integer(1)};
  EXPECT_TRUE(parse_crl(list_with_extensions({number})));
  EXPECT_EQ(parse_crl(list_with_extensions({number, number})).error().code, "extension_list_form");
  const Extension delta{der::Oid("2.5.29.27"), true, der::integer(1)};
  EXPECT_EQ(parse_crl(list_with_extensions({number, delta})).error().code, "crl_extension_unknown");
  const Extension fresh{der::Oid("2.5.29.46"), false, der::sequence(std::initializer_list<ByteView>{})};
  EXPECT_TRUE(parse_crl(list_with_extensions({number, fresh}))) << "unknown and not critical is allowed";
  EXPECT_EQ(parse_crl(list_with_extensions({fresh})).error().code, "crl_form") << "no cRLNumber";
  for (const auto* scope : {"30068101ff8401ff", "30068101ff8501ff", "30078101ff83020640", "3000",
                            "30068101ff8201ff", "3003810100"}) {
    const Extension idp{der::Oid("2.5.29.28"), true, *from_hex(scope)};
    EXPECT_EQ(parse_crl(list_with_extensions({number, idp})).error().code, "crl_form") << scope;
  }
}

TEST(DeltaCrl, BeginsAtANumberAndIsNeverTakenForACompleteList) {
  auto h = head();
  h.delta_base = crl_number(298);
  h.scope = CrlScope{CrlScope::Of::users, issuer_name()};
  const std::vector entries{entry("07", RevocationReason::remove_from_crl),
                            entry("F00D", RevocationReason::key_compromise)};
  const auto der = signed_list(h, entries);
  // The indicator is critical: 2.5.29.27, TRUE, INTEGER 298.
  EXPECT_NE(to_hex(der).find("0603551d1b0101ff04040202012a"), std::string::npos);
  const auto delta = parse_delta_crl(der).value();
  EXPECT_EQ(delta.head, h);
  EXPECT_EQ(delta.entries, entries);
  EXPECT_EQ(parse_crl(signed_list(h, {})).error().code, "crl_extension_unknown");
  EXPECT_EQ(parse_delta_crl(signed_list(head(), {})).error().code, "crl_form") << "a complete one";
  for (std::size_t n = 0; n < der.size(); ++n)
    EXPECT_EQ(parse_delta_crl(ByteView(der).first(n)).error().fault, Fault::malformed) << n;
}

TEST(DeltaCrl, AnIndicatorThatMayBePassedOverIsRefused) {
  const Extension number{der::Oid("2.5.29.20"), false, der::integer(2)};
  const Extension delta{der::Oid("2.5.29.27"), false, der::integer(1)};
  EXPECT_EQ(parse_delta_crl(list_with_extensions({number, delta})).error().code, "crl_form");
}

TEST(Crl, SaysWhereItsDeltaListsAre) {
  auto h = head();
  h.freshest_name_der = issuer_name();
  EXPECT_EQ(parse_crl(signed_list(h, {}))->head, h);
  const Extension number{der::Oid("2.5.29.20"), false, der::integer(2)};
  const Extension delta{der::Oid("2.5.29.27"), true, der::integer(1)};
  const Bytes name = to_bytes(parse_crl(signed_list(h, {}))->head.freshest_name_der.value());
  const Bytes full =
      der::constructed(der::context_constructed(0), {der::constructed(der::context_constructed(4), {name})});
  const Extension fresh{
      der::Oid("2.5.29.46"), false,
      der::sequence({der::sequence({der::constructed(der::context_constructed(0), {full})})})};
  EXPECT_EQ(parse_crl(list_with_extensions({number, fresh}))->head.freshest_name_der, issuer_name());
  EXPECT_EQ(parse_delta_crl(list_with_extensions({number, delta, fresh})).error().code, "crl_form");
}

TEST(Crl, ANumberIsACounterWhileItFits) {
  EXPECT_EQ(crl_counter(crl_number(0)), 0U);
  EXPECT_EQ(crl_counter(crl_number(UINT64_MAX)), UINT64_MAX);
  EXPECT_EQ(crl_counter(Bytes{1, 0, 0, 0, 0, 0, 0, 0, 0}), std::nullopt);
}

// A list with one entry, whose entry extension is as given.
Bytes list_with_entry_extension(const Extension& extension) {
  const Bytes one = der::sequence({der::integer(5), *from_hex("170d3236313132313030303030305a"),
                                   der::sequence({encode_extension(extension)})});
  return sign(encode_tbs_crl(head(), one));
}

TEST(Crl, RefusesEntriesThatMeanSomethingElse) {
  const der::Oid reason("2.5.29.21");
  EXPECT_TRUE(parse_crl(list_with_entry_extension({reason, false, *from_hex("0a0106")})));
  EXPECT_EQ(parse_crl(list_with_entry_extension({reason, false, *from_hex("0a0107")})).error().code,
            "crl_form");
  EXPECT_EQ(parse_crl(list_with_entry_extension({reason, false, *from_hex("0a0108")})).error().code,
            "crl_form")
      << "removeFromCRL is for delta lists";
  const Extension issuer{der::Oid("2.5.29.29"), true, issuer_name()};
  EXPECT_EQ(parse_crl(list_with_entry_extension(issuer)).error().code, "crl_extension_unknown");
}

TEST(Crl, AnEntryWithoutMemoryOfItsOwnIsTheSame) {
  EXPECT_TRUE(rc::check([] {
    auto e = arbitrary_entry();
    e.invalidity_at.reset();
    Bytes bytes;
    append_entry(bytes, e);
    const auto same =
        encode_entry(e.serial.magnitude(), e.revoked_at, e.reason.value_or(RevocationReason::unspecified));
    RC_ASSERT(to_hex(same.view()) == to_hex(bytes));
  }));
}

// Its headers are written before it is known how long they are: every number of entries around each length of
// a length, of short entries and of long ones.
TEST(Crl, AListWrittenOnceHasItsHeadersRightWhateverItsLength) {
  const auto short_one = encode_entry(Bytes{5}, at("2026-11-21T10:00:00Z"), RevocationReason::unspecified);
  const auto long_one =
      encode_entry(Bytes(20, 0x7F), at("2051-11-21T10:00:00Z"), RevocationReason::key_compromise);
  EXPECT_EQ(long_one.size, kEntryBytesMax);
  const std::size_t around[] = {0,  1,  2,     3,     4,     5,     6,     10,   11,
                                12, 13, 1'180, 1'190, 1'440, 1'450, 1'456, 3'000};
  for (const auto& one : {short_one, long_one})
    for (const std::size_t count : around)
      for (const std::size_t foreseen : {count, std::size_t{0}, 3 * count}) {
        CrlWriter list(head(), foreseen);
        for (std::size_t i = 0; i < count; ++i) list.add(one);
        const Bytes tbs = to_bytes(list.finish_tbs());
        const auto signature = key().sign(tbs).value();
        const Bytes der = std::move(list).finish(signature);
        const auto object = parse_signed(der);  // which takes shortest lengths alone
        ASSERT_TRUE(object) << count;
        ASSERT_TRUE(verify_signed(*object, key().public_key())) << count;
        const auto crl = parse_crl(der);
        ASSERT_TRUE(crl) << count;
        ASSERT_EQ(crl->head, head());
        ASSERT_EQ(crl->entries.size(), count);
        ASSERT_EQ(outline_crl(der)->entries, count);
        if (count > 0) {
          ASSERT_EQ(crl->entries.back(), crl->entries.front());
        }
      }
}

// Reading without keeping says what reading says, of every list that is nearly one.
TEST(Crl, AnOutlineRefusesExactlyWhatParsingRefuses) {
  const auto agree = [](ByteView der) {
    for (const bool delta : {false, true}) {
      const auto read = delta ? parse_delta_crl(der) : parse_crl(der);
      const auto outline = delta ? outline_delta_crl(der) : outline_crl(der);
      ASSERT_EQ(read.has_value(), outline.has_value()) << to_hex(der);
      if (!read) {
        EXPECT_EQ(read.error().code, outline.error().code);
        continue;
      }
      EXPECT_EQ(read->head, outline->head);
      EXPECT_EQ(read->entries.size(), outline->entries);
    }
  };
  auto h = head();
  for (const bool delta : {false, true}) {
    if (delta) h.delta_base = crl_number(2);
    const std::vector entries{
        entry("F00D", RevocationReason::superseded), entry("01", {}),
        entry("7F", delta ? RevocationReason::remove_from_crl : RevocationReason::superseded)};
    const auto der = signed_list(h, entries);
    agree(der);
    for (std::size_t n = 0; n < der.size(); ++n)
      for (const int flip : {0x01, 0x04, 0x08, 0x80}) {
        Bytes bent = der;
        bent[n] = static_cast<std::uint8_t>(bent[n] ^ flip);
        agree(bent);
      }
  }
  // Days that some months and years have not, and hours that no day has.
  for (const auto* time :
       {"260229000000Z", "280229000000Z", "260430000000Z", "260431000000Z", "261131000000Z", "261231235959Z",
        "260100000000Z", "260001000000Z", "261301000000Z", "260101240000Z", "260101006000Z", "260101000060Z",
        "26010100000:Z", "26010100000/Z", "260101000000z"}) {
    const Bytes one = der::sequence({der::integer(5), der::encode(der::kUtcTime, view(time))});
    agree(sign(encode_tbs_crl(head(), one)));
  }
}

TEST(Crl, EveryCutIsMalformedAndNoBentByteCrashes) {
  const std::vector entries{entry("F00D", RevocationReason::superseded), entry("01", {})};
  auto h = head();
  h.scope = CrlScope{CrlScope::Of::users, issuer_name()};
  const auto der = signed_list(h, entries);
  for (std::size_t n = 0; n < der.size(); ++n)
    EXPECT_EQ(parse_crl(ByteView(der).first(n)).error().fault, Fault::malformed) << n;
  for (std::size_t n = 0; n < der.size(); ++n)
    for (const int flip : {0x01, 0x20, 0x80, 0xFF}) {
      Bytes bent = der;
      bent[n] = static_cast<std::uint8_t>(bent[n] ^ flip);
      const auto crl = parse_crl(bent);
      if (!crl) {
        EXPECT_EQ(crl.error().fault, Fault::malformed);
      }
      if (crl) {
        EXPECT_FALSE(verify_signed(*parse_signed(bent), key().public_key())) << n;
      }
    }
}

}  // namespace
}  // namespace shomei::pki
