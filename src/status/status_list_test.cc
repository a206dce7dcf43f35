#include "status/status_list.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <thread>

#include "status/test_hierarchy.h"

namespace shomei::status {
namespace {

using pki::RevocationReason;

const TestAuthority& first() {
  static const TestAuthority one("signatures");
  return one;
}
const TestAuthority& second() {  // another generation under the same name
  static const TestAuthority one("signatures");
  return one;
}
const TestAuthority& other() {
  static const TestAuthority one("logins");
  return one;
}

const Instant kLast = instant("2031-11-22T14:59:59Z");
const Instant kDay = instant("2026-12-01T00:00:00Z");

class List : public testing::Test {
 protected:
  List() {
    EXPECT_TRUE(list.add_authority("signature-1", first().certificate_der()));
    EXPECT_TRUE(list.add_authority("signature-2", second().certificate_der()));
    EXPECT_TRUE(list.add_authority("user_authentication-1", other().certificate_der()));
  }
  std::optional<Standing> standing(std::string_view authority, std::string_view hex) {
    return list.find(*list.find_authority(authority), serial(hex));
  }
  StatusList list;
};

TEST_F(List, FollowsACertificateThroughItsLife) {
  EXPECT_FALSE(standing("signature-1", "0A"));
  ASSERT_TRUE(list.issued("signature-1", serial("0A"), kLast));
  EXPECT_EQ(standing("signature-1", "0A"), (Standing{State::valid, {}, {}, kLast}));
  ASSERT_TRUE(list.suspended("signature-1", serial("0A"), kDay));
  EXPECT_EQ(standing("signature-1", "0A"),
            (Standing{State::suspended, kDay, RevocationReason::certificate_hold, kLast}));
  ASSERT_TRUE(list.restored("signature-1", serial("0A")));
  EXPECT_EQ(standing("signature-1", "0A"), (Standing{State::valid, {}, {}, kLast}));
  ASSERT_TRUE(list.revoked("signature-1", serial("0A"), kDay, RevocationReason::superseded));
  EXPECT_EQ(standing("signature-1", "0A"),
            (Standing{State::revoked, kDay, RevocationReason::superseded, kLast}));
  EXPECT_EQ(list.size(), 1U);
}

TEST_F(List, GenerationsShareSerialNumbersAndAnswerForTheirOwnAlone) {
  ASSERT_TRUE(list.issued("signature-1", serial("0A"), kLast));
  EXPECT_EQ(list.issued("signature-2", serial("0A"), kLast).error().code, "status_serial_taken");
  EXPECT_TRUE(list.issued("user_authentication-1", serial("0A"), kLast)) << "another name, another space";
  EXPECT_FALSE(standing("signature-2", "0A"));
  EXPECT_EQ(list.revoked("signature-2", serial("0A"), kDay, RevocationReason::superseded).error().code,
            "status_serial_unknown");
}

TEST_F(List, RefusesWhatDoesNotFitTheJournal) {
  EXPECT_EQ(list.issued("signature-9", serial("0A"), kLast).error().code, "status_authority_unknown");
  EXPECT_EQ(list.suspended("signature-9", serial("0A"), kDay).error().code, "status_authority_unknown");
  EXPECT_EQ(list.suspended("signature-1", serial("0A"), kDay).error().code, "status_serial_unknown");
  EXPECT_TRUE(list.add_authority("signature-1", first().certificate_der())) << "the same again";
  EXPECT_EQ(list.add_authority("signature-1", other().certificate_der()).error().code,
            "status_authority_taken");
  EXPECT_EQ(list.add_authority("signature-3", view("0")).error().fault, Fault::malformed);
}

TEST_F(List, FindsAGenerationByItsNameAndItsKey) {
  for (const auto hash : {pki::CertId::Hash::sha1, pki::CertId::Hash::sha256}) {
    EXPECT_EQ(list.find_authority(first().id("0A", hash))->name, "signature-1");
    EXPECT_EQ(list.find_authority(second().id("0A", hash))->name, "signature-2");
    EXPECT_EQ(list.find_authority(other().id("0A", hash))->name, "user_authentication-1");
  }
  auto id = first().id("0A");
  id.hash = pki::CertId::Hash::other;
  EXPECT_EQ(list.find_authority(id), nullptr);
  id = first().id("0A");
  id.issuer_name_hash = other().id("0A").issuer_name_hash;
  EXPECT_EQ(list.find_authority(id), nullptr) << "the key of one and the name of another";
}

TEST_F(List, TimeIsTheClocksAlsoWhenThatIsSetBack) {
  EXPECT_FALSE(list.current_at());
  list.caught_up(kDay);
  list.caught_up(kDay - std::chrono::seconds(5));
  EXPECT_EQ(list.current_at(), kDay - std::chrono::seconds(5))
      << "else silence would not be noticed for so long";
}

// The list against a model: a map of states and the three arrows between them.
TEST(StatusList, AllowsExactlyTheMovesOfALife) {
  EXPECT_TRUE(rc::check([] {
    StatusList list;
    RC_ASSERT(list.add_authority("signature-1", first().certificate_der()).has_value());
    std::map<std::string, State> model;
    std::optional<StatusList::Merging> merging;
    const int steps = *rc::gen::inRange(0, 60);
    for (int i = 0; i < steps; ++i) {
      const std::string hex = *rc::gen::element("01", "02", "03");
      const auto known = model.find(hex);
      const bool is = known != model.end();
      switch (*rc::gen::inRange(0, 5)) {
        case 0:
          RC_ASSERT(list.issued("signature-1", serial(hex), kLast).has_value() == !is);
          model.try_emplace(hex, State::valid);
          break;
        case 1: {
          const bool may = is && known->second == State::valid;
          RC_ASSERT(list.suspended("signature-1", serial(hex), kDay).has_value() == may);
          if (may) known->second = State::suspended;
          break;
        }
        case 2: {
          const bool may = is && known->second == State::suspended;
          RC_ASSERT(list.restored("signature-1", serial(hex)).has_value() == may);
          if (may) known->second = State::valid;
          break;
        }
        case 3:
          if (!merging) {
            merging = list.begin_merging();
            break;
          }
          merging->run();
          list.adopt(*std::move(merging));
          merging.reset();
          break;
        default: {
          const bool may = is && known->second != State::revoked;
          RC_ASSERT(
              list.revoked("signature-1", serial(hex), kDay, RevocationReason::superseded).has_value() ==
              may);
          if (may) known->second = State::revoked;
        }
      }
    }
    for (const auto& [hex, state] : model)
      RC_ASSERT(list.find(*list.find_authority("signature-1"), serial(hex))->state == state);
  }));
}

TEST(StatusList, IsReadWhileItIsWritten) {
  StatusList list;
  ASSERT_TRUE(list.add_authority("signature-1", first().certificate_der()));
  const auto* authority = list.find_authority("signature-1");
  const auto number = [](unsigned n) {
    return *pki::SerialNumber::of_magnitude(
        Bytes{1, static_cast<std::uint8_t>(n >> 8), static_cast<std::uint8_t>(n)});
  };
  std::jthread reader([&](const std::stop_token& stop) {
    unsigned seen = 0;
    // Numbers are issued in order: once one is there, it stays.
    while (!stop.stop_requested())
      while (seen < 5000 && list.find(*authority, number(seen))) ++seen;
    for (unsigned n = 0; n < seen; ++n) EXPECT_TRUE(list.find(*authority, number(n)));
  });
  for (unsigned n = 0; n < 5000; ++n) ASSERT_TRUE(list.issued("signature-1", number(n), kLast));
}

}  // namespace
}  // namespace shomei::status
