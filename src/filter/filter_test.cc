#include "filter/filter.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "filter/check.h"
#include "filter/filter_testing.h"
#include "pki/signed_object.h"

namespace shomei::filter {
namespace {

std::uint64_t wrong(const Filter& filter, Source& source) {
  const auto comparison = compare(filter, source);
  return comparison ? comparison->wrong : ~std::uint64_t{0};
}

TEST(Filter, AnswersForAllThatWereIssuedWithoutFault) {
  const Journal journal;
  EXPECT_TRUE(rc::check([&] {
    MadeUpSource source;
    const auto authorities = *rc::gen::inRange(0, 4);
    for (int i = 0; i < authorities; ++i)
      source.add("signature-" + std::to_string(i))
          .fill(*rc::gen::inRange(0U, 5U), *rc::gen::inRange(0U, 3000U),
                *rc::gen::element(0U, 1U, 2U, 3U, 7U, 20U, 500U));
    const auto filter = opened(source, journal, 10, *rc::gen::arbitrary<std::uint64_t>());
    RC_ASSERT(filter.authorities() == source.authorities());
    RC_ASSERT(wrong(filter, source) == 0U);
  }));
}

TEST(Filter, NothingRevokedNeedsNoMaps) {
  MadeUpSource source;
  source.add("signature-1").fill(0, 5000, 0);
  const Journal journal;
  const auto file = written(source, journal, 1);
  EXPECT_LT(file.size(), 1000U);
  const auto filter = *Filter::open(file, journal.key);
  EXPECT_EQ(filter.counts()[0], (Count{5000, 0}));
  EXPECT_EQ(wrong(filter, source), 0U);
}

TEST(Filter, EverythingRevokedNeedsNoMaps) {
  MadeUpSource source;
  source.add("signature-1").fill(0, 5000, 1);
  const Journal journal;
  const auto file = written(source, journal, 1);
  EXPECT_LT(file.size(), 1000U);
  EXPECT_EQ(wrong(*Filter::open(file, journal.key), source), 0U);
}

TEST(Filter, OneCertificateGoodOrRevoked) {
  for (const bool revoked : {false, true}) {
    MadeUpSource source;
    source.add("signature-1").certificates[0][5] = revoked;
    const auto filter = opened(source, Journal(), 1);
    const auto answer = filter.answer(source.authorities()[0].issuer, serial_of(5));
    EXPECT_EQ(answer, revoked ? Answer::revoked_or_held : Answer::good);
  }
}

TEST(Filter, OneRevokedOfMany) {
  MadeUpSource source;
  source.add("signature-1").fill(0, 50'000, 0).certificates[0][777] = true;
  EXPECT_EQ(wrong(opened(source, Journal(), 1), source), 0U);
}

TEST(Filter, OneGoodOfMany) {
  MadeUpSource source;
  source.add("signature-1").fill(0, 20'000, 1).certificates[0][777] = false;
  EXPECT_EQ(wrong(opened(source, Journal(), 1), source), 0U);
}

TEST(Filter, NoAuthorityAtAll) {
  MadeUpSource source;
  const auto filter = opened(source, Journal(), 0);
  EXPECT_TRUE(filter.authorities().empty());
  EXPECT_EQ(filter.answer(made_up_authority("signature-1").issuer, serial_of(1)),
            Answer::authority_not_covered);
}

// Generations share a space of serial numbers; each answers for its own certificates.
TEST(Filter, OneSerialUnderTwoAuthoritiesIsTwoCertificates) {
  MadeUpSource source;
  source.add("signature-1").fill(0, 300, 2).add("signature-2").fill(0, 300, 3);
  EXPECT_EQ(wrong(opened(source, Journal(), 1), source), 0U);
}

TEST(Filter, AnAuthorityIsFoundByNameAndKeyTogether) {
  MadeUpSource source;
  source.add("signature-1").fill(0, 100, 2);
  const auto filter = opened(source, Journal(), 1);
  auto issuer = source.authorities()[0].issuer;
  EXPECT_EQ(filter.answer(issuer, serial_of(2)), Answer::revoked_or_held);
  issuer.key[0] ^= 1;
  EXPECT_EQ(filter.answer(issuer, serial_of(2)), Answer::authority_not_covered);
  issuer.key[0] ^= 1;
  issuer.subject[31] ^= 1;
  EXPECT_EQ(filter.answer(issuer, serial_of(2)), Answer::authority_not_covered);
}

// log2(20) + 2 is what two exact maps cost, and two hundredths more.
TEST(Filter, HasSevenBitsARevokedCertificateOfTwenty) {
  MadeUpSource source;
  source.add("signature-1").fill(0, 200'000, 20);
  const double bits = static_cast<double>(written(source, Journal(), 1).size()) * 8 / 10'000;
  EXPECT_LT(bits, 6.19 * 1.03 + 0.6) << "the rest is head and notes";
}

TEST(Filter, FingerprintsAreAsLongAsMakesBothMapsSmallest) {
  for (std::uint64_t revoked : {1U, 7U, 1000U})
    for (std::uint64_t ratio = 0; ratio < 5000; ratio = ratio * 5 / 4 + 1) {
      const auto size = [&](unsigned bits) {
        return static_cast<double>(bits) +
               static_cast<double>(ratio) / static_cast<double>(std::uint64_t{1} << bits);
      };
      const auto bits = fingerprint_bits(ratio * revoked, revoked);
      EXPECT_LE(size(bits), size(bits + 1)) << ratio;
      if (bits > 0) EXPECT_LE(size(bits), size(bits - 1)) << ratio;
    }
  EXPECT_EQ(fingerprint_bits(~std::uint64_t{0}, 1), kColumnsMax);
}

TEST(Filter, TheSameStateAndSaltGiveTheSameBytesInWhateverOrder) {
  struct Backwards : MadeUpSource {
    Result<void> each(const Visit& visit) override {
      for (auto c = certificates[0].rbegin(); c != certificates[0].rend(); ++c)
        visit(0, serial_of(c->first), c->second);
      return {};
    }
  };
  Backwards backwards;
  MadeUpSource forwards;
  backwards.add("signature-1").fill(0, 2000, 9);
  forwards.add("signature-1").fill(0, 2000, 9);
  const Journal journal;
  EXPECT_EQ(written(backwards, journal, 3), written(forwards, journal, 3));
  EXPECT_NE(written(forwards, journal, 3, 2), written(forwards, journal, 3, 1));
}

TEST(Filter, SaysWhereItStands) {
  MadeUpSource source;
  source.add("signature-1").fill(0, 100, 10);
  const Journal journal;
  const auto filter = opened(source, journal, 77);
  EXPECT_EQ(filter.standing().checkpoint.origin, "example.jp/journal");
  EXPECT_EQ(filter.standing().checkpoint.size, 77U);
  EXPECT_EQ(filter.standing().note, journal.edition(77).checkpoint);
  EXPECT_TRUE(filter.covers(journal.edition(77).made_at));
  EXPECT_FALSE(filter.covers(journal.edition(78).made_at));
  EXPECT_EQ(filter.counts()[0], (Count{100, 10}));
}

// What a source that changes under the builder would spoil is found, whichever way it changes.
class MovingSource : public MadeUpSource {
 public:
  explicit MovingSource(std::function<void(MadeUpSource&)> move) : move_(std::move(move)) {}
  Result<void> each(const Visit& visit) override {
    const auto done = MadeUpSource::each(visit);
    move_(*this);
    return done;
  }

 private:
  std::function<void(MadeUpSource&)> move_;
};

TEST(WriteFilter, ASourceThatMovesBetweenTwoWalksIsRefused) {
  const std::vector<std::function<void(MadeUpSource&)>> moves{
      [](MadeUpSource& s) { s.certificates[0][5] = true; },
      [](MadeUpSource& s) { s.certificates[0][10] = false; },
      [](MadeUpSource& s) { s.certificates[0][1000] = false; },
      [](MadeUpSource& s) { std::swap(s.certificates[0][10], s.certificates[0][11]); },
      [](MadeUpSource& s) { s.certificates[0].erase(11), s.certificates[0][1000] = false; }};
  const Journal journal;
  for (std::size_t i = 0; i < moves.size(); ++i) {
    MovingSource source(moves[i]);
    source.add("signature-1").fill(0, 100, 10);
    const auto file = write_filter(source, journal.edition(1), salt_of(1), journal.key, *journal.signer);
    EXPECT_EQ(code_of(file), "filter_source_moved") << i;
  }
}

// The second state is of the same serial number.
class TwiceSource : public MadeUpSource {
 public:
  TwiceSource(bool first, bool second) : first_(first), second_(second) {}
  Result<void> each(const Visit& visit) override {
    visit(0, serial_of(3), first_);
    visit(0, serial_of(3), second_);
    visit(0, serial_of(4), false);
    visit(0, serial_of(5), true);
    return {};
  }

 private:
  bool first_, second_;
};

TEST(WriteFilter, ASerialThatComesTwiceAndIsRevokedIsRefused) {
  const Journal journal;
  for (const bool second : {false, true}) {
    TwiceSource source(true, second);
    source.add("signature-1");
    const auto file = write_filter(source, journal.edition(1), salt_of(1), journal.key, *journal.signer);
    EXPECT_EQ(code_of(file), "filter_serial_twice") << second;
  }
}

TEST(WriteFilter, AnErrorOfTheSourceIsHandedOn) {
  struct Broken : MadeUpSource {
    Result<void> each(const Visit&) override { return unavailable("status_list_old"); }
  };
  Broken source;
  source.add("signature-1");
  const Journal journal;
  EXPECT_EQ(code_of(write_filter(source, journal.edition(1), salt_of(1), journal.key, *journal.signer)),
            "status_list_old");
}

TEST(WriteFilter, AuthoritiesThatCannotBeToldApartAreRefused) {
  const Journal journal;
  const auto code = [&](MadeUpSource source) {
    return code_of(write_filter(source, journal.edition(1), salt_of(1), journal.key, *journal.signer));
  };
  EXPECT_EQ(code(MadeUpSource().add("a").add("b").add("a")), "filter_authorities_unfit");
  EXPECT_EQ(code(MadeUpSource().add("")), "filter_authorities_unfit");
  EXPECT_EQ(code(MadeUpSource().add("two words")), "filter_authorities_unfit");
  EXPECT_EQ(code(MadeUpSource().add(std::string(65, 'a'))), "filter_authorities_unfit");
  struct OneKey : MadeUpSource {
    std::vector<Authority> authorities() const override {
      auto both = MadeUpSource::authorities();
      both[1].issuer = both[0].issuer;
      return both;
    }
  };
  OneKey one_key;
  one_key.add("a").add("b");
  EXPECT_EQ(code_of(write_filter(one_key, journal.edition(1), salt_of(1), journal.key, *journal.signer)),
            "filter_authorities_unfit");
  MadeUpSource many;
  for (int i = 0; i < 64; ++i) many.add(std::to_string(i));
  EXPECT_EQ(code(many), "");
  EXPECT_EQ(code(many.add("64")), "filter_authorities_unfit");
}

TEST(WriteFilter, AnotherSignerThanTheJournalsWritesNothing) {
  MadeUpSource source;
  const Journal journal, other;
  EXPECT_EQ(code_of(write_filter(source, journal.edition(1), salt_of(1), journal.key, *other.signer)),
            "filter_unsigned");
  EXPECT_EQ(code_of(write_filter(source, other.edition(1), salt_of(1), journal.key, *journal.signer)),
            "checkpoint_unsigned");
}

class CertificateTest : public testing::Test {
 protected:
  static pki::Name named(std::string_view unit) {
    return pki::Name()
        .add(pki::NameAttribute::organization, "SAMPLE")
        .add(pki::NameAttribute::organizational_unit, unit);
  }
  static pki::Certificate certificate(const pki::Name& issuer, const crypto::PrivateKey& key,
                                      const pki::SerialNumber& serial, Instant from,
                                      const pki::Name& subject) {
    const pki::TbsCertificate tbs{serial,
                                  crypto::algorithm_of(key.type()),
                                  issuer,
                                  from,
                                  from + std::chrono::hours(1),
                                  subject,
                                  key.public_key(),
                                  {pki::key_usage({pki::KeyUsage::key_cert_sign})}};
    const Bytes der = pki::encode_tbs(tbs);
    return *pki::parse_certificate(pki::assemble_signed(der, tbs.algorithm, *key.sign(der)));
  }
  const crypto::PrivateKey key_ = crypto::PrivateKey::generate(crypto::KeyType::ec_p256);
  const Journal journal_;
  const Instant made_at_ = journal_.edition(9).made_at;
  const pki::Certificate authority_ = certificate(named("CA"), key_, serial_of(0), made_at_, named("CA"));
};

TEST_F(CertificateTest, IsAskedForWhenItIsTheAuthoritysAndNotLaterThanTheFilter) {
  struct One : MadeUpSource {
    explicit One(Authority authority) : authority_(std::move(authority)) { certificates.resize(1); }
    std::vector<Authority> authorities() const override { return {authority_}; }
    Authority authority_;
  };
  One source(authority_of("signature-1", authority_));
  source.fill(1, 100, 2);
  const auto filter = opened(source, journal_, 9);
  const auto answer = [&](const pki::Name& issuer, const crypto::PrivateKey& key, std::uint64_t number,
                          Instant from) {
    return check_certificate(filter, certificate(issuer, key, serial_of(number), from, named("person")),
                             authority_);
  };
  EXPECT_EQ(answer(named("CA"), key_, 2, made_at_).value(), Answer::revoked_or_held);
  EXPECT_EQ(answer(named("CA"), key_, 3, made_at_).value(), Answer::good);
  EXPECT_EQ(answer(named("CA"), key_, 3, made_at_ + std::chrono::seconds(1)).value(),
            Answer::later_than_filter);
  EXPECT_EQ(code_of(answer(named("CB"), key_, 3, made_at_)), "filter_certificate_foreign");
  const auto other = crypto::PrivateKey::generate(crypto::KeyType::ec_p256);
  EXPECT_EQ(code_of(answer(named("CA"), other, 3, made_at_)), "signature_wrong");
  // The same name under another key is another generation.
  const auto next = certificate(named("CA"), other, serial_of(0), made_at_, named("CA"));
  const auto of_next = certificate(named("CA"), other, serial_of(2), made_at_, named("person"));
  EXPECT_EQ(check_certificate(filter, of_next, next).value(), Answer::authority_not_covered);
}

}  // namespace
}  // namespace shomei::filter
