// Good certificates have no finding, whatever is in them; and no byte of one can be bent unseen, except where
// the page of the lints says so.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>

#include "tests/lints/small_lint_country.h"

namespace shomei::test {
namespace {

using crypto::KeyType;
using pki::CertificateKind;

TEST(GoodCertificates, OfEveryKindKeyAndSerialFormHaveNoFinding) {
  for (auto kind : kKinds)
    for (auto authority_key : kKeyTypes)
      for (auto subject_key : kKeyTypes)
        for (auto form : {authority::SerialForm::random_64, authority::SerialForm::sequential_32}) {
          const LintCountry country(kind, authority_key, subject_key, form);
          const auto linted = country.prepare(country.decide());
          EXPECT_TRUE(linted) << linted.error().parameter("lints") << " " << crypto::name(authority_key)
                              << " " << crypto::name(subject_key);
        }
}

// The validity ends in 2050 or later: GeneralizedTime.
TEST(GoodCertificates, AfterTheYear2050HaveNoFinding) {
  LintCountry country(CertificateKind::signature);
  country.subject.attributes.born = *parse_date("2020-03-04");
  for (std::string_view at : {"2048-11-22T01:02:03Z", "2049-12-31T23:59:59Z", "2050-01-01T00:00:00Z"}) {
    const auto linted = country.prepare(country.decide(at));
    ASSERT_TRUE(linted) << linted.error().parameter("lints") << linted.error().code;
    EXPECT_GE(linted->tbs().not_after, *parse_instant("2050-01-01T00:00:00Z"));
  }
}

rc::Gen<std::string> text_of(std::size_t characters_max) {
  const auto character =
      rc::gen::weightedOneOf<char32_t>({{5, rc::gen::inRange<char32_t>(0x4E00, 0x9FFF)},
                                        {2, rc::gen::inRange<char32_t>(0x3040, 0x30FF)},
                                        {1, rc::gen::inRange<char32_t>(0x20, 0x7F)},
                                        {1, rc::gen::inRange<char32_t>(0x20000, 0x2A6DF)},
                                        {1, rc::gen::element<char32_t>(U'●', U'　', U'－', U'\u9AD9')}});
  return rc::gen::map(rc::gen::container<std::vector<char32_t>>(character), [=](std::vector<char32_t> all) {
    all.resize(std::clamp<std::size_t>(all.size(), 1, characters_max), U'本');
    std::string text;
    for (auto c : all) text += pki::to_utf8(c);
    return text;
  });
}

TEST(GoodCertificates, OfAnyPersonAtAnyTimeHaveNoFinding) {
  std::map<std::pair<CertificateKind, authority::SerialForm>, LintCountry> countries;
  for (auto kind : kKinds)
    for (auto form : {authority::SerialForm::random_64, authority::SerialForm::sequential_32})
      countries.try_emplace({kind, form}, kind, KeyType::rsa_2048, KeyType::rsa_2048, form);
  EXPECT_TRUE(rc::check([&] {
    const auto kind = *rc::gen::elementOf(kKinds);
    const auto form =
        *rc::gen::element(authority::SerialForm::random_64, authority::SerialForm::sequential_32);
    LintCountry& country = countries.at({kind, form});
    const auto* first = "1895-01-01";
    country.subject.attributes = {
        *text_of(100), *text_of(200),
        *rc::gen::element(pki::GenderDigit::male, pki::GenderDigit::female, pki::GenderDigit::unknown),
        add_days(*parse_date(first), *rc::gen::inRange(0, 40'000))};
    country.subject.municipality = {*rc::gen::element<std::string>("13225", "01100", "47382"), "Hokkai-do",
                                    "Sapporo-shi-Chuo-ku"};
    country.subject.common_name = authority::random_common_name(country.subject.municipality);
    const auto at = *parse_instant("2026-11-22T00:00:01Z") +
                    std::chrono::seconds{*rc::gen::inRange<std::int64_t>(0, std::int64_t{20} * 365 * 86400)};
    const auto decision = country.decide(format_utc(at));
    RC_PRE(decision.granted());
    const auto serial = form == authority::SerialForm::random_64
                            ? authority::random_serial()
                            : *authority::sequential_serial(*rc::gen::inRange<std::uint64_t>(1, 0xFF000000),
                                                            *country.authority);
    const auto linted = authority::prepare(*country.authority, country.profile, decision, country.subject,
                                           country.subject_key(), serial);
    if (!linted) RC_FAIL(std::string(linted.error().parameter("lints")));
  }));
}

// Where a bit may be turned without a finding: what the authority cannot know by looking. The lints see the
// form of these, and the register, the decision or the journal know whether they are true.
struct Free {
  std::string name;
  std::size_t begin;
  std::size_t end;
};

Free where(std::string name, ByteView der, ByteView part, std::size_t length) {
  const auto at = std::search(der.begin(), der.end(), part.begin(), part.end());
  const auto begin = static_cast<std::size_t>(at - der.begin());
  return {std::move(name), begin, begin + length};
}

std::vector<Free> free_parts(const LintCountry& country, ByteView der) {
  const Bytes serial = country.serial().magnitude();
  std::vector<Free> parts{where("serial number", der, serial, serial.size()),
                          where("CN", der, view(country.subject.common_name), 14)};
  if (country.authority->kind() == CertificateKind::user_authentication) return parts;
  const auto names =
      *pki::personal_other_names(country.subject.attributes, country.profile.substitute_character);
  for (const auto& name : names) {
    const Bytes encoded = concatenate({der::oid(name.type)});
    const auto type = where("attribute " + name.type.dotted().substr(21), der, encoded, encoded.size());
    const std::size_t text = type.end + 2 + (name.value.size() < 0x80 ? 2 : 3);
    parts.push_back({type.name, text, text + name.value.size()});
  }
  return parts;
}

// Every bit of every byte. A bent certificate is refused by the parser, or has a finding, or the bit is in a
// free part: so many at most in each.
std::map<std::string, std::size_t> unseen(const LintCountry& country) {
  const Bytes good = country.prepare(country.decide())->tbs_der();
  const auto parts = free_parts(country, good);
  Bent bent(country);
  std::map<std::string, std::size_t> counted;
  for (std::size_t at = 0; at < good.size(); ++at)
    for (int bit = 0; bit < 8; ++bit) {
      bent.bytes = good;
      bent.bytes[at] = static_cast<std::uint8_t>(bent.bytes[at] ^ 1 << bit);
      if (bent.is_seen()) continue;
      const auto part =
          std::ranges::find_if(parts, [&](const Free& f) { return f.begin <= at && at < f.end; });
      ++counted[part == parts.end() ? "byte " + std::to_string(at) + " bit " + std::to_string(bit)
                                    : part->name];
    }
  return counted;
}

using Counts = std::map<std::string, std::size_t>;

TEST(BentBytes, OfASignatureCertificateAreSeenButInTheFreeParts) {
  const LintCountry country(CertificateKind::signature);
  EXPECT_EQ(unseen(country), (Counts{{"CN", 51},
                                     {"attribute 1", 38},
                                     {"attribute 3", 1},
                                     {"attribute 4", 12},
                                     {"attribute 5", 97},
                                     {"serial number", 63}}));
}

TEST(BentBytes, OfAUserAuthenticationCertificateAreSeenButInTheFreeParts) {
  for (auto type : {KeyType::rsa_2048, KeyType::ec_p384}) {
    const LintCountry country(CertificateKind::user_authentication, type, type);
    EXPECT_EQ(unseen(country), (Counts{{"CN", 51}, {"serial number", 63}}));
  }
}

TEST(BentBytes, CutAnywhereHaveAFinding) {
  const LintCountry country(CertificateKind::signature);
  Bent bent(country);
  const Bytes good = bent.der();
  for (std::size_t length = 1; length < good.size(); ++length) {
    bent.bytes.assign(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(length));
    EXPECT_NE(bent.findings(), "") << length;
  }
}

// Bytes put in, taken out and written over, anywhere and several times: something is found, and nothing
// breaks.
TEST(BentBytes, SplicedHaveAFindingOrAreTheSame) {
  const LintCountry country(CertificateKind::signature);
  const Bytes good = country.prepare(country.decide())->tbs_der();
  EXPECT_TRUE(rc::check([&] {
    Bent bent(country);
    bent.bytes = good;
    const int splices = *rc::gen::inRange(1, 4);
    for (int i = 0; i < splices; ++i) {
      const auto from = *rc::gen::inRange<std::ptrdiff_t>(0, std::ssize(bent.bytes));
      const auto length =
          *rc::gen::inRange<std::ptrdiff_t>(0, std::min<std::ptrdiff_t>(8, std::ssize(bent.bytes) - from));
      const auto more = *rc::gen::resize(8, rc::gen::arbitrary<Bytes>());
      bent.bytes.erase(bent.bytes.begin() + from, bent.bytes.begin() + from + length);
      bent.bytes.insert(bent.bytes.begin() + from, more.begin(), more.end());
    }
    const bool found = !bent.findings().empty();
    RC_ASSERT(found || bent.bytes.size() == good.size());
  }));
}

}  // namespace
}  // namespace shomei::test
