// What a query finds, and how it is fixed.
#include <fstream>

#include "files/file.h"
#include "mass/query_files.h"
#include "tests/mass/mass_country.h"

namespace shomei::test {
namespace {

template <class Store>
class MassFix : public MassCountry<Store> {
 protected:
  std::uint64_t found(std::string_view query, Verb verb = Verb::revoke) {
    const auto order = mass::fix(this->parts(), this->wish(verb, query));
    if (order) return order->found.certificates;
    EXPECT_EQ(order.error().code, "mass_nothing_found");
    return 0;
  }
};
TYPED_TEST_SUITE(MassFix, Stores);

TYPED_TEST(MassFix, CountsWhatIsInForceAndTellsTheRestApart) {
  this->issue_many(6);
  this->issue(0, [](auto& c) { c.partition = "14104"; });
  this->move(this->issue(0), CertificateState::revoked);
  const auto held = this->issue(1);
  this->move(held, CertificateState::suspended);
  this->issue(1, [](auto& c) { c.not_after = *parse_instant("2027-01-04T23:59:59+09:00"); });
  const auto order = mass::fix(this->parts(), this->wish());
  ASSERT_TRUE(order) << order.error().code;
  EXPECT_EQ(order->found.certificates, 8U) << "a held one may be revoked";
  EXPECT_EQ(order->found.residents, 8U);
  EXPECT_EQ(order->found.by_municipality, (mass::Counts{{"13225", 7}, {"14104", 1}}));
  EXPECT_EQ(order->found.by_kind, (mass::Counts{{"signature", 4}, {"user_authentication", 4}}));
  EXPECT_EQ(order->found.passed_over, (mass::Counts{{"expired", 1}, {"revoked", 1}}));
  EXPECT_EQ(order->found.sample.size(), 8U);
  EXPECT_EQ(mass::content_of(*order), order->content);
  EXPECT_EQ(this->phases(order->id), std::vector{journal::Phase::intent});
  EXPECT_EQ(this->states()["revoked"], 1) << "nothing was carried out";
  const auto holding = mass::fix(this->parts(), this->wish(Verb::suspend));
  ASSERT_TRUE(holding);
  EXPECT_EQ(holding->found.certificates, 7U);
  EXPECT_EQ(holding->found.passed_over.at("suspended"), 1U);
}

TYPED_TEST(MassFix, AsksForEachThingThatTheQueryNames) {
  this->issue_many(4);
  this->issue(0, [](auto& c) { c.partition = "14104"; });
  const auto elsewhere = this->issue(0, [](auto& c) { c.office = *OfficeId::parse("naka-ward-office"); });
  const auto begins = format_jst(elsewhere.not_before);
  EXPECT_EQ(this->found(R"({"authorities":["signature-1"]})"), 4U);
  EXPECT_EQ(this->found(R"({"kinds":["user_authentication"]})"), 2U);
  EXPECT_EQ(this->found(R"({"offices":["naka-ward-office"]})"), 1U);
  EXPECT_EQ(this->found(R"({"municipalities":["14104","99999"]})"), 1U);
  EXPECT_EQ(this->found(R"({"municipalities":["14104"],"kinds":["user_authentication"]})"), 0U);
  EXPECT_EQ(this->found(R"({"issued_from":")" + begins + R"("})"), 6U);
  EXPECT_EQ(this->found(R"({"issued_until":")" + begins + R"("})"), 0U);
  EXPECT_EQ(this->found(R"({"key":{"types":["ec-p256"]}})"), 6U);
  EXPECT_EQ(this->found(R"({"key":{"types":["rsa-2048"]}})"), 0U);
  EXPECT_EQ(this->found(R"({"key":{"weak":["roca","blocked"]}})"), 0U);
  auto rows = *this->store_.engine->begin(journal::Access::write);
  ASSERT_TRUE(rows->insert(journal::BlockedKey{elsewhere.key, elsewhere.act, "leaked"}));
  ASSERT_TRUE(rows->commit());
  EXPECT_EQ(this->found(R"({"key":{"weak":["roca","blocked"]}})"), 4U)
      << "they share the authority's own key";
}

TYPED_TEST(MassFix, AsksForThoseOfAList) {
  const auto one = this->issue(0), two = this->issue(1), three = this->issue(1);
  auto wish = this->wish(Verb::revoke, "{}");
  const auto code = [&] { return mass::fix(this->parts(), wish).error().code; };
  EXPECT_EQ(code(), "mass_query_empty");
  wish.query.certificates = *mass::parse_certificate_lines("# of the maker\n" + one.serial.hex() + "\n" +
                                                           two.serial.hex() + " signature-1\n");
  EXPECT_EQ(mass::fix(this->parts(), wish)->found.certificates, 1U) << "the other is of another authority";
  auto of_cards = this->wish(Verb::revoke, "{}");
  of_cards.query.cards = *mass::parse_card_lines(three.card.text() + "\n\n" + two.card.text());
  EXPECT_EQ(mass::fix(this->parts(), of_cards)->found.certificates, 2U);
  EXPECT_EQ(mass::parse_card_lines("card-number-1\nno card\n").error().parameter("line"), "2");
  EXPECT_EQ(mass::parse_certificate_lines("# none\n").error().code, "mass_list_empty");
}

TYPED_TEST(MassFix, TheSameRequestIsTheSameOrder) {
  this->issue_many(2);
  auto wish = this->wish();
  const auto first = mass::fix(this->parts(), wish);
  this->issue(0);
  const auto again = mass::fix(this->parts(), wish);
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->id, again->id);
  EXPECT_EQ(again->found.certificates, 2U);
  wish.cause = "another";
  EXPECT_EQ(mass::fix(this->parts(), wish).error().code, "request_differs");
}

TYPED_TEST(MassFix, TheRulesSayWhetherAtAll) {
  this->issue_many(2);
  auto wish = this->wish();
  wish.ground = rules::Ground::wish;  // a holder's: who proves to be everybody at once?
  EXPECT_FALSE(mass::fix(this->parts(), wish));
  EXPECT_TRUE(mass::known_orders(this->parts().folder).empty()) << "a list without an entry is nobody's";
  wish = this->wish();
  wish.reason = rules::Reason::certificateHold;
  EXPECT_EQ(mass::fix(this->parts(), wish).error().code, "reason_is_a_hold");
  wish = this->wish(Verb::notify);
  wish.reason = rules::Reason::superseded;
  EXPECT_EQ(mass::fix(this->parts(), wish).error().code, "mass_reason_unfit");
}

}  // namespace
}  // namespace shomei::test
